"""The trial month: started, stopped and taken back by a coach; read by the client in plain words."""

from collections.abc import Callable
from datetime import date, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST, require_safe

from clients.access import ClientRequest, CoachRequest, client_required, coach_required
from clients.models import Client
from clients.problems import Refused
from coaching.http import UNPROCESSABLE
from coaching.month_page import month_page, my_month_page
from programs import months
from programs.models import Month


@require_safe
@coach_required
def client_month(request: CoachRequest, pk: int) -> HttpResponse:
    client = get_object_or_404(Client.objects.visible_to(request.coach), pk=pk)
    return _page(request, client, None, timezone.now())


@require_safe
@coach_required
def month(request: CoachRequest, pk: int) -> HttpResponse:
    row = _seen_by(request, pk)
    return _page(request, row.client, row, timezone.now())


@require_POST
@coach_required
def client_months(request: CoachRequest, pk: int) -> HttpResponse:
    active = Client.objects.visible_to(request.coach).active()
    client, now, text = (
        get_object_or_404(active, pk=pk),
        timezone.now(),
        request.POST.get("starts_on", "")[:20],
    )
    try:
        made = months.start(client=client, starts_on=_day(text), by=request.coach, at=now)
    except Refused as refused:
        typed = {"starts_on": text, "problem": refused.sentence}
        return _page(request, client, None, now, typed=typed, status=UNPROCESSABLE)
    messages.success(
        request, f"The month starts on {made.starts_on.day} {made.starts_on:%B}. It can be taken back below."
    )
    return redirect("client-month", pk=client.pk)


@require_POST
@coach_required
def month_stop(request: CoachRequest, pk: int) -> HttpResponse:
    return _do(request, pk, months.stop, "Stopped. Today is its last day.")


@require_POST
@coach_required
def month_go_on(request: CoachRequest, pk: int) -> HttpResponse:
    return _do(request, pk, months.go_on, "It goes on to its last day.")


@require_POST
@coach_required
def month_undo(request: CoachRequest, pk: int) -> HttpResponse:
    return _do(request, pk, months.undo, "Taken back, as if it had not been started.")


@require_safe
@client_required
def my_month(request: ClientRequest) -> HttpResponse:
    page = my_month_page(request.client, now=timezone.now())
    return render(request, "train/month.html", {"tab": "today", "page": page})


def _seen_by(request: CoachRequest, pk: int) -> Month:
    mine = Month.objects.filter(client__in=Client.objects.visible_to(request.coach))
    return get_object_or_404(mine.select_related("client"), pk=pk)


def _do(request: CoachRequest, pk: int, verb: Callable[..., Month], said: str) -> HttpResponse:
    row, now = _seen_by(request, pk), timezone.now()
    try:
        verb(month=row, by=request.coach, at=now)
    except Refused as refused:
        return _page(request, row.client, row, now, typed={"problem": refused.sentence}, status=UNPROCESSABLE)
    messages.success(request, said)
    return redirect("client-month", pk=row.client_id)


def _page(
    request: CoachRequest, client: Client, row: Month | None, now: datetime, *,
    typed: dict[str, str] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    page = month_page(client, row, now=now, typed=typed)
    return render(request, "client/month.html", {"page": page, "client": client}, status=status)


def _day(text: str) -> date | None:
    try:
        return parse_date(text.strip())
    except ValueError:
        return None
