"""Reads the recent past of a client for the rules: three statements, whatever the history holds."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Count, DateField, F, Max, Q
from django.db.models.functions import Coalesce

from clients.days import local_day, monday_of
from clients.models import Client
from clients.overruling import overruled
from clients.prepared import Given, Prepared, Row
from clients.readiness import NOTHING_KNOWN
from programs.done_sets import done_sets
from programs.models import Exercise
from programs.models.imports import FORM_UNKNOWN, HOUR_UNKNOWN
from programs.person import read_person
from programs.planned import Plan
from programs.policy.kinds import EndedBy, PhaseKind
from programs.policy.recent import USUAL_WITHIN, Bout, PhaseNow, Recent
from programs.policy.suitability import ExerciseFacts
from programs.ready import readiness_of

HARD_RIR_HALVES = 8


def facts_of(exercise: Exercise) -> ExerciseFacts:
    """A row of the exercise table as the rules know it."""
    return ExerciseFacts(
        name=exercise.name,
        equipment=exercise.equipment,
        mechanic=exercise.mechanic,
        pattern=exercise.pattern,
        primary_muscle=exercise.primary_muscle,
        secondary_muscles=tuple(exercise.secondary_muscles),
        loaded_regions=tuple(exercise.loaded_regions),
        overhead=exercise.overhead,
        coordination=exercise.coordination,
        can_trap=exercise.can_trap,
        override=exercise.failure_class,
        override_reason=exercise.reason,
    )


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the rules know, and the plan that was read with it."""

    recent: Recent
    plan: Plan


def read_recent(client: Client, *, at: datetime) -> Recent:
    """Everything that a verdict knows, and only what had happened by `at`."""
    return read_facts(client, at=at).recent


def read_facts(client: Client, *, at: datetime, dated: bool = False) -> Facts:
    """`dated`: with the day when each indicator may change, which costs more than a verdict is worth."""
    today = local_day(at, client.zone)
    person = read_person(client, at=at)
    plan = person.plan
    week = plan.week(monday_of(today))
    bare = Recent(
        at=at,
        zone=client.zone,
        limits=person.limits,
        bouts=_bouts(client, at, today),
        phase=phase_of(plan, today),
        planned=None if week is None else week.sets,
        planned_failures=None if week is None else week.failures,
        flags=person.flags,
        scale_back_until=person.scale_back_until,
        readiness=NOTHING_KNOWN,
    )
    readiness = overruled(readiness_of(client, bare, person, dated=dated), person.overrulings)
    return Facts(recent=replace(bare, readiness=readiness), plan=plan)


_NEAR = Q(ended=EndedBy.MUSCULAR_FAILURE) | Q(rir_halves=0)
_FORM = Q(ended=EndedBy.TECHNICAL_FAILURE)
_COUNTED = ~Q(ended=EndedBy.STOPPED)
_COSTS = _COUNTED & ((~_FORM & _NEAR) | (_FORM & Q(rir_halves=0)))
_RATED = _COUNTED & (_FORM | Q(ended=EndedBy.MUSCULAR_FAILURE) | Q(rir_halves__isnull=False))
_AS_PLANNED = Q(ended=EndedBy.TARGET, rir_halves=None) & ~Q(session__prescribed=[])
_HARD = _COUNTED & (_NEAR | Q(rir_halves__lte=HARD_RIR_HALVES) | _AS_PLANNED)


def _bouts(client: Client, at: datetime, today: date) -> tuple[Bout, ...]:
    """The classes of `programs.policy.classes`, counted where the sets lie."""
    first = monday_of(today) - timedelta(weeks=USUAL_WITHIN)
    return tuple(map(_bout, _BOUTS.run(client=client.pk, at=at, first=first)))


def _bout(row: Row) -> Bout:
    return Bout(
        session=row.pop("session_id"),
        started_at=row.pop("session__started_at"),
        name=row.pop("exercise__name"),
        compound=row.pop("exercise__mechanic") != "isolation",
        muscle=row.pop("exercise__primary_muscle"),
        hour_known=not row.pop("by_day"),
        **row,
    )


_BOUTS = Prepared(
    lambda: done_sets()
    .filter(day__gte=Given("first", DateField()))
    .order_by()
    .values(
        "day", "session_id", "session__started_at", "exercise__name", "exercise__mechanic", "exercise__primary_muscle"
    )
    .annotate(
        working=Count("pk"),
        costs=Count("pk", filter=_COSTS),
        rated=Count("pk", filter=_RATED),
        unrated=Count("pk", filter=_COUNTED & ~_RATED),
        form_breaks=Count("pk", filter=_FORM),
        hard=Count("pk", filter=_HARD & ~FORM_UNKNOWN),
        by_day=Count("pk", filter=HOUR_UNKNOWN),
        last_cost_at=Max(Coalesce("done_at", F("session__started_at")), filter=_COSTS),
    )
)  # fmt: skip


def phase_of(plan: Plan, today: date) -> PhaseNow:
    span = next((span for span in plan.spans if span.meets(today, today)), None)
    if span is None:
        later = [one.first for one in plan.spans if one.first > today]
        return PhaseNow(last_day=min(later) - timedelta(days=1) if later else None)
    return PhaseNow(
        kind=PhaseKind(span.phase.kind),
        week=(today - span.first).days // 7 + 1,
        name=span.phase.name,
        last_day=span.last,
    )
