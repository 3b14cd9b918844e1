"""A client's plan as the page shows it: every string made here, in a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django import forms
from django.db.models import Prefetch

from clients.models import Client
from programs import loads
from programs.facts import Facts, facts_of, read_facts
from programs.line_verdicts import LineVerdict, against, line_verdict
from programs.models import Phase, Prescription, Program, Workout
from programs.phases import Span, source_of, spans
from programs.plan_forms import WEEKDAYS
from programs.planned_share import PlannedShare, planned_share
from programs.policy.kinds import PhaseKind
from programs.policy.suitability import exercise_class
from programs.rehearsal import Heard, rehearsed
from programs.week_words import scale_back_words


@dataclass(frozen=True, kw_only=True)
class OpenForm:
    """The one form that stands open, and where."""

    key: str
    form: forms.Form
    action: str
    legend: str
    submit: str
    exercises: Sequence[str] = ()
    back: str = ""


@dataclass(frozen=True, kw_only=True)
class LineRow:
    pk: int
    key: str
    exercise: str
    sets: str
    stop: str
    failure: bool
    rest: str
    weight: str
    note: str
    with_next: bool
    suitability: str
    reason: str
    verdict: LineVerdict | None


@dataclass(frozen=True, kw_only=True)
class WorkoutCard:
    pk: int
    key: str
    add_key: str
    name: str
    day: str
    lines: Sequence[LineRow]
    next_position: int


@dataclass(frozen=True, kw_only=True)
class PhaseCard:
    pk: int
    key: str
    add_key: str
    title: str
    kind: str
    dates: str
    now: str
    past: bool
    share: PlannedShare
    limit: float
    share_says: str
    scale_back: str
    against: str
    judged: bool
    workouts: Sequence[WorkoutCard]
    continues: str
    deload: bool
    next_position: int


@dataclass(frozen=True, kw_only=True)
class ProgramCard:
    pk: int | None
    key: str
    assign_key: str
    add_key: str
    name: str
    phases: list[PhaseCard] = field(default_factory=list)


def programme_of(client: Client, *, at: datetime) -> list[ProgramCard]:
    """Programmes, the one with the newest phase first; phases in none of them under their own heading."""
    facts = read_facts(client, at=at)
    lines = Prescription.objects.select_related("exercise").order_by("position")
    workouts = Workout.objects.order_by("position").prefetch_related(Prefetch("prescriptions", lines))
    phases = (
        Phase.objects.filter(client=client)
        .select_related("continues")
        .prefetch_related(Prefetch("workouts", workouts))
        .order_by("starts_on")
    )
    cards: dict[int | None, ProgramCard] = {
        program.pk: _program(program.pk, program.name)
        for program in Program.objects.filter(client=client).order_by("-pk")
    }
    for span in spans(phases):
        program_id = span.phase.program_id
        if program_id not in cards:
            cards[program_id] = _program(None, "Phases without a programme")
        cards[program_id].phases.append(_phase(span, client, facts))
    return sorted(cards.values(), key=lambda card: card.pk is None)


def _program(pk: int | None, name: str) -> ProgramCard:
    return ProgramCard(
        pk=pk, key=f"program:{pk}", assign_key=f"assign:{pk}", add_key=f"phase-add:{pk}", name=name
    )


def _phase(span: Span, client: Client, facts: Facts) -> PhaseCard:
    phase, kind = span.phase, PhaseKind(span.phase.kind)
    limits, today, until = facts.recent.limits, facts.recent.today, facts.recent.scale_back_until
    workouts = list(phase.workouts.all())
    lines = [line for workout in workouts for line in workout.prescriptions.all()]
    heard = rehearsed(span, workouts, facts)
    share = planned_share(lines, limits)
    back = until if until and span.meets(today, until) else None
    source = source_of(phase)
    now = span.meets(today, today)
    return PhaseCard(
        pk=phase.pk,
        key=f"phase:{phase.pk}",
        add_key=f"workout-add:{phase.pk}",
        title=phase.name or kind.value.capitalize(),
        kind=kind.value,
        dates=_dates(span),
        now=f"now, week {(today - span.first).days // 7 + 1}" if now else "",
        past=span.last is not None and span.last < today,
        share=share,
        limit=limits.failure_share,
        share_says=_share_says(share, kind, back),
        scale_back=scale_back_words(back, today),
        against=against(lines, heard),
        judged=bool(heard),
        workouts=[_workout(workout, client, heard) for workout in workouts],
        continues=_said(source.starts_on) if source.pk != phase.pk else "",
        deload=kind == PhaseKind.DELOAD,
        next_position=max((workout.position for workout in workouts), default=0) + 1,
    )


def _workout(workout: Workout, client: Client, heard: Mapping[int, Heard]) -> WorkoutCard:
    lines = list(workout.prescriptions.all())
    return WorkoutCard(
        pk=workout.pk,
        key=f"workout:{workout.pk}",
        add_key=f"line-add:{workout.pk}",
        name=workout.name,
        day=WEEKDAYS[workout.weekday] if workout.weekday is not None else "",
        lines=[_line(line, client, heard.get(line.pk)) for line in lines],
        next_position=max((line.position for line in lines), default=0) + 1,
    )


def _line(line: Prescription, client: Client, heard: Heard | None) -> LineRow:
    suitability, reason = exercise_class(facts_of(line.exercise))
    reps = f"{line.reps_min}" if line.reps_min == line.reps_max else f"{line.reps_min}–{line.reps_max}"
    weight = loads.shown(line.weight_g, client.units)
    return LineRow(
        pk=line.pk,
        key=f"line:{line.pk}",
        exercise=line.exercise.name,
        sets=f"{line.sets} × {reps}",
        stop=f"stop {line.rir_halves / 2:g} short" if line.rir_halves else "to failure",
        failure=line.failure_on_last,
        rest=_rest(line.rest_s),
        weight=f"{weight} {client.units}" if weight else "",
        note=line.note,
        with_next=line.with_next,
        suitability=suitability.value,
        reason=reason,
        verdict=line_verdict(line, heard),
    )


def _share_says(share: PlannedShare, kind: PhaseKind, back: date | None) -> str:
    if not share.sets:
        return ""
    if back is not None:
        return f"{share.sets} sets a week stay; room for 0 to failure until {_said(back)}."
    if kind == PhaseKind.DELOAD:
        return f"{share.sets} sets a week, none to failure."
    return f"{share.failures} of {share.sets} sets a week to failure: {share.percent:.0f} %. Room for {share.room}."


def _rest(seconds: int) -> str:
    minutes, left = divmod(seconds, 60)
    return f"{minutes}:{left:02d}" if seconds else "none"


def _dates(span: Span) -> str:
    if span.phase.ends_on is None and span.last is None:
        return f"from {_said(span.first)}, no end yet"
    return f"{_said(span.first)} to {_said(span.last)}"


def _said(day: date | None) -> str:
    return f"{day.day} {day:%b %Y}" if day else ""
