"""A client's own progress: strength of the lifts they train most, and the 80/20 bar week by week."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from clients.models import Client
from programs import loads
from programs.models import Exercise, LiftDay
from programs.own_units import units_for
from programs.policy.kinds import Equipment
from programs.strength import e1rm
from programs.week_share import WeekShare, week_shares

LATELY = timedelta(days=91)
MOST_LIFTS = 6
WEEKS = 8
WIDTH, HEIGHT = 100, 24


@dataclass(frozen=True, kw_only=True)
class LiftProgress:
    exercise: str
    says: str
    most_reps: str
    points: str  # of a polyline in a box of 100 × 24; empty where there is one day only


@dataclass(frozen=True, kw_only=True)
class Progress:
    lifts: list[LiftProgress]
    weeks: list[WeekShare]


def progress(client: Client, *, today: date, limit: float) -> Progress:
    """Strength as estimated single repetitions. Bodyweight lifts are left out: the body's share is a guess."""
    return Progress(
        lifts=_lifts(client, today), weeks=week_shares(client, until=today, weeks=WEEKS, limit=limit)
    )


def _lifts(client: Client, today: date) -> list[LiftProgress]:
    rows = LiftDay.objects.filter(client=client).exclude(exercise__equipment=Equipment.BODYWEIGHT)
    days: dict[int, list[tuple[date, float, int, int]]] = defaultdict(list)
    for key, day, load, reps2, rir2 in rows.order_by("day").values_list(
        "exercise_id", "day", "best_load_g", "best_reps2", "best_rir2"
    ):
        if load is None or reps2 is None or rir2 is None:
            continue
        if estimate := e1rm(load, reps2 / 2):
            days[key].append((day, estimate, load, (reps2 - rir2) // 2))
    recent = {key: sum(day > today - LATELY for day, *_ in mine) for key, mine in days.items()}
    chosen = sorted((key for key, count in recent.items() if count), key=lambda key: (-recent[key], key))
    names = Exercise.objects.in_bulk(chosen[:MOST_LIFTS])
    return [
        _one(names[key].name, days[key], today - LATELY, units_for(client, key))
        for key in chosen[:MOST_LIFTS]
        if key in names
    ]


def _one(name: str, days: list[tuple[date, float, int, int]], since: date, units: str) -> LiftProgress:
    best_day, best, _, _ = max(days, key=lambda one: one[1])
    last_day, last, load, _ = days[-1]
    reps = max(reps for _, _, other, reps in days if other == load)
    says = f"About {_shown(last, units)} for a single rep on {_day(last_day)}"
    says += "; your best." if best_day == last_day else f"; best {_shown(best, units)} on {_day(best_day)}."
    return LiftProgress(
        exercise=name,
        says=says,
        most_reps=f"Most reps with {loads.shown(load, units)} {units}: {reps}.",
        points=_points([(day, value) for day, value, *_ in days if day > since]),
    )


def _points(values: list[tuple[date, float]]) -> str:
    if len(values) < 2 or values[0][0] == values[-1][0]:
        return ""
    first, span = values[0][0], (values[-1][0] - values[0][0]).days
    low, high = min(value for _, value in values), max(value for _, value in values)
    rise = (high - low) or 1
    return " ".join(
        f"{WIDTH * (day - first).days / span:.1f},{HEIGHT - 2 - (HEIGHT - 4) * (value - low) / rise:.1f}"
        for day, value in values
    )


def _shown(grams: float, units: str) -> str:
    return f"{loads.value(round(grams), units):.0f} {units}"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
