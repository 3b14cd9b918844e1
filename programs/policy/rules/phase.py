"""F5: the training phase dictates the approach to failure.

Strength: one good isolation set a week, as a caution; compounds not at all. Hypertrophy: last isolation sets,
and each compound exercise in at most one session a calendar week. Deload: none. Days without a phase are as
hypertrophy without compounds. Reps outside the range that pays are a caution, never a no.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from programs.policy.kinds import Answer, FailureClass, PhaseKind
from programs.policy.recent import Objection, Question, Recent
from programs.policy.suitability import exercise_class
from programs.policy.words import number_words


def out_of_phase(asked: Question, recent: Recent) -> Iterator[Objection]:
    """Strength-focused phases: rarely train to failure, stop 2-3 reps short. Hypertrophy phases: the final set of
    isolation exercises or once per week on compound movements. Deload weeks: avoid failure training entirely."""
    says = _REFUSALS[recent.phase.kind](asked, recent)
    if says:
        yield Objection(code="F5", answer=Answer.NO, says=says, opens_at=_after(recent))
    elif recent.phase.kind == PhaseKind.STRENGTH:
        yield Objection(
            code="F5",
            answer=Answer.CAUTION,
            says="A strength phase: failure is rare here, this would be the week's one isolation set.",
            opens_at=_after(recent),
        )
    least, most = recent.limits.reps_least, recent.limits.reps_most
    if asked.reps is not None and not least <= asked.reps <= most:
        yield Objection(
            code="F5",
            answer=Answer.CAUTION,
            says=f"Failure pays in {number_words(least)}–{number_words(most)} reps; this set has {asked.reps}.",
        )


def _in_deload(asked: Question, recent: Recent) -> str:
    return "A deload week: no failure sets at all, so that recovery is full."


def _in_strength(asked: Question, recent: Recent) -> str:
    if asked.exercise.compound:
        return "A strength phase: compounds stop 2–3 reps short."
    if exercise_class(asked.exercise)[0] is not FailureClass.GOOD:
        return "A strength phase: only an isolation exercise that is safe at failure may go there."
    if recent.week_share.failure >= recent.limits.strength_phase_sets:
        return "A strength phase: this week has had its failure set."
    return ""


def _in_hypertrophy(asked: Question, recent: Recent) -> str:
    if not asked.exercise.compound:
        return ""
    other_visits = {
        recent.visits[bout.session]
        for bout in recent.this_week
        if bout.key == asked.exercise.key and bout.costs and recent.visits[bout.session] != recent.current
    }
    if len(other_visits) >= recent.limits.compound_sessions:
        return f"{asked.exercise.name} is a compound and has had its failure session this calendar week."
    return ""


def _in_base(asked: Question, recent: Recent) -> str:
    if asked.exercise.compound:
        return "No hypertrophy phase: compounds stop short of failure, the last set of an isolation exercise may go."
    return ""


_REFUSALS = {
    PhaseKind.DELOAD: _in_deload,
    PhaseKind.STRENGTH: _in_strength,
    PhaseKind.HYPERTROPHY: _in_hypertrophy,
    PhaseKind.BASE: _in_base,
}


def _after(recent: Recent) -> datetime | None:
    """The day after the phase; none while its end is open."""
    last_day = recent.phase.last_day
    return None if last_day is None else recent.begins(last_day + timedelta(days=1))
