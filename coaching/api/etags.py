"""What a row was when it was read (`ETag`), and writing over that alone (`If-Match`): nobody's change is lost unseen.

A condition is asked only where something would change: the same request sent again, after an answer that was lost,
is answered with the row and not with a refusal (RFC 9110, 13.1.1).
"""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from clients.problems import Conflict

Shown = dict[str, Any]


class Unmet(Exception):
    """The row is not what the sender takes it for, or they did not say what that is. Carries the row as it is."""

    def __init__(self, status: int, stored: Shown | None) -> None:
        super().__init__(status)
        self.status = status
        self.stored = stored


def tag_of(shown: Shown) -> str:
    text = json.dumps(shown, cls=JSONEncoder, sort_keys=True)
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def tagged(request: Request, shown: Shown) -> Response:
    """One row with its tag; nothing but the tag to a reader who has it already."""
    tag = tag_of(shown)
    if request.method in ("GET", "HEAD") and tag in _tags(request, "If-None-Match"):
        return Response(status=304, headers={"ETag": tag})
    return Response(shown, headers={"ETag": tag})


def keep(
    request: Request, *, under: "QuerySet[Any]", stored: Callable[[], Any], do: Callable[[], Any],
    show: Callable[[Any], Shown], strict: bool = True,
) -> Response:  # fmt: skip
    """Write a row, all of it or nothing. `under` is the row that others who would write queue behind.

    `strict`: what is there already is changed only by a sender who says what they have seen. Rows with a version of
    their own need no second guard; one that is sent is heeded there, too.
    """
    with transaction.atomic():
        before = _before(under, stored, show)
        try:
            after = show(do())
        except Conflict:
            _check(request, before, strict=False)  # a condition that was set goes before a version
            raise
        if before is None or tag_of(after) != tag_of(before):
            _check(request, before, strict)
    return tagged(request, after)


def take_out(
    request: Request, *, under: "QuerySet[Any]", stored: Callable[[], Any], do: Callable[[Any], Any],
    show: Callable[[Any], Shown], strict: bool = True,
) -> Response:  # fmt: skip
    """Twice is once: what is gone asks for nothing. `do` returns the row where it stays, marked as deleted."""
    with transaction.atomic():
        before = _before(under, stored, show)
        row = stored()
        if before is not None and row is not None:
            left = do(row)
            if left is None or tag_of(show(left)) != tag_of(before):
                _check(request, before, strict)
    return Response(status=204)


def has_seen(request: Request) -> bool:
    """The sender names what they have seen, so a version adds nothing."""
    return bool(request.headers.get("If-Match", "").strip())


def _before(under: "QuerySet[Any]", stored: Callable[[], Any], show: Callable[[Any], Shown]) -> Shown | None:
    under.select_for_update(of=("self",)).order_by().first()
    row = stored()
    return None if row is None else show(row)


def _check(request: Request, before: Shown | None, strict: bool) -> None:
    wanted, unwanted = _tags(request, "If-Match"), _tags(request, "If-None-Match")
    if before is None:
        if wanted:
            raise Unmet(412, None)
        return
    tag = tag_of(before)
    if (wanted and not {tag, "*"} & wanted) or {tag, "*"} & unwanted:
        raise Unmet(412, before)
    if strict and not wanted:
        raise Unmet(428, before)


def _tags(request: Request, header: str) -> set[str]:
    """A proxy that compresses marks our tags as weak; they name a row's content, so they hold all the same."""
    said = request.headers.get(header, "")
    return {part.strip().removeprefix("W/") for part in said.split(",") if part.strip()}
