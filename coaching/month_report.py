"""The trial month in numbers: each week's energy, strength and recovery, and the 28 days against the 28 before. Pure.

The weeks are shown as they are; what may be said of the change is said by the contrast of all days (SCIENCE 7).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from clients.signs.kinds import BoolArray, Histories
from coaching.measures import LEAST_ANSWERS, LEAST_SESSIONS, MONTH, Spans, month_measures
from coaching.outcome_words import NAMES, Row, row_of, sentence

DAYS, WEEK, USUAL_DAYS = 28, 7, 180
LEAST_A_WEEK = 3  # answers that make a week's mean
ALONE = "This is one person before and after, with nobody to compare: whatever else changed in these weeks is in it."


@dataclass(frozen=True, kw_only=True)
class WeekRow:
    """None: too few answers for a mean. `strength` in percent of the four weeks before."""

    number: int  # −4 … −1 before, 1 … 4 in the month
    answers: dict[str, tuple[float | None, int]]  # mean and how many answered
    strength: float | None
    sessions: int  # days on which it could be compared
    failure: int
    rated: int
    unrated: int
    begun: bool


@dataclass(frozen=True, kw_only=True)
class Report:
    weeks: tuple[WeekRow, ...]
    rows: tuple[Row, ...]
    says: tuple[str, ...]
    missing: tuple[str, ...]


def spans_of(first: int, last: int) -> Spans:
    """`usual` is what was usual before the 28 days that the month is compared with."""
    before = first - DAYS
    return Spans(before=(before, first - 1), after=(first, last), usual=(before - USUAL_DAYS, before - 1))


def report(
    histories: Histories, person: int, *, name: str, first: int, last: int, until: int, agreed: bool
) -> Report:
    """`first`…`last`: days of the month, `until`: the last whole day that is known."""
    spans = spans_of(first, min(last, until))
    rows = [row_of(found) for found in month_measures(histories, person, spans, agreed=agreed)]
    over = until >= last
    when = "In the month" if over else "So far"
    says = [sentence(name, row, when=when) for row in rows]
    return Report(
        weeks=tuple(_weeks(histories, person, first, min(last, until), agreed=agreed)),
        rows=tuple(rows),
        says=(*says, ALONE) if says else (),
        missing=tuple(_missing(histories, person, spans, rows, agreed=agreed)),
    )


def _weeks(histories: Histories, person: int, first: int, last: int, *, agreed: bool) -> Iterator[WeekRow]:
    strength = _strength_by_day(histories, person, first, last)
    checkins, training = histories.checkins, histories.training
    for week in range(-DAYS // WEEK, DAYS // WEEK):
        start = first + WEEK * week
        end = min(start + WEEK - 1, last)
        mine = (checkins.person == person) & _within(checkins.day, start, end)
        sets = (training.person == person) & _within(training.day, start, end)
        days = [value for day, value in strength.items() if start <= day <= end]
        yield WeekRow(
            number=week + 1 if week >= 0 else week,
            answers={what: _mean(getattr(checkins, what)[mine]) if agreed else (None, 0) for what in MONTH},
            strength=sum(days) / len(days) if days else None,
            sessions=len(days),
            failure=int(training.costs[sets].sum()),
            rated=int(training.rated[sets].sum()),
            unrated=int(training.unrated[sets].sum()),
            begun=start <= last,
        )


def _mean(values: np.ndarray) -> tuple[float | None, int]:
    known = values[np.isfinite(values)]
    return (float(known.mean()) if len(known) >= LEAST_A_WEEK else None), len(known)


def _strength_by_day(histories: Histories, person: int, first: int, last: int) -> dict[int, float]:
    """Each day's lifts against their own level in the four weeks before, in percent; lifts without one are left out."""
    lifts = histories.lifts
    mine = (lifts.person == person) & ~lifts.left_out & _within(lifts.day, first - DAYS, last)
    for start, end in histories.people[person].deloads:
        mine &= ~((lifts.day >= start) & (lifts.day <= (end if end is not None else lifts.day)))
    before, lift = mine & (lifts.day < first), lifts.comparable
    levels = {int(one): float(lifts.ln_e[before & (lift == one)].mean()) for one in np.unique(lift[before])}
    found: dict[int, list[tuple[float, float]]] = {}
    for row in np.flatnonzero(mine):
        if (level := levels.get(int(lift[row]))) is not None:
            weight = float(lifts.se[row]) ** -2.0
            found.setdefault(int(lifts.day[row]), []).append((100 * (float(lifts.ln_e[row]) - level), weight))
    return {
        day: sum(value * weight for value, weight in rows) / sum(weight for _, weight in rows)
        for day, rows in found.items()
    }


def _missing(
    histories: Histories, person: int, spans: Spans, rows: Sequence[Row], *, agreed: bool
) -> Iterator[str]:
    """What cannot be compared, and what it would take."""
    known = {row.what for row in rows}
    if "strength" not in known:
        yield f"Strength cannot be compared: {LEAST_SESSIONS} sessions with the same lifts are needed on each side."
    if not agreed:
        yield "There is no consent to keep health data, so energy and recovery are not read."
        return
    checkins = histories.checkins
    mine = checkins.person == person
    for what in MONTH:
        if what not in known:
            answered = mine & np.isfinite(getattr(checkins, what))
            before, after = (
                int((answered & _within(checkins.day, *s)).sum()) for s in (spans.before, spans.after)
            )
            yield (
                f"{NAMES[what].capitalize()}: too few answers, {before} before and {after} in the month; "
                f"{LEAST_ANSWERS} are needed on each side."
            )


def _within(day: "np.ndarray", first: int, last: int) -> BoolArray:
    return (day >= first) & (day <= last)
