"""Sums and medians over the last days of each group of sorted rows, without a loop over rows."""

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


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
    n = sum_since(first, known.astype(float))
    low, high = np.zeros(len(halves)), np.zeros(len(halves))
    for value in range(int(np.nanmax(halves)) if known.any() else 0):
        below = sum_since(first, (halves <= value).astype(float))
        low += below < np.ceil(n / 2)
        high += below < np.floor(n / 2) + 1
    return np.where(n > 0, (low + high) / 2, np.nan)
