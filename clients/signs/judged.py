"""What a day's numbers come to, and the thresholds they are held against.

The thresholds are set on simulated clients so that all five signs together give about 1.5 false `watch` a client-year
(docs/validation.md). Arrays are [sign, person], signs in the article's order; days count from the chunk's first.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from clients.signs.kinds import BoolArray, FloatArray, IntArray, Resolution, Sign
from clients.signs.silence import NEVER

SIGNS = list(Sign)
WATCH = {
    Sign.STRENGTH_DECLINE: 3.0,
    Sign.FATIGUE_MOOD: 2.4,
    Sign.ACHES: 3.1,
    Sign.DREAD: 2.8,
    Sign.SLEEP_DECLINE: 2.9,
}
ACT_MORE = 2.0  # above watch
# Whatever the other signs say. Aches are few and whole events: they stand out less, and count beside other signs.
OWN_Z = {sign: 1.7 if sign == Sign.ACHES else 2.2 for sign in SIGNS}
SHARED, MOST_SHARED = 0.3, 4.0  # of another sign's evidence


@dataclass(frozen=True, kw_only=True)
class Judged:
    score: FloatArray  # log Bayes factor, with what supports it; 0: none
    z: FloatArray
    d: FloatArray
    onset: IntArray
    known: BoolArray
    seen: BoolArray  # the day brought an observation; of aches: a new one
    answered: BoolArray  # the day was observed at all
    low: BoolArray  # under a floor that holds for everybody
    calm: BoolArray  # an open flag's series is back at its usual
    start: IntArray  # first observation ever
    alive: BoolArray  # [person]: the day is still to be judged


@dataclass(kw_only=True)
class Record:
    """An episode while it is being written."""

    row: int
    person: int
    opened: int
    since: int
    d: float
    floor: bool  # opened by a backstop
    usual_from: int  # first day that the usual rests on
    frozen: int = NEVER  # last day of the usual
    steps: list[tuple[int, int, float]] = field(default_factory=list)  # day, level, score
    told: dict[int, tuple[int, str]] = field(default_factory=dict)  # step's day: since, says, as of that day
    closed: int | None = None
    resolution: Resolution | None = None
    score: float = 0.0
    capped: str = ""  # why it stays at watch
    says: str = ""
    evidence: dict[str, Any] = field(default_factory=dict)


@dataclass(kw_only=True)
class Moves:
    """What the day changed, for the baselines to follow."""

    discounted: list[Record] = field(default_factory=list)
    restarted: list[tuple[int, int]] = field(default_factory=list)
    closed: list[Record] = field(default_factory=list)


def combined(odds: FloatArray, context: FloatArray) -> FloatArray:
    """Signs that decline together support each other; in part and capped, for they are not independent."""
    shared = odds.clip(0.0, MOST_SHARED)
    return np.asarray(odds + SHARED * (shared.sum(axis=0) - shared) + context)
