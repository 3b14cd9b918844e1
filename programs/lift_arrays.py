"""`lift_day` for many lifts and days at once: the same integers, column by column. Pure.

`lift_day` is the definition; this is its twin over arrays, and a test holds the one against the other.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from programs.lift_day import (
    BODY_MASS_G,
    LEAST_BODYWEIGHT_LOAD_G,
    MOST_COUNT,
    MOST_REPS2,
    MOST_RIR2,
    set_class_of,
)
from programs.policy.classes import SetClass
from programs.policy.kinds import EndedBy

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

ENDED = ("", *(member.value for member in EndedBy))  # the code of an ending is its place
_CLASSES = list(SetClass)
_MOST_LOGGED_RIR2 = 20
_TARGET, _FAILED = ENDED.index(EndedBy.TARGET), ENDED.index(EndedBy.MUSCULAR_FAILURE)
_TABLE = np.array(
    [
        [_CLASSES.index(set_class_of(ended, rir2)) for rir2 in (None, *range(_MOST_LOGGED_RIR2 + 1))]
        for ended in ENDED
    ]
)


@dataclass(frozen=True, kw_only=True)
class SetColumns:
    """Working sets, row by row; NaN is not known. `day_of`: the number of the lift and day that it belongs to."""

    day_of: IntArray
    weight_g: FloatArray
    reps: FloatArray
    rir2: FloatArray
    ended: IntArray  # places in ENDED
    prescribed_rir2: FloatArray
    bodyweight: BoolArray
    body_mass_percent: IntArray

    def of(self, rows: "BoolArray | IntArray") -> "SetColumns":
        return SetColumns(**{column.name: getattr(self, column.name)[rows] for column in fields(self)})


def lift_days(sets: SetColumns, days: int) -> FloatArray:
    """[column of LiftDayValues, day] for the lifts and days 0, 1, …; every one of them has a set."""
    cls = _TABLE[sets.ended, np.where(np.isnan(sets.rir2), 0, np.nan_to_num(sets.rir2) + 1).astype(np.int64)]
    load = _moved_g(sets)
    rir2 = np.where(sets.ended == _FAILED, 0.0, sets.rir2)
    prescribed = np.where(sets.ended == _TARGET, sets.prescribed_rir2, np.nan)
    rated = np.isin(
        cls, [_CLASSES.index(one) for one in (SetClass.FAILURE, SetClass.HOLD_BACK, SetClass.EASY)]
    )
    moved = np.isfinite(load) & (sets.reps > 0)

    def count(which: BoolArray) -> FloatArray:
        found = np.bincount(sets.day_of[which], minlength=days).astype(np.float64)
        return np.minimum(found, MOST_COUNT)

    counts = {one: count(cls == number) for number, one in enumerate(_CLASSES)}
    at_0 = counts[SetClass.FORM_AT_0]
    volume = np.bincount(sets.day_of[moved], weights=(load * sets.reps)[moved], minlength=days)
    reps2 = 2 * sets.reps + rir2
    fit = rated & moved & (rir2 <= MOST_RIR2) & (reps2 <= MOST_REPS2)
    best = _best(sets.day_of, fit, load, reps2, -rir2, days, places=2)
    best[[2, 5]] *= -1
    asked = np.where(np.isnan(prescribed), -1.0, prescribed)
    unrated = (cls == _CLASSES.index(SetClass.UNRATED)) & moved & (2 * sets.reps <= MOST_REPS2)
    open_ = _best(sets.day_of, unrated, load, 2 * sets.reps, asked, days, places=1)
    least = -_most(sets.day_of, np.isfinite(rir2), -rir2, days)
    reserve = np.where(np.isnan(rir2), prescribed, rir2)
    columns = (
        count(np.ones(len(cls), dtype=bool)),
        counts[SetClass.FAILURE],
        count((cls == _CLASSES.index(SetClass.FORM)) | (cls == _CLASSES.index(SetClass.FORM_AT_0))),
        at_0,
        counts[SetClass.HOLD_BACK],
        counts[SetClass.EASY],
        counts[SetClass.UNRATED],
        counts[SetClass.NOT_COUNTED],
        count(reserve <= MOST_RIR2),
        volume.astype(np.float64),
        *best,
        open_[0],
        open_[1] / 2,
        np.where(open_[2] < 0, np.nan, open_[2]),
        _median(sets.day_of, np.isfinite(load), load, days),
        _median(sets.day_of, fit, reps2, days),
        _median(sets.day_of, rated & np.isfinite(rir2), rir2, days),
        np.where(np.isinf(least), np.nan, least),
    )
    return np.stack(columns)  # in the order of LiftDayValues


def _moved_g(sets: SetColumns) -> FloatArray:
    percent = sets.body_mass_percent
    load = sets.weight_g + percent * BODY_MASS_G // 100
    least = np.where(percent > 0, LEAST_BODYWEIGHT_LOAD_G, 0)
    return np.where((sets.bodyweight & (percent == 0)) | ~(load > least), np.nan, load)


def _best(
    day_of: IntArray, which: BoolArray, load: FloatArray, reps2: FloatArray, last: FloatArray, days: int,
    *, places: int,
) -> FloatArray:  # fmt: skip
    """[load, reps2, last] of each day's best rows, by estimate, load, repetitions, then `last`."""
    out = np.full((3 * places, days), np.nan)
    at = np.flatnonzero(which)
    day, values = day_of[at], np.stack([load[at], reps2[at], last[at]])
    low = values[1] <= 20
    estimate = np.where(
        low, values[0] * 72 / (74 - np.where(low, values[1], 0)), values[0] * (1 + values[1] / 60)
    )
    for place in range(places):
        best = np.isfinite(estimate)
        for merit in (estimate, *values):
            best &= merit == _most(day, best, merit, days)[day]
        first = np.full(days, -1)
        rows = np.flatnonzero(best)[::-1]
        first[day[rows]] = rows
        some = first >= 0
        out[3 * place : 3 * place + 3, some] = values[:, first[some]]
        estimate[first[some]] = -np.inf
    return out


def _most(day: IntArray, which: BoolArray, values: FloatArray, days: int) -> FloatArray:
    most = np.full(days, -np.inf)
    np.maximum.at(most, day[which], values[which])
    return most


def _median(day_of: IntArray, which: BoolArray, values: FloatArray, days: int) -> FloatArray:
    """Of whole numbers, none below 0; of two in the middle the whole part of their mean."""
    day, value = day_of[which], values[which].astype(np.int64)
    span = int(value.max(initial=0)) + 1
    value = np.sort(day * span + value) % span  # by day, then by value
    n = np.bincount(day, minlength=days)
    some, first = n > 0, np.cumsum(n) - n
    middle = np.full(days, np.nan)
    low, high = (first + (n - 1) // 2)[some], (first + n // 2)[some]
    middle[some] = (value[low] + value[high]) // 2
    return middle
