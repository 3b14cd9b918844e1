"""A client's own progress: strength of the lifts they chose, or train most, and the 80/20 bar week by week."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from clients.models import Client
from programs import loads
from programs.models import Exercise, LiftDay
from programs.own_units import units_for
from programs.policy.kinds import Equipment
from programs.shown_lifts import MOST_LIFTS
from programs.strength import e1rm
from programs.week_share import WeekShare, week_shares

Days = list[tuple[date, float, int, int]]  # day, estimate, load, most reps with it

LATELY = timedelta(days=91)
WEEKS = 8
WIDTH, HEIGHT = 100, 24


@dataclass(frozen=True, kw_only=True)
class LiftProgress:
    exercise: str
    says: str
    most_reps: str
    points: str  # of a polyline in a box of 100 × 24; empty where there is one day only


@dataclass(frozen=True, kw_only=True)
class LiftChoice:
    key: str
    name: str
    shown: bool


@dataclass(frozen=True, kw_only=True)
class Progress:
    lifts: list[LiftProgress]
    choices: list[LiftChoice]  # every lift that strength can be told of, by name
    own_choice: bool
    weeks: list[WeekShare]


def progress(client: Client, *, today: date, limit: float) -> Progress:
    """Strength as estimated single repetitions. Bodyweight lifts are left out: the body's share is a guess."""
    days, since = _days_of_lifts(client), today - LATELY
    names = {row.pk: row.name for row in Exercise.objects.filter(pk__in=days).only("name")}
    chosen = [key for key in client.shown_lifts if key in names]
    shown = chosen or _trained_most(days, since)
    return Progress(
        lifts=[_one(names[key], days[key], since, units_for(client, key)) for key in shown],
        choices=[
            LiftChoice(key=str(key), name=name, shown=key in shown)
            for key, name in sorted(names.items(), key=lambda one: one[1].casefold())
        ],
        own_choice=bool(chosen),
        weeks=week_shares(client, until=today, weeks=WEEKS, limit=limit),
    )


def _days_of_lifts(client: Client) -> dict[int, Days]:
    rows = LiftDay.objects.filter(client=client).exclude(exercise__equipment=Equipment.BODYWEIGHT)
    days: dict[int, Days] = defaultdict(list)
    for key, day, load, reps2, rir2 in rows.order_by("day").values_list(
        "exercise_id", "day", "best_load_g", "best_reps2", "best_rir2"
    ):
        if load is None or reps2 is None or rir2 is None:
            continue
        if estimate := e1rm(load, reps2 / 2):
            days[key].append((day, estimate, load, (reps2 - rir2) // 2))
    return days


def _trained_most(days: dict[int, Days], since: date) -> list[int]:
    recent = {key: sum(day > since for day, *_ in mine) for key, mine in days.items()}
    return sorted((key for key, count in recent.items() if count), key=lambda key: (-recent[key], key))[
        :MOST_LIFTS
    ]


def _one(name: str, days: Days, since: date, units: str) -> LiftProgress:
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
