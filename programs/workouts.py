"""Writing the workouts of a phase and their lines: add, change, move, copy, remove."""

from dataclasses import dataclass, fields
from datetime import datetime

from django.db import transaction

from clients import history
from clients.models import Change, Coach
from clients.problems import Refused
from programs import blueprints
from programs.models import Exercise, Phase, Prescription, Workout
from programs.phases import source_of
from programs.positions import Direction, free_position, next_position, trade_places

MOST_WORKOUTS, MOST_LINES = 14, 30
WORKOUT_REMOVED, LINE_REMOVED = "workout removed", "prescription removed"


@dataclass(frozen=True, kw_only=True)
class Line:
    """What a prescription says. Bounds stand in the model; a form names the field that crosses one."""

    exercise: Exercise
    sets: int
    reps_min: int
    reps_max: int
    rir_halves: int = 4
    rest_s: int = 120
    failure_on_last: bool = False
    weight_g: int | None = None
    note: str = ""
    with_next: bool = False

    def values(self) -> dict[str, object]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


@transaction.atomic
def add_workout(
    *,
    phase: Phase,
    name: str,
    weekday: int | None = None,
    position: int | None = None,
    by: Coach,
    at: datetime,
) -> Workout:
    """A phase that continues another trains by the other's workouts, so they are written there.

    With the `position` that the form was made for, sending it twice adds one workout.
    """
    history.touch(phase.client_id)
    phase = source_of(phase)
    rows = Workout.objects.filter(phase=phase)
    if position and (sent := rows.filter(position=position, name=name, weekday=weekday).first()):
        return sent
    if rows.count() >= MOST_WORKOUTS:
        raise Refused("name", f"A phase has at most {MOST_WORKOUTS} workouts.")
    place = free_position(rows, position) if position else next_position(rows)
    workout = Workout.objects.create(phase=phase, name=name, weekday=weekday, position=place)
    _recorded("workout added", f"workout:{workout.pk}", phase, by, at, after=blueprints.of_workout(workout))
    return workout


@transaction.atomic
def edit_workout(*, workout: Workout, name: str, weekday: int | None, by: Coach, at: datetime) -> Workout:
    history.touch(workout.phase.client_id)
    before = {"name": workout.name, "weekday": workout.weekday}
    after = {"name": name, "weekday": weekday}
    if before == after:
        return workout
    workout.name, workout.weekday = name, weekday
    workout.save(update_fields=["name", "weekday"])
    _recorded("workout changed", f"workout:{workout.pk}", workout.phase, by, at, before=before, after=after)
    return workout


@transaction.atomic
def move_workout(*, workout: Workout, direction: Direction, by: Coach, at: datetime) -> None:
    history.touch(workout.phase.client_id)
    workout.refresh_from_db(fields=["position"])
    trade_places(Workout.objects.filter(phase=workout.phase), workout, direction)


@transaction.atomic
def copy_workout(*, workout: Workout, position: int | None = None, by: Coach, at: datetime) -> Workout:
    """The same workout once more, at the end of its phase, on no weekday yet."""
    history.touch(workout.phase.client_id)
    rows = Workout.objects.filter(phase=workout.phase_id)
    name = f"{workout.name[:190]} (copy)"
    if position and (sent := rows.filter(position=position, name=name).first()):
        return sent
    if rows.count() >= MOST_WORKOUTS:
        raise Refused("", f"A phase has at most {MOST_WORKOUTS} workouts.")
    plan = {**blueprints.of_workout(workout), "name": name, "weekday": None}
    copy = blueprints.write_workout(workout.phase, plan, position=next_position(rows))
    _recorded("workout added", f"workout:{copy.pk}", workout.phase, by, at, after=plan)
    return copy


@transaction.atomic
def remove_workout(*, workout: Workout, by: Coach, at: datetime) -> Change | None:
    """What was there is kept with the change, so that it can be undone."""
    history.touch(workout.phase.client_id)
    stored = Workout.objects.select_related("phase").filter(pk=workout.pk).first()
    if stored is None:
        return None
    plan = {**blueprints.of_workout(stored), "phase_id": stored.phase_id}
    stored.delete()
    return _recorded(WORKOUT_REMOVED, f"workout:{workout.pk}", workout.phase, by, at, before=plan)


@transaction.atomic
def add_line(
    *, workout: Workout, line: Line, position: int | None = None, by: Coach, at: datetime
) -> Prescription:
    history.touch(workout.phase.client_id)
    rows = Prescription.objects.filter(workout=workout)
    if position and (sent := rows.filter(position=position, **line.values()).first()):
        return sent
    if rows.count() >= MOST_LINES:
        raise Refused("exercise", f"A workout has at most {MOST_LINES} exercises.")
    place = free_position(rows, position) if position else next_position(rows)
    made = Prescription.objects.create(workout=workout, position=place, **line.values())
    after = blueprints.of_line(made)
    _recorded("prescription added", f"prescription:{made.pk}", workout.phase, by, at, after=after)
    return made


@transaction.atomic
def edit_line(*, prescription: Prescription, line: Line, by: Coach, at: datetime) -> Prescription:
    """The plan changes; sessions done under it keep what they were done under."""
    phase = prescription.workout.phase
    history.touch(phase.client_id)
    before = blueprints.of_line(prescription)
    for name, value in line.values().items():
        setattr(prescription, name, value)
    after = blueprints.of_line(prescription)
    if before != after:
        prescription.save(update_fields=list(line.values()))
        subject = f"prescription:{prescription.pk}"
        _recorded("prescription changed", subject, phase, by, at, before=before, after=after)
    return prescription


@transaction.atomic
def move_line(*, prescription: Prescription, direction: Direction, by: Coach, at: datetime) -> None:
    history.touch(prescription.workout.phase.client_id)
    prescription.refresh_from_db(fields=["position"])
    trade_places(Prescription.objects.filter(workout=prescription.workout), prescription, direction)


@transaction.atomic
def remove_line(*, prescription: Prescription, by: Coach, at: datetime) -> Change | None:
    workout = prescription.workout
    history.touch(workout.phase.client_id)
    plan = {**blueprints.of_line(prescription), "workout_id": workout.pk}
    deleted, _ = Prescription.objects.filter(pk=prescription.pk).delete()
    if not deleted:
        return None
    subject = f"prescription:{prescription.pk}"
    return _recorded(LINE_REMOVED, subject, workout.phase, by, at, before=plan)


def _recorded(
    kind: str, subject: str, phase: Phase, by: Coach, at: datetime,
    before: blueprints.Blueprint | None = None, after: blueprints.Blueprint | None = None,
) -> Change:  # fmt: skip
    return history.record(
        kind, subject=subject, client=phase.client_id, by=by.user, at=at, before=before, after=after
    )
