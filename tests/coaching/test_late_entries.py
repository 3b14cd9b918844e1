"""Whatever is written, edited, deleted or comes months late, with scans in between: the end is a fresh scan's."""

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db.models import F

from clients import history
from clients.models import Checkin, Client, Coach, Flag
from coaching.due import due
from coaching.scan import scan
from programs import rollups
from programs.models import Exercise, LiftDay, Session, SetLog
from tests import factories
from tests.coaching import stories
from tests.conftest import NOW

STEPS = 200
FIRST = stories.LAST - timedelta(days=110)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_incremental_is_full(dana: Coach, james: Client, sarah: Client, seed: int) -> None:
    chance, lifts = random.Random(seed), stories.lifts(2)
    for number, client in enumerate((james, sarah)):
        stories.checkins(client, days=110, low_days=25 * number, seed=seed + number)
        stories.training(client, lifts, weeks=15, weak_days=20 * (1 - number), seed=seed + number)
    today = stories.LAST - timedelta(days=40)
    for step in range(STEPS):
        client = chance.choice((james, sarah))
        chance.choice(EDITS)(chance, client, lifts)
        if step % 5 == 0:
            today = min(today + timedelta(days=1), stories.LAST)
            scan(due(NOW, as_of=today), now=NOW + timedelta(minutes=step), as_of=today)
    scan(due(NOW, as_of=stories.LAST), now=NOW + timedelta(days=1), as_of=stories.LAST)
    assert due(NOW, as_of=stories.LAST) == []
    kept, rows = _facts(), list(LiftDay.objects.order_by("client", "exercise", "day").values())
    assert kept
    LiftDay.objects.all().delete()
    Flag.objects.all().delete()
    Client.objects.update(scanned_on=None, scanned_at=None)
    scan([james.pk, sarah.pk], now=NOW, as_of=stories.LAST, full=True)
    assert _facts() == kept
    same = [{**row, "id": 0} for row in LiftDay.objects.order_by("client", "exercise", "day").values()]
    assert same == [{**row, "id": 0} for row in rows]


def _checkin(chance: random.Random, client: Client, lifts: list[Exercise]) -> None:
    day = _a_day(chance)
    items = {
        item: chance.randint(1, 5) for item in ("energy", "mood", "stress", "sleep_quality", "anticipation")
    }
    aches = {"knee": chance.randint(1, 6)} if chance.random() < 0.2 else {}
    rows = Checkin.objects.live().filter(client=client, day=day)
    if not rows.update(**items, aches=aches):
        factories.a_checkin(client, day, **items, aches=aches)
    history.touch(client.pk)


def _forget_checkin(chance: random.Random, client: Client, lifts: list[Exercise]) -> None:
    Checkin.objects.live().filter(client=client, day=_a_day(chance)).update(deleted_at=NOW)
    history.touch(client.pk)


def _a_set(chance: random.Random, client: Client, lifts: list[Exercise]) -> None:
    day = _a_day(chance)
    session = Session.objects.live().filter(client=client, local_day=day).first()
    session = session or factories.a_session(client, at=datetime.combine(day, time(18), UTC), session_rpe=8)
    exercise = chance.choice(lifts)
    factories.a_set(
        session, exercise, kg=chance.choice([60, 75, 80, 90]), rir=chance.choice([0, 1, 2, 3, None])
    )
    rollups.rebuild(client.pk, exercise.pk, day)
    history.touch(client.pk)


def _forget_set(chance: random.Random, client: Client, lifts: list[Exercise]) -> None:
    if found := SetLog.objects.live().filter(client=client, day=_a_day(chance)).first():
        SetLog.objects.filter(pk=found.pk).update(deleted_at=NOW)
        rollups.rebuild(client.pk, found.exercise_id, found.day)
        history.touch(client.pk)


def _change_set(chance: random.Random, client: Client, lifts: list[Exercise]) -> None:
    if found := SetLog.objects.live().filter(client=client, day=_a_day(chance)).first():
        SetLog.objects.filter(pk=found.pk).update(weight_g=F("weight_g") + 2_500)
        rollups.rebuild(client.pk, found.exercise_id, found.day)
        history.touch(client.pk)


def _hurt(chance: random.Random, client: Client, lifts: list[Exercise]) -> None:
    onset = _a_day(chance)
    client.injuries.get_or_create(
        region="knee", onset=onset, defaults={"resolved": onset + timedelta(days=9)}
    )
    history.touch(client.pk)


def _deload(chance: random.Random, client: Client, lifts: list[Exercise]) -> None:
    start = _a_day(chance)
    client.phases.get_or_create(
        starts_on=start, defaults={"kind": "deload", "ends_on": start + timedelta(days=6)}
    )
    history.touch(client.pk)


EDITS: list[Any] = (
    [_checkin] * 6 + [_forget_checkin] * 2 + [_a_set] * 4 + [_forget_set, _change_set, _hurt, _deload]
)


def _a_day(chance: random.Random) -> date:
    return FIRST + timedelta(days=int(110 * chance.random() ** 0.7))


def _facts() -> list[dict[str, Any]]:
    fields = (
        "client_id", "sign", "level", "opened_on", "since_on", "level_on", "score", "says", "evidence",
        "closed_on", "resolution",
    )  # fmt: skip
    rows = Flag.objects.exclude(resolution="withdrawn").order_by("client_id", "sign", "opened_on")
    return list(rows.values(*fields))
