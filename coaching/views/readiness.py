"""A coach's own word on an indicator of readiness: given on the client's page, and taken back there."""

from datetime import date, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST

from clients import overrules
from clients.access import CoachRequest, coach_required
from clients.models import Client, Overrule
from clients.problems import Refused
from coaching.client_page import client_page
from coaching.http import UNPROCESSABLE
from coaching.wording import day_said


@require_POST
@coach_required
def client_readiness(request: CoachRequest, pk: int) -> HttpResponse:
    active = Client.objects.visible_to(request.coach).active()
    client, now = get_object_or_404(active, pk=pk), timezone.now()
    sent = {name: request.POST.get(name, "")[:2001] for name in ("indicator", "state", "until", "reason")}
    try:
        made = overrules.overrule(
            client=client, indicator=sent["indicator"], state=sent["state"], until=_day(sent["until"]),
            reason=sent["reason"], by=request.coach, at=now,
        )  # fmt: skip
    except Refused as refused:
        return _page(request, client, now, refused=refused, sent=sent)
    until = day_said(made.until, made.at.astimezone(client.zone).date())
    return _page(request, client, now, said=f"{made.indicator.capitalize()} set until {until}.")


@require_POST
@coach_required
def overrule_withdrawal(request: CoachRequest, pk: int) -> HttpResponse:
    mine = Overrule.objects.filter(client__in=Client.objects.visible_to(request.coach))
    row, now = get_object_or_404(mine.select_related("client"), pk=pk), timezone.now()
    try:
        overrules.withdraw(overrule=row, by=request.coach, at=now)
    except Refused as refused:
        return _page(request, row.client, now, refused=refused, sent={})
    return _page(request, row.client, now, said="Withdrawn. What the log says holds again.")


def _page(
    request: CoachRequest, client: Client, now: datetime, *,
    said: str = "", refused: Refused | None = None, sent: dict[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    """The client's page as it then is, for HTMX the piece of it that changes."""
    if refused is None and not request.htmx:
        messages.success(request, said)
        return redirect("client", pk=client.pk)
    told = {**(sent or {}), "problem": refused.sentence, "field": refused.field} if refused else None
    page = client_page(request.coach, client, now=now, until=None, refused_word=told)
    context = {"page": page, "back": "?on=client", "said": refused.sentence if refused else said, "undo": ""}
    template = "client/_answered.html" if request.htmx else "client/show.html"
    return render(request, template, context, status=UNPROCESSABLE if refused else 200)


def _day(text: str) -> date | None:
    try:
        return parse_date(text.strip()[:20])
    except ValueError:
        return None
