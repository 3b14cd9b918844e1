"""Health, in four answers apart: a missing broker must not take the pages down, nor a stopped scan go unseen."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coaching.celery import app
from coaching.vigil import vigil

_migrated: list[bool] = []  # once complete, it stays so while this process runs


@require_safe
@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """The process answers. No database, no broker, no file."""
    return answer(True, "Alive.")


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not _migrated and not unapplied_migrations():
            _migrated.append(True)
    except DatabaseError:
        return answer(False, "The database does not answer.")
    return answer(bool(_migrated), "Ready." if _migrated else "The database lacks migrations: run migrate.")


@require_safe
@never_cache
def broker(request: HttpRequest) -> JsonResponse:
    if settings.CELERY_BROKER_URL.startswith("memory://"):
        return answer(True, "No broker is configured: `manage.py scan --loop` does the background work.")
    there = broker_answers()
    return answer(there, "The broker answers." if there else "The broker does not answer.")


@require_safe
@never_cache
def scan(request: HttpRequest) -> JsonResponse:
    try:
        found = vigil(timezone.now())
    except DatabaseError:
        return answer(False, "The database does not answer.")
    return answer(found.well, found.says, last_scan=found.last, due=found.due, waiting=found.waiting)


def answer(well: bool, says: str, **facts: object) -> JsonResponse:
    body = {"status": "ok" if well else "failing", "says": says, **facts}
    return JsonResponse(body, status=200 if well else 503)


def unapplied_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def broker_answers() -> bool:
    try:
        with app.connection_for_write(settings.CELERY_BROKER_URL) as link:
            link.ensure_connection(max_retries=1, interval_start=0, timeout=2)
    except Exception:  # whatever a transport raises, the answer is the same: it is away
        return False
    return True
