"""F4: certain exercises are much safer for training to failure than others.

Avoid: the load ends above the head, a failed rep can trap, a barbell squat or hinge at any load, complex
coordination. Good: machine, cable, dumbbell isolation, bodyweight. Everything else: caution. A coach's own
class, with its reason, comes first: it is where safeties or a spotter are noted.
"""

from collections.abc import Iterator

from programs.policy.kinds import Answer, FailureClass
from programs.policy.recent import Objection, Question, Recent
from programs.policy.suitability import exercise_class

_LEVEL = {FailureClass.AVOID: Answer.NO, FailureClass.CAUTION: Answer.CAUTION}


def unsafe_exercise(asked: Question, recent: Recent) -> Iterator[Objection]:
    """Certain exercises are much safer for training to failure than others. Avoid it with heavy barbell squats or
    deadlifts, overhead pressing, complex coordination, and wherever failure could trap you under weight."""
    found, reason = exercise_class(asked.exercise)
    if found in _LEVEL:
        # A coach's own reason is the coach's: the client reads that there is one.
        why = "the coach has classed it so." if asked.exercise.override else reason[:1].lower() + reason[1:]
        verb = "is not for failure" if found is FailureClass.AVOID else "goes to failure with caution"
        yield Objection(code="F4", answer=_LEVEL[found], says=f"{asked.exercise.name} {verb}: {why}")
