"""One family through everything: ours at every sensitivity, the judge, the practices, people whom nothing ails."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from clients.signs.fold import look
from clients.signs.kinds import Histories, Outlook, Sign
from lab.validation.cohort import Cohort, cohort
from lab.validation.families import Family
from lab.validation.oracle import Judgement, judge
from lab.validation.practices import PRACTICES, alarms
from lab.validation.scoring import SIGNS, WARM, Alarm, Result, alarms_of, measure
from lab.validation.truth import BoolArray, FloatArray

ALLOWED = 1.5  # false alarms a client-year at which methods are compared
STEPS = (-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0)  # of sensitivity
JUDGE_STEPS = (1.4, 1.7, 2.0, 2.2, 2.4, 2.7, 3.0, 3.4, 3.8)
HALF = 0.5
UNNAMED = "ours, sign unnamed"
BINS = (0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 7.0, 10.0)


@dataclass(frozen=True, kw_only=True)
class Point:
    """One threshold. False alarms a client-year, share found."""

    threshold: float
    false: float
    found: float


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """[sign, bin]: days whose score lies in the bin, and those of them in an episode of the sign or of any."""

    days: FloatArray
    inside: FloatArray
    inside_any: FloatArray


@dataclass(frozen=True, kw_only=True)
class Study:
    cohort: Cohort
    ours: Mapping[float, Result]  # by sensitivity
    unnamed: Mapping[float, Result]  # the same, were it not said which sign it is
    nobody: Mapping[float, Result]  # the same people with nothing wrong; by sensitivity
    judgement: Judgement
    practices: Mapping[str, Mapping[float, Result]]  # by threshold
    half: Result  # another draw of people who check in on half of the days
    half_judged: float  # what the judge finds among those
    calibration: Calibration

    def frontier(self, name: str, sign: Sign | None = None) -> list[Point]:
        if name == "judge":
            return [self._judged(threshold, sign) for threshold in JUDGE_STEPS]
        own = {"ours": self.ours, UNNAMED: self.unnamed}
        results = own[name] if name in own else self.practices[name]
        points = [
            Point(
                threshold=threshold,
                false=r.false_a_year(sign),
                found=r.share(None if sign is None else r.of_sign(sign)),
            )
            for threshold, r in sorted(results.items())
        ]
        return sorted(points, key=lambda p: p.false)

    def _judged(self, threshold: float, sign: Sign | None) -> Point:
        z = self.judgement.z if sign is None else self.judgement.z[self.ours[0.0].of_sign(sign)]
        return Point(
            threshold=threshold, false=self.judgement.false_a_year(threshold, sign), found=share_above(z, threshold)
        )  # fmt: skip

    def judge_finds(self, which: BoolArray | None = None, *, threshold: float | None = None) -> float:
        z = self.judgement.z if which is None else self.judgement.z[which]
        return share_above(z, self.judgement.threshold(ALLOWED) if threshold is None else threshold)


def study(family: Family, people: int, days: int, *, steps: Sequence[float] = STEPS) -> Study:
    people_of = cohort(family, people, days)
    half = cohort(family, people, days, seed=1, coverage=HALF)
    outlook = look(people_of.histories, daily=True)
    half_judged = judge(half)
    ours = {
        step: alarms_of(look(_sensitive(people_of.histories, step)))
        for step in sorted({*steps, -1.0, 0.0, 1.0})
    }
    return Study(
        cohort=people_of,
        ours=_measured(people_of, ours),
        unnamed=_measured(
            people_of, {step: [replace(alarm, sign=None) for alarm in some] for step, some in ours.items()}
        ),
        nobody={
            step: measure(people_of, alarms_of(look(_sensitive(people_of.plain, step))), [])
            for step in (-1.0, 0.0, 1.0)
        },
        judgement=judge(people_of),
        practices={
            practice.name: _measured(people_of, alarms(practice, people_of)) for practice in PRACTICES
        },
        half=measure(half, alarms_of(look(half.histories))),
        half_judged=share_above(half_judged.z, half_judged.threshold(ALLOWED)),
        calibration=_calibration(people_of, outlook),
    )


def share_above(z: FloatArray, threshold: float) -> float:
    return float(np.mean(z > threshold)) if len(z) else float("nan")


def at(points: Sequence[Point], false: float) -> float | None:
    """Found at so many false alarms, between the thresholds tried; None where none comes so low."""
    if not points or false < points[0].false:
        return None
    return float(np.interp(false, [p.false for p in points], [p.found for p in points]))


def false_at(points: Sequence[Point], found: float) -> float | None:
    """False alarms at so much found; None where it is never reached."""
    reach = sorted(points, key=lambda p: p.found)
    if not reach or found > reach[-1].found:
        return None
    return float(np.interp(found, [p.found for p in reach], [p.false for p in reach]))


def _sensitive(histories: Histories, step: float) -> Histories:
    return replace(histories, people=tuple(replace(who, sensitivity=step) for who in histories.people))


def _measured(people_of: Cohort, found: Mapping[float, list[Alarm]]) -> dict[float, Result]:
    return {threshold: measure(people_of, some) for threshold, some in found.items()}


def _calibration(people_of: Cohort, outlook: Outlook) -> Calibration:
    assert outlook.scores is not None
    scores = outlook.scores.transpose(1, 0, 2)[WARM:]  # [day, person, sign]
    inside = np.zeros((people_of.days, people_of.people, len(SIGNS)), dtype=bool)
    for one in people_of.episodes:
        inside[one.start : one.end + 1, one.person, SIGNS.index(one.sign)] = True
    inside = inside[WARM:]
    some = np.asarray(inside.any(axis=2))
    days, within, within_any = (np.zeros((len(SIGNS), len(BINS))) for _ in range(3))
    for s in range(len(SIGNS)):
        which = np.digitize(np.nan_to_num(scores[:, :, s]), BINS) - 1
        positive = np.isfinite(scores[:, :, s])
        for b in range(len(BINS)):
            here = (which == b) & positive
            days[s, b] = here.sum()
            within[s, b] = (here & inside[:, :, s]).sum()
            within_any[s, b] = (here & some).sum()
    return Calibration(days=days, inside=within, inside_any=within_any)
