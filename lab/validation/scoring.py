"""Alarms held against the truth (SCIENCE 8): what was found, how late, and how often for nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clients.signs.kinds import Level, Outlook, Sign
from lab.validation.cohort import FIRST, Cohort
from lab.validation.truth import BoolArray, Episode, FloatArray

SIGNS = list(Sign)
LATE, EARLY = 7, 3  # days after an episode's end, and before its start, at which an alarm still is its own
WARM = 42  # days before anything counts
ENOUGH, FORTNIGHT = 5, 14


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """Days from the cohort's first."""

    person: int
    sign: Sign | None  # None: of the client as a whole
    opened: int
    closed: int | None = None
    act: int | None = None


@dataclass(frozen=True, kw_only=True)
class Result:
    """Per episode and per alarm, so that clients can be drawn again."""

    episodes: tuple[Episode, ...]
    delay: FloatArray  # of each episode; NaN: not found
    alarm_person: NDArray[np.int64]
    alarm_sign: NDArray[np.int64]  # -1: of the client as a whole
    strict: BoolArray  # outside every episode of the sign
    clean: BoolArray  # outside every episode of the client
    act: BoolArray  # reached `act`
    act_inside: BoolArray  # and that in an episode of any sign
    years: FloatArray  # [person]

    @property
    def found(self) -> BoolArray:
        return np.asarray(np.isfinite(self.delay))

    def of_sign(self, sign: Sign) -> BoolArray:
        return np.array([one.sign == sign for one in self.episodes], dtype=bool)

    def share(self, which: BoolArray | None = None) -> float:
        found = self.found if which is None else self.found[which]
        return float(found.mean()) if len(found) else float("nan")

    def false_a_year(self, sign: Sign | None = None, *, clean: bool = False) -> float:
        false = self.clean if clean else self.strict
        if sign is not None:
            false = false & (self.alarm_sign == SIGNS.index(sign))
        return float(false.sum() / self.years.sum())

    def median_delay(self, which: BoolArray | None = None) -> float:
        delay = self.delay if which is None else self.delay[which]
        delay = delay[np.isfinite(delay)]
        return float(np.median(delay)) if len(delay) else float("nan")

    def act_precision(self) -> float:
        return float(self.act_inside.sum() / max(1, self.act.sum()))


def alarms_of(outlook: Outlook) -> list[Alarm]:
    out = []
    for one in outlook.episodes:
        acts = [step.day - FIRST for step in one.steps if step.level == Level.ACT]
        closed = None if one.closed is None else one.closed - FIRST
        out.append(
            Alarm(
                person=one.key, sign=one.sign, opened=one.opened - FIRST, closed=closed,
                act=min(acts, default=None),
            )
        )  # fmt: skip
    return out


def measured_days(cohort: Cohort) -> BoolArray:
    """[day, person]: days that count."""
    told = np.zeros((cohort.days, cohort.people))
    rows = cohort.histories.checkins
    told[rows.day - FIRST, rows.person] = 1
    total = np.cumsum(told, axis=0)
    recent = total.copy()
    recent[FORTNIGHT:] -= total[:-FORTNIGHT]
    enough = recent >= ENOUGH
    enough[:WARM] = False
    return np.asarray(enough)


def measure(cohort: Cohort, alarms: Iterable[Alarm], episodes: Sequence[Episode] | None = None) -> Result:
    """`episodes`: none for people whom nothing ails."""
    truth = tuple(cohort.episodes if episodes is None else episodes)
    counted = sorted((a for a in alarms if a.opened >= WARM), key=lambda a: (a.person, a.opened, str(a.sign)))
    mine: dict[int, list[int]] = {}
    for i, alarm in enumerate(counted):
        mine.setdefault(alarm.person, []).append(i)
    strict, clean, act_inside = (np.zeros(len(counted), dtype=bool) for _ in range(3))
    strict[:] = clean[:] = True
    delay = np.full(len(truth), np.nan)
    for e, one in enumerate(truth):
        for i in mine.get(one.person, ()):
            alarm = counted[i]
            if alarm.act is not None and one.start - EARLY <= alarm.act <= one.end + LATE:
                act_inside[i] = True
            if not _matches(alarm, one):
                continue
            clean[i] = False
            if alarm.sign in (None, one.sign):
                strict[i] = False
                late = float(max(0, alarm.opened - one.start))
                delay[e] = late if np.isnan(delay[e]) else min(delay[e], late)
    return Result(
        episodes=truth, delay=delay,
        alarm_person=np.array([a.person for a in counted], dtype=np.int64),
        alarm_sign=np.array([-1 if a.sign is None else SIGNS.index(a.sign) for a in counted], dtype=np.int64),
        strict=strict, clean=clean, act=np.array([a.act is not None for a in counted], dtype=bool),
        act_inside=act_inside, years=measured_days(cohort).sum(axis=0) / 365,
    )  # fmt: skip


def _matches(alarm: Alarm, one: Episode) -> bool:
    if one.start <= alarm.opened <= one.end + LATE:
        return True
    still_open = alarm.closed is None or alarm.closed > one.start
    return one.start - EARLY <= alarm.opened < one.start and still_open
