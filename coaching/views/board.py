"""The coach's board, and the answers given on it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET, require_POST

from clients.access import CoachRequest, coach_required
from clients.models import Action, Client, Flag
from clients.problems import Refused
from coaching import away, respond
from coaching import board as desk
from coaching.answer_form import Sent
from coaching.filters import Filters
from coaching.rows import undone_said
from coaching.views.answered import answered, query_of
from coaching.would import would


@require_GET
@coach_required
def board(request: CoachRequest) -> HttpResponse:
    now, filters = timezone.now(), Filters.read(query_of(request))
    seen = request.GET.get("seen")
    if request.htmx and seen and desk.nothing_new(request.coach, seen, now=now):
        return HttpResponse(status=204)
    shown = desk.triage(request.coach, now=now, filters=filters)
    context: dict[str, Any] = {"board": shown, "back": shown.back}
    if not request.htmx:
        away.arrive(request.coach, now=now)
        context["away"] = away.while_away(request.coach, now=now)
    template = _fragment(request, filters) if request.htmx else "board/index.html"
    response = render(request, template, context)
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
        return answered(request, flag.client, now, refused=refused, sent=sent, flag_pk=pk)
    return answered(request, flag.client, now, action=action)


@require_GET
@coach_required
def flag_would(request: CoachRequest, pk: int) -> HttpResponse:
    """What a scale back of so many days would change, before it is pressed."""
    flag = get_object_or_404(Flag.objects.visible_to(request.coach).select_related("client"), pk=pk)
    try:
        says = would(flag, days=Sent.of(request.GET).days_given(), now=timezone.now())
    except Refused as refused:
        says = refused.sentence
    return render(request, "board/_would.html", {"says": says})


@require_POST
@coach_required
def action_undo(request: CoachRequest, pk: int) -> HttpResponse:
    mine = Client.objects.visible_to(request.coach)
    action = get_object_or_404(Action.objects.select_related("client", "flag"), pk=pk, client__in=mine)
    now = timezone.now()
    try:
        respond.undo(action=action, by=request.coach, at=now)
    except Refused as refused:
        return answered(request, action.client, now, refused=refused)
    return answered(request, action.client, now, said=undone_said(action))


@require_POST
@coach_required
def board_away(request: CoachRequest) -> HttpResponse:
    """Read: the line of what happened meanwhile may go."""
    away.dismiss(request.coach)
    return HttpResponse() if request.htmx else redirect("board")
