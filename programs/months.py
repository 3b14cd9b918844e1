"""The trial month: started for a client from a Monday, stopped early, and each of the two taken back."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from clients import history
from clients.days import full_date, local_day, monday_of
from clients.json_rows import day
from clients.models import Client, Coach
from clients.problems import Refused
from programs.models import Month
from programs.models.month import DAYS

AHEAD_WEEKS = 12


@transaction.atomic
def start(*, client: Client, starts_on: date | None, by: Coach, at: datetime) -> Month:
    """From this week's Monday or a later one. The same start said twice is one month."""
    today = local_day(at, client.zone)
    first = _checked(starts_on, today)
    Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    others = Month.objects.standing().filter(client=client)
    if same := others.filter(starts_on=first, stopped_on=None).first():
        return same
    for other in others:
        if other.starts_on <= first + timedelta(days=DAYS - 1) and first <= other.last_day:
            raise Refused(
                "starts_on",
                f"A month runs from {full_date(other.starts_on)} to {full_date(other.last_day)} already.",
            )
    month = Month.objects.create(client=client, starts_on=first, by=by, at=at)
    _leave_marks("month started", month, by, at)
    return month


@transaction.atomic
def stop(*, month: Month, by: Coach, at: datetime) -> Month:
    """Today is its last day. The report then speaks of the days that it had."""
    stored = _locked(month)
    today = local_day(at, stored.client.zone)
    if stored.undone_at or stored.stopped_on:
        return stored
    if today < stored.starts_on:
        raise Refused("", f"It begins on {full_date(stored.starts_on)}: take it back instead.")
    if today > stored.ends_on:
        raise Refused("", f"It ended on {full_date(stored.ends_on)}.")
    stored.stopped_on, stored.stopped_by = today, by
    stored.save(update_fields=["stopped_on", "stopped_by"])
    _leave_marks("month stopped", stored, by, at)
    return stored


@transaction.atomic
def go_on(*, month: Month, by: Coach, at: datetime) -> Month:
    """Take a stop back, while the 28 days last and no other month has begun."""
    stored = _locked(month)
    if stored.undone_at or stored.stopped_on is None:
        return stored
    if local_day(at, stored.client.zone) > stored.ends_on:
        raise Refused("", f"Its 28 days were over on {full_date(stored.ends_on)}.")
    later = Month.objects.standing().filter(
        client=stored.client_id, starts_on__gt=stored.starts_on, starts_on__lte=stored.ends_on
    )
    if other := later.first():
        raise Refused("", f"Another month starts on {full_date(other.starts_on)}.")
    stored.stopped_on = stored.stopped_by = None
    stored.save(update_fields=["stopped_on", "stopped_by"])
    _leave_marks("month went on", stored, by, at)
    return stored


@transaction.atomic
def undo(*, month: Month, by: Coach, at: datetime) -> Month:
    """As if it had not been started. Twice is once; what has run its 28 days stays."""
    stored = _locked(month)
    if stored.undone_at:
        return stored
    if local_day(at, stored.client.zone) > stored.ends_on:
        raise Refused("", f"It ended on {full_date(stored.ends_on)}; what has happened is kept.")
    stored.undone_at, stored.undone_by = at, by
    stored.save(update_fields=["undone_at", "undone_by"])
    _leave_marks("month undone", stored, by, at)
    return stored


def first_monday(today: date) -> date:
    """The Monday that a start proposes: today, or the next."""
    return today if today.weekday() == 0 else monday_of(today) + timedelta(weeks=1)


def as_read(rows: Iterable[Mapping[str, Any]]) -> list[Month]:
    """Months that travelled as a column of another statement: their dates alone."""
    return [
        Month(starts_on=date.fromisoformat(row["starts_on"]), stopped_on=day(row["stopped_on"]))
        for row in rows
    ]


def running(client: Client, on: date) -> Month | None:
    return Month.objects.on(on).filter(client=client).first()


def _checked(starts_on: date | None, today: date) -> date:
    if starts_on is None:
        raise Refused("starts_on", "Choose the Monday on which it starts, like 2026-06-22.")
    if starts_on < monday_of(today):
        raise Refused("starts_on", "That week is over. Choose this week’s Monday or a later one.")
    if starts_on > today + timedelta(weeks=AHEAD_WEEKS):
        raise Refused("starts_on", f"That is too far ahead: {AHEAD_WEEKS} weeks is the most.")
    if starts_on.weekday() != 0:
        near = monday_of(starts_on)
        raise Refused(
            "starts_on",
            f"It starts on a Monday: {full_date(near)}, or {full_date(near + timedelta(weeks=1))}.",
        )
    return starts_on


def _locked(month: Month) -> Month:
    return Month.objects.select_for_update(of=("self",)).select_related("client").get(pk=month.pk)


def _leave_marks(kind: str, month: Month, by: Coach, at: datetime) -> None:
    history.record(
        kind, subject=f"month:{month.pk}", client=month.client_id, by=by.user, at=at,
        after={"starts_on": f"{month.starts_on}", "last_day": f"{month.last_day}"},
    )  # fmt: skip
