"""The coach's clients as records: add one, change one, archive one and bring them back."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients import roster
from clients.access import CoachRequest, coach_required
from clients.models import Change, Client, Coach
from clients.roster_form import ClientForm

LATELY = timedelta(days=1)  # in which handing over has an Undo


@require_http_methods(["GET", "POST"])
@coach_required
def client_add(request: CoachRequest) -> HttpResponse:
    form = ClientForm(
        request.POST or None, initial={"timezone": request.coach.timezone, "units": "kg", "sensitivity": 0}
    )
    if request.method == "POST" and form.is_valid():
        added = roster.add(coach=request.coach, by=request.coach.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, f"{added.name} is added. Send them the link next.")
        return redirect("client-invitation", pk=added.pk)
    return _form(request, form, None)


@require_http_methods(["GET", "POST"])
@coach_required
def client_edit(request: CoachRequest, pk: int) -> HttpResponse:
    client = get_object_or_404(Client.objects.visible_to(request.coach), pk=pk)
    form = ClientForm(request.POST or None, initial=roster.facts(client))
    if request.method == "POST" and form.is_valid():
        roster.change(client=client, by=request.coach.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("client", pk=client.pk)
    return _form(request, form, client)


@require_POST
@coach_required
def client_archive(request: CoachRequest, pk: int) -> HttpResponse:
    """Archive, or bring back: nothing is erased."""
    client = get_object_or_404(Client.objects.visible_to(request.coach), pk=pk)
    back = request.POST.get("do") == "back"
    verb = roster.bring_back if back else roster.archive
    verb(client=client, by=request.coach.user, at=timezone.now())
    messages.success(request, f"{client.name} is back." if back else f"{client.name} is archived.")
    return redirect("client", pk=client.pk)


@require_GET
@coach_required
def clients_archived(request: CoachRequest) -> HttpResponse:
    rows = Client.objects.visible_to(request.coach).exclude(archived_at=None)
    return render(request, "roster/archived.html", {"clients": rows.order_by("-archived_at", "name")[:500]})


def _form(request: CoachRequest, form: ClientForm, client: Client | None) -> HttpResponse:
    status = 422 if form.is_bound else 200
    context = {"form": form, "client": client, "hand": _hand(request, client) if client else None}
    return render(request, "roster/form.html", context, status=status)


def _hand(request: CoachRequest, client: Client) -> dict[str, Any] | None:
    """Who is responsible, who could take the client, and to whom they go back where that was lately changed."""
    if not request.coach.is_head:
        return None
    colleagues = {
        coach.pk: coach
        for coach in Coach.objects.filter(practice=request.coach.practice_id).select_related("user")
    }
    if len(colleagues) < 2:
        return None
    moves = Change.objects.filter(client=client, kind="client handed over", at__gte=timezone.now() - LATELY)
    last = moves.order_by("-at", "-pk").first()
    before = colleagues.get((last.before or {}).get("coach", 0)) if last else None
    others = [coach for pk, coach in colleagues.items() if pk != client.coach_id and coach.user.is_active]
    return {"now": colleagues[client.coach_id], "others": others, "before": before}
