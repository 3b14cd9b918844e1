"""Several clients answered at once, and undone at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from clients.access import CoachRequest, coach_required
from clients.digits import whole
from clients.models import Action, Client
from clients.problems import Refused
from coaching import board as desk
from coaching import respond
from coaching.filters import Filters
from coaching.http import UNPROCESSABLE
from coaching.views.answered import query_of
from coaching.wording import counted

MOST = 500


@require_POST
@coach_required
def acknowledge(request: CoachRequest) -> HttpResponse:
    """Acknowledge what is open of the chosen clients."""
    chosen = Client.objects.visible_to(request.coach).active().filter(pk__in=_keys(request.POST, "client"))
    given = respond.acknowledge_all(clients=list(chosen), by=request.coach, at=timezone.now())
    if not given:
        return _board(request, "Choose clients with an unanswered sign first.", status=UNPROCESSABLE)
    people = len({action.client_id for action in given})
    return _board(request, f"{counted(people, 'client')} acknowledged.", given)


@require_POST
@coach_required
def undo(request: CoachRequest) -> HttpResponse:
    """Take several answers back; what has run its course stays, and that is said."""
    mine = Client.objects.visible_to(request.coach)
    rows = Action.objects.filter(pk__in=_keys(request.POST, "action"), client__in=mine)
    kept = 0
    for action in rows.select_related("client", "flag").order_by("pk"):
        try:
            respond.undo(action=action, by=request.coach, at=timezone.now())
        except Refused:
            kept += 1
    return _board(request, f"Undone, but for {kept}." if kept else "Undone. All is as before.")


def _board(
    request: CoachRequest, said: str, given: list[Action] | None = None, status: int = 200
) -> HttpResponse:
    filters = Filters.read(query_of(request))
    if not request.htmx and status == 200:
        messages.success(request, said)
        return redirect(reverse("board") + filters.address())
    shown = desk.triage(request.coach, now=timezone.now(), filters=filters)
    context: dict[str, Any] = {"board": shown, "back": shown.back, "said": said, "given": given}
    if request.htmx:
        return render(request, "board/_acknowledged.html", context, status=status)
    messages.error(request, said)
    return render(request, "board/index.html", context, status=status)


def _keys(post: QueryDict, name: str) -> list[int]:
    keys = map(whole, post.getlist(name)[:MOST])
    return [key for key in keys if key is not None]
