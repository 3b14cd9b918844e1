"""Eight weeks in a line: a client's strength, and how they say they are. Derived, and kept while nothing is written."""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import log
from statistics import fmean
from threading import Lock

from django.db.models import Exists, OuterRef

from clients.days import monday_of
from clients.models import Checkin, Consent
from clients.models.checkin import ITEMS
from coaching.cases import Case
from coaching.charts import sparkline
from programs.models import LiftDay
from programs.strength import e1rm

WEEKS = 8
KEPT = 4000
MOST_RIR2 = 8  # a set further from failure than 4 says little of strength

_kept: OrderedDict[tuple[object, ...], "Sparks"] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True, kw_only=True)
class Sparks:
    strength: str
    checkins: str


def sparks_for(cases: Sequence[Case]) -> dict[int, Sparks]:
    """Two queries for those who wrote something since they were last drawn; none when nobody did."""
    keys = {case.pk: (case.uuid, case.version, case.today) for case in cases}
    with _lock:
        drawn = {pk: _kept[key] for pk, key in keys.items() if key in _kept}
    fresh = _draw([case for case in cases if case.pk not in drawn])
    with _lock:
        for pk, spark in fresh.items():
            _kept[keys[pk]] = spark
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return drawn | fresh


def _draw(cases: Sequence[Case]) -> dict[int, Sparks]:
    if not cases:
        return {}
    first = {case.pk: first_monday(case.today) for case in cases}
    strength, checkins = strength_lines(first), _checkins(first)
    return {
        pk: Sparks(
            strength=sparkline(line, width=88, height=24, alt=in_words("Strength", line)),
            checkins=sparkline(checkins[pk], width=88, height=24, alt=in_words("Check-ins", checkins[pk])),
        )
        for pk, line in strength.items()
    }


def first_monday(today: date) -> date:
    return monday_of(today) - timedelta(weeks=WEEKS - 1)


def strength_lines(first: dict[int, date]) -> dict[int, list[float | None]]:
    """Each week's best of every lift against the lift's own mean, averaged over lifts, in percent."""
    rows = LiftDay.objects.filter(
        client__in=first, day__gte=min(first.values()), best_load_g__gt=0, best_rir2__lte=MOST_RIR2
    ).values_list("client_id", "exercise_id", "day", "best_load_g", "best_reps2")
    best: defaultdict[int, defaultdict[int, dict[int, float]]] = defaultdict(lambda: defaultdict(dict))
    for client_id, exercise_id, day, load_g, reps2 in rows:
        week = (day - first[client_id]).days // 7
        estimate = e1rm(load_g, reps2 / 2) if load_g and reps2 and 0 <= week < WEEKS else None
        if estimate is not None:
            lift = best[client_id][exercise_id]
            lift[week] = max(estimate, lift.get(week, 0))
    return {pk: _index(best[pk].values()) for pk in first}


def _index(lifts: Iterable[dict[int, float]]) -> list[float | None]:
    weeks: defaultdict[int, list[float]] = defaultdict(list)
    for lift in lifts:
        if len(lift) < 2:
            continue  # one week says nothing of a change
        level = fmean(log(value) for value in lift.values())
        for week, value in lift.items():
            weeks[week].append(100 * (log(value) - level))
    return [fmean(weeks[week]) if week in weeks else None for week in range(WEEKS)]


def _checkins(first: dict[int, date]) -> dict[int, list[float | None]]:
    """Each week's mean of all answers. Without consent in force nothing is read."""
    agreed = Consent.objects.filter(client=OuterRef("client"), withdrawn_at=None)
    rows = (
        Checkin.objects.live()
        .filter(Exists(agreed), client__in=first, day__gte=min(first.values()))
        .values_list("client_id", "day", *ITEMS)
    )
    weeks: defaultdict[int, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for client_id, day, *items in rows:
        week = (day - first[client_id]).days // 7
        weeks[client_id][week].extend(item for item in items if item is not None)
    return {
        pk: [fmean(weeks[pk][week]) if weeks[pk][week] else None for week in range(WEEKS)] for pk in first
    }


def in_words(what: str, line: Sequence[float | None]) -> str:
    known = [value for value in line if value is not None]
    if len(known) < 2:
        return f"{what}: too little in {WEEKS} weeks to draw"
    change = known[-1] - fmean(known[:-1])
    if what == "Strength":
        now = f"{change:+.0f} % against".replace("-", "−") if round(change) else "about the same as in"
        return f"Strength over {WEEKS} weeks: now {now} the weeks before"
    return f"Check-ins over {WEEKS} weeks: now {known[-1]:.1f} of 5, before {fmean(known[:-1]):.1f}"
