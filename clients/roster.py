"""Who is a client: added, changed, archived, brought back."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from clients import history
from clients.days import local_day
from clients.ids import new_id
from clients.models import Client, Coach, User
from clients.problems import Refused

EDITED = ("name", "email", "timezone", "units", "training_since", "away_until", "sensitivity")


@transaction.atomic
def add(
    *, coach: Coach, by: User, at: datetime, id: UUID | None = None, ref: str = "", **given: Any
) -> Client:
    """`id` and `ref` are the sender's own, where they have any."""
    given["sensitivity"] = given.get("sensitivity") or 0
    if ref and Client.objects.filter(practice=coach.practice_id, ref=ref).exists():
        raise Refused("ref", "Another client of the practice has this ref.")
    client = Client.objects.create(
        practice=coach.practice, coach=coach, uuid=id or new_id(), ref=ref or str(new_id()), **given
    )
    history.record("client added", subject=f"client:{client.pk}", client=client, by=by, at=at)
    return client


@transaction.atomic
def change(*, client: Client, by: User, at: datetime, **given: Any) -> Client:
    """Record what is different, and nothing when nothing is. A time zone decides whose day it is: scan again."""
    before = facts(client)
    if given.get("sensitivity") is None:
        given["sensitivity"] = client.sensitivity
    changed = [name for name in EDITED if before[name] != given[name]]
    if not changed:
        return client
    for name in changed:
        setattr(client, name, given[name])
    if "sensitivity" in changed:
        _keep(client, float(before["sensitivity"]), at)
    client.save(update_fields=[*changed, "sensitivity_before"])
    history.touch(client.pk)
    history.record(
        "client changed", subject=f"client:{client.pk}", client=client, by=by, at=at,
        before={name: _plain(before[name]) for name in changed},
        after={name: _plain(given[name]) for name in changed},
    )  # fmt: skip
    return client


@transaction.atomic
def archive(*, client: Client, by: User, at: datetime) -> None:
    if Client.objects.filter(pk=client.pk, archived_at=None).update(archived_at=at):
        history.record("client archived", subject=f"client:{client.pk}", client=client, by=by, at=at)


@transaction.atomic
def bring_back(*, client: Client, by: User, at: datetime) -> None:
    if Client.objects.filter(pk=client.pk).exclude(archived_at=None).update(archived_at=None):
        history.touch(client.pk)
        history.record("client brought back", subject=f"client:{client.pk}", client=client, by=by, at=at)


def _keep(client: Client, value: float, at: datetime) -> None:
    """The choice that held until yesterday; of several changes in a day the last holds for the whole of it."""
    yesterday = (local_day(at, client.zone) - timedelta(days=1)).isoformat()
    if yesterday not in [day for day, _ in client.sensitivity_before]:
        client.sensitivity_before = [*client.sensitivity_before, [yesterday, value]]


def facts(client: Client) -> dict[str, Any]:
    return {name: getattr(client, name) for name in EDITED}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
