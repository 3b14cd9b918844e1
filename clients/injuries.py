"""Injuries as a coach notes them: where, since when, how bad, and when they had healed."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from clients import consent, history
from clients.body import word
from clients.days import local_day
from clients.ids import new_id
from clients.models import Client, Coach, Injury
from clients.problems import Refused, plain_text

FIRST_DAY = date(1970, 1, 1)
AHEAD = timedelta(days=366)  # how far ahead the day of healing may be expected
FACTS = ("region", "severity", "muscle", "onset", "resolved", "note")


@transaction.atomic
def note(*, client: Client, by: Coach, at: datetime, id: UUID | None = None, **said: Any) -> Injury:
    """Keep a new injury. One of the same region and day is the one that is there already."""
    facts = _checked(client, said, at)
    Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    _alone(client, facts)
    injury = Injury.objects.create(client=client, uuid=id or new_id(), **facts)
    _leave_marks("injury noted", injury, by, at, after=_plain(injury))
    return injury


@transaction.atomic
def amend(*, injury: Injury, by: Coach, at: datetime, **said: Any) -> Injury:
    """Make it what the coach says now; nothing changes where that is what it was."""
    injury = _locked(injury)
    facts = _checked(injury.client, said, at)
    before = _plain(injury)
    _alone(injury.client, facts, but=injury.pk)
    for name, value in facts.items():
        setattr(injury, name, value)
    if _plain(injury) != before:
        injury.save(update_fields=[*FACTS])
        _leave_marks("injury changed", injury, by, at, before=before, after=_plain(injury))
    return injury


@transaction.atomic
def heal(*, injury: Injury, by: Coach, at: datetime) -> Injury:
    """It is over today: what it kept closed is open again."""
    injury = _locked(injury)
    today = local_day(at, injury.client.zone)
    if injury.resolved is not None and injury.resolved <= today:
        return injury
    before = _plain(injury)
    injury.resolved = today
    injury.save(update_fields=["resolved"])
    _leave_marks("injury healed", injury, by, at, before=before, after=_plain(injury))
    return injury


@transaction.atomic
def remove(*, injury: Injury, by: Coach, at: datetime) -> None:
    """It was noted by mistake. What it said stays in the history."""
    found = Injury.objects.select_for_update(of=("self",)).filter(pk=injury.pk).first()
    if found is None:
        return
    _leave_marks("injury removed", found, by, at, before=_plain(found))
    found.delete()


def _checked(client: Client, said: dict[str, Any], at: datetime) -> dict[str, Any]:
    if not consent.in_force(client):
        raise Refused(
            "", f"{client.first_name} has not agreed to health data being kept, so no injury can be noted."
        )
    today, onset, resolved = local_day(at, client.zone), said["onset"], said.get("resolved")
    if not FIRST_DAY <= onset <= today:
        raise Refused("onset", "Give the day on which it began: today, or an earlier one.")
    if resolved is not None and resolved < onset:
        raise Refused("resolved", "It cannot have healed before it began.")
    if resolved is not None and resolved > today + AHEAD:
        raise Refused("resolved", "That is too far ahead: leave it empty while it is open.")
    return {
        "region": said["region"],
        "severity": said.get("severity", ""),
        "muscle": said.get("muscle", ""),
        "onset": onset,
        "resolved": resolved,
        "note": plain_text("note", said.get("note", "")),
    }


def _alone(client: Client, facts: dict[str, Any], *, but: int = 0) -> None:
    same = Injury.objects.filter(client=client, region=facts["region"], onset=facts["onset"]).exclude(pk=but)
    if same.exists():
        where = word(facts["region"])
        raise Refused("onset", f"An injury of the {where} from that day is noted already: change that one.")


def _locked(injury: Injury) -> Injury:
    return Injury.objects.select_for_update(of=("self",)).select_related("client").get(pk=injury.pk)


def _plain(injury: Injury) -> dict[str, Any]:
    values = {name: getattr(injury, name) for name in FACTS}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _leave_marks(
    kind: str, injury: Injury, by: Coach, at: datetime, *,
    before: dict[str, Any] | None = None, after: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    history.record(
        kind,
        subject=f"injury:{injury.pk}",
        client=injury.client_id,
        by=by.user,
        at=at,
        before=before,
        after=after,
    )
    history.touch(injury.client_id)
