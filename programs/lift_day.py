"""What the sets of one lift on one day come to: the values of a LiftDay row. Pure.

Every field depends on the values of the sets alone, never on their order, so that one day rebuilt and a
million days built in bulk are equal.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from programs.policy.classes import SetClass, set_class
from programs.policy.kinds import EndedBy

BODY_MASS_G = 75_000  # body mass is not known: only changes of a bodyweight lift are ever shown
LEAST_BODYWEIGHT_LOAD_G = 5_000  # help that leaves less than this leaves no lift to speak of
MOST_REPS2 = 30  # r ≤ 15 and RIR ≤ 4, in halves: fit for trends (SCIENCE 1.2)
MOST_RIR2 = 8
MOST_COUNT = 32_767  # of sets of one lift and day: what the column holds

_TRENDS = frozenset({SetClass.FAILURE, SetClass.HOLD_BACK, SetClass.EASY})


class LoggedSet(NamedTuple):
    """The part of a set that a rollup reads."""

    weight_g: int | None
    reps: int | None
    rir_halves: int | None
    ended: str
    warm_up: bool = False
    prescribed_rir_halves: int | None = None


class LiftDayValues(NamedTuple):
    """The columns of LiftDay below client, exercise and day, in the model's order."""

    working: int
    failure: int
    form_break: int
    form_break_at_0: int
    hold_back: int
    easy: int
    unrated: int
    stopped: int
    hard: int
    volume_g: int
    best_load_g: int | None
    best_reps2: int | None
    best_rir2: int | None
    next_load_g: int | None
    next_reps2: int | None
    next_rir2: int | None
    open_load_g: int | None
    open_reps: int | None
    open_prescribed_rir2: int | None
    median_load_g: int | None
    median_reps2: int | None
    median_rir2: int | None
    least_rir2: int | None


class _Seen(NamedTuple):
    """A working set as the rollup sees it: its class, what was moved, and the reserve that it reports."""

    cls: SetClass
    load_g: int | None
    reps: int | None
    rir2: int | None
    ended: str
    prescribed: int | None


def lift_day(
    sets: Iterable[LoggedSet], *, bodyweight: bool = False, body_mass_percent: int = 0
) -> LiftDayValues | None:
    """The rollup of one lift and day, or None where nothing but warm-ups was done."""
    seen = [_seen(s, bodyweight, body_mass_percent) for s in sets if not s.warm_up]
    if not seen:
        return None
    counts = Counter(s.cls for s in seen)
    at_0 = counts[SetClass.FORM_AT_0]
    rated = [s for s in seen if s.cls in _TRENDS]
    fit = sorted((key for s in rated if (key := _fit(s))), reverse=True)
    best, following = [*((load, reps2, -rir2) for _, load, reps2, rir2 in fit), _NOTHING, _NOTHING][:2]
    reserves = [s.rir2 for s in seen if s.rir2 is not None]
    return LiftDayValues(
        min(len(seen), MOST_COUNT),
        min(counts[SetClass.FAILURE], MOST_COUNT),
        min(counts[SetClass.FORM] + at_0, MOST_COUNT),
        min(at_0, MOST_COUNT),
        min(counts[SetClass.HOLD_BACK], MOST_COUNT),
        min(counts[SetClass.EASY], MOST_COUNT),
        min(counts[SetClass.UNRATED], MOST_COUNT),
        min(counts[SetClass.NOT_COUNTED], MOST_COUNT),
        min(sum(map(_is_hard, seen)), MOST_COUNT),
        sum(s.load_g * s.reps for s in seen if s.load_g and s.reps),
        *best,
        *following,
        *_best_open(seen),
        _median([s.load_g for s in seen if s.load_g is not None]),
        _median([reps2 for _, _, reps2, _ in fit]),
        _median([s.rir2 for s in rated if s.rir2 is not None]),
        min(reserves, default=None),
    )


def moved_g(weight_g: int | None, bodyweight: bool, body_mass_percent: int) -> int | None:
    """The load that a set moved, or None where it is not known or too little to measure a change by."""
    if weight_g is None or (bodyweight and not body_mass_percent):
        return None  # unknown is never 0; and what was added to an unknown share says nothing
    load = weight_g + body_mass_percent * BODY_MASS_G // 100
    least = LEAST_BODYWEIGHT_LOAD_G if body_mass_percent else 0
    return load if load > least else None


def e1rm_order(load_g: int, reps2: int) -> float:
    """Which of two sets shows more strength: Brzycki to 10 repetitions, Epley above (programs.strength says why)."""
    return load_g * 72 / (74 - reps2) if reps2 <= 20 else load_g * (1 + reps2 / 60)


_NOTHING = (None, None, None)


@cache
def set_class_of(ended: str, rir_halves: int | None) -> SetClass:
    """There are a hundred pairs of them, and a million sets."""
    return set_class(warm_up=False, ended=ended, rir_halves=rir_halves)


def _seen(s: LoggedSet, bodyweight: bool, body_mass_percent: int) -> _Seen:
    # A rep that failed says 0 in reserve, whatever was typed beside it.
    rir2 = 0 if s.ended == EndedBy.MUSCULAR_FAILURE else s.rir_halves
    return _Seen(
        set_class_of(s.ended, s.rir_halves),
        moved_g(s.weight_g, bodyweight, body_mass_percent),
        s.reps,
        rir2,
        s.ended,
        s.prescribed_rir_halves if s.ended == EndedBy.TARGET else None,
    )


def _fit(s: _Seen) -> tuple[float, int, int, int] | None:
    """A rated set's place among the best, if it may enter a trend. A missed single may not."""
    if s.load_g is None or not s.reps or s.rir2 is None or s.rir2 > MOST_RIR2:
        return None
    reps2 = 2 * s.reps + s.rir2
    return (e1rm_order(s.load_g, reps2), s.load_g, reps2, -s.rir2) if reps2 <= MOST_REPS2 else None


def _best_open(seen: Sequence[_Seen]) -> tuple[int | None, int | None, int | None]:
    """The best set that says nothing of its reserve, as if none had been left."""
    keys = [
        (e1rm_order(s.load_g, 2 * s.reps), s.load_g, s.reps, -1 if s.prescribed is None else s.prescribed)
        for s in seen
        if s.cls is SetClass.UNRATED and s.load_g is not None and s.reps and 2 * s.reps <= MOST_REPS2
    ]
    if not keys:
        return _NOTHING
    _, load_g, reps, prescribed = max(keys)
    return load_g, reps, prescribed if prescribed >= 0 else None


def _is_hard(s: _Seen) -> bool:
    """Within 4 of failure: as reported, or as planned where the plan was kept and nothing reported."""
    return (s.prescribed if s.rir2 is None else s.rir2) in range(MOST_RIR2 + 1)


def _median(values: list[int]) -> int | None:
    if not values:
        return None
    values.sort()
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) // 2
