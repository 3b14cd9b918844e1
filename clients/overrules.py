"""A coach overrules an indicator of readiness for a while, with a reason; and takes it back."""

from datetime import date, datetime, timedelta

from django.db import transaction

from clients import history
from clients.days import full_date, local_day
from clients.models import Client, Coach, Overrule
from clients.problems import Refused, plain_text
from clients.readiness import INDICATORS, State

LONGEST_DAYS = 365


@transaction.atomic
def overrule(
    *, client: Client, indicator: str, state: str, until: date | None, reason: str, by: Coach, at: datetime
) -> Overrule:
    """From now to the end of `until`. The same said again is the same row; another word takes its place.

    No scan reads readiness: it is computed each time somebody asks.
    """
    today = local_day(at, client.zone)
    _check_word(indicator, state)
    until = _checked_end(until, today)
    if not (reason := plain_text("reason", reason)):
        raise Refused("reason", "Write down why: you will want to know it later. Clients never see it.")
    Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    standing = Overrule.objects.filter(
        client=client, indicator=indicator, withdrawn_at=None, until__gte=today
    )
    for earlier in standing:
        if (earlier.state, earlier.until, earlier.reason, earlier.by_id) == (state, until, reason, by.pk):
            return earlier
        withdraw(overrule=earlier, by=by, at=at)
    made = Overrule.objects.create(
        client=client, indicator=indicator, state=state, until=until, reason=reason, by=by, at=at
    )
    history.record(
        "readiness overruled", subject=f"overrule:{made.pk}", client=client, by=by.user, at=at,
        after={"indicator": indicator, "state": state, "until": f"{until}"},
    )  # fmt: skip
    return made


@transaction.atomic
def withdraw(*, overrule: Overrule, by: Coach, at: datetime) -> Overrule:
    """Twice is once. What has run its course stays as it was."""
    stored = Overrule.objects.select_for_update(of=("self",)).select_related("client").get(pk=overrule.pk)
    if stored.withdrawn_at is not None:
        return stored
    if stored.until < local_day(at, stored.client.zone):
        raise Refused("", f"That ended on {stored.until.day} {stored.until:%B}; what has happened is kept.")
    stored.withdrawn_at, stored.withdrawn_by = at, by
    stored.save(update_fields=["withdrawn_at", "withdrawn_by"])
    history.record(
        "overrule withdrawn", subject=f"overrule:{stored.pk}", client=stored.client_id, by=by.user, at=at,
        before={"indicator": stored.indicator, "state": stored.state, "until": f"{stored.until}"},
    )  # fmt: skip
    return stored


def _check_word(indicator: str, state: str) -> None:
    if indicator not in INDICATORS:
        raise Refused("indicator", "Readiness has no indicator of this name. Please load the page again.")
    if state not in (State.MET, State.NOT_MET):
        raise Refused("state", "Say whether it counts as met or as not met.")
    if indicator == "injury" and state == State.NOT_MET:
        raise Refused(
            "state", "Record the injury with its region instead: it then closes just what loads it."
        )


def _checked_end(until: date | None, today: date) -> date:
    if until is None:
        raise Refused("until", "Choose the last day, like 2026-06-28.")
    if until < today:
        raise Refused("until", f"{full_date(until)} is over. Choose today or a later day.")
    if until > today + timedelta(days=LONGEST_DAYS):
        raise Refused("until", f"That is too far ahead: {LONGEST_DAYS} days is the most.")
    return until
