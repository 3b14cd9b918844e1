"""What a lift is expected to be: its own decayed level, carried on by the client's own slow growth.

Growth is not carried over the last fortnight: a plateau is no decline, and growth does not hide one.
All lifts of all people are walked together, first values first, then second values, and so on.
"""

from dataclasses import dataclass

import numpy as np

from clients.signs.kinds import FloatArray, IntArray

HALF_LIFE = 120
PLAIN_DAYS = 14  # growth is not carried over these
SLOPE, SLOPE_SD = 0.1, 0.08  # % a week, the prior
MOST_SLOPE = 0.6
SLOPE_NOISE = 6.0  # % of one value, with its company on the same day: what a slope's certainty rests on
LAG = 14  # days: a decline must not drag down what it is held against
EARLIER = 2  # values before a lift counts: from its third


@dataclass(frozen=True, kw_only=True)
class Expected:
    """Row for row; NaN until a lift has two earlier values."""

    ln_e: FloatArray
    weight: FloatArray  # decayed number of earlier values


def expected(lift: IntArray, person: IntArray, day: IntArray, ln_e: FloatArray, days: int) -> Expected:
    """Rows sorted by (lift, day); `lift` numbers a lift of one person from 0, `day` counts from 0."""
    rank = np.arange(len(lift)) - np.searchsorted(lift, lift)
    lifts = int(lift.max()) + 1 if len(lift) else 0
    weight, level, middle, last = (np.zeros(lifts) for _ in range(4))
    out_weight, out_level, out_middle = (np.zeros(len(lift)) for _ in range(3))
    across, along = np.zeros((days, people(person))), np.zeros((days, people(person)))
    order = np.argsort(rank, kind="stable")
    ends = np.cumsum(np.bincount(rank)) if len(lift) else np.zeros(0, dtype=np.int64)
    for start, end in zip(np.concatenate([[0], ends])[:-1], ends, strict=True):
        rows = order[start:end]
        g, t, value = lift[rows], day[rows], ln_e[rows]
        w = weight[g] * 0.5 ** ((t - last[g]) / HALF_LIFE)
        dt, dv = t - middle[g], value - level[g]
        share = w / (w + 1)
        np.add.at(across, (t, person[rows]), share * dt * dt)
        np.add.at(along, (t, person[rows]), share * dt * dv)
        weight[g], last[g] = w + 1, t
        level[g] += dv / (w + 1)
        middle[g] += dt / (w + 1)
        out_weight[rows], out_level[rows], out_middle[rows] = weight[g], level[g], middle[g]
    base = _base(lift, day, rank)
    out_weight = out_weight[base] * 0.5 ** ((day - day[base]) / HALF_LIFE)
    out_level, out_middle = out_level[base], out_middle[base]
    slope = _growth(across, along)[day, person]
    carried = slope * np.maximum(0.0, day - PLAIN_DAYS - out_middle)
    fits = rank >= EARLIER
    return Expected(
        ln_e=np.where(fits, out_level + carried, np.nan), weight=np.where(fits, out_weight, np.nan)
    )


def _base(lift: IntArray, day: IntArray, rank: IntArray) -> IntArray:
    """Row for row the earlier row whose level is held against it: of LAG days ago, but of at least two values."""
    at = np.arange(len(lift))
    span = int(day.max()) + LAG + 2 if len(day) else 1
    key = lift * span + day
    old = np.searchsorted(key, key - LAG, side="right") - 1
    first = at - rank
    return np.asarray(np.clip(old, first + EARLIER - 1, np.maximum(at - 1, first)))


def people(person: IntArray) -> int:
    return int(person.max()) + 1 if len(person) else 0


def _growth(across: FloatArray, along: FloatArray) -> FloatArray:
    """ln e a day at the start of each day: the common slope of all lifts, shrunk towards the prior."""
    decay = 0.5 ** (1 / HALF_LIFE)
    unit = 700.0  # from ln e a day to % a week
    slopes = np.zeros_like(across)
    xx, xy = np.zeros(across.shape[1]), np.zeros(across.shape[1])
    for t in range(len(across)):
        certain = xx / (unit * SLOPE_NOISE / 100) ** 2
        seen = unit * xy / np.maximum(xx, 1.0)
        slopes[t] = (certain * seen + SLOPE / SLOPE_SD**2) / (certain + 1 / SLOPE_SD**2)
        xx, xy = xx * decay + across[t], xy * decay + along[t]
    return slopes.clip(0, MOST_SLOPE) / unit
