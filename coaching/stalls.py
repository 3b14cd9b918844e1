"""When a lift stopped getting better: a rough reading of years, for a first look. Never a flag. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

WORTH = 0.01  # a rise below 1 % is a day's noise
STALL_DAYS, STALL_SESSIONS = 56, 6  # eight weeks, and trained in them
LATELY_DAYS = 60  # before the end of the history: a lift that was given up does not stall
SMOOTH = 3  # days: one good day is no progress, one bad day no loss


@dataclass(frozen=True, kw_only=True)
class Stall:
    since: date
    sessions: int  # since then
    change: float  # of the last days against the best, in parts


def stall_of(points: Sequence[tuple[date, float]], *, until: date) -> Stall | None:
    """Points are (day, estimated maximum), in the order of days; `until`, the last day of the whole history."""
    if len(points) < STALL_SESSIONS + SMOOTH or points[-1][0] < until - timedelta(days=LATELY_DAYS):
        return None
    smooth = [
        (day, median(value for _, value in points[max(0, n - SMOOTH + 1) : n + 1]))
        for n, (day, _) in enumerate(points)
    ]
    best, since = smooth[SMOOTH - 1][1], smooth[SMOOTH - 1][0]
    for day, value in smooth[SMOOTH:]:
        if value > best * (1 + WORTH):
            best, since = value, day
    after = sum(day > since for day, _ in points)
    if (points[-1][0] - since).days < STALL_DAYS or after < STALL_SESSIONS:
        return None
    return Stall(since=since, sessions=after, change=smooth[-1][1] / best - 1)
