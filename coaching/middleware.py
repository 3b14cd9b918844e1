"""What holds for every response: headers, the viewer's time zone, and a calm page when the database is away."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

GetResponse = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger(__name__)

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
    """Turn a database that is away, full or locked into a 503 that says when to come back."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except (OperationalError, InterfaceError) as error:
            return self.process_exception(request, error) or HttpResponse(status=503)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, OperationalError | InterfaceError):
            return None
        logger.error("database away", exc_info=error)
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "30"})


unavailable = _Unavailable


def viewer_time_zone(get_response: GetResponse) -> GetResponse:
    """Coaches read times in their zone, clients in theirs."""

    def respond(request: HttpRequest) -> HttpResponse:
        from clients.access import zone_of

        with timezone.override(zone_of(request)):
            return get_response(request)

    return respond
