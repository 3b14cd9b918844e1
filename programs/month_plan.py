"""The month in a plan: in each session one last set may go to failure, everything else stops 1–3 short."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch

from clients.days import local_day, monday_of, start_of
from clients.models import Client
from clients.readiness import Decision, decide
from programs.facts import Facts, facts_of, read_recent
from programs.holding import Hold, held
from programs.models import Exercise, Month, Prescription, Workout
from programs.phases import source_of
from programs.policy.offer import LastSet, Offer, offered
from programs.policy.recent import Bout, Recent, Verdict
from programs.policy.rehearsal import Intended, done
from programs.rehearsal import evening


def holds_all(client: Client, month: Month) -> bool:
    """Whether readiness was closed when the month began: then every set of it stops 1–3 short."""
    recent = read_recent(client, at=start_of(month.starts_on, client.zone))
    decision = decide(recent.readiness, scaled_back=recent.scale_back_until is not None)
    return decision is Decision.CLOSED


def month_lines(
    lines: Sequence[dict[str, Any]], client: Client, month: Month, recent: Recent
) -> list[dict[str, Any]]:
    """The frozen lines as the month has them. The verdict of the moment decides which one is offered, if any."""
    chosen = None if holds_all(client, month) else _offer(lines, recent).chosen
    return [
        {**held(line, Hold.MONTH), "failure_on_last": True, "offered": True}
        if place == chosen
        else held(line, Hold.MONTH)
        for place, line in enumerate(lines)
    ]


def _offer(lines: Sequence[dict[str, Any]], recent: Recent) -> Offer:
    rows = Exercise.objects.in_bulk([line["exercise_id"] for line in lines])
    return offered([_last_set(rows[line["exercise_id"]], **_place(line)) for line in lines], recent)


def _place(line: dict[str, Any]) -> dict[str, int]:
    return {name: line[name] for name in ("sets", "reps_min", "reps_max")}


def _last_set(exercise: Exercise, *, sets: int, reps_min: int, reps_max: int) -> LastSet:
    return LastSet(exercise=facts_of(exercise), sets=sets, reps_min=reps_min, reps_max=reps_max)


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """A session to come: which exercise is offered, or what speaks against any."""

    day: date | None  # None: the next in the rotation
    workout: str
    exercise: str
    verdict: Verdict | None


def coming(client: Client, facts: Facts, month: Month) -> list[Sitting]:
    """Sessions from today to the end of next week, as far as the month goes; each assumes that the earlier offers
    were taken. Where workouts rotate, only the next one is known."""
    recent = facts.recent
    first = max(local_day(recent.at, client.zone), month.starts_on)
    last = min(monday_of(first) + timedelta(days=13), month.last_day)
    workouts = _workouts(client)
    sittings: list[Sitting] = []
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        span = next((one for one in facts.plan.spans if one.meets(day, day)), None)
        planned = workouts.get(source_of(span.phase).pk, []) if span else []
        dated = [one for one in planned if one.weekday == day.weekday()]
        if planned and all(one.weekday is None for one in planned):
            dated = [_next(client, planned, day)] if not sittings else []
        for workout in dated:
            recent = evening(recent, facts, day)
            sitting, recent = _sit(workout, day, recent)
            sittings.append(sitting)
    return sittings


def _workouts(client: Client) -> dict[int, list[Workout]]:
    lines = Prescription.objects.select_related("exercise").order_by("position")
    found: dict[int, list[Workout]] = {}
    rows = Workout.objects.filter(phase__client=client).order_by("phase", "position")
    for workout in rows.prefetch_related(Prefetch("prescriptions", lines)):
        found.setdefault(workout.phase_id, []).append(workout)
    return found


def _next(client: Client, planned: Sequence[Workout], day: date) -> Workout:
    done = client.sessions.live().filter(workout__in=[one.pk for one in planned], local_day__lt=day)
    last = done.order_by("-started_at").values_list("workout_id", flat=True).first()
    keys = [one.pk for one in planned]
    return planned[(keys.index(last) + 1) % len(keys)] if last in keys else planned[0]


def _sit(workout: Workout, day: date, recent: Recent) -> tuple[Sitting, Recent]:
    lines = list(workout.prescriptions.all())
    offer = offered(
        [
            _last_set(line.exercise, sets=line.sets, reps_min=line.reps_min, reps_max=line.reps_max)
            for line in lines
        ],
        recent,
    )
    line = lines[offer.chosen] if offer.chosen is not None else None
    dated = day if workout.weekday is not None else None
    sitting = Sitting(
        day=dated, workout=workout.name, exercise=line.exercise.name if line else "", verdict=offer.verdict
    )
    if line is None:
        return sitting, recent
    return sitting, replace(recent, bouts=(*recent.bouts, _taken(line, recent)))


def _taken(line: Prescription, recent: Recent) -> Bout:
    """The offered set as if it had gone to failure that evening."""
    exercise = facts_of(line.exercise)
    intended = Intended(exercise=exercise, sets=line.sets, reps_max=line.reps_max, failures=1)
    return done(intended, -1 - len(recent.bouts), recent)
