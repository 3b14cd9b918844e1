"""Writing programmes and their phases, giving a programme to another client, and taking a removal back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.dateparse import parse_date

from clients import history
from clients.ids import new_id
from clients.models import Change, Client, Coach
from clients.problems import Refused
from programs import blueprints
from programs.models import Phase, Prescription, Program, Session, Workout
from programs.phases import spans
from programs.policy.kinds import PhaseKind
from programs.positions import free_position
from programs.workouts import LINE_REMOVED, WORKOUT_REMOVED

PHASE_REMOVED = "phase removed"
UNDOABLE = (PHASE_REMOVED, WORKOUT_REMOVED, LINE_REMOVED)


@dataclass(frozen=True, kw_only=True)
class Dates:
    kind: str
    name: str
    starts_on: date
    ends_on: date | None


@transaction.atomic
def write(*, client: Client, name: str, by: Coach, at: datetime, id: UUID | None = None) -> Program:
    """A programme for a client, empty. The same name again is the same programme, unless it comes with another id."""
    history.touch(client.pk)
    known = Program.objects.filter(client=client, name=name, ended_at=None).first()
    if known and id is None:
        return known
    if known:
        raise Refused(
            "name", "The client has a programme of this name: change that one, or choose another name."
        )
    program = Program.objects.create(client=client, name=name, made_by=by, uuid=id or new_id())
    history.record(
        "programme written", subject=f"program:{program.pk}", client=client, by=by.user, at=at, after={"name": name}
    )  # fmt: skip
    return program


@transaction.atomic
def rename(*, program: Program, name: str, by: Coach, at: datetime) -> Program:
    before = program.name
    if before != name:
        Program.objects.filter(pk=program.pk).update(name=name)
        program.name = name
        history.record(
            "programme renamed", subject=f"program:{program.pk}", client=program.client_id, by=by.user, at=at,
            before={"name": before}, after={"name": name},
        )  # fmt: skip
    return program


@transaction.atomic
def assign(*, program: Program, client: Client, starts_on: date, by: Coach, at: datetime) -> Program:
    """Write a programme anew for a client, every date moved so that its first phase starts on the day given."""
    history.touch(client.pk)
    phases = list(Phase.objects.filter(program=program).order_by("starts_on"))
    if not phases:
        raise Refused("client", "This programme has no phases yet, so there is nothing to give.")
    shift = starts_on - phases[0].starts_on
    name = program.name
    for known in Program.objects.filter(client=client, name=name, ended_at=None):
        if known.phases.filter(starts_on=starts_on, kind=phases[0].kind).exists():
            return known  # given already
    copy = Program.objects.create(client=client, name=name, made_by=by)
    made = {phase.pk: _copied(phase, copy, shift) for phase in phases}
    for phase in phases:
        if phase.continues_id in made:
            Phase.objects.filter(pk=made[phase.pk].pk).update(continues=made[phase.continues_id])
    history.record(
        "programme assigned", subject=f"program:{copy.pk}", client=client, by=by.user, at=at,
        after={"from": program.pk, "starts_on": str(starts_on)},
    )  # fmt: skip
    return copy


def _copied(phase: Phase, program: Program, shift: timedelta) -> Phase:
    dates = Dates(
        kind=phase.kind, name=phase.name, starts_on=phase.starts_on + shift,
        ends_on=phase.ends_on + shift if phase.ends_on else None,
    )  # fmt: skip
    copy = _placed(Phase(client=program.client, program=program), dates, field="starts_on")
    copy.save()
    for workout in phase.workouts.prefetch_related("prescriptions__exercise"):
        _only_exercises_known_to(program.client, workout)
        blueprints.write_workout(copy, blueprints.of_workout(workout))
    return copy


def _only_exercises_known_to(client: Client, workout: Workout) -> None:
    for line in workout.prescriptions.all():
        if line.exercise.practice_id not in (None, client.practice_id):
            raise Refused("client", f"{line.exercise.name} is an exercise of another practice.")


@transaction.atomic
def add_phase(
    *, client: Client, program: Program | None, dates: Dates, by: Coach, at: datetime, id: UUID | None = None
) -> Phase:
    """Put a phase into the client's calendar. The same phase again is the one that is there."""
    history.touch(client.pk)
    same = Phase.objects.filter(
        client=client, program=program, kind=dates.kind, name=dates.name,
        starts_on=dates.starts_on, ends_on=dates.ends_on,
    ).first()  # fmt: skip
    if same:
        return same
    phase = _placed(Phase(client=client, program=program, uuid=id or new_id()), dates, field="starts_on")
    phase.save()
    _recorded("phase added", phase, by, at, after=blueprints.of_phase(phase))
    return phase


@transaction.atomic
def edit_phase(*, phase: Phase, dates: Dates, by: Coach, at: datetime) -> Phase:
    history.touch(phase.client_id)
    phase = Phase.objects.get(pk=phase.pk)
    before = blueprints.of_phase(phase)
    _placed(phase, dates, field="starts_on")
    after = blueprints.of_phase(phase)
    if before != after:
        phase.save(update_fields=["kind", "name", "starts_on", "ends_on"])
        _recorded("phase changed", phase, by, at, before=before, after=after)
    return phase


