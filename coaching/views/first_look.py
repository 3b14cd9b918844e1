"""The first look at a client's years elsewhere."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from clients.access import CoachRequest, coach_required
from clients.models import Client
from coaching.first_look import first_look


@require_GET
@coach_required
def client_first_look(request: CoachRequest, pk: int) -> HttpResponse:
    client = get_object_or_404(Client.objects.visible_to(request.coach), pk=pk)
    look = first_look(client, now=timezone.now())
    return render(request, "client/first_look.html", {"client": client, "look": look})
