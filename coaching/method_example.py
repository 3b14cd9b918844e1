"""The worked example of the method page: made-up answers of one person, through the detectors as they run."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import cycle, islice
from math import exp

import numpy as np

from clients.signs.fold import look
from clients.signs.judged import SIGNS
from clients.signs.kinds import (
    Aches,
    Checkins,
    Episode,
    Histories,
    Level,
    Lifts,
    Outlook,
    Person,
    Sign,
    Training,
)
from clients.signs.says import ITEM_WORDS, day_words

NAME = "Sarah"
FIRST = date(2026, 1, 5)
USUAL_DAYS, LOW_DAYS = 84, 21
USUAL = (
    (3, 4, 3),
    (4, 3, 3),
    (3, 3, 4),
    (4, 4, 3),
    (2, 3, 3),
    (3, 3, 2),
    (4, 4, 4),
    (3, 2, 3),
)  # energy, mood, stress
LOW = ((3, 3, 3), (2, 2, 3), (2, 3, 2), (3, 2, 3))
SILENT = 6  # every so-manieth day has no check-in


@dataclass(frozen=True, kw_only=True)
class Day:
    day: str
    answers: str
    evidence: str
    times: str  # how much likelier a shift is than none
    level: str


@dataclass(frozen=True, kw_only=True)
class Example:
    name: str
    usual_days: int
    fell: str
    item: str
    usual: str
    low: str
    high: str
    days: tuple[Day, ...]
    says: str


@cache
def example() -> Example:
    outlook = look(_histories(), daily=True)
    (flag,) = outlook.episodes
    fell = FIRST.toordinal() + USUAL_DAYS
    evidence = flag.evidence
    return Example(
        name=NAME, usual_days=USUAL_DAYS, fell=day_words(fell), item=ITEM_WORDS[evidence["item"]],
        usual=f"{evidence['usual']:.1f}", low=f"{-evidence['high']:.1f}", high=f"{-evidence['low']:.1f}",
        days=tuple(_day(outlook, flag, fell + i) for i in range(LOW_DAYS)), says=flag.says,
    )  # fmt: skip


def _day(outlook: Outlook, flag: Episode, day: int) -> Day:
    assert outlook.scores is not None
    score = float(outlook.scores[0, day - outlook.first_day, SIGNS.index(Sign.FATIGUE_MOOD)])
    level = max((step for step in flag.steps if step.day <= day), key=lambda step: step.day, default=None)
    answers = _answers()[day - FIRST.toordinal()]
    return Day(
        day=day_words(day),
        answers=" · ".join(map(str, answers)) if answers else "none",
        evidence=f"{score:.1f}",
        times=f"{exp(score):,.0f}".replace(",", " "),
        level=Level.NONE if level is None else level.level,
    )


def _answers() -> list[tuple[int, ...] | None]:
    told: list[tuple[int, ...] | None] = [*islice(cycle(USUAL), USUAL_DAYS), *islice(cycle(LOW), LOW_DAYS)]
    return [None if day % SILENT == SILENT - 1 else answers for day, answers in enumerate(told)]


def _histories() -> Histories:
    first = FIRST.toordinal()
    told = {first + day: answers for day, answers in enumerate(_answers()) if answers}
    energy, mood, stress = np.array(list(told.values()), dtype=float).T
    unasked, none, nothing = np.full(len(told), np.nan), np.zeros(0, dtype=np.int64), np.zeros(0)
    return Histories(
        people=(Person(key=1, first_name=NAME, until=first + USUAL_DAYS + LOW_DAYS - 1, consent=((first, None),)),),
        lift_names={},
        aches=Aches(person=none, day=none, region=none, severity=nothing),
        lifts=Lifts(
            person=none, day=none, lift=none, ln_e=nothing, se=nothing, load_kg=nothing, least_rir=nothing,
            left_out=nothing > 0, scale=none,
        ),
        training=Training(
            person=none, day=none, costs=nothing, rated=nothing, unrated=nothing, hard=nothing, load=nothing
        ),
        checkins=Checkins(
            person=np.zeros(len(told), dtype=np.int64), day=np.array(list(told)), energy=energy, mood=mood,
            stress=stress, sleep_hours=unasked, sleep_quality=unasked, soreness=unasked, anticipation=unasked,
        ),
    )  # fmt: skip
