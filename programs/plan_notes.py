"""What the article's rules say of a plan while it is written. Pure; the verdict of the day still decides."""

from collections.abc import Sequence
from dataclasses import dataclass

from programs.policy.kinds import FailureClass, PhaseKind
from programs.policy.limits import Limits

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, kw_only=True)
class PlannedLine:
    exercise: str
    compound: bool
    muscle: str
    suitability: FailureClass
    sets: int
    reps_min: int
    reps_max: int
    rir_halves: int
    failure_on_last: bool

    @property
    def failures(self) -> int:
        """A target of 0 in reserve sends every set to failure."""
        return self.sets if self.rir_halves == 0 else int(self.failure_on_last)


@dataclass(frozen=True, kw_only=True)
class PlannedDay:
    weekday: int | None
    lines: Sequence[PlannedLine]


@dataclass(frozen=True, kw_only=True)
class PlannedShare:
    """The planned failure sets of a week against what 80/20 leaves room for."""

    sets: int
    failures: int
    room: int

    @property
    def percent(self) -> float:
        return 100 * self.failures / self.sets if self.sets else 0.0

    @property
    def over(self) -> bool:
        return self.failures > self.room


def planned_share(days: Sequence[PlannedDay], limits: Limits) -> PlannedShare:
    lines = [line for day in days for line in day.lines]
    sets = sum(line.sets for line in lines)
    failures = sum(line.failures for line in lines)
    return PlannedShare(sets=sets, failures=failures, room=int(limits.failure_share * sets // 100))


def line_notes(line: PlannedLine, kind: PhaseKind, limits: Limits) -> list[str]:
    """F4, F5 and F6 on one line. Nothing is said of a line that stops short."""
    if not line.failures:
        return []
    notes = []
    if kind == PhaseKind.DELOAD:
        return ["F5: in a deload no set goes to failure."]
    if line.suitability == FailureClass.AVOID:
        notes.append("F4: not an exercise to take to failure.")
    if kind == PhaseKind.STRENGTH:
        notes.append(
            "F5: in a strength phase compounds stop 2–3 reps short."
            if line.compound
            else "F5: rarely in a strength phase: one isolation set a week."
        )
    elif kind == PhaseKind.BASE and line.compound:
        notes.append("F5: compounds go to failure in a hypertrophy phase only.")
    if line.reps_max < limits.reps_least or line.reps_min > limits.reps_most:
        notes.append(f"F5: failure pays between {limits.reps_least:g} and {limits.reps_most:g} reps.")
    if line.failures > 1:
        notes.append("F6: one set per exercise, the last one; a target of 0 sends all of them to failure.")
    return notes


def week_notes(days: Sequence[PlannedDay], limits: Limits, *, scaled_back: bool = False) -> list[str]:
    """F2, F3 and F6 over the workouts of a week; F8 while failure training is scaled back."""
    share = planned_share(days, limits)
    notes = []
    if scaled_back and share.failures:
        notes.append(
            f"F8: scaled back: the {_sets(share.failures)} meant for failure stop 2–3 short instead."
        )
    if share.over:
        notes.append(
            f"F2: {_sets(share.failures)} to failure. A week of {share.sets} sets has room for {share.room}."
        )
    for number, day in enumerate(days, 1):
        if len([line for line in day.lines if line.failures]) > 1:
            notes.append(
                f"F6: {_day(day, number)} takes more than one exercise to failure. One a session is enough."
            )
    notes += _too_often(days, limits)
    notes += _too_soon(days, limits)
    return notes


def _too_often(days: Sequence[PlannedDay], limits: Limits) -> list[str]:
    sessions: dict[tuple[str, bool], int] = {}
    for day in days:
        for key in {(line.exercise, line.compound) for line in day.lines if line.failures}:
            sessions[key] = sessions.get(key, 0) + 1
    notes = []
    for (exercise, compound), count in sorted(sessions.items()):
        if compound and count > limits.compound_sessions:
            notes.append(f"F5: {exercise} goes to failure in {count} workouts; a compound once a week.")
        elif count > limits.exercise_sessions:
            notes.append(f"F6: {exercise} goes to failure in {count} workouts; once or twice a week.")
    return notes


def _too_soon(days: Sequence[PlannedDay], limits: Limits) -> list[str]:
    """Two days of the week, the next Monday after Sunday, that are nearer than recovery takes."""
    dated = sorted((day.weekday, day) for day in days if day.weekday is not None)
    again = [(weekday + 7, day) for weekday, day in dated]
    notes = []
    for index, (first, early) in enumerate(dated):
        for second, late in [*dated[index + 1 :], *again[: index + 1]]:
            gap = 24 * (second - first)
            if not 0 < gap < limits.recovery_hours:
                continue
            if what := _clash(early, late):
                hours = f"{limits.recovery_hours:g}"
                notes.append(
                    f"F3: {what} on {DAYS[first % 7]} and {DAYS[second % 7]}, less than {hours} hours apart."
                )
    return notes


def _clash(early: PlannedDay, late: PlannedDay) -> str:
    for one in early.lines:
        for other in late.lines:
            if not (one.failures and other.failures):
                continue
            if one.exercise == other.exercise:
                return f"{one.exercise} goes to failure"
            if one.muscle and one.muscle == other.muscle:
                return f"{one.muscle.replace('_', ' ')} go to failure"
            if one.compound and other.compound:
                return "compounds go to failure"
    return ""


def _day(day: PlannedDay, number: int) -> str:
    return DAYS[day.weekday] if day.weekday is not None else f"workout {number}"


def _sets(count: int) -> str:
    return "1 set" if count == 1 else f"{count} sets"
