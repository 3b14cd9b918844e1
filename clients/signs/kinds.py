"""The words of the five warning signs. The order is the article's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


class Sign(StrEnum):
    STRENGTH_DECLINE = "strength_decline"
    FATIGUE_MOOD = "fatigue_mood"
    ACHES = "aches"
    DREAD = "dread"
    SLEEP_DECLINE = "sleep_decline"


class Level(StrEnum):
    NONE = "none"
    WATCH = "watch"
    ACT = "act"


class Resolution(StrEnum):
    """Why an episode ended."""

    RECOVERED = "recovered"
    NEW_BASELINE = "new_baseline"
    WITHDRAWN = "withdrawn"  # later entries explain it
    BY_COACH = "by_coach"
    WRONG_CALL = "wrong_call"
    NO_CONSENT = "no_consent"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A coach's dated answer that bears on an episode: `wrong_call` and `resolve` end it on that day."""

    sign: Sign
    day: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class Person:
    """What is known of one client besides the numbers. Days are proleptic ordinals of the client's local dates."""

    key: int  # the caller's own key, handed back in episodes
    first_name: str = ""
    sensitivity: float = 0  # added to the thresholds: below 0 more flags, above 0 fewer
    sensitivity_before: tuple[
        tuple[int, float], ...
    ] = ()  # (last day, value) of earlier choices, oldest first
    until: int  # the last local day to judge
    consent: tuple[
        tuple[int, int | None], ...
    ] = ()  # spans [from, to) with consent to health data; none: no check-in counts
    deloads: tuple[tuple[int, int | None], ...] = ()  # first and last day, inclusive; None: open
    injuries: tuple[tuple[str, int, int | None], ...] = ()  # region, onset, resolved
    answers: tuple[Answer, ...] = ()
    known_bodyweight: bool = False
    says_from: int | None = None  # steps from this day on tell what could be said on their day
    planned: tuple[tuple[int, bool], ...] = ()  # (day of a planned session, was it done), oldest first


@dataclass(frozen=True, kw_only=True)
class Checkins:
    """Columns, one row a check-in, sorted by (person, day). Missing answers are NaN."""

    person: IntArray  # index into Histories.people
    day: IntArray
    sleep_hours: FloatArray
    sleep_quality: FloatArray
    energy: FloatArray
    mood: FloatArray
    stress: FloatArray
    soreness: FloatArray
    anticipation: FloatArray


@dataclass(frozen=True, kw_only=True)
class Aches:
    """Columns, one row an ache reported in a check-in, sorted by (person, day)."""

    person: IntArray
    day: IntArray
    region: IntArray  # index into list(clients.body.Region)
    severity: FloatArray


SCALES = 1_000  # more than a lift can be counted in


@dataclass(frozen=True, kw_only=True)
class Lifts:
    """Columns, one row a lift and day that yields a number (SCIENCE 1.2), sorted by (person, day, lift)."""

    person: IntArray
    day: IntArray
    lift: IntArray  # the exercise's key
    ln_e: FloatArray  # natural logarithm of the estimated one-repetition maximum
    se: FloatArray  # its standard error
    load_kg: FloatArray  # median load of the lift that day, for undeclared deloads
    least_rir: FloatArray  # fewest reps in reserve of the day's sets of the lift; NaN where unrated
    left_out: BoolArray  # loads an injured region, or is a unit slip: not in the trend
    scale: IntArray  # what its loads are counted in: a lift in pounds, or on another machine, is another lift

    @property
    def comparable(self) -> IntArray:
        """A number for each lift and scale: only values with the same one may be compared."""
        return self.lift * SCALES + self.scale


@dataclass(frozen=True, kw_only=True)
class Training:
    """Columns, one row a person and day with a session, sorted by (person, day)."""

    person: IntArray
    day: IntArray
    costs: FloatArray  # sets that cost as failure
    rated: FloatArray
    unrated: FloatArray
    hard: FloatArray  # hard sets
    load: FloatArray  # session RPE × minutes, summed; NaN where any session of the day lacks either


@dataclass(frozen=True, kw_only=True)
class Histories:
    """Everything the five detectors may know about a chunk of clients."""

    people: tuple[Person, ...]
    lift_names: Mapping[int, str]
    checkins: Checkins
    aches: Aches
    lifts: Lifts
    training: Training
    bodyweight_lifts: frozenset[int] = frozenset()  # exercises whose load is mostly the client's own mass


@dataclass(frozen=True, kw_only=True)
class Step:
    """A day on which an episode's level changed, and since when and how that was told on the day itself."""

    day: int
    level: Level
    score: float
    since: int | None = None
    says: str = ""


@dataclass(frozen=True, kw_only=True)
class Episode:
    """One flag's whole life so far: from the day it opened to the day it closed, if it did.

    `evidence`, plain JSON, as of the last judged day or the closing one. Values are in the unit that a coach
    would say (`unit`, of `item`), not "larger is worse":
    usual, now, change, low, high (90 % interval of the change), observations, missing_days, since (ISO day),
    band ([low, high] of the usual), series ([[ISO day, value], …], about 90 days), details (per item, lift or
    region: name, usual, now, …), missing ([sentence, …]), around ([sentence, …]: what else speaks for it),
    goes_away (what would make it go away), capped (why it stays at watch, or "").
    """

    key: int  # Person.key
    sign: Sign
    opened: int
    since: int
    steps: tuple[Step, ...]  # the first is the opening; level NONE never stands here
    closed: int | None = None
    resolution: Resolution | None = None
    score: float = 0.0  # on the last judged day
    says: str = ""
    evidence: Mapping[str, Any] = field(default_factory=dict)  # plain JSON


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What the fold says of a chunk: episodes, what cannot be judged yet and why, and when time alone may change it."""

    episodes: tuple[Episode, ...]
    unknown: Mapping[
        tuple[int, Sign], str
    ]  # (key, sign) → "6 more check-ins and we know what is usual for Sarah"
    next_look: Mapping[int, int | None]  # key → ordinal of the next day worth a look without anything new
    scores: FloatArray | None = (
        None  # with daily=True: [person, day − first_day, sign], evidence; NaN before the history
    )
    levels: IntArray | None = None  # same shape: 0 none, 1 watch, 2 act
    first_day: int = 0
