"""Whether an open sign is worse, same or better than at the last letter. Pure.

A level that rose or fell says it first. At the same level the answers or sessions since then are held against those of
the same episode before, as the flag's own picture has them: at least three on each side, and a difference that the
person's usual spread from day to day explains at most once in twenty times. Aches are told by their level alone: their
picture holds how bad a day was, and what is usual is a number of new ones.
"""

from collections.abc import Mapping
from datetime import date
from math import sqrt
from statistics import fmean
from typing import Any

from clients.signs.change import VIF
from coaching.evidence import band_of, series_of

LEAST = 3  # answers or sessions on each side
CLEAR = 1.96  # standard errors: beyond them lies one difference in twenty that is none
NOT_COMPARED = {"aches"}


def trend(
    *, sign: str, level: str, level_before: str, evidence: Mapping[str, Any], since: date, told_to: date
) -> str:
    """`since`: about when the episode began; `told_to`: the last day that the last letter knew of."""
    if level != level_before:
        return "worse" if level == "act" else "better"
    low, high = band_of(evidence) or (None, None)
    if sign in NOT_COMPARED or low is None or high is None:
        return "same"
    days = [(day, value) for day, value in series_of(evidence) if value is not None]
    before = [value for day, value in days if since.toordinal() <= day <= told_to.toordinal()]
    after = [value for day, value in days if day > told_to.toordinal()]
    return _moved(before, after, spread=(high - low) / 2)


def _moved(before: list[float], after: list[float], *, spread: float) -> str:
    """In the pictures more is better, whatever is asked."""
    if min(len(before), len(after)) < LEAST:
        return "same"
    by = fmean(after) - fmean(before)
    if not by or abs(by) < CLEAR * spread * sqrt(VIF / len(before) + VIF / len(after)):
        return "same"
    return "better" if by > 0 else "worse"
