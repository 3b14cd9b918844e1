"""What comes back after an answer: the piece of the page that it changed, or the page again for who has no HTMX."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from clients.access import CoachRequest
from clients.models import Action, Client
from clients.problems import Refused
from coaching import board as desk
from coaching.answer_form import Sent
from coaching.client_page import ClientPage, client_page
from coaching.filters import Filters
from coaching.http import UNPROCESSABLE
from coaching.rows import done_said

CLIENT = "client"  # the page from which a form may also come


def answered(
    request: CoachRequest, client: Client, now: datetime, *,
    action: Action | None = None, refused: Refused | None = None, sent: Sent | None = None,
    flag_pk: int | None = None, said: str = "",
) -> HttpResponse:  # fmt: skip
    """The piece of the page that the answer changed; the page again for who has no HTMX."""
    said = refused.sentence if refused else done_said(action, client, now) if action else said
    # A flag that closed meanwhile is news, not a mistake of the coach's.
    status = UNPROCESSABLE if refused and refused.field else 200
    context: dict[str, Any] = {
        "said": said,
        "undo": reverse("action-undo", args=[action.pk]) if action else "",
    }
    if from_client_page(request):
        page = client_page(
            request.coach, client, now=now, until=None, refused=_refusal(refused, sent), refused_flag=flag_pk
        )
        return _client_again(request, page, context, status)
    filters = Filters.read(query_of(request))
    if not request.htmx and status == 200:
        messages.success(request, said)
        return redirect(reverse("board") + filters.address())
    if not request.htmx:
        shown = desk.triage(request.coach, now=now, filters=filters)
        shown = desk.with_problem(shown, client.pk, _refusal(refused, sent))
        return render(request, "board/index.html", {"board": shown, "back": shown.back}, status=status)
    row = desk.row_of(request.coach, client.pk, now=now)
    if row is None:
        return HttpResponse(status=404)
    context["row"] = replace(row, **_refusal(refused, sent), fresh=True)
    context["head"] = desk.head_for(request.coach, now=now, filters=filters)
    context["back"] = filters.address()
    return render(request, "board/_answered.html", context, status=status)


def _client_again(
    request: CoachRequest, page: ClientPage, context: dict[str, Any], status: int
) -> HttpResponse:
    if not request.htmx and status == 200:
        messages.success(request, context["said"])
        return redirect("client", pk=page.client.pk)
    template = "client/_answered.html" if request.htmx else "client/show.html"
    return render(request, template, {**context, "page": page, "back": "?on=client"}, status=status)


def _refusal(refused: Refused | None, sent: Sent | None) -> dict[str, Any]:
    """What the coach had typed, and why it was not taken."""
    if refused is None or not refused.field or sent is None:
        return {}
    typed = {"text": sent.text, "problem": refused.sentence, "problem_at": sent.kind}
    given = {"days": sent.days, "until": sent.until}
    return {**typed, **{name: value for name, value in given.items() if value}}


def from_client_page(request: HttpRequest) -> bool:
    return request.GET.get("on") == CLIENT


def query_of(request: HttpRequest) -> dict[str, str]:
    return {key: str(value) for key, value in request.GET.items()}
