"""How much a client's plan holds in a week: workouts, working sets, sets meant for failure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, F, QuerySet, Sum, When
from django.db.models.functions import Coalesce

from clients.json_rows import JsonRows, day
from clients.models import Client
from clients.prepared import Given
from programs.models import Phase, Workout
from programs.phases import Span, source_of, spans, spans_of
from programs.policy.kinds import PhaseKind


@dataclass(frozen=True, kw_only=True)
class PlannedWorkout:
    weekday: int | None
    sets: int
    lighter: int  # half of each exercise's sets, rounded up
    failures: int  # last sets meant for failure


@dataclass(frozen=True, kw_only=True)
class PlannedWeek:
    workouts: int
    sets: int
    failures: int


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Everything needed to answer for any week of a client without another query."""

    spans: tuple[Span, ...]
    workouts: dict[int, tuple[PlannedWorkout, ...]]  # by the phase that they belong to

    def week(self, monday: date) -> PlannedWeek | None:
        """None where no workouts are written."""
        return self.between(monday, monday + timedelta(days=6))

    def between(self, first: date, last: date) -> PlannedWeek | None:
        """What these days hold. Rotating workouts count once a week, a seventh of it each day."""
        known, workouts, sets, failures = False, 0, 0, 0
        for offset in range((last - first).days + 1):
            day = first + timedelta(days=offset)
            phase = next((span.phase for span in self.spans if span.meets(day, day)), None)
            planned = self.workouts.get(source_of(phase).pk, ()) if phase else ()
            known = known or bool(planned)
            by_weekday = any(workout.weekday is not None for workout in planned)
            deload = phase is not None and phase.kind == PhaseKind.DELOAD
            for workout in planned:
                if by_weekday and workout.weekday != day.weekday():
                    continue
                weight = 7 if by_weekday else 1
                lighter = deload and phase is not None and phase.continues_id is not None
                workouts += weight
                sets += weight * (workout.lighter if lighter else workout.sets)
                failures += 0 if deload else weight * workout.failures
        if not known:
            return None
        return PlannedWeek(workouts=(workouts + 3) // 7, sets=sets // 7, failures=failures // 7)


# A target of 0 in reserve sends every set to failure, not only the last.
_FAILURES = Case(
    When(prescriptions__rir_halves=0, then=F("prescriptions__sets")),
    When(prescriptions__failure_on_last=True, then=1),
    default=0,
)


WORKOUT = ("phase_id", "weekday", "planned", "lighter", "failures")
PHASE = ("id", "client_id", "program_id", "kind", "name", "starts_on", "ends_on", "continues_id")


def plan_of(client: Client) -> Plan:
    """Two queries, however many weeks are then asked about."""
    return _plan(spans_of(client), _workouts(client.pk).values_list(*WORKOUT))


def plan_columns(client_id: int | Given) -> dict[str, JsonRows]:
    """The same as columns of another statement; `plan_from` reads them back."""
    phases = Phase.objects.filter(client=client_id).order_by("starts_on")
    return {
        "plan_phases": JsonRows(phases, *PHASE),
        "plan_workouts": JsonRows(_workouts(client_id), *WORKOUT),
    }


def plan_from(phases: Iterable[Mapping[str, Any]], workouts: Iterable[Mapping[str, Any]]) -> Plan:
    rows = [
        Phase(**{**row, "starts_on": day(row["starts_on"]), "ends_on": day(row["ends_on"])}) for row in phases
    ]
    by_id = {phase.pk: phase for phase in rows}
    for phase in rows:
        phase.continues = by_id.get(phase.continues_id or 0)
    return _plan(spans(rows), [tuple(row[name] for name in WORKOUT) for row in workouts])


def _workouts(client_id: int | Given) -> QuerySet[Workout, Any]:
    sets = F("prescriptions__sets")
    return (
        Workout.objects.filter(phase__client=client_id)
        .annotate(
            planned=Coalesce(Sum(sets), 0),
            lighter=Coalesce(Sum((sets + 1) / 2), 0),
            failures=Coalesce(Sum(_FAILURES), 0),
        )
        .order_by("phase", "position")
    )


def _plan(found: Iterable[Span], rows: Iterable[tuple[Any, ...]]) -> Plan:
    workouts: dict[int, list[PlannedWorkout]] = defaultdict(list)
    for phase_id, weekday, planned, lighter, failures in rows:
        workouts[phase_id].append(
            PlannedWorkout(weekday=weekday, sets=planned, lighter=lighter, failures=failures)
        )
    return Plan(spans=tuple(found), workouts={key: tuple(rows) for key, rows in workouts.items()})


def planned_sets(client: Client, week_monday: date) -> int | None:
    """Planned working sets of a calendar week; None without a programme."""
    week = plan_of(client).week(week_monday)
    return None if week is None else week.sets
