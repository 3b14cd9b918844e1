"""Flags that opened and flags that were resolved, put down for those who want to hear of it by machine."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from clients.ids import new_id
from clients.models import Change, Client, Coach, Delivery, Flag, Webhook


@dataclass(frozen=True, kw_only=True)
class News:
    """A flag that stands open and did not, or the other way round; what of its past a scan found out is none."""

    kind: Delivery.Kind
    flag: Flag
    change: Change


def queue(news: Sequence[News], *, now: datetime) -> None:
    """In the transaction in which it happened: one row for each event and each address that hears of the client."""
    ids = {one.flag.client_id for one in news}
    listening = Webhook.objects.filter(coach__practice__clients__in=ids) if ids else Webhook.objects.none()
    if not (hooks := list(listening.select_related("coach").distinct())):
        return
    clients = Client.objects.only("uuid", "coach", "practice").in_bulk(ids)
    Delivery.objects.bulk_create(
        _delivery(one, hook, clients[one.flag.client_id], now)
        for one in news
        for hook in hooks
        if _hears_of(hook.coach, clients[one.flag.client_id])
    )


def flag_facts(flag: Flag, client: UUID) -> dict[str, Any]:
    """A flag as other software reads it, over the API and in what is told."""
    return {
        "id": flag.pk,
        "client": str(client),
        "sign": flag.sign,
        "level": flag.level,
        "since": flag.since_on,
        "opened_on": flag.opened_on,
        "level_on": flag.level_on,
        "says": flag.says,
        "closed_on": flag.closed_on,
        "resolution": flag.resolution,
    }


def body_of(*, id: UUID, kind: str, at: datetime, flag: dict[str, Any] | None) -> str:
    return json.dumps(
        {"id": str(id), "type": kind, "timestamp": at.isoformat(), "data": {"flag": flag}}, default=str
    )


def _delivery(one: News, hook: Webhook, client: Client, now: datetime) -> Delivery:
    id = new_id()
    body = body_of(id=id, kind=one.kind, at=now, flag=flag_facts(one.flag, client.uuid))
    return Delivery(
        uuid=id, webhook=hook, change=one.change, kind=one.kind, body=body, queued_at=now, next_try_at=now
    )


def _hears_of(coach: Coach, client: Client) -> bool:
    """Who sees the client (`ClientQuerySet.visible_to`)."""
    return coach.pk == client.coach_id or (coach.is_head and coach.practice_id == client.practice_id)
