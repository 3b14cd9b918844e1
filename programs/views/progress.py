"""My progress: what the client's own numbers say to them."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clients.access import ClientRequest, client_required
from clients.days import local_day
from clients.models import Checkin
from clients.streaks import streak
from programs.limits_of import limits_of
from programs.progress import progress

LOOKED_BACK = timedelta(days=400)


@require_safe
@client_required
def page(request: ClientRequest) -> HttpResponse:
    now = timezone.now()
    today = local_day(now, request.client.zone)
    limit = limits_of(request.client, at=now).failure_share
    days = Checkin.objects.live().filter(client=request.client, day__gt=today - LOOKED_BACK)
    context = {
        "tab": "progress",
        "progress": progress(request.client, today=today, limit=limit),
        "streak": streak(set(days.values_list("day", flat=True)), today=today),
    }
    return render(request, "train/progress.html", context)
