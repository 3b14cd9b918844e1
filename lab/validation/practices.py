"""What is done today: traffic lights by z-score, EWMA, fixed cut-offs, the acute:chronic load ratio.

Each gets the same answers and lifts. An alarm opens on a day with something new whose score reaches the threshold and
closes after a week below it, so that one bad spell is one alarm. The thresholds named here are the usual ones; the
frontier moves them all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from clients.signs.facts import Facts, facts_of
from clients.signs.kinds import Sign
from lab.validation.cohort import FIRST, Cohort
from lab.validation.scoring import Alarm
from lab.validation.truth import BoolArray, FloatArray

WEEK, MONTH, LONG = 7, 28, 60
LEAST = 10  # values, for a mean and a spread
LAMBDA = 0.2
MAIN = {Sign.FATIGUE_MOOD: 1, Sign.DREAD: 2, Sign.SLEEP_DECLINE: 3}  # row of Facts.values
QUESTION = {
    Sign.FATIGUE_MOOD: ("energy", "mood"), Sign.DREAD: ("anticipation",), Sign.SLEEP_DECLINE: ("sleep_quality",),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Practice:
    name: str
    usual: float  # threshold
    grid: tuple[float, ...]
    score: Callable[[Facts, Cohort], Mapping[Sign | None, tuple[FloatArray, BoolArray]]]
    names_sign: bool = True


def alarms(practice: Practice, cohort: Cohort, *, plain: bool = False) -> dict[float, list[Alarm]]:
    """Threshold → alarms."""
    scores = practice.score(facts_of(cohort.plain if plain else cohort.histories), cohort)
    return {
        threshold: [
            a for sign, (score, new) in scores.items() for a in _crossings(sign, score, new, threshold)
        ]
        for threshold in (practice.usual, *practice.grid)
    }


def _crossings(sign: Sign | None, score: FloatArray, new: BoolArray, threshold: float) -> list[Alarm]:
    days, people = score.shape
    opened, below = np.full(people, -1), np.zeros(people, dtype=np.int64)
    out = []
    for t in range(days):
        high = score[t] >= threshold
        below = np.where(high, 0, below + 1)
        for p in np.flatnonzero((opened >= 0) & (below >= WEEK)):
            out.append(Alarm(person=int(p), sign=sign, opened=int(opened[p]), closed=t))
            opened[p] = -1
        opened = np.where((opened < 0) & high & new[t], t, opened)
    out += [Alarm(person=int(p), sign=sign, opened=int(opened[p])) for p in np.flatnonzero(opened >= 0)]
    return out


def _traffic_light(facts: Facts, cohort: Cohort) -> Mapping[Sign | None, tuple[FloatArray, BoolArray]]:
    """Today against the mean and spread of the four weeks before."""
    out: dict[Sign | None, tuple[FloatArray, BoolArray]] = {}
    for sign, y in _series(facts, cohort).items():
        mean, spread = _before(y, MONTH)
        out[sign] = np.nan_to_num((y - mean) / spread, nan=-9.0), np.isfinite(y)
    return out


def _ewma(facts: Facts, cohort: Cohort) -> Mapping[Sign | None, tuple[FloatArray, BoolArray]]:
    """Exponentially weighted deviations from the two months before, in their own standard errors."""
    out: dict[Sign | None, tuple[FloatArray, BoolArray]] = {}
    for sign, y in _series(facts, cohort).items():
        mean, spread = _before(y, LONG)
        z = (y - mean) / spread
        now = np.zeros(y.shape[1])
        score = np.zeros(y.shape)
        for t in range(len(y)):
            now = np.where(np.isfinite(z[t]), (1 - LAMBDA) * now + LAMBDA * np.nan_to_num(z[t]), now)
            score[t] = now / np.sqrt(LAMBDA / (2 - LAMBDA))
        out[sign] = score, np.isfinite(y)
    return out


def _fixed(facts: Facts, cohort: Cohort) -> Mapping[Sign | None, tuple[FloatArray, BoolArray]]:
    """The week's mean answer below a fixed word; strength below the month's best by a fixed share; a sore day."""
    out: dict[Sign | None, tuple[FloatArray, BoolArray]] = {}
    for sign, items in QUESTION.items():
        answers = np.stack([facts.items.values[item] for item in items])
        known = np.isfinite(answers).sum(axis=0)
        x = np.where(known > 0, np.nan_to_num(answers).sum(axis=0) / np.maximum(known, 1), np.nan)
        mean, n = _rolling_mean(x, WEEK)
        out[sign] = np.where(n >= 3, 5 - mean, -9.0), np.isfinite(x)
    below = _sessions(facts, cohort, best=True)
    mean, n = _rolling_mean(below, WEEK * 2)
    out[Sign.STRENGTH_DECLINE] = np.where(n >= 2, mean / 2, -9.0), np.isfinite(below)
    sore = _burden(facts)
    out[Sign.ACHES] = np.nan_to_num(sore, nan=-9.0) / 2, sore > 0
    return out


def _ratio(facts: Facts, cohort: Cohort) -> Mapping[Sign | None, tuple[FloatArray, BoolArray]]:
    rows = facts.histories.training
    load = facts.grid.sum(rows.person, rows.day, np.where(np.isfinite(rows.load), rows.load, 0.0))
    acute, chronic = _total(load, WEEK) / WEEK, _total(load, MONTH) / MONTH
    score = np.where(chronic > 0, acute / np.maximum(chronic, 1.0), 0.0)
    score[:MONTH] = 0.0
    return {None: (score, load > 0)}


def _series(facts: Facts, cohort: Cohort) -> dict[Sign, FloatArray]:
    values = facts.values()
    out = {sign: values[:, row] for sign, row in MAIN.items()}
    out[Sign.STRENGTH_DECLINE] = _sessions(facts, cohort)
    out[Sign.ACHES] = _burden(facts)
    return out


def _burden(facts: Facts) -> FloatArray:
    return np.where(facts.aches.checked > 0, np.maximum(facts.aches.burden, 0.0), np.nan)


def _sessions(facts: Facts, cohort: Cohort, *, best: bool = False) -> FloatArray:
    """How far a session's lifts are below their own last four weeks' mean or best, %: as a spreadsheet does it."""
    rows = facts.histories.lifts
    order = np.lexsort((rows.day, rows.lift, rows.person))
    key = (rows.person * 100_000 + rows.lift)[order]
    day, ln_e = rows.day[order], rows.ln_e[order]
    back = np.arange(len(order))[:, None] - np.arange(1, 13)
    same = (back >= 0) & (key[back] == key[:, None]) & (day[back] >= day[:, None] - MONTH)
    earlier = np.where(same, ln_e[back], np.nan)
    enough = same.sum(axis=1) >= 2
    usual = np.full(len(order), np.nan)
    usual[enough] = np.nanmax(earlier[enough], axis=1) if best else np.nanmean(earlier[enough], axis=1)
    below = 100 * (usual - ln_e)
    flat = (day - FIRST) * cohort.people + rows.person[order]
    size = cohort.days * cohort.people
    n = np.bincount(flat[enough], minlength=size)
    total = np.bincount(flat[enough], below[enough], size)
    return np.asarray(np.where(n > 0, total / np.maximum(n, 1), np.nan).reshape(cohort.days, cohort.people))


def _before(y: FloatArray, days: int) -> tuple[FloatArray, FloatArray]:
    """Mean and spread of the days before each day; the spread not under a quarter, for scales are coarse."""
    mean, n = _rolling_mean(y, days)
    square, _ = _rolling_mean(y * y, days)
    spread = np.sqrt(np.maximum(square - mean * mean, 0.0625))
    mean, spread = np.where(n >= min(LEAST, days // 4), mean, np.nan), np.where(n > 0, spread, np.nan)
    gap = np.full((1, y.shape[1]), np.nan)
    return np.concatenate([gap, mean[:-1]]), np.concatenate([gap, spread[:-1]])


def _rolling_mean(y: FloatArray, days: int) -> tuple[FloatArray, FloatArray]:
    n = _total(np.isfinite(y).astype(float), days)
    return np.where(n > 0, _total(np.nan_to_num(y), days) / np.maximum(n, 1.0), np.nan), n


def _total(x: FloatArray, days: int) -> FloatArray:
    total = np.cumsum(x, axis=0)
    out = total.copy()
    out[days:] -= total[:-days]
    return out


PRACTICES = (
    Practice(name="z-score traffic light", usual=1.5, grid=(1.0, 2.0, 2.5, 3.0, 3.5, 4.5, 6.0), score=_traffic_light),
    Practice(name="EWMA", usual=2.7, grid=(1.5, 2.0, 3.5, 4.5, 5.5, 7.0, 9.0), score=_ewma),
    Practice(name="fixed cut-offs", usual=2.5, grid=(1.5, 2.0, 3.0, 3.3, 3.6, 4.0), score=_fixed),
    Practice(
        name="acute:chronic ratio", usual=1.5, grid=(1.1, 1.3, 1.7, 2.0, 2.5, 3.0), score=_ratio, names_sign=False
    ),
)  # fmt: skip
