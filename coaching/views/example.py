"""The example client of an empty board."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from clients.access import CoachRequest, coach_required
from clients.models import Client
from coaching import example


@require_POST
@coach_required
def example_add(request: CoachRequest) -> HttpResponse:
    client = example.add(request.coach, now=timezone.now())
    return redirect("client", pk=client.pk)


@require_POST
@coach_required
def example_remove(request: CoachRequest) -> HttpResponse:
    client = get_object_or_404(Client.objects.visible_to(request.coach), ref=example.REF)
    example.remove(client, by=request.coach, at=timezone.now())
    messages.success(request, "The example is gone.")
    return redirect("board")
