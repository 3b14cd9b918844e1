"""A whole programme as one document: make the plan say this, and nothing else.

What is there is changed in place, so that sessions keep the workouts that they were done under; every step is a verb
of the plan's pages, and stands in the history as theirs do.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from clients import history
from clients.models import Client, Coach
from clients.problems import Refused
from programs import programmes, workouts
from programs.models import Phase, Prescription, Program, Workout
from programs.positions import in_order
from programs.programmes import Dates
from programs.workouts import Line


@dataclass(frozen=True, kw_only=True)
class WorkoutPlan:
    name: str
    weekday: int | None
    lines: tuple[Line, ...]
    id: int | None = None


@dataclass(frozen=True, kw_only=True)
class PhasePlan:
    dates: Dates
    workouts: tuple[WorkoutPlan, ...]
    id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class By:
    coach: Coach
    at: datetime


@transaction.atomic
def replace(
    *, client: Client, id: UUID, name: str, phases: Sequence[PhasePlan], by: Coach, at: datetime
) -> Program:
    """The programme of this id as it is said here. The same again changes nothing."""
    history.touch(client.pk)
    program = Program.objects.filter(client=client, uuid=id).first()
    if program is None:
        program = programmes.write(client=client, name=name, by=by, at=at, id=id)
    else:
        programmes.rename(program=program, name=name, by=by, at=at)
    who = By(coach=by, at=at)
    placed = _place(program, phases, who)
    for number, (phase, plan) in enumerate(zip(placed, phases, strict=True)):
        with _within(f"phases.{number}.workouts"):
            _fill(phase, plan.workouts, who)
    return program


def _place(program: Program, plans: Sequence[PhasePlan], who: By) -> list[Phase]:
    """The phases on their days. One that moves may lie on days that another is still to leave: it waits for it."""
    stored = list(Phase.objects.filter(program=program).order_by("starts_on"))
    known = {number: _same(plan, stored, number) for number, plan in enumerate(plans)}
    kept = {phase.pk for phase in known.values() if phase}
    for phase in sorted(
        stored, key=lambda phase: phase.continues_id is None
    ):  # a deload before what it continues
        if phase.pk not in kept:
            programmes.remove_phase(phase=phase, by=who.coach, at=who.at)
    placed: dict[int, Phase] = {}
    while len(placed) < len(plans):
        before, refused = len(placed), None
        for number, plan in enumerate(plans):
            if number not in placed:
                try:
                    with transaction.atomic(), _within(f"phases.{number}"):
                        placed[number] = _put(program, known[number], plan, who)
                except Refused as problem:
                    refused = refused or problem
        if len(placed) == before and refused:
            raise refused
    return [placed[number] for number in range(len(plans))]


def _same(plan: PhasePlan, stored: Sequence[Phase], number: int) -> Phase | None:
    """By its id, else by its first day: a client's phases never share one."""
    if plan.id is None:
        return next((phase for phase in stored if phase.starts_on == plan.dates.starts_on), None)
    found = next((phase for phase in stored if phase.uuid == plan.id), None)
    if found is None and Phase.objects.filter(uuid=plan.id).exists():
        raise Refused(f"phases.{number}.id", "This id belongs to a phase outside this programme.")
    return found


def _put(program: Program, known: Phase | None, plan: PhasePlan, who: By) -> Phase:
    if known:
        return programmes.edit_phase(phase=known, dates=plan.dates, by=who.coach, at=who.at)
    return programmes.add_phase(
        client=program.client, program=program, dates=plan.dates, by=who.coach, at=who.at, id=plan.id
    )


def _fill(phase: Phase, plans: Sequence[WorkoutPlan], who: By) -> None:
    if phase.continues_id is not None and not phase.workouts.exists():
        if plans:
            raise Refused("", "This phase goes on with the workouts of the one before it: change them there.")
        return
    stored = list(Workout.objects.filter(phase=phase).select_related("phase"))
    known = _paired(plans, stored)
    for workout in stored:
        if workout not in known:
            workouts.remove_workout(workout=workout, by=who.coach, at=who.at)
    order = []
    for number, (plan, found) in enumerate(zip(plans, known, strict=True)):
        with _within(f"{number}"):
            workout = _written(phase, plan, found, who)
            order.append(workout.pk)
            with _within("lines"):
                _prescribe(workout, plan.lines, who)
    in_order(Workout.objects.filter(phase=phase), order)


def _paired(plans: Sequence[WorkoutPlan], stored: Sequence[Workout]) -> list[Workout | None]:
    """By id, else by name: which of the stored workouts each plan speaks of."""
    left = {workout.pk: workout for workout in stored}
    found = [left.pop(plan.id, None) if plan.id else None for plan in plans]
    for number, plan in enumerate(plans):
        if found[number] is None and plan.id is None:
            twin = next((workout for workout in left.values() if workout.name == plan.name), None)
            found[number] = left.pop(twin.pk) if twin else None
    return found


def _written(phase: Phase, plan: WorkoutPlan, known: Workout | None, who: By) -> Workout:
    if known is None and plan.id is not None:
        raise Refused("id", "There is no workout of this id in this phase. Leave it out for a new one.")
    if known is None:
        return workouts.add_workout(
            phase=phase, name=plan.name, weekday=plan.weekday, by=who.coach, at=who.at
        )
    return workouts.edit_workout(workout=known, name=plan.name, weekday=plan.weekday, by=who.coach, at=who.at)


def _prescribe(workout: Workout, lines: Sequence[Line], who: By) -> None:
    stored = list(
        Prescription.objects.filter(workout=workout)
        .select_related("exercise", "workout__phase").order_by("position")
    )  # fmt: skip
    for surplus in stored[len(lines) :]:
        workouts.remove_line(prescription=surplus, by=who.coach, at=who.at)
    for number, line in enumerate(lines):
        with _within(f"{number}"):
            if number < len(stored):
                workouts.edit_line(prescription=stored[number], line=line, by=who.coach, at=who.at)
            else:
                workouts.add_line(workout=workout, line=line, by=who.coach, at=who.at)


@contextmanager
def _within(place: str) -> Iterator[None]:
    """A refusal names its place in the document: `phases.0.workouts.1.lines.2.sets`."""
    try:
        yield
    except Refused as refused:
        raise Refused(
            ".".join(part for part in (place, refused.field) if part), refused.sentence
        ) from refused
