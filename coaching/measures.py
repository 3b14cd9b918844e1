"""The series of which an outcome is made: strength, the sign's own answers, failure share, sleep. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from clients.signs.kinds import BoolArray, FloatArray, Histories, IntArray, Sign
from coaching.contrast import VIF_CHECKINS, VIF_SESSIONS, Contrast, contrast, share_contrast

Span = tuple[int, int]  # first and last day, both within
LEAST_ANSWERS, LEAST_SESSIONS = 5, 3
ROUNDING_SD = 0.29  # of a scale of whole words: 1/√12
LEAST_PERCENT = 1.0
HALF_LIFE = 75  # of what counts as usual, in days
NEAR = 0.35  # standard deviations: so near to the usual a flag resolves, too
LEAST_USUAL = 12  # answers that make a usual (SCIENCE 2); three sessions for strength


@dataclass(frozen=True, kw_only=True)
class Spans:
    before: Span
    after: Span
    usual: Span


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One series before and after an action, and against what was usual before the flag."""

    what: str
    contrast: Contrast
    usual: float | None = None  # in the unit of the series; None: not enough was known before, or strength
    off: float | None = None  # after against usual
    back: bool | None = None  # at the usual again


def measures(
    histories: Histories, person: int, sign: Sign | None, spans: Spans, *, agreed: bool
) -> Iterator[Measure]:
    """What can be measured, strength first; a series with too few values on a side is not there."""
    for found in (_strength(histories, person, spans), _failure_share(histories, person, spans)):
        if found:
            yield found
    if agreed:
        yield from _well_being(histories, person, sign, spans)


def _well_being(histories: Histories, person: int, sign: Sign | None, spans: Spans) -> Iterator[Measure]:
    """What check-ins tell: only with consent to health data."""
    for what in ANSWERS.get(sign, ()) if sign else ():
        if found := _answers(histories, person, what, spans):
            yield found
    if sign is Sign.ACHES and (found := _aches(histories, person, spans)):
        yield found
    if sign is not Sign.SLEEP_DECLINE and (found := _answers(histories, person, "sleep_hours", spans)):
        yield found


MONTH = ("energy", "sleep_hours", "sleep_quality", "soreness", "stress")


def month_measures(histories: Histories, person: int, spans: Spans, *, agreed: bool) -> Iterator[Measure]:
    """Energy, strength and recovery, as the article asks a month to be watched; and the share of failure sets."""
    yield from measures(histories, person, None, spans, agreed=False)
    for what in MONTH if agreed else ():
        if found := _answers(histories, person, what, spans):
            yield found


ANSWERS: dict[Sign, tuple[str, ...]] = {
    Sign.FATIGUE_MOOD: ("energy", "mood"),
    Sign.DREAD: ("anticipation",),
    Sign.SLEEP_DECLINE: ("sleep_quality", "sleep_hours"),
}


def _answers(histories: Histories, person: int, what: str, spans: Spans) -> Measure | None:
    table = histories.checkins
    values: FloatArray = getattr(table, what)
    mine = (table.person == person) & np.isfinite(values)
    return _series(what, table.day[mine], values[mine], spans)


def _aches(histories: Histories, person: int, spans: Spans) -> Measure | None:
    """Summed severity a check-in: a check-in without an ache is a nought, a day without one is nothing."""
    days = histories.checkins.day[histories.checkins.person == person]
    mine = histories.aches.person == person
    sums = np.zeros(len(days))
    where = np.searchsorted(days, histories.aches.day[mine])
    np.add.at(sums, where, histories.aches.severity[mine])
    return _series("aches", days, sums, spans)


def _series(what: str, day: IntArray, value: FloatArray, spans: Spans) -> Measure | None:
    found = contrast(
        value[_within(day, spans.before)].tolist(), value[_within(day, spans.after)].tolist(),
        vif=VIF_CHECKINS, least=LEAST_ANSWERS, least_sd=ROUNDING_SD,
    )  # fmt: skip
    if found is None:
        return None
    usual = _within(day, spans.usual)
    if usual.sum() < LEAST_USUAL:
        return Measure(what=what, contrast=found)
    weight = 0.5 ** ((spans.usual[1] - day[usual]) / HALF_LIFE)
    mean = float(np.average(value[usual], weights=weight))
    sd = max(float(np.sqrt(np.average((value[usual] - mean) ** 2, weights=weight))), ROUNDING_SD)
    off = found.after - mean
    return Measure(what=what, contrast=found, usual=mean, off=off, back=abs(off) < NEAR * sd)


def _strength(histories: Histories, person: int, spans: Spans) -> Measure | None:
    """Sessions' deviation from their lifts' own level, in percent: only lifts done on both sides are compared."""
    found = _strength_between(histories, person, spans.before, spans.after)
    if found is None:
        return None
    usual = _strength_between(histories, person, spans.usual, spans.after)
    if usual is None:
        return Measure(what="strength", contrast=found)
    back = usual.low <= 0 <= usual.high or usual.change > 0
    return Measure(what="strength", contrast=found, off=usual.change, back=back)


def _strength_between(histories: Histories, person: int, first: Span, second: Span) -> Contrast | None:
    lifts = histories.lifts
    mine = (lifts.person == person) & ~lifts.left_out
    for start, end in histories.people[person].deloads:
        mine &= ~((lifts.day >= start) & (lifts.day <= (end if end is not None else lifts.day)))
    early, late = mine & _within(lifts.day, first), mine & _within(lifts.day, second)
    lift = lifts.comparable
    both = np.intersect1d(lift[early], lift[late])
    sides = []
    levels = {int(one): float(lifts.ln_e[(early | late) & (lift == one)].mean()) for one in both}
    for side in (early, late):
        use = side & np.isin(lift, both)
        off = lifts.ln_e[use] - np.array([levels[int(one)] for one in lift[use]])
        sides.append(_by_day(lifts.day[use], 100 * off, lifts.se[use] ** -2.0))
    return contrast(sides[0], sides[1], vif=VIF_SESSIONS, least=LEAST_SESSIONS, least_sd=LEAST_PERCENT)


def _by_day(day: IntArray, value: FloatArray, weight: FloatArray) -> list[float]:
    days, where = np.unique(day, return_inverse=True)
    total, sums = np.zeros(len(days)), np.zeros(len(days))
    np.add.at(total, where, weight)
    np.add.at(sums, where, weight * value)
    return (sums / total).tolist() if len(days) else []


def _failure_share(histories: Histories, person: int, spans: Spans) -> Measure | None:
    table = histories.training
    mine = (table.person == person) & (table.rated > 0)
    sides = [mine & _within(table.day, span) for span in (spans.before, spans.after)]
    if min(int(side.sum()) for side in sides) < LEAST_SESSIONS:
        return None
    counts = [(float(table.costs[side].sum()), float(table.rated[side].sum())) for side in sides]
    found = share_contrast(counts[0], counts[1], vif=VIF_SESSIONS)
    return Measure(what="failure_share", contrast=found) if found else None


def _within(day: IntArray, span: Span) -> BoolArray:
    return (day >= span[0]) & (day <= span[1])
