"""When somebody was first heard of, and since when without a long silence. Pure, of all days at once."""

import numpy as np

from clients.signs.kinds import BoolArray, IntArray

GAP_DAYS = 14  # of silence: no shift is followed across it
NEVER = np.iinfo(np.int64).max // 2


def first_heard(heard: BoolArray) -> IntArray:
    """The first of the days, along the first axis; NEVER where there is none."""
    return np.where(heard.any(axis=0), heard.argmax(axis=0), NEVER)


def heard_again(heard: BoolArray) -> IntArray:
    """On each day the last one up to it that ended a silence of more than GAP_DAYS; -NEVER where none did."""
    days = np.arange(len(heard)).reshape(-1, *[1] * (heard.ndim - 1))
    last = np.maximum.accumulate(np.where(heard, days, NEVER * -1), axis=0)
    before = np.full_like(last, -NEVER)
    before[1:] = last[:-1]
    again = heard & (before >= 0) & (days - before > GAP_DAYS)
    return np.maximum.accumulate(np.where(again, days, -NEVER), axis=0)
