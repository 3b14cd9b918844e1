"""Sums and medians over the last days of each group of sorted rows, without a loop over rows."""

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


def groups(*keys: IntArray) -> IntArray:
    """A number for each run of equal keys, rising along the rows."""
    new = np.ones(len(keys[0]), dtype=bool)
    new[1:] = np.any([np.diff(key) != 0 for key in keys], axis=0)
    return np.cumsum(new).astype(np.int64)


def first_within(group: IntArray, day: IntArray, width: int) -> IntArray:
    """For each row the first row of its group that is less than `width` days older."""
    span = int(day.max() - day.min()) + width + 1 if len(day) else 1
    clock = group * span + (day - (day.min() if len(day) else 0))
    return np.maximum(np.searchsorted(clock, clock - width + 1), np.searchsorted(group, group)).astype(
        np.int64
    )


def sum_since(first: IntArray, values: FloatArray) -> FloatArray:
    total = np.concatenate([[0.0], np.cumsum(np.nan_to_num(values))])
    return np.asarray(total[1:] - total[first])


def median_since(first: IntArray, halves: FloatArray) -> FloatArray:
    """The median from `first` to the row itself, by counting: the values are small whole numbers."""
    known = np.isfinite(halves)
    n = _count_since(first, known)
    low, high = np.zeros(len(halves), dtype=np.int32), np.zeros(len(halves), dtype=np.int32)
    below, last = np.zeros(len(halves), dtype=np.int32), 0
    for value in np.unique(halves[known]).astype(np.int32):
        # No row lies between two values, so what is below the one is below all in between.
        low += (below < (n + 1) // 2) * (value - last)
        high += (below < n // 2 + 1) * (value - last)
        below, last = _count_since(first, halves <= value), value
    return np.where(n > 0, (low + high) / 2, np.nan)


def _count_since(first: IntArray, which: BoolArray) -> NDArray[np.int32]:
    total = np.zeros(len(which) + 1, dtype=np.int32)
    np.cumsum(which, out=total[1:])
    return total[1:] - total[first]
