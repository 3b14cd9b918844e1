"""Strength decreasing over multiple sessions.

Each session says how far its lifts, together, are below what each was expected to be. Pooling is the point:
a decline shows across lifts, a bad day of one exercise does not. Deload sessions are left out; used as they are
they multiply false alarms by five.
"""

from dataclasses import dataclass

import numpy as np

from clients.signs.expected import expected
from clients.signs.grid import Grid, median
from clients.signs.kinds import BoolArray, FloatArray, Histories, IntArray, Lifts
from clients.signs.series import Kind

KIND = Kind(
    s0=2.2, kappa=60.0, vif=1.15, n_min=3, floor=3.0, first=14, learns=False, recent_n=3, recent_days=21
)
LIFT_NOISE = 0.025  # of one value, when a lift's level is made of few
MOST = 12.0  # %
LEAST = 1.5  # % below usual: less is no flag, however certain
BREAK_DAYS, BREAK_SESSIONS = 10, 2  # after so long a break the first sessions are no measure
LIGHT, LIGHT_DAYS, LIGHT_ROWS = 0.9, 28, 14  # an undeclared deload
HARD_RIR = 3.0
MOVED = 1.0  # % of a lift, to have risen or fallen
ALONE = 0.7  # of a decline carried by one of at least three lifts


@dataclass(frozen=True, kw_only=True)
class Strength:
    """Session values in % below expected, and the lifts they were made of, sorted by (person, day)."""

    y: FloatArray  # [day, person]
    person: IntArray
    day: IntArray  # from 0
    lift: IntArray
    below: FloatArray  # %
    weight: FloatArray


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How a decline is spread over lifts: percent each, and who carries it alone."""

    lifts: tuple[tuple[int, float, int], ...]  # (lift, % below, sessions), worst first
    middle: float
    alone: int | None


def strength(histories: Histories, grid: Grid) -> Strength:
    rows = histories.lifts
    use = np.isfinite(rows.ln_e) & np.isfinite(rows.se) & ~rows.left_out
    use &= ~_skipped(histories, grid)[grid.day(rows.day), rows.person]
    at = np.flatnonzero(use)
    comparable = rows.comparable
    order = at[np.lexsort((rows.day[at], comparable[at], rows.person[at]))]
    person, lift, day = rows.person[order], rows.lift[order], grid.day(rows.day[order])
    level = expected(_number(person, comparable[order]), person, day, rows.ln_e[order], grid.days)
    known = np.isfinite(level.ln_e)
    order, person, lift, day = order[known], person[known], lift[known], day[known]
    below = 100 * (level.ln_e[known] - rows.ln_e[order])
    weight = 1 / (rows.se[order] ** 2 + LIFT_NOISE**2 / level.weight[known])
    total = grid.sum(person, day + grid.first_day, weight)
    pulled = grid.sum(person, day + grid.first_day, weight * below)
    y = np.where(total > 0, pulled / np.where(total > 0, total, 1.0), np.nan).clip(-MOST, MOST)
    back = np.argsort(order, kind="stable")  # as the rows came: by (person, day, lift)
    return Strength(
        y=y, person=person[back], day=day[back], lift=lift[back], below=below[back], weight=weight[back]
    )


def spread(strength: Strength, person: int, first: int, last: int, usual: float) -> Spread:
    """`usual` is the person's own mean of the session value."""
    start, end = np.searchsorted(strength.person, [person, person + 1])
    days = strength.day[start:end]
    rows = slice(start + np.searchsorted(days, first), start + np.searchsorted(days, last, side="right"))
    lifts, which = np.unique(strength.lift[rows], return_inverse=True)
    weight, below = strength.weight[rows], strength.below[rows] - usual
    n = np.bincount(which, minlength=len(lifts))
    pull = np.bincount(which, weights=weight * below, minlength=len(lifts))
    mean = pull / np.bincount(which, weights=weight, minlength=len(lifts))
    order = np.argsort(-mean, kind="stable")
    alone = None
    if len(lifts) >= 3 and pull.max() > ALONE * pull.sum() > 0:
        alone = int(lifts[pull.argmax()])
    return Spread(
        lifts=tuple((int(lifts[i]), float(mean[i]), int(n[i])) for i in order),
        middle=float(np.median(mean)) if len(mean) else 0.0,
        alone=alone,
    )


def lighter(spread: Spread, own_body: frozenset[int]) -> bool:
    """Lighter people lift less, and move themselves more easily: it could be weight loss."""
    own = [below for lift, below, _ in spread.lifts if lift in own_body]
    loaded = [below for lift, below, _ in spread.lifts if lift not in own_body]
    return bool(own and loaded and max(own) <= -MOVED and np.median(loaded) >= MOVED)


def _skipped(histories: Histories, grid: Grid) -> BoolArray:
    deload = grid.spans((p.deloads for p in histories.people), inclusive=True)
    training = histories.training
    return np.asarray(
        deload | _first_back(training.person, training.day, grid) | _light(histories.lifts, grid)
    )


def _first_back(person: IntArray, day: IntArray, grid: Grid) -> BoolArray:
    """The first sessions after a long break."""
    out = np.zeros((grid.days, grid.people), dtype=bool)
    back = np.flatnonzero((np.diff(person) == 0) & (np.diff(day) > BREAK_DAYS)) + 1
    for later in range(BREAK_SESSIONS):
        rows = np.minimum(back + later, max(len(day) - 1, 0))
        rows = rows[person[rows] == person[back]]
        out[grid.day(day[rows]), person[rows]] = True
    return out


def _light(rows: Lifts, grid: Grid) -> BoolArray:
    """Undeclared deloads: nothing at 3 in reserve or nearer, and loads a tenth under the last four weeks'."""
    near = grid.sum(rows.person, rows.day, (rows.least_rir <= HARD_RIR).astype(float)) > 0
    order = np.lexsort((rows.day, rows.comparable, rows.person))
    person, lift, day, load = rows.person[order], rows.comparable[order], rows.day[order], rows.load_kg[order]
    at = np.flatnonzero(~near[grid.day(day), person] & (load > 0))
    back = at[:, None] - np.arange(1, LIGHT_ROWS + 1)
    same = back >= 0
    back = np.maximum(back, 0)
    same &= (person[back] == person[at, None]) & (lift[back] == lift[at, None])
    same &= day[back] >= day[at, None] - LIGHT_DAYS
    usual = median(np.where(same & (load[back] > 0), load[back], np.nan))
    ratio = load[at] / usual
    return _session_median(person[at], grid.day(day[at]), ratio, grid) <= LIGHT


def _session_median(person: IntArray, day: IntArray, ratio: FloatArray, grid: Grid) -> FloatArray:
    known = np.isfinite(ratio)
    session, ratio = (day * grid.people + person)[known], ratio[known]
    order = np.lexsort((ratio, session))
    session, ratio = session[order], ratio[order]
    which, first, n = np.unique(session, return_index=True, return_counts=True)
    out = np.full(grid.days * grid.people, np.nan)
    out[which] = (ratio[first + (n - 1) // 2] + ratio[first + n // 2]) / 2
    return out.reshape(grid.days, grid.people)


def _number(person: IntArray, lift: IntArray) -> IntArray:
    """Lifts of people, numbered from 0 along sorted rows."""
    new = np.zeros(len(person), dtype=np.int64)
    if len(person) > 1:
        new[1:] = (np.diff(person) != 0) | (np.diff(lift) != 0)
    return np.cumsum(new)
