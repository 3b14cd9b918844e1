"""What a coach sent after the sign-in had ended: kept in the session for a day, and offered again after signing in.

A page with scripts keeps it in its own tab (`static/js/desk.js`); this is for forms that are sent without them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

KEPT = "unsent"  # in the session; and the field by which the offered form says which it is
MOST_BYTES = 64_000
LONGEST = timedelta(days=1)
NEVER = ("/account/", "/settings/")  # passwords, tokens, secrets
NOT_OF_THE_FORM = {"csrfmiddlewaretoken", KEPT}


def keep(request: Any, *, by: int | None = None) -> None:
    """Keep a plain form that could not be taken, and say so on the sign-in page. `by`: whose sign-in it was."""
    if request.method != "POST" or getattr(request, "htmx", False):
        return
    if not getattr(request, "csrf_processing_done", False):
        return  # a view that asks for no token: anybody could have had this sent
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in NOT_OF_THE_FORM
    ]
    if not _may_be_kept(request, fields):
        messages.warning(request, "What you sent could not be kept: send it again once you have signed in.")
        return
    now = timezone.now()
    by = by or _whose(request)
    # Nobody else clears what has ended, and a client's name in a text must not outlast it.
    Session.objects.filter(expire_date__lt=now - LONGEST).delete()
    request.session[KEPT] = {
        "to": request.get_full_path(), "fields": fields, "by": by, "at": now.timestamp(), "mark": str(now.timestamp()),
    }  # fmt: skip
    request.session.set_expiry(int(LONGEST.total_seconds()))
    messages.info(request, "What you sent is kept: sign in, and it is offered to you again.")


@contextmanager
def offering(request: Any) -> Iterator[None]:
    """Around a view: its page offers what is kept; the offered form takes it out, once the view has answered."""
    kept = _still_wanted(request)
    sending = kept is not None and request.POST.get(KEPT) == kept["mark"]
    request.unsent = None if sending else kept
    yield
    if sending:
        drop(request.session)


def drop(session: SessionBase) -> None:
    session.pop(KEPT, None)


def _may_be_kept(request: HttpRequest, fields: list[tuple[str, str]]) -> bool:
    size = sum(len(name.encode()) + len(value.encode()) for name, value in fields)
    if request.path.startswith(NEVER) or request.FILES or size > MOST_BYTES:
        return False
    return bool(ratelimit.consume(request, action=KEPT))


def _whose(request: HttpRequest) -> int | None:
    """Of a sign-in that ran out, the row is still there; of one that was ended, nothing is."""
    before = request.session.get(KEPT)
    if before:
        by: int | None = before["by"]
        return by
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    ended = Session.objects.filter(session_key=key).first() if key else None
    user = ended.get_decoded().get(SESSION_KEY) if ended else None
    return int(user) if user else None


def _still_wanted(request: HttpRequest) -> dict[str, Any] | None:
    kept: dict[str, Any] | None = request.session.get(KEPT)
    if kept is None:
        return None
    too_old = timezone.now().timestamp() - kept["at"] > LONGEST.total_seconds()
    if too_old or kept["by"] not in (None, request.user.pk):
        drop(request.session)
        return None
    return kept
