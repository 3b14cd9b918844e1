"""The coach's board, and the answers given on it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET, require_POST

from clients.access import CoachRequest, coach_required
from clients.models import Action, Client, Flag
from clients.problems import Refused
from coaching import board as desk
from coaching import respond
from coaching.answer_form import Sent
from coaching.client_page import ClientPage, client_page
from coaching.filters import Filters
from coaching.http import UNPROCESSABLE
from coaching.rows import done_said

CLIENT = "client"  # the page from which a form may also come


@require_GET
@coach_required
def board(request: CoachRequest) -> HttpResponse:
    now, filters = timezone.now(), Filters.read(_query(request))
    seen = request.GET.get("seen")
    if request.htmx and seen and desk.nothing_new(request.coach, seen, now=now):
        return HttpResponse(status=204)
    shown = desk.triage(request.coach, now=now, filters=filters)
    template = _fragment(request, filters) if request.htmx else "board/index.html"
    response = render(request, template, {"board": shown, "back": shown.back})
    if request.htmx and not seen and filters.page == 1:
        response["HX-Push-Url"] = reverse("board") + shown.back
    patch_vary_headers(response, ["HX-Request"])
    return response


def _fragment(request: CoachRequest, filters: Filters) -> str:
    return "board/_more.html" if filters.page > 1 and not filters.upto else "board/_board.html"


@require_POST
@coach_required
def flag_actions(request: CoachRequest, pk: int) -> HttpResponse:
    """Answer a flag. The row comes back as it then is, with the counts and a way to undo."""
    flag = get_object_or_404(
        Flag.objects.visible_to(request.coach).select_related("client"), pk=pk, client__archived_at=None
    )
    sent, now = Sent.of(request.POST), timezone.now()
    try:
        action = respond.respond(
            flag=flag, kind=sent.kind, by=request.coach, at=now,
            until=sent.until_given(), days=sent.days_given(), text=sent.text, whole=sent.whole,
        )  # fmt: skip
    except Refused as refused:
        return _answered(request, flag.client, now, refused=refused, sent=sent, flag_pk=pk)
    return _answered(request, flag.client, now, action=action)


@require_POST
@coach_required
def action_undo(request: CoachRequest, pk: int) -> HttpResponse:
    mine = Client.objects.visible_to(request.coach)
    action = get_object_or_404(Action.objects.select_related("client", "flag"), pk=pk, client__in=mine)
    now = timezone.now()
    try:
        respond.undo(action=action, by=request.coach, at=now)
    except Refused as refused:
        return _answered(request, action.client, now, refused=refused)
    return _answered(request, action.client, now, said=f"Undone. {action.client.first_name} is as before.")


def _answered(
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
    if _from_client_page(request):
        page = client_page(
            request.coach, client, now=now, until=None, refused=_refusal(refused, sent), refused_flag=flag_pk
        )
        return _client_again(request, page, context, status)
    filters = Filters.read(_query(request))
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


def _from_client_page(request: HttpRequest) -> bool:
    return request.GET.get("on") == CLIENT


def _query(request: HttpRequest) -> dict[str, str]:
    return {key: str(value) for key, value in request.GET.items()}
