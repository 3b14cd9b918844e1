"""What a lift's loads are counted in: kilograms, then pounds, one dumbbell or both, this gym's machine or that one's.

Nobody gets so much stronger or weaker from one day to another, so a value far off the last few is a slip of the finger,
until more of its kind show that the lift is counted otherwise now. What was counted otherwise is another lift:
nothing is compared across, and who goes back to what was before has lost and won nothing.
"""

from collections import deque
from dataclasses import dataclass, field
from statistics import median

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

IMPLAUSIBLE = 1.8  # times the usual, or so much less: pounds, one dumbbell for two, a nought too many
FAR = float(np.log(IMPLAUSIBLE))
LAST = 5  # values that "usual" is the median of, so that one that is off does not move it
WINDOW_DAYS = 90  # and how old they may be
BELIEVED_AFTER = 3  # values: so many of a kind are no slip


@dataclass(frozen=True, kw_only=True)
class Scales:
    """Row for row."""

    scale: IntArray  # numbered from 0 within a lift of a client; only values of one scale may be compared
    slip: BoolArray
    off: FloatArray  # natural logarithm of how many times the usual; NaN where there is none


@dataclass(kw_only=True)
class _Scale:
    values: int = 0
    last: deque[tuple[int, float]] = field(default_factory=lambda: deque(maxlen=LAST))

    def off(self, value: float, since: int) -> float:
        recent = [one for day, one in self.last if day >= since]
        return value - median(recent) if recent else np.nan

    def take(self, day: int, value: float) -> None:
        self.values += 1
        self.last.append((day, value))


def scales(group: IntArray, day: IntArray, value: FloatArray) -> Scales:
    """`group`: a number for each lift of a client; `value`: natural logarithms, NaN where there is none.

    Rows are sorted by (`group`, `day`). Strictly causal. Almost no lift has a value that is far off, and only those
    are walked one by one.
    """
    off = _off_the_last(group, day, value)
    found = Scales(scale=np.zeros(len(group), dtype=np.int64), slip=np.zeros(len(group), dtype=bool), off=off)
    for one in np.unique(group[np.abs(off) >= FAR]):
        first, end = np.searchsorted(group, [one, one + 1])
        rows = first + np.flatnonzero(np.isfinite(value[first:end]))
        _walk(rows.tolist(), day, value, found)
    return found


def _walk(rows: list[int], day: IntArray, value: FloatArray, found: Scales) -> None:
    every, now = [_Scale()], 0
    for row in rows:
        t, v = int(day[row]), float(value[row])
        off = every[now].off(v, t - WINDOW_DAYS)
        at = now if not abs(off) >= FAR else _other(every, v)
        if at == len(every):
            every.append(_Scale())
        every[at].take(t, v)
        slip = at != now and every[at].values <= BELIEVED_AFTER
        found.scale[row], found.slip[row], found.off[row] = at, slip, off
        if not slip:
            now = at


def _other(every: list[_Scale], value: float) -> int:
    """The nearest that the value fits; else a new one."""
    off = [abs(one.off(value, 0)) for one in every]
    nearest = int(np.argmin(off))
    return nearest if off[nearest] < FAR else len(every)


def _off_the_last(group: IntArray, day: IntArray, value: FloatArray) -> FloatArray:
    """Of all rows at once, as if a lift had one scale."""
    earlier = np.full((LAST, len(value)), np.nan)
    for back in range(1, LAST + 1):
        near = (group[back:] == group[:-back]) & (day[back:] - day[:-back] <= WINDOW_DAYS)
        earlier[back - 1, back:] = np.where(near, value[:-back], np.nan)
    earlier.sort(axis=0)
    n = np.isfinite(earlier).sum(axis=0)
    at = np.arange(len(value))
    middle = (earlier[(n - 1).clip(0) // 2, at] + earlier[n // 2 * (n > 1), at]) / 2
    return np.asarray(value - middle)
