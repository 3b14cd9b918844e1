"""A client's page: what is open and why, sixteen weeks on one axis."""

from datetime import date

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from clients import answers
from clients.access import CoachRequest, coach_required
from clients.json_rows import JsonRows
from clients.models import Client, Consent, Flag
from coaching.checkins_page import checkins_page
from coaching.client_page import client_page
from programs.models import Month
from programs.months import as_read


@require_GET
@coach_required
def client(request: CoachRequest, pk: int) -> HttpResponse:
    """Opening the page is seeing its flags."""
    unseen = Flag.objects.open().filter(client=OuterRef("pk"), seen_at=None)
    agreed = Exists(Consent.objects.filter(client=OuterRef("pk"), withdrawn_at=None))
    now = timezone.now()
    begun = Month.objects.begun_anywhere(now).filter(client=OuterRef("pk"))[:1]
    mine = Client.objects.visible_to(request.coach).annotate(
        unseen=Exists(unseen), agreed=agreed, begun=JsonRows(begun, "starts_on", "stopped_on")
    )
    shown = get_object_or_404(mine, pk=pk)
    if shown.unseen:  # type: ignore[attr-defined]  # the annotation above
        answers.see(client=shown, by=request.coach, at=now)
    agreed_now: bool = shown.agreed  # type: ignore[attr-defined]
    until = day_of(request.GET.get("until", ""))
    months = as_read(shown.begun)  # type: ignore[attr-defined]
    page = client_page(request.coach, shown, now=now, until=until, agreed=agreed_now, months=months)
    return render(request, "client/show.html", {"page": page, "back": "?on=client"})


@require_GET
@coach_required
def client_checkins(request: CoachRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Client.objects.visible_to(request.coach), pk=pk)
    page = checkins_page(shown, now=timezone.now(), before=day_of(request.GET.get("before", "")))
    return render(request, "client/checkins.html", {"page": page, "client": shown})


def day_of(text: str) -> date | None:
    try:
        return parse_date(text[:20])
    except ValueError:
        return None
