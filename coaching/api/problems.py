"""What goes wrong, as `application/problem+json` (RFC 9457): a status, a title, and a reason at each field."""

import logging
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response

from clients.problems import Conflict, Refused
from coaching.api.etags import Unmet, tag_of

logger = logging.getLogger(__name__)
TITLES = {
    400: "The request cannot be read.",
    401: "A token is needed.",
    403: "This token may not do that.",
    404: "There is nothing here.",
    405: "That cannot be done here.",
    406: "The API answers in JSON.",
    409: "This was changed elsewhere in the meantime.",
    412: "This is not what it was when you read it.",
    413: "The request is too large.",
    415: "The API reads JSON.",
    422: "A value cannot be taken.",
    428: "Say what you have read: send its ETag as If-Match.",
    429: "Too many requests.",
    503: "The database is away.",
}
# What the API calls a field that a verb calls otherwise.
FIELDS = {"weight": "weight_kg", "rir_halves": "rir", "weight_g": "weight_kg", "": "body"}


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """The one place where an exception becomes an answer. None: it is a defect, and a 500."""
    if isinstance(error, Refused):
        place, dot, last = error.field.rpartition(".")
        field = f"{place}{dot}{FIELDS.get(last, last)}"
        return problem(422, errors=[{"field": field, "reason": error.sentence}])
    if isinstance(error, exceptions.ValidationError):
        return problem(422, errors=list(_flat(error.detail)))
    if isinstance(error, Conflict):
        return problem(409, stored=context["view"].shown(error.stored))
    if isinstance(error, Unmet):
        now = {"ETag": tag_of(error.stored)} if error.stored else None
        return problem(error.status, stored=error.stored, headers=now)
    if isinstance(error, Http404 | exceptions.NotFound):
        return problem(404)
    if isinstance(error, PermissionDenied):
        return problem(403)
    if isinstance(error, OperationalError | InterfaceError):
        logger.error("database away", exc_info=error)
        return problem(503, headers={"Retry-After": "30"})
    if isinstance(error, exceptions.APIException):
        return problem(error.status_code, detail=str(error.detail), headers=_headers(error))
    return None


def problem(status: int, *, headers: dict[str, str] | None = None, **more: Any) -> Response:
    body = {
        "type": "about:blank",
        "title": TITLES.get(status, "Something is wrong."),
        "status": status,
        **{name: value for name, value in more.items() if value is not None},
    }
    return Response(_sendable(body), status=status, headers=headers, content_type="application/problem+json")


def _headers(error: exceptions.APIException) -> dict[str, str]:
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait))
    return headers


def _flat(detail: Any, path: str = "") -> Any:
    """Nested errors as one list: `aches.knee`, `phases.0.name`, and `body` where no field is to blame."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            own = "" if name == "non_field_errors" else str(name)
            yield from _flat(inner, ".".join(part for part in (path, own) if part))
    elif isinstance(detail, list):
        rows = any(isinstance(inner, dict) for inner in detail)
        for number, inner in enumerate(detail):
            yield from _flat(inner, f"{path}.{number}" if rows else path)
    else:
        yield {"field": path or "body", "reason": str(detail)}


def _sendable(value: Any) -> Any:
    """A reason may repeat what was sent, and half a surrogate pair cannot be sent back."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_sendable(key): _sendable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_sendable(inner) for inner in value]
    return value
