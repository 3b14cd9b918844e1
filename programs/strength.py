"""Estimated one-repetition maxima (SCIENCE 1.2): what one set says of strength, and how surely.

Brzycki (1993) up to ten repetitions to failure, Epley (1985) above: the two agree at ten. The curve differs by
lift and person (Nuzzo 2024), so only the change within a person and lift is ever judged.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from programs.rolling import first_within, groups, median_since, sum_since
from programs.scales import scales

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

MOST_REPS = 20  # above: no estimate; from 15 on "about" only
TRUSTED_REPS = 10
ROUGH_REPS = 15  # up to here a set may enter a trend
MOST_RIR = 4.0  # people misjudge larger reserves too much (Halperin 2022)
RIR_STEPS, RIR_SIGMA = (0, 1, 2, 3, 4), (0.5, 0.7, 0.9, 1.1, 1.5)  # error in repetitions, by logged reserve
OPEN_SIGMA = 1.5  # of a set whose reserve is only planned, or a habit
OPEN_RIR = 3.0
HABIT_SETS = 5  # rated sets that make a habit
WINDOW_DAYS = 90  # what "usual" looks back on
DAY_TO_DAY = 0.02
UNLIKE_REPS = 0.006  # for each repetition away from the usual ones
ROUGH = 0.03  # more, above ten repetitions


def e1rm(load: float, reps: float) -> float | None:
    """The load of a single repetition; `reps` counts those left in reserve. None where nothing can be said."""
    if not 1 <= reps <= MOST_REPS or load <= 0:
        return None
    return load * 36 / (37 - reps) if reps <= TRUSTED_REPS else load * (1 + reps / 30)


def rep_max(e: float, reps: float) -> float:
    """The load that can be moved `reps` times by who can move `e` once."""
    return e * (37 - reps) / 36 if reps <= TRUSTED_REPS else e / (1 + reps / 30)


@dataclass(frozen=True, kw_only=True)
class LiftDays:
    """Columns of `LiftDay`, sorted by (client, exercise, day); empty cells are NaN."""

    client: IntArray
    exercise: IntArray
    day: IntArray  # ordinals
    best_load_g: FloatArray
    best_reps2: FloatArray
    best_rir2: FloatArray
    next_load_g: FloatArray
    next_reps2: FloatArray
    next_rir2: FloatArray
    open_load_g: FloatArray
    open_reps: FloatArray
    open_prescribed_rir2: FloatArray
    median_reps2: FloatArray
    median_rir2: FloatArray
    rated: FloatArray  # sets that say their reserve: failure, hold-back and easy ones


@dataclass(frozen=True, kw_only=True)
class LiftValues:
    """One number a lift and day, row for row; NaN where nothing enters a trend."""

    ln_e: FloatArray
    se: FloatArray
    scale: IntArray  # only values of one scale of a lift may be compared (`programs.scales`)
    unit_slip: BoolArray
    times: FloatArray  # of the last five values' median; NaN where there are none


def lift_values(days: LiftDays) -> LiftValues:
    """The two best sets of each day averaged by 1/se²: a maximum alone would grow with the number of sets.

    Strictly causal: a row depends on itself and earlier rows of the same client and lift.
    """
    group = groups(days.client, days.exercise)
    first = first_within(group, days.day, WINDOW_DAYS)
    usual = median_since(first, days.median_reps2) / 2
    habit = median_since(first, days.median_rir2) / 2
    habit[(sum_since(first, days.rated) < HABIT_SETS) | ~(habit <= OPEN_RIR)] = np.nan
    prescribed = days.open_prescribed_rir2 / 2
    assumed = np.where(np.isnan(prescribed), habit, np.where(prescribed <= OPEN_RIR, prescribed, np.nan))
    rows = [
        _value(days.best_load_g, days.best_reps2 / 2, days.best_rir2 / 2, usual, logged=True),
        _value(days.next_load_g, days.next_reps2 / 2, days.next_rir2 / 2, usual, logged=True),
        _value(days.open_load_g, days.open_reps + assumed, assumed, usual, logged=False),
    ]
    ln_e, se = _two_best(np.stack([ln for ln, _ in rows]), np.stack([se for _, se in rows]))
    found = scales(group, days.day, ln_e)
    return LiftValues(ln_e=ln_e, se=se, scale=found.scale, unit_slip=found.slip, times=np.exp(found.off))


def _value(
    load_g: FloatArray, reps: FloatArray, rir: FloatArray, usual: FloatArray, *, logged: bool
) -> tuple[FloatArray, FloatArray]:
    """ln e1RM and its standard error. Repetitions unlike the lift's usual ones cost precision, not strength."""
    fit = (load_g > 0) & (reps >= 1) & (reps <= ROUGH_REPS) & (rir <= MOST_RIR)
    load, r = np.where(fit, load_g, np.nan) / 1000, np.where(fit, reps, np.nan)
    low = r <= TRUSTED_REPS
    ln_e = np.log(load) + np.where(low, np.log(36 / (37 - r)), np.log1p(r / 30))
    slope = np.where(low, 1 / (37 - r), 1 / (30 + r))
    sigma = np.interp(rir, RIR_STEPS, RIR_SIGMA) if logged else np.full(len(r), OPEN_SIGMA)
    apart = np.nan_to_num(np.abs(r - usual))
    se2 = DAY_TO_DAY**2 + (slope * sigma) ** 2 + (UNLIKE_REPS * apart) ** 2 + np.where(low, 0, ROUGH**2)
    return ln_e, np.sqrt(se2)


def _two_best(ln_e: FloatArray, se: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Of three."""
    weight = np.where(np.isnan(ln_e), 0.0, se**-2.0)
    worst = np.where(np.isnan(ln_e), -np.inf, ln_e)[::-1].argmin(axis=0)  # of equals the last
    weight[len(weight) - 1 - worst, np.arange(len(worst))] = 0.0
    total = weight.sum(axis=0)
    some = total > 0
    total = np.where(some, total, 1.0)
    mean = (weight * np.nan_to_num(ln_e)).sum(axis=0) / total
    return np.where(some, mean, np.nan), np.where(some, np.maximum(total**-0.5, DAY_TO_DAY), np.nan)
