"""Check-ins: one a day and client, however often the phone sends it."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.db import transaction

from clients import consent, history
from clients.body import Region
from clients.days import local_day
from clients.ids import new_id
from clients.models import Checkin, Client, User
from clients.models.checkin import ITEMS
from clients.problems import Conflict, Refused, plain_text

FIRST_DAY = date(1970, 1, 1)
REGIONS = frozenset(region.value for region in Region)
FIELDS = (*ITEMS, "sleep_hours", "aches", "note")


class NoConsent(Refused):
    """Health data may not be kept for this client."""

    def __init__(self) -> None:
        super().__init__(
            "", "Check-ins need your agreement to keep health data. You can give it in the settings."
        )


@transaction.atomic
def record(
    *,
    client: Client,
    day: date,
    items: Mapping[str, Any],
    by: User | None,
    at: datetime,
    id: UUID | None = None,
    version: int | None = None,
) -> Checkin:
    """Keep the day's answers. The same again changes nothing; other answers for the day replace them.

    With `version` the answers are an amendment, and it must be the next one; without it the last one wins.
    """
    _allowed(client, day, at)
    values = checked(items)
    Client.objects.select_for_update(no_key=True).get(pk=client.pk)
    if id is not None and (sent := Checkin.objects.filter(client=client, uuid=id).first()):
        if sent.deleted_at:
            return sent  # a late resend does not raise the dead
        if sent.day != day:
            raise Conflict(sent)
        stored: Checkin | None = sent
    else:
        stored = Checkin.objects.live().filter(client=client, day=day).first()
    if stored is None:
        made = Checkin.objects.create(client=client, day=day, uuid=id or new_id(), **values)
        history.touch(client.pk)
        return made
    return _amended(stored, values, version, by, at)


@transaction.atomic
def add_ache(
    *, client: Client, day: date, region: str, severity: int, by: User | None, at: datetime
) -> Checkin:
    """A pain met during training, added to the day's check-in; a worse one reported before stays."""
    stored = Checkin.objects.live().filter(client=client, day=day).first()
    items = {name: getattr(stored, name) for name in FIELDS} if stored else {}
    aches = dict(items.get("aches") or {})
    items["aches"] = {**aches, region: max(severity, aches.get(region, 0))}
    return record(client=client, day=day, items=items, by=by, at=at)


@transaction.atomic
def remove(*, checkin: Checkin, by: User | None, at: datetime) -> Checkin:
    """Take a check-in out of everything; the row stays, so that a late resend does not bring it back."""
    if Checkin.objects.live().filter(pk=checkin.pk).update(deleted_at=at):
        history.record(
            "check-in removed", subject=f"checkin:{checkin.pk}", client=checkin.client_id, by=by, at=at
        )
        history.touch(checkin.client_id)
    checkin.refresh_from_db()
    return checkin


def checked(items: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as they are stored, or a sentence at the first one that cannot be."""
    if unknown := set(items) - set(FIELDS):
        raise Refused(min(unknown), "A check-in has no such question.")
    values: dict[str, Any] = {name: _one_to_five(name, items.get(name)) for name in ITEMS}
    values["sleep_hours"] = _hours(items.get("sleep_hours"))
    values["aches"] = _aches(items.get("aches") or {})
    note = items.get("note") or ""
    if not isinstance(note, str):
        raise Refused("note", "Please write the note as text.")
    values["note"] = plain_text("note", note)
    if all(value in (None, "", {}) for value in values.values()):
        raise Refused("", "Nothing is answered yet. One answer is enough.")
    return values


def _allowed(client: Client, day: date, at: datetime) -> None:
    if not consent.in_force(client):
        raise NoConsent
    if day > local_day(at, client.zone):
        raise Refused("day", "That day has not come yet.")
    if day < FIRST_DAY:
        raise Refused("day", "That day is too long ago.")


def _amended(
    stored: Checkin, values: dict[str, Any], version: int | None, by: User | None, at: datetime
) -> Checkin:
    before = {name: getattr(stored, name) for name in FIELDS}
    if before == values:
        return stored
    if version is not None and version != stored.version + 1:
        raise Conflict(stored)
    for name, value in values.items():
        setattr(stored, name, value)
    stored.version += 1
    stored.save(update_fields=[*FIELDS, "version"])
    history.record(
        "check-in amended", subject=f"checkin:{stored.pk}", client=stored.client_id, by=by, at=at,
        before=_plain(before), after=_plain(values),
    )  # fmt: skip
    history.touch(stored.client_id)
    return stored


def _one_to_five(name: str, value: Any) -> int | None:
    if value is None or value == "":
        return None
    if (
        isinstance(value, bool)
        or not isinstance(value, int | str)
        or str(value) not in {"1", "2", "3", "4", "5"}
    ):
        raise Refused(name, "Choose one of the five.")
    return int(value)


def _hours(value: Any) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        hours = Decimal(str(value).replace(",", "."))
    except InvalidOperation:
        hours = Decimal(-1)
    if isinstance(value, bool) or not hours.is_finite() or not 0 <= hours <= 24:
        raise Refused("sleep_hours", "Hours of sleep are a number from 0 to 24.")
    return hours.quantize(Decimal("0.01"))


def _aches(value: Any) -> dict[str, int]:
    if not isinstance(value, Mapping):
        raise Refused("aches", "Aches are regions, each with a number from 0 to 10.")
    aches = {}
    for region, severity in value.items():
        if region not in REGIONS:
            raise Refused("aches", f"“{str(region)[:40]}” is not a region we know.")
        if isinstance(severity, bool) or not isinstance(severity, int) or not 0 <= severity <= 10:
            raise Refused("aches", "How bad an ache is goes from 0 to 10.")
        aches[str(region)] = severity
    return dict(sorted(aches.items()))


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: float(value) if isinstance(value, Decimal) else value for name, value in values.items()}
