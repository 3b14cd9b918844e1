"""F6: one set per exercise, the last one; an exercise once or twice a week; one exercise a session.

Sessions that begin less than 3 hours apart are one.
"""

from collections.abc import Iterator

from programs.policy.kinds import Answer
from programs.policy.recent import Objection, Question, Recent
from programs.policy.words import number_words


def dose_spent(asked: Question, recent: Recent) -> Iterator[Objection]:
    """Groups that strategically used failure training, maybe one set per exercise, once or twice per week, often
    outperformed those who pushed every set to complete failure. Choose one exercise per session."""
    reasons = [*_place(asked), *_this_visit(asked, recent), *_this_week(asked, recent)]
    if reasons:
        yield Objection(code="F6", answer=Answer.NO, says=" ".join(reasons))


def _place(asked: Question) -> Iterator[str]:
    if not asked.last:
        yield f"Only the last set of an exercise may go to failure; this is set {asked.set_no} of {asked.of}."


def _this_visit(asked: Question, recent: Recent) -> Iterator[str]:
    spent = {
        (bout.key, bout.name)
        for bout in recent.bouts
        if bout.costs and recent.visits[bout.session] == recent.current
    }
    if any(key == asked.exercise.key for key, _ in spent):
        yield f"{asked.exercise.name} has had its one failure set in this session."
    elif spent:
        yield f"One exercise a session: {min(name for _, name in spent)} has been it."


def _this_week(asked: Question, recent: Recent) -> Iterator[str]:
    others = {
        recent.visits[bout.session]
        for bout in recent.this_week
        if bout.key == asked.exercise.key and bout.costs and recent.visits[bout.session] != recent.current
    }
    if len(others) >= recent.limits.exercise_sessions:
        often = number_words(recent.limits.exercise_sessions)
        yield f"{asked.exercise.name} went to failure in {len(others)} sessions this week; {often} is the most."
