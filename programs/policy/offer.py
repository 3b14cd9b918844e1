"""The month's one exercise of a session: of the last sets that the rules allow, the one worth most.

Points are conventions: an isolation exercise, a machine or cable, reps that pay and a rested muscle speak for a set,
a caution against it. What is not worth more than nothing is not offered. In a strength phase a caution is the best
answer there is and costs nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from programs.policy.judge import judge
from programs.policy.kinds import Answer, Equipment, PhaseKind
from programs.policy.recent import Question, Recent, Verdict
from programs.policy.suitability import ExerciseFacts

ISOLATION, PAYS, RESTED_MOST, CAUTION = 25, 10, 10, 60
EQUIPMENT: dict[str, int] = {
    Equipment.MACHINE: 15, Equipment.CABLE: 15, Equipment.BODYWEIGHT: 10, Equipment.DUMBBELL: 8,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class LastSet:
    """The last set of an exercise in a session."""

    exercise: ExerciseFacts
    sets: int
    reps_min: int
    reps_max: int


@dataclass(frozen=True, kw_only=True)
class Offer:
    """Which of a session's exercises, and what the rules say of it; none, and what they say of the nearest."""

    chosen: int | None  # index of the line
    verdict: Verdict | None


def offered(lines: Sequence[LastSet], recent: Recent) -> Offer:
    """One exercise or none. Of two that are worth the same the earlier is taken."""
    judged = [(judge(_question(line), recent), line) for line in lines]
    worth = [
        (worth_of(line, verdict, recent), -place)
        for place, (verdict, line) in enumerate(judged)
        if verdict.answer is not Answer.NO
    ]
    best = max(worth, default=(0, 0))
    if best[0] > 0:
        return Offer(chosen=-best[1], verdict=judged[-best[1]][0])
    nearest = min((verdict for verdict, _ in judged), key=lambda verdict: len(verdict.codes), default=None)
    return Offer(chosen=None, verdict=nearest)


def worth_of(line: LastSet, verdict: Verdict, recent: Recent) -> int:
    exercise, limits = line.exercise, recent.limits
    pays = line.reps_min <= limits.reps_most and line.reps_max >= limits.reps_least
    points = 0 if exercise.compound else ISOLATION
    points += EQUIPMENT.get(exercise.equipment, 0)
    points += PAYS if pays else 0
    points += _rested(exercise, recent)
    if verdict.answer is Answer.CAUTION and recent.phase.kind != PhaseKind.STRENGTH:
        points -= CAUTION
    return points


def _rested(exercise: ExerciseFacts, recent: Recent) -> int:
    """A point for each two days since the muscle last went to failure."""
    times = [
        bout.last_cost_at
        for bout in recent.bouts
        if bout.last_cost_at is not None
        and (bout.key == exercise.key or (bout.muscle and bout.muscle == exercise.primary_muscle))
    ]
    if not times:
        return RESTED_MOST
    return min(RESTED_MOST, (recent.at - max(times)) // timedelta(days=2))


def _question(line: LastSet) -> Question:
    return Question(exercise=line.exercise, set_no=line.sets, of=line.sets)
