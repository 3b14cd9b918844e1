"""How much a client's plan holds in a week: workouts, working sets, sets meant for failure."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, F, Sum, When
from django.db.models.functions import Coalesce

from clients.models import Client
from programs.models import Workout
from programs.phases import Span, source_of, spans_of
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
        """None where no workouts are written. Rotating workouts count once a week, in sevenths of it."""
        known, workouts, sets, failures = False, 0, 0, 0
        for offset in range(7):
            day = monday + timedelta(days=offset)
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


def plan_of(client: Client) -> Plan:
    """Two queries, however many weeks are then asked about."""
    workouts: dict[int, list[PlannedWorkout]] = defaultdict(list)
    sets = F("prescriptions__sets")
    rows = (
        Workout.objects.filter(phase__client=client)
        .annotate(
            planned=Coalesce(Sum(sets), 0),
            lighter=Coalesce(Sum((sets + 1) / 2), 0),
            failures=Coalesce(Sum(_FAILURES), 0),
        )
        .order_by("phase", "position")
        .values_list("phase_id", "weekday", "planned", "lighter", "failures")
    )
    for phase_id, weekday, planned, lighter, failures in rows:
        workouts[phase_id].append(
            PlannedWorkout(weekday=weekday, sets=planned, lighter=lighter, failures=failures)
        )
    return Plan(spans=tuple(spans_of(client)), workouts={key: tuple(rows) for key, rows in workouts.items()})


def planned_sets(client: Client, week_monday: date) -> int | None:
    """Planned working sets of a calendar week; None without a programme."""
    week = plan_of(client).week(week_monday)
    return None if week is None else week.sets
