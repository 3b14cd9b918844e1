"""My progress: what the client's own numbers say to them."""

from collections.abc import Sequence
from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from clients.access import ClientRequest, client_required
from clients.days import local_day
from clients.models import Checkin
from clients.problems import Refused
from clients.streaks import streak
from programs import shown_lifts
from programs.limits_of import limits_of
from programs.progress import progress

LOOKED_BACK = timedelta(days=400)


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def page(request: ClientRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    lifts = [] if "usual" in request.POST else request.POST.getlist("lift")
    try:
        shown_lifts.choose(client=request.client, lifts=lifts, by=request.user, at=timezone.now())
    except Refused as refused:
        return _page(request, wrong=refused.sentence, ticked=lifts)
    return redirect(f"{reverse('progress')}#strength")


def _page(request: ClientRequest, *, wrong: str = "", ticked: Sequence[str] = ()) -> HttpResponse:
    now = timezone.now()
    today = local_day(now, request.client.zone)
    limit = limits_of(request.client, at=now).failure_share
    days = Checkin.objects.live().filter(client=request.client, day__gt=today - LOOKED_BACK)
    found = progress(request.client, today=today, limit=limit)
    context = {
        "tab": "progress",
        "progress": found,
        "most": shown_lifts.MOST_LIFTS,
        "wrong": wrong,
        "ticked": ticked if wrong else [one.key for one in found.choices if one.shown],
        "streak": streak(set(days.values_list("day", flat=True)), today=today),
    }
    return render(request, "train/progress.html", context, status=422 if wrong else 200)
