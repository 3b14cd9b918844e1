"""The main lifts of a whole history: estimated maxima, roughly where nothing was rated, and where they stand still."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from coaching import charts
from coaching.stalls import stall_of
from programs.strength import e1rm

MAIN_LIFTS = 5
LEAST_DAYS = 6
MOST_RIR2 = 8
MOST_POINTS = 200


@dataclass(frozen=True, kw_only=True)
class LiftShown:
    name: str
    says: str
    stalled: bool
    svg: str


def lifts_of(days: Sequence[dict[str, Any]]) -> tuple[LiftShown, ...]:
    """The lifts trained on most days. Rows are of LiftDay, in the order of days."""
    rows: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in days:
        rows[row["exercise_id"]].append(row)
    shown = [(key, *_points(rows[key])) for key in rows]
    main = sorted((one for one in shown if len(one[1]) >= LEAST_DAYS), key=lambda one: (-len(one[1]), one[0]))
    until = days[-1]["day"]
    return tuple(
        _shown(rows[key][0]["exercise__name"], points, rough, until)
        for key, points, rough in main[:MAIN_LIFTS]
    )


def _points(rows: Sequence[dict[str, Any]]) -> tuple[list[tuple[date, float]], bool]:
    """From rated sets where half the days have one; else every best set as if nothing had been left."""
    rated = [(row["day"], value) for row in rows if (value := _rated(row)) is not None]
    rough = [(row["day"], value) for row in rows if (value := _rough(row)) is not None]
    return (rated, False) if 2 * len(rated) >= len(rough) else (rough, True)


def _rated(row: dict[str, Any]) -> float | None:
    load, reps2, rir2 = row["best_load_g"], row["best_reps2"], row["best_rir2"]
    if not load or not reps2 or rir2 is None or rir2 > MOST_RIR2:
        return None
    return e1rm(load / 1000, reps2 / 2)


def _rough(row: dict[str, Any]) -> float | None:
    found = []
    if row["open_load_g"] and row["open_reps"]:
        found.append(e1rm(row["open_load_g"] / 1000, row["open_reps"]))
    if row["best_load_g"] and row["best_reps2"] and row["best_rir2"] is not None:
        found.append(e1rm(row["best_load_g"] / 1000, (row["best_reps2"] - row["best_rir2"]) / 2))
    return max((value for value in found if value is not None), default=None)


def _shown(name: str, points: list[tuple[date, float]], rough: bool, until: date) -> LiftShown:
    stall, about = stall_of(points, until=until), "≈ " if rough else ""
    says = f"{about}{points[-1][1]:.0f} kg, first {about}{points[0][1]:.0f} kg, {len(points)} days"
    if stall:
        lost = f", now {-100 * stall.change:.0f} % below" if stall.change < -0.02 else ""
        says += f"; at a standstill since {stall.since:%B %Y}, {stall.sessions} sessions{lost}"
    step = max(1, len(points) // MOST_POINTS)
    thin = [*points[:-1:step], points[-1]]
    picture = charts.series(
        [(day.toordinal(), value) for day, value in thin],
        band=None,
        since=stall.since.toordinal() if stall else None,
        title=f"{name}: {says}",
    )
    return LiftShown(name=name, says=says, stalled=stall is not None, svg=picture)
