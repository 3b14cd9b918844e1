"""What a client is to train: the workout of a day, and the lines under which it is then done."""

from datetime import date
from typing import Any

from clients.models import Client
from programs.deload import insert_deload, remove_deload
from programs.holding import Hold, held
from programs.models import Prescription, Session, Workout
from programs.phases import PhaseOn, phase_on, phases_on, source_of
from programs.planned import Plan, PlannedWeek, plan_of, planned_sets
from programs.policy.kinds import PhaseKind

__all__ = [
    "Plan", "PhaseOn", "PlannedWeek", "freeze", "insert_deload", "phase_on", "phases_on", "plan_of", "planned_sets",
    "remove_deload", "workout_for",
]  # fmt: skip

LEAST_DELOAD_RIR_HALVES = 8  # a deload stays at least 4 reps short


def workout_for(client: Client, *, day: date) -> Workout | None:
    """The workout planned for a day: by its weekday where weekdays are named, else the next in the rotation."""
    phase = phase_on(client, day).phase
    if phase is None:
        return None
    workouts = list(Workout.objects.filter(phase=source_of(phase)).select_related("phase"))
    if any(workout.weekday is not None for workout in workouts):
        return next((workout for workout in workouts if workout.weekday == day.weekday()), None)
    return _next_in_rotation(client, workouts, day)


def _next_in_rotation(client: Client, workouts: list[Workout], day: date) -> Workout | None:
    """The one after the last done before this day, so that today's stays today's once it is done."""
    if not workouts:
        return None
    done = Session.objects.live().filter(client=client, workout__in=workouts, local_day__lt=day)
    last = done.order_by("-started_at").values_list("workout_id", flat=True).first()
    keys = [workout.pk for workout in workouts]
    return workouts[(keys.index(last) + 1) % len(keys)] if last in keys else workouts[0]


def freeze(workout: Workout, *, deload: bool, hold: Hold | None = None) -> list[dict[str, Any]]:
    """The prescription as a session keeps it, whatever becomes of the plan afterwards."""
    lighter = deload and workout.phase.kind != PhaseKind.DELOAD
    lines = workout.prescriptions.select_related("exercise").order_by("position")
    frozen = [_line(line, deload=deload, lighter=lighter) for line in lines]
    return [held(line, hold) for line in frozen] if hold else frozen


def _line(line: Prescription, *, deload: bool, lighter: bool) -> dict[str, Any]:
    rir_halves = max(line.rir_halves, LEAST_DELOAD_RIR_HALVES) if deload else line.rir_halves
    return {
        "exercise_id": line.exercise_id,
        "exercise": line.exercise.name,
        "sets": (line.sets + 1) // 2 if lighter else line.sets,
        "reps_min": line.reps_min,
        "reps_max": line.reps_max,
        "rir_halves": rir_halves,
        "rest_s": line.rest_s,
        "failure_on_last": line.failure_on_last and not deload,
        "weight_g": line.weight_g,
        "note": line.note,
        "with_next": line.with_next,
    }
