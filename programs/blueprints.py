"""Parts of a plan as plain values: what copying, assigning and undoing a removal write anew."""

from typing import Any

from programs.models import Phase, Prescription, Session, Workout

LINE = (
    "exercise_id", "position", "sets", "reps_min", "reps_max", "rir_halves", "rest_s", "failure_on_last", "weight_g",
    "note", "with_next",
)  # fmt: skip
Blueprint = dict[str, Any]


def of_line(line: Prescription) -> Blueprint:
    return {name: getattr(line, name) for name in LINE}


def of_workout(workout: Workout) -> Blueprint:
    return {
        "name": workout.name,
        "position": workout.position,
        "weekday": workout.weekday,
        "lines": [of_line(line) for line in workout.prescriptions.all()],
        # Sessions lose the link with the workout; they find it again if it comes back.
        "sessions": list(Session.objects.filter(workout=workout).values_list("pk", flat=True)),
    }


def of_phase(phase: Phase) -> Blueprint:
    return {
        "kind": phase.kind,
        "name": phase.name,
        "starts_on": phase.starts_on.isoformat(),
        "ends_on": phase.ends_on.isoformat() if phase.ends_on else None,
        "program_id": phase.program_id,
        "continues_id": phase.continues_id,
        "workouts": [of_workout(workout) for workout in phase.workouts.prefetch_related("prescriptions")],
        "continued_by": list(Phase.objects.filter(continues=phase).values_list("pk", flat=True)),
    }


def write_line(workout: Workout, plan: Blueprint, *, position: int | None = None) -> Prescription:
    values = {"with_next": False, **{name: plan[name] for name in LINE if name in plan}}
    values["position"] = plan["position"] if position is None else position
    return Prescription.objects.create(workout=workout, **values)


def write_workout(phase: Phase, plan: Blueprint, *, position: int | None = None) -> Workout:
    workout = Workout.objects.create(
        phase=phase,
        name=plan["name"],
        weekday=plan["weekday"],
        position=plan["position"] if position is None else position,
    )
    for line in plan["lines"]:
        write_line(workout, line)
    return workout
