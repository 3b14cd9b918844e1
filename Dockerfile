# One image, four commands: web, worker, beat, manage.py.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
RUN python -m venv /venv
COPY requirements.lock .
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
# A throwaway key and folder: nothing secret may stay in a layer.
RUN SECRET_KEY=build RESERVE_VAR=/tmp/build HASHED_STATIC=1 /venv/bin/python manage.py collectstatic --no-input \
    && mkdir -p /static && cp -r /tmp/build/static/. /static/ && rm -rf /tmp/build

FROM python:3.11-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    HASHED_STATIC=1 STATIC_ROOT=/static RESERVE_VAR=/var/lib/reserve
RUN useradd --uid 10001 --create-home --home-dir /var/lib/reserve reserve
COPY --from=build /venv /venv
COPY --from=build /static /static
COPY --from=build /app /app
WORKDIR /app
USER 10001
VOLUME /var/lib/reserve
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health/live', timeout=4)"]
CMD ["gunicorn", "coaching.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket", "--worker-tmp-dir", "/dev/shm", "--graceful-timeout", "20"]
