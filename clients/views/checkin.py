"""The daily check-in: one screen, twenty seconds, yesterday's answers never prefilled."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from clients import checkins, consent
from clients.access import ClientRequest, client_required
from clients.forms import CheckinForm, answers_of, open_days, refuse
from clients.models import Checkin
from clients.problems import Conflict, Refused


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def checkin(request: ClientRequest) -> HttpResponse:
    if not consent.in_force(request.client):
        return _page(
            request, template="train/no_consent.html", status=200 if request.method != "POST" else 422
        )
    now = timezone.now()
    if request.method != "POST":
        days = open_days(now, request.client)
        day = next((day for day in days if day.isoformat() == request.GET.get("day")), days[0])
        stored = request.client.checkins.live().filter(day=day).first()
        form = CheckinForm(initial=answers_of(stored, day), now=now, client=request.client)
        return _page(request, form=form, day=day, stored=stored)
    form = CheckinForm(request.POST, now=now, client=request.client)
    if form.is_valid():
        try:
            _record(request, form)
        except Refused as refused:
            refuse(form, refused)
        except Conflict as conflict:
            return _conflict(request, conflict.stored, now)
        else:
            messages.success(request, "Checked in. Thank you.")
            return redirect("today")
    return _page(request, form=form, day=_day_of(form), status=422)


@require_POST
@client_required
def remove(request: ClientRequest, checkin_uuid: UUID) -> HttpResponse:
    stored = get_object_or_404(Checkin, client=request.client, uuid=checkin_uuid)
    checkins.remove(checkin=stored, by=request.user, at=timezone.now())
    messages.success(request, "Your check-in is removed.")
    return redirect("checkin")


def _conflict(request: ClientRequest, stored: Checkin, now: datetime) -> HttpResponse:
    form = CheckinForm(initial=answers_of(stored, stored.day), now=now, client=request.client)
    return _page(request, form=form, day=stored.day, stored=stored, conflict=True, status=409)


def _record(request: ClientRequest, form: CheckinForm) -> Checkin:
    return checkins.record(
        client=request.client,
        day=form.cleaned_data["day"],
        items=form.items(),
        id=form.sent_id,
        version=form.cleaned_data["version"],
        by=request.user,
        at=timezone.now(),
    )


def _day_of(form: CheckinForm) -> date:
    day = form.cleaned_data.get("day")
    return day if isinstance(day, date) else form.days[0]


def _page(
    request: ClientRequest, template: str = "train/checkin.html", status: int = 200, **context: Any
) -> HttpResponse:
    words = {"tab": "checkin", "consent_text": consent.TEXT, **context}
    return render(request, template, words, status=status)
