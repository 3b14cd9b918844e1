"""The lifts of the last weeks as numbers, muscle by muscle, for the question whether strength stands still."""

from collections import defaultdict
from datetime import date, timedelta

import numpy as np
from django.db.models import BigIntegerField, DateField

from clients.models import Client
from clients.plateau import WINDOW_DAYS, Point
from clients.prepared import Given, Prepared
from clients.signs.kinds import SCALES
from programs.models import LiftDay
from programs.strength import LiftDays, lift_values

LIFT_DAYS = 91  # six weeks of trend, each lift measured against its own usual repetitions before

_COLUMNS = (
    "best_load_g", "best_reps2", "best_rir2", "next_load_g", "next_reps2", "next_rir2", "open_load_g", "open_reps",
    "open_prescribed_rir2", "median_reps2", "median_rir2",
)  # fmt: skip


def points_of(client: Client, today: date) -> dict[str, list[Point]]:
    """The lifts of each primary muscle before today, one number a day (a rollup knows days, not hours)."""
    rows = _LIFT_DAYS.run(client=client.pk, today=today, first=today - timedelta(days=LIFT_DAYS))
    if not rows:
        return {}
    muscles, lifts, days, failure, hold_back, easy, *columns = zip(*map(dict.values, rows), strict=True)
    numbers = {name: np.array(column, dtype=float) for name, column in zip(_COLUMNS, columns, strict=True)}
    values = lift_values(
        LiftDays(
            client=np.zeros(len(rows), dtype=np.int64),
            exercise=np.array(lifts, dtype=np.int64),
            day=np.array([day.toordinal() for day in days], dtype=np.int64),
            rated=np.array([failure, hold_back, easy], dtype=float).sum(axis=0),
            **numbers,
        )
    )
    points: dict[str, list[Point]] = defaultdict(list)
    since = today - timedelta(days=WINDOW_DAYS)
    for row in np.flatnonzero(~np.isnan(values.ln_e) & ~values.unit_slip):
        if muscles[row] and days[row] >= since:
            ln_e, se = float(values.ln_e[row]), float(values.se[row])
            lift = lifts[row] * SCALES + int(values.scale[row])
            points[muscles[row]].append(Point(day=days[row], lift=lift, ln_e=ln_e, se=se))
    return points


_LIFT_DAYS = Prepared(
    lambda: (
        LiftDay.objects.filter(
            client=Given("client", BigIntegerField()),
            day__lt=Given("today", DateField()),
            day__gte=Given("first", DateField()),
        )
        .order_by("exercise_id", "day")
        .values("exercise__primary_muscle", "exercise_id", "day", "failure", "hold_back", "easy", *_COLUMNS)
    )
)
