"""A client's injuries: note one, change it, say that it has healed, take back a mistake."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from clients import consent, injuries
from clients.access import CoachRequest, coach_required
from clients.days import local_day
from clients.injury_form import InjuryForm
from clients.models import Client, Injury
from clients.problems import Refused

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@coach_required
def client_injuries(request: CoachRequest, pk: int) -> HttpResponse:
    client = get_object_or_404(Client.objects.visible_to(request.coach), pk=pk)
    today = local_day(timezone.now(), client.zone)
    form = InjuryForm(request.POST or None, initial={"onset": today})
    at = timezone.now()
    if _kept(request, form, lambda said: injuries.note(client=client, by=request.coach, at=at, **said)):
        messages.success(request, "Noted.")
        return redirect("client-injuries", pk=pk)
    context = {
        "client": client,
        "form": form,
        "agreed": consent.in_force(client) is not None,
        "injuries": Injury.objects.filter(client=client).order_by("-onset", "region"),
        "today": today,
    }
    return render(request, "injury/index.html", context, status=422 if form.is_bound else 200)


@get_or_post
@coach_required
def injury_edit(request: CoachRequest, pk: int) -> HttpResponse:
    injury = _mine(request, pk)
    form = InjuryForm(request.POST or None, initial=InjuryForm.facts(injury))
    at = timezone.now()
    if _kept(request, form, lambda said: injuries.amend(injury=injury, by=request.coach, at=at, **said)):
        messages.success(request, "Saved.")
        return redirect("client-injuries", pk=injury.client_id)
    context = {"client": injury.client, "injury": injury, "form": form}
    return render(request, "injury/form.html", context, status=422 if form.is_bound else 200)


@require_POST
@coach_required
def injury_healed(request: CoachRequest, pk: int) -> HttpResponse:
    injury = _mine(request, pk)
    injuries.heal(injury=injury, by=request.coach, at=timezone.now())
    messages.success(request, "Healed today: what it kept closed is open again.")
    return redirect("client-injuries", pk=injury.client_id)


@require_POST
@coach_required
def injury_remove(request: CoachRequest, pk: int) -> HttpResponse:
    injury = _mine(request, pk)
    injuries.remove(injury=injury, by=request.coach, at=timezone.now())
    messages.success(request, "Removed. The history keeps what it said.")
    return redirect("client-injuries", pk=injury.client_id)


def _mine(request: CoachRequest, pk: int) -> Injury:
    clients = Client.objects.visible_to(request.coach)
    return get_object_or_404(Injury.objects.select_related("client").filter(client__in=clients), pk=pk)


def _kept(request: CoachRequest, form: InjuryForm, keep: Callable[[dict[str, Any]], object]) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        keep(form.cleaned_data)
    except Refused as refused:
        form.add_error(refused.field or None, refused.sentence)
        return False
    return True
