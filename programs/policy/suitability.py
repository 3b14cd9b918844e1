"""F4: which exercises are safe to take to failure. The class follows from the facts by one rule, written once."""

from dataclasses import dataclass

from clients.loading import Movement
from programs.policy.kinds import Equipment, FailureClass, Mechanic, Pattern


@dataclass(frozen=True, kw_only=True)
class ExerciseFacts(Movement):
    """All that the rules know of an exercise. None and empty are unknown."""

    coordination: bool | None = None
    can_trap: bool | None = None
    override: str = ""  # the coach's own class
    override_reason: str = ""  # the coach's; not for the client's eyes

    @property
    def key(self) -> str:
        """What makes two the same exercise: a practice's own row stands for the library's of that name."""
        return self.name.casefold()


_HEAVY = {Pattern.SQUAT: "squat", Pattern.HINGE: "deadlift or hinge"}


def exercise_class(facts: ExerciseFacts) -> tuple[FailureClass, str]:
    """Class and reason: the coach's override, else avoid, else good, else caution."""
    if facts.override:
        return FailureClass(facts.override), facts.override_reason
    if why := _avoid(facts):
        return FailureClass.AVOID, why
    if why := _good(facts):
        if gap := _not_known(facts):
            return FailureClass.CAUTION, gap
        return FailureClass.GOOD, why
    return FailureClass.CAUTION, _between(facts)


def _avoid(facts: ExerciseFacts) -> str:
    if facts.overhead:
        return "The load ends above the head."
    if facts.can_trap:
        return "A failed rep can trap you under the load."
    if facts.equipment == Equipment.BARBELL and facts.pattern in _HEAVY:
        return f"In a barbell {_HEAVY[Pattern(facts.pattern)]} form goes before the muscle does."
    if facts.coordination or facts.pattern == Pattern.OLYMPIC:
        return "It needs complex coordination, which fails first."
    return ""


def _good(facts: ExerciseFacts) -> str:
    if facts.equipment == Equipment.MACHINE:
        return "A machine guides the movement and holds the load."
    if facts.equipment == Equipment.CABLE:
        return "A cable can be let go at any point."
    if facts.equipment == Equipment.BODYWEIGHT:
        return "Bodyweight: a failed rep only ends the set."
    if facts.equipment == Equipment.DUMBBELL and facts.mechanic == Mechanic.ISOLATION:
        return "Dumbbell isolation: light enough to put down."
    return ""


def _not_known(facts: ExerciseFacts) -> str:
    """Facts that are missing and could turn a good exercise into one to avoid."""
    vague = facts.pattern in {"", Pattern.OTHER}
    if facts.overhead is None and (vague or facts.pattern == Pattern.VERTICAL_PUSH):
        return "It is not known whether the load ends above the head."
    if facts.coordination is None and vague:
        return "It is not known how much coordination it needs."
    return ""


def _between(facts: ExerciseFacts) -> str:
    if not facts.equipment:
        return "Not enough is known about this exercise yet."
    return f"Neither clearly safe nor clearly unsafe at failure: {_what(facts)}."


def _what(facts: ExerciseFacts) -> str:
    kind = facts.mechanic or "exercise"
    return f"{facts.equipment} {kind}" if facts.equipment != Equipment.OTHER else kind
