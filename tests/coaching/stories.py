"""Months of a client's life, written straight into the tables: what the scan is tried on."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from clients import history
from clients.models import Checkin, Client
from programs import rollups
from programs.models import Exercise, SetLog
from tests import factories

LAST = date(2026, 6, 14)  # the last whole day at tests.conftest.NOW


def checkins(
    client: Client, *, days: int = 150, last: date = LAST, low_days: int = 0, seed: int = 1, every: int = 1
) -> None:
    """Believable check-ins up to `last`; over the last `low_days` energy and mood are down by two words."""
    chance = random.Random(seed)
    rows = []
    for back in range(days, 0, -every):
        day = last - timedelta(days=back - 1)
        low = 2 if back <= low_days else 0
        rows.append(
            Checkin(
                client=client, day=day, sleep_hours=round(7 + chance.gauss(0, 0.6), 1),
                **{
                    item: min(5, max(1, round(chance.gauss(3.8, 0.5)) - (low if item in ("energy", "mood") else 0)))
                    for item in ("sleep_quality", "energy", "mood", "stress", "soreness", "anticipation")
                },
            )
        )  # fmt: skip
    Checkin.objects.bulk_create(rows)
    history.touch(client.pk)


def training(
    client: Client,
    exercises: Sequence[Exercise],
    *,
    weeks: int = 20,
    last: date = LAST,
    weak_days: int = 0,
    seed: int = 1,
    drop: float = 0.12,
) -> None:
    """Three sessions a week of two rated sets a lift; over the last `weak_days` strength is down by `drop`."""
    chance = random.Random(seed)
    keys = set()
    for back in range(weeks * 7, 0, -1):
        day = last - timedelta(days=back - 1)
        if day.weekday() not in (0, 2, 4):
            continue
        at = datetime.combine(day, time(17), UTC)
        session = factories.a_session(client, at=at, session_rpe=7, duration_min=60)
        sets = []
        for number, exercise in enumerate(exercises):
            strength = (
                (100 + 10 * number) * (1 - (drop if back <= weak_days else 0)) * (1 + chance.gauss(0, 0.015))
            )
            for again in range(2):
                sets.append(
                    SetLog(
                        client=client, session=session, exercise=exercise, day=session.local_day,
                        set_no=2 * number + again + 1, weight_g=round(strength * 0.75 * 1000), reps=8,
                        rir_halves=4,
                    )
                )  # fmt: skip
            keys.add((client.pk, exercise.pk, session.local_day))
        SetLog.objects.bulk_create(sets)
    rollups.rebuild_days(keys)
    history.touch(client.pk)


def lifts(count: int = 3) -> list[Exercise]:
    names = ["Tale press", "Tale row", "Tale pulldown", "Tale curl"]
    return [factories.an_exercise(name, pattern="", primary_muscle="") for name in names[:count]]
