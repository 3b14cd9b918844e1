"""The coming two weeks of a phase, judged evening by evening as if each session had been done as written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clients.days import monday_of
from programs.facts import Facts, facts_of, phase_of
from programs.models import Prescription, Workout
from programs.phases import Span
from programs.policy.kinds import Answer
from programs.policy.recent import Recent, Verdict
from programs.policy.rehearsal import Intended, sit

HOUR = time(18)  # sessions to come are judged as if they began then
DAYS = 14  # the second week shows what a week does to the next: Sunday's failure to Monday's

_LEVELS = list(Answer)


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What the rules say of a line: the next time it is due, and the week after where that is worse."""

    day: date
    verdict: Verdict
    later: Verdict | None


def rehearsed(span: Span, workouts: Sequence[Workout], facts: Facts) -> dict[int, Heard]:
    """By the key of the prescription. Nothing for a phase that is over, or a workout that never comes."""
    recent = facts.recent
    running = span.meets(recent.today, recent.today)
    if not running:  # today's warning signs say nothing of a phase that has not begun
        recent = replace(recent, flags=())
    heard: dict[int, Heard] = {}
    for day, workout in _sittings(span, workouts, _first(span, recent)):
        lines = list(workout.prescriptions.all())
        verdicts, recent = sit([_intended(line) for line in lines], evening(recent, facts, day))
        for line, verdict in zip(lines, verdicts, strict=True):
            first = heard.setdefault(line.pk, Heard(day=day, verdict=verdict, later=None))
            if _LEVELS.index(verdict.answer) > _LEVELS.index(first.verdict.answer):
                heard[line.pk] = replace(first, later=verdict)
    return heard


def evening(recent: Recent, facts: Facts, day: date) -> Recent:
    """What the rules will know on that evening, if nothing happens but what `recent` holds."""
    week = facts.plan.week(monday_of(day))
    back = facts.recent.scale_back_until
    return replace(
        recent,
        at=moment(day, facts.recent.at, recent.zone),
        phase=phase_of(facts.plan, day),
        planned=None if week is None else week.sets,
        planned_failures=None if week is None else week.failures,
        scale_back_until=back if back and back >= day else None,
    )


def moment(day: date, now: datetime, zone: ZoneInfo) -> datetime:
    return max(datetime.combine(day, HOUR, zone), now)


def _first(span: Span, recent: Recent) -> date:
    """Today, unless it has been trained already."""
    trained = any(bout.day == recent.today for bout in recent.bouts)
    return max(span.first, recent.today + timedelta(days=trained))


def _sittings(span: Span, workouts: Sequence[Workout], first: date) -> Iterator[tuple[date, Workout]]:
    places = _places(workouts, first)
    for day in (first + timedelta(days=ahead) for ahead in range(DAYS)):
        if span.meets(day, day):
            yield from ((day, workout) for workout in places.get(day.weekday(), ()))


def _places(workouts: Sequence[Workout], first: date) -> Mapping[int, list[Workout]]:
    """By weekday. Workouts that rotate are spread over the week, the first one on the first day."""
    dated = any(workout.weekday is not None for workout in workouts)
    places: dict[int, list[Workout]] = {}
    for number, workout in enumerate(workouts):
        if not dated:
            places.setdefault((first.weekday() + 7 * number // len(workouts)) % 7, []).append(workout)
        elif workout.weekday is not None:
            places.setdefault(workout.weekday, []).append(workout)
    return places


def _intended(line: Prescription) -> Intended:
    return Intended(
        exercise=facts_of(line.exercise), sets=line.sets, reps_max=line.reps_max, failures=line.failures
    )
