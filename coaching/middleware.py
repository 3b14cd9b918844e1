"""What holds for every response: headers, the viewer's time zone, and a calm page when the database is away."""

import logging
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone

GetResponse = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger(__name__)

READ_ONLY = "25006"  # PostgreSQL's word for it; Django files it under internal errors
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=()"


def security_headers(get_response: GetResponse) -> GetResponse:
    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return respond


class _Unavailable:
    """Turn a database that is away, full, locked or read-only into a 503 that says when to come back."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return unavailable_page(request) if is_away(error) else None


def is_away(error: BaseException) -> bool:
    """Whether the database could not do its work for a reason that is not the request's."""
    if isinstance(error, OperationalError | InterfaceError):
        return True
    return isinstance(error, DatabaseError) and getattr(error.__cause__, "sqlstate", "") == READ_ONLY


def unavailable_page(request: HttpRequest) -> HttpResponse:
    logger.error("database away", exc_info=True)
    later = {"Retry-After": "30"}
    if request.path.startswith("/api/"):
        body = {"type": "about:blank", "title": "The database is away", "status": 503}
        return JsonResponse(body, status=503, headers=later, content_type="application/problem+json")
    return HttpResponse(render_to_string("503.html"), status=503, headers=later)


unavailable = _Unavailable


def viewer_time_zone(get_response: GetResponse) -> GetResponse:
    """Coaches read times in their zone, clients in theirs."""

    def respond(request: HttpRequest) -> HttpResponse:
        from clients.access import zone_of

        with timezone.override(zone_of(request)):
            return get_response(request)

    return respond
