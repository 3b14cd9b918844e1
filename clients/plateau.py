"""Plateau despite consistent training: strength per muscle over six weeks, and how steady training was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from clients.body import word
from clients.readiness import Indicator, met, not_met, unknown

WINDOW_DAYS, SHORT_DAYS, SHORT_LEAST = 42, 28, 6  # four weeks are enough with six sessions in them
LEAST_SESSIONS = 5
WEEKS, STEADY_WEEKS, A_WEEK = 6, 5, 2  # without a plan: two sessions in five of six weeks
PLANNED_PART = 0.75
LONGEST_GAP = 10
TRAINED_YEARS = 2
GAIN_TRAINED, GAIN_NEW = 0.25, 0.5  # worthwhile gain, % a week
NOTHING = 0.01  # % a week: below this a slope is arithmetic, not training
# Student's t for a two-sided 80 % interval, by degrees of freedom.
T_80 = (
    3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372, 1.363, 1.356, 1.350, 1.345, 1.341,
    1.337, 1.333, 1.330, 1.328, 1.325, 1.323, 1.321, 1.319, 1.318, 1.316, 1.315, 1.314, 1.313, 1.311, 1.310,
)  # fmt: skip
T_80_FAR = 1.29


class Trend(StrEnum):
    PROGRESS = "progress"
    PLATEAU = "plateau"
    DECLINE = "decline"
    UNDECIDED = "undecided"


@dataclass(frozen=True, kw_only=True)
class Point:
    """One lift on one day: ln of its estimated maximum, and the standard error."""

    day: date
    lift: int  # a number for each lift, and for what its loads are counted in
    ln_e: float
    se: float


@dataclass(frozen=True, kw_only=True)
class Steadiness:
    """How regularly somebody trained in the window; None while the log is too young to say."""

    steady: bool | None
    says: str


def plateau(
    points: Mapping[str, Sequence[Point]], *, today: date, steadiness: Steadiness, years: float | None
) -> Indicator:
    """Met: steady, and at least half of the muscles that can be told stand still."""
    if steadiness.steady is False:
        return not_met(steadiness.says)
    gain = GAIN_TRAINED if years is not None and years > TRAINED_YEARS else GAIN_NEW
    trends = {muscle: trend(rows, today=today, gain=gain) for muscle, rows in points.items()}
    decided = {muscle: found for muscle, found in trends.items() if found is not Trend.UNDECIDED}
    still = [word(muscle) for muscle, found in decided.items() if found is Trend.PLATEAU]
    growing = [word(muscle) for muscle, found in decided.items() if found is Trend.PROGRESS]
    standing = bool(decided) and 2 * len(still) >= len(decided)
    if growing and not standing:
        return not_met(f"Still progressing: {', '.join(sorted(growing))}.")
    if steadiness.steady is None:
        return unknown(steadiness.says)
    if not decided:
        return unknown("Six weeks of lifts do not tell yet whether strength stands still.")
    if standing:
        return met(f"Standing still for six weeks: {', '.join(sorted(still))}.")
    return unknown("Strength fell rather than stood still.")


def trend(points: Sequence[Point], *, today: date, gain: float) -> Trend:
    """One slope in % a week over the lifts of a muscle, each with its own level; 80 % interval."""
    rows = _window(points, today)
    if len({row.day for row in rows}) < LEAST_SESSIONS:
        return Trend.UNDECIDED
    lifts = sorted({row.lift for row in rows})
    free = len(rows) - len(lifts) - 1
    if free < 1:
        return Trend.UNDECIDED
    weeks = np.array([(row.day - today).days / 7 for row in rows])
    levels = np.array([[row.lift == lift for lift in lifts] for row in rows], dtype=float)
    weight = np.array([1 / row.se for row in rows])
    design = np.column_stack([weeks, levels]) * weight[:, None]
    target = 100 * np.array([row.ln_e for row in rows]) * weight
    solution = np.linalg.lstsq(design, target, rcond=None)[0]
    residual = target - design @ solution
    spread = np.linalg.pinv(design.T @ design)[0, 0] * float(residual @ residual) / free
    half = (T_80[free - 1] if free <= len(T_80) else T_80_FAR) * float(np.sqrt(max(spread, 0.0)))
    return _read(float(solution[0]) - half, float(solution[0]) + half, gain)


def steadiness(
    days: Sequence[date], *, today: date, first_ever: date | None, planned: int | None, deload: bool
) -> Steadiness:
    """`days`: those with a session in the window; `planned`: sessions that a programme asked for in it."""
    start = today - timedelta(days=WINDOW_DAYS - 1)
    if first_ever is None or first_ever > start:
        return Steadiness(steady=None, says="There are less than six weeks of training to look at.")
    if deload:
        return Steadiness(steady=False, says="The six weeks end in a deload.")
    within = sorted({day for day in days if start <= day <= today})
    gap = _longest_gap([start, *within, today])
    if gap > LONGEST_GAP:
        return Steadiness(
            steady=False, says=f"Training stood still for {gap} days within the last six weeks."
        )
    if planned:
        says = f"{len(within)} of {planned} planned sessions done in six weeks."
        return Steadiness(steady=len(within) >= PLANNED_PART * planned, says=says)
    counts = [sum((today - day).days // 7 == week for day in within) for week in range(WEEKS)]
    steady = sum(count >= A_WEEK for count in counts)
    return Steadiness(
        steady=steady >= STEADY_WEEKS, says=f"Two sessions a week in {steady} of the last six weeks."
    )


def _longest_gap(days: Sequence[date]) -> int:
    return max(((after - before).days for before, after in zip(days, days[1:], strict=False)), default=0)


def _window(points: Sequence[Point], today: date) -> list[Point]:
    short = [p for p in points if 0 <= (today - p.day).days < SHORT_DAYS]
    if len({p.day for p in short}) >= SHORT_LEAST:
        return short
    return [p for p in points if 0 <= (today - p.day).days < WINDOW_DAYS]


def _read(lower: float, upper: float, gain: float) -> Trend:
    if lower > NOTHING:
        return Trend.PROGRESS
    if upper < -NOTHING:
        return Trend.DECLINE
    return Trend.PLATEAU if upper < gain else Trend.UNDECIDED
