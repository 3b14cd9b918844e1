"""Plans as the API shows them, and as they are read from what was sent."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from clients.models import Client
from clients.problems import Refused
from coaching.api.resource import instant
from coaching.api.rows import Row
from programs.exercises import Book
from programs.models import Phase, Prescription, Program, Workout
from programs.programmes import Dates
from programs.replacing import PhasePlan, WorkoutPlan
from programs.set_values import weight
from programs.workouts import Line

WHOLE = Prefetch(
    "phases",
    Phase.objects.select_related("program", "continues").prefetch_related("workouts__prescriptions__exercise"),
)  # fmt: skip


def whole(rows: "QuerySet[Program, Program]") -> "QuerySet[Program, Program]":
    """With all that `programme_document` shows."""
    return rows.prefetch_related(WHOLE)


def programme_row(program: Program) -> Row:
    return {
        "id": str(program.uuid),
        "name": program.name,
        "made_at": instant(program.made_at),
        "ended_at": instant(program.ended_at),
    }


def programme_document(program: Program) -> Row:
    phases = [
        {**phase_row(phase), "workouts": [_workout(one) for one in phase.workouts.all()]}
        for phase in program.phases.all()
    ]
    return {**programme_row(program), "phases": phases}


def phase_row(phase: Phase) -> Row:
    names = ("kind", "name", "starts_on", "ends_on")
    return {
        "id": str(phase.uuid),
        **{name: getattr(phase, name) for name in names},
        "programme": str(phase.program.uuid) if phase.program else None,
        "continues": str(phase.continues.uuid) if phase.continues else None,
    }


def dates_of(values: dict[str, Any]) -> Dates:
    return Dates(**{name: values[name] for name in ("kind", "name", "starts_on", "ends_on")})


def phases_from(client: Client, phases: list[dict[str, Any]]) -> list[PhasePlan]:
    """Exercises are known by any of their names; the first that is not is named with its place."""
    book = Book(client.practice_id)
    return [
        PhasePlan(
            id=phase.get("id"),
            dates=dates_of(phase),
            workouts=tuple(
                WorkoutPlan(
                    id=workout.get("id"), name=workout["name"], weekday=workout["weekday"],
                    lines=tuple(
                        _line(book, line, f"phases.{p}.workouts.{w}.lines.{n}")
                        for n, line in enumerate(workout["lines"])
                    ),
                )
                for w, workout in enumerate(phase["workouts"])
            ),
        )
        for p, phase in enumerate(phases)
    ]  # fmt: skip


def _line(book: Book, said: dict[str, Any], place: str) -> Line:
    exercise = book.find(said["exercise"])
    if exercise is None:
        raise Refused(
            f"{place}.exercise", "No exercise has this name. Add it to the practice's exercises first."
        )
    weight_g = None if said["weight_kg"] is None else int(said["weight_kg"] * 1000)
    try:
        weight(exercise, weight_g)
    except Refused as refused:
        raise Refused(f"{place}.weight_kg", refused.sentence) from refused
    names = ("sets", "reps_min", "reps_max", "rest_s", "failure_on_last", "note")
    return Line(
        exercise=exercise,
        weight_g=weight_g,
        rir_halves=int(said["rir"] * 2),
        **{name: said[name] for name in names},
    )


def _workout(workout: Workout) -> Row:
    lines = [_prescription(line) for line in workout.prescriptions.all()]
    return {"id": workout.pk, "name": workout.name, "weekday": workout.weekday, "lines": lines}


def _prescription(line: Prescription) -> Row:
    names = ("sets", "reps_min", "reps_max", "rest_s", "failure_on_last", "note")
    return {
        "id": line.pk,
        "exercise": line.exercise.name,
        **{name: getattr(line, name) for name in names},
        "rir": line.rir_halves / 2,
        "weight_kg": None if line.weight_g is None else line.weight_g / 1000,
    }