@transaction.atomic
def remove_phase(*, phase: Phase, by: Coach, at: datetime) -> Change | None:
    """Its days become `base`. Parts that went on with its workouts take them over."""
    history.touch(phase.client_id)
    stored = Phase.objects.filter(pk=phase.pk).first()
    if stored is None:
        return None
    plan = blueprints.of_phase(stored)
    parts = Phase.objects.filter(continues=stored).order_by("starts_on")
    heir = parts.exclude(kind=PhaseKind.DELOAD).first()
    if heir is None and (deload := parts.first()):
        raise Refused(
            "", f"The deload of {_said(deload.starts_on)} trains by this phase. Remove the deload first."
        )
    if heir:
        Workout.objects.filter(phase=stored).update(phase=heir)
        Phase.objects.filter(continues=stored).exclude(pk=heir.pk).update(continues=heir)
        plan["heir_id"] = heir.pk
    stored.delete()
    return _recorded(PHASE_REMOVED, phase, by, at, before=plan)


@transaction.atomic
def undo_removal(*, change: Change, by: Coach, at: datetime) -> None:
    """Write anew what a removal kept, once; where its place was taken meanwhile, at the end."""
    assert change.client_id is not None
    history.touch(change.client_id)
    undone = f"change:{change.pk}"
    if change.kind not in UNDOABLE or Change.objects.filter(subject=undone).exists():
        return
    plan = change.before or {}
    if change.kind == PHASE_REMOVED:
        _phase_again(change.client_id, plan)
    elif change.kind == WORKOUT_REMOVED:
        phase = Phase.objects.filter(pk=plan["phase_id"], client=change.client_id).first()
        if phase is None:
            raise Refused("", "The phase of this workout is gone. Undo its removal first.")
        _workout_again(phase, plan)
    else:
        workout = Workout.objects.filter(pk=plan["workout_id"], phase__client=change.client_id).first()
        if workout is None:
            raise Refused("", "The workout of this line is gone. Undo its removal first.")
        rows = Prescription.objects.filter(workout=workout)
        blueprints.write_line(workout, plan, position=free_position(rows, plan["position"]))
    history.record(
        change.kind.replace("removed", "restored"), subject=undone, client=change.client_id, by=by.user, at=at
    )


def _phase_again(client_id: int, plan: blueprints.Blueprint) -> None:
    starts_on = parse_date(plan["starts_on"])
    assert starts_on is not None
    ends_on = parse_date(plan["ends_on"]) if plan["ends_on"] else None
    dates = Dates(kind=plan["kind"], name=plan["name"], starts_on=starts_on, ends_on=ends_on)
    program = Program.objects.filter(pk=plan["program_id"], client=client_id).first()
    continues = Phase.objects.filter(pk=plan["continues_id"], client=client_id).first()
    phase = _placed(Phase(client_id=client_id, program=program, continues=continues), dates, field="")
    phase.save()
    if heir_id := plan.get("heir_id"):
        Workout.objects.filter(phase=heir_id, phase__client=client_id).update(phase=phase)
        Phase.objects.filter(pk__in=plan["continued_by"], client=client_id).update(continues=phase)
        return
    for workout in plan["workouts"]:
        _workout_again(phase, workout)


def _workout_again(phase: Phase, plan: blueprints.Blueprint) -> None:
    rows = Workout.objects.filter(phase=phase)
    workout = blueprints.write_workout(phase, plan, position=free_position(rows, plan["position"]))
    orphans = Session.objects.filter(pk__in=plan["sessions"], client=phase.client_id, workout=None)
    orphans.update(workout=workout)


def _placed(phase: Phase, dates: Dates, *, field: str) -> Phase:
    """The phase with its new dates, or `Refused` where it would lie over another."""
    if dates.ends_on and dates.ends_on < dates.starts_on:
        raise Refused(field and "ends_on", "The last day lies before the first.")
    phase.kind, phase.name = dates.kind, dates.name
    phase.starts_on, phase.ends_on = dates.starts_on, dates.ends_on
    others = [
        p for p in Phase.objects.filter(client=phase.client_id).order_by("starts_on") if p.pk != phase.pk
    ]
    for other in others:
        until = other.ends_on
        starts_inside = dates.starts_on == other.starts_on or (
            until is not None and other.starts_on < dates.starts_on <= until
        )
        covers = dates.ends_on is not None and dates.starts_on < other.starts_on <= dates.ends_on
        if starts_inside or covers:
            raise Refused(field if starts_inside else field and "ends_on", _overlap(other, others))
    return phase


def _overlap(other: Phase, others: list[Phase]) -> str:
    last = next(span.last for span in spans(others) if span.phase.pk == other.pk)
    name = other.name or f"the {other.kind} phase"
    until = f"to {_said(last)}" if last else "onwards"
    return f"These days belong to {name}, {_said(other.starts_on)} {until}. Phases cannot overlap."


def _said(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _recorded(
    kind: str, phase: Phase, by: Coach, at: datetime,
    before: blueprints.Blueprint | None = None, after: blueprints.Blueprint | None = None,
) -> Change:  # fmt: skip
    return history.record(
        kind,
        subject=f"phase:{phase.pk}",
        client=phase.client_id,
        by=by.user,
        at=at,
        before=before,
        after=after,
    )
