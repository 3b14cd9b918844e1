"""A judge who knows the true usual, the start and the end of every episode: the ceiling of what can be found.

He is shown the days of an episode only, and asks whether their mean is too far off for chance; chance is what means
of as many days are among the same person's days without episodes. So he also knows how the days hang together.
What he would call wrong is counted on the days without episodes, cut into spans as long as the episodes are.
"""

from dataclasses import dataclass

import numpy as np

from clients.signs.aches import AcheDays
from clients.signs.facts import Facts, facts_of
from clients.signs.kinds import Lifts, Sign
from lab.validation.cohort import FIRST, Cohort
from lab.validation.scoring import SIGNS, WARM, measured_days
from lab.validation.truth import FloatArray

LEAST = 3  # values in a span, to judge it
SCANNED = {Sign.FATIGUE_MOOD: 1, Sign.DREAD: 2, Sign.SLEEP_DECLINE: 3}


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """Standard deviations beyond chance: of each episode, and of the spans without one."""

    z: FloatArray  # NaN: nothing was told
    idle: dict[Sign, FloatArray]
    years: float

    def threshold(self, false_a_year: float) -> float:
        """At which so many spans a client-year, over all signs, would be called wrong."""
        every = np.sort(np.concatenate(list(self.idle.values())))[::-1]
        allowed = int(false_a_year * self.years)
        return float(every[min(allowed, len(every) - 1)])

    def false_a_year(self, threshold: float, sign: Sign | None = None) -> float:
        spans = list(self.idle.values()) if sign is None else [self.idle[sign]]
        return float(sum((z > threshold).sum() for z in spans) / self.years)


def judge(cohort: Cohort) -> Judgement:
    ill, well = facts_of(cohort.histories), facts_of(cohort.plain)
    seen = {sign: (_series(ill, sign, cohort), _series(well, sign, cohort)) for sign in SIGNS}
    z = np.full(len(cohort.episodes), np.nan)
    for e, one in enumerate(cohort.episodes):
        with_, without = seen[one.sign]
        z[e] = _surprise(with_[:, one.person], without[:, one.person], one.start, one.end)
    rng = np.random.default_rng(cohort.family.seed)
    lengths = [one.end - one.start + 1 for one in cohort.episodes]
    idle = {sign: _idle(rng, cohort, sign, seen[sign][1], lengths) for sign in SIGNS}
    return Judgement(z=z, idle=idle, years=float(measured_days(cohort).sum() / 365))


def _series(facts: Facts, sign: Sign, cohort: Cohort) -> FloatArray:
    """[day, person], larger is worse."""
    if sign == Sign.STRENGTH_DECLINE:
        return _sessions(cohort, facts.histories.lifts)
    if sign == Sign.ACHES:
        return _events(facts.aches)
    return facts.values()[:, SCANNED[sign]]


def _events(aches: AcheDays) -> FloatArray:
    return np.where(aches.checked > 0, np.maximum(aches.events, 0.0), np.nan)


def _sessions(cohort: Cohort, rows: Lifts) -> FloatArray:
    """How far each session was below the true strength, %. Levels belong to person, lift and day."""
    level = {
        (int(p), int(d), int(lift)): value
        for p, d, lift, value in zip(
            cohort.histories.lifts.person, cohort.histories.lifts.day, cohort.histories.lifts.lift,
            cohort.level, strict=True,
        )
    }  # fmt: skip
    keys = zip(rows.person.tolist(), rows.day.tolist(), rows.lift.tolist(), strict=True)
    below = 100 * (np.array([level.get(key, np.nan) for key in keys]) - rows.ln_e)
    day = rows.day - FIRST
    use = np.isfinite(below) & ~rows.left_out & ~cohort.deload[day, rows.person]
    lift = rows.person[use] * 10_000 + rows.lift[use]
    _, which = np.unique(lift, return_inverse=True)
    weight = rows.se[use] ** -2.0
    mean = np.bincount(which, weight * below[use]) / np.bincount(which, weight)
    off = (below[use] - mean[which]).clip(-12, 12)
    flat = day[use] * cohort.people + rows.person[use]
    size = cohort.days * cohort.people
    total, pulled = np.bincount(flat, weight, size), np.bincount(flat, weight * off, size)
    return np.asarray(
        np.where(total > 0, pulled / np.where(total > 0, total, 1.0), np.nan).reshape(
            cohort.days, cohort.people
        )
    )


def _surprise(ill: FloatArray, well: FloatArray, start: int, end: int) -> float:
    span = slice(start, end + 1)
    seen = np.isfinite(ill[span])
    if seen.sum() < LEAST:
        return float("nan")
    means = _means(well, end - start + 1)
    usual, spread = float(np.nanmean(means)), float(np.nanstd(means))
    return float((np.nanmean(ill[span]) - usual) / max(spread, 1e-3))


def _means(well: FloatArray, length: int) -> FloatArray:
    """Of every span of so many days."""
    told = np.isfinite(well)
    total = np.concatenate([[0.0], np.cumsum(np.nan_to_num(well))])
    count = np.concatenate([[0], np.cumsum(told)])
    n = count[length:] - count[:-length]
    return np.where(n >= LEAST, (total[length:] - total[:-length]) / np.maximum(n, 1), np.nan)


def _idle(
    rng: np.random.Generator, cohort: Cohort, sign: Sign, well: FloatArray, lengths: list[int]
) -> FloatArray:
    busy = cohort.course.effect[sign] > 0
    out = []
    for person in range(cohort.people):
        at = WARM
        while at < cohort.days - 7:
            length = int(rng.choice(lengths))
            end = min(at + length, cohort.days) - 1
            if not busy[at : end + 1, person].any():
                out.append(_surprise(well[:, person], well[:, person], at, end))
            at += length
    found = np.array(out)
    return np.asarray(found[np.isfinite(found)])
