"""Who is a client: added, changed, archived, brought back."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from clients import history
from clients.ids import new_id
from clients.models import Client, Coach, User

EDITED = ("name", "email", "timezone", "units", "training_since", "away_until")


@transaction.atomic
def add(*, coach: Coach, by: User, at: datetime, **given: Any) -> Client:
    client = Client.objects.create(practice=coach.practice, coach=coach, ref=str(new_id()), **given)
    history.record("client added", subject=f"client:{client.pk}", client=client, by=by, at=at)
    return client


@transaction.atomic
def change(*, client: Client, by: User, at: datetime, **given: Any) -> Client:
    """Record what is different, and nothing when nothing is. A time zone decides whose day it is: scan again."""
    before = facts(client)
    changed = [name for name in EDITED if before[name] != given[name]]
    if not changed:
        return client
    for name in changed:
        setattr(client, name, given[name])
    client.save(update_fields=changed)
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


def facts(client: Client) -> dict[str, Any]:
    return {name: getattr(client, name) for name in EDITED}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
