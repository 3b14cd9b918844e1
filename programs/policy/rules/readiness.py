"""F7: not everyone responds the same way to failure training.

Five indicators: experience, form under fatigue, recovery, no injury, plateau. Closed, where one of the first
three is not met: no. Open, where all five are met. Selective, otherwise: the last set of a good isolation or
machine exercise; the rest is a caution, and so is everything while three indicators are unknown. An injury
closes what loads it, whatever else.
"""

from collections.abc import Iterator

from clients.body import word
from clients.loading import Load, OpenInjury, barred
from clients.readiness import MANY_UNKNOWN, Decision, decide
from programs.policy.kinds import Answer, FailureClass
from programs.policy.recent import Objection, Question, Recent
from programs.policy.suitability import ExerciseFacts, exercise_class
from programs.policy.words import list_words, number_words


def not_ready(asked: Question, recent: Recent) -> Iterator[Objection]:
    """Not everyone responds the same way to failure training. It may benefit those with training experience of at
    least 2-3 years, excellent form under fatigue, good recovery capacity (sleeping 7+ hours, managing stress), no
    current injuries, and a plateau in muscle growth despite consistent training."""
    readiness = recent.readiness
    decision = decide(readiness, injured=_loads(asked.exercise, recent) > Load.NONE, scaled_back=False)
    if decision is Decision.CLOSED:
        yield Objection(
            code="F7",
            answer=Answer.NO,
            says="Not ready for failure training: " + " ".join(readiness.against()),
        )
        yield from _injured(asked.exercise, recent)
        return
    unknown = readiness.unknown()
    if len(unknown) >= MANY_UNKNOWN:
        names = list_words([word(name) for name in unknown])
        yield _caution(f"We do not know enough yet about {names}.")
    elif decision is Decision.SELECTIVE and not _allowed_when_selective(asked.exercise):
        yield _caution(
            "For now failure is for the last set of a safe isolation or machine exercise only: "
            + " ".join(readiness.open_points())
        )
    yield from _injured(asked.exercise, recent)
    yield from _compound_without_years(asked.exercise, recent)


def _injured(exercise: ExerciseFacts, recent: Recent) -> Iterator[Objection]:
    for injury in recent.readiness.injuries:
        load = barred(exercise, injury)
        if load is Load.DIRECT:
            says = f"{exercise.name} loads the injured {_where(injury)}: no failure until that has healed."
            yield Objection(code="F7", answer=Answer.NO, says=says)
        elif load is Load.ALSO:
            yield _caution(f"{exercise.name} may load the injured {_where(injury)}.")


def _loads(exercise: ExerciseFacts, recent: Recent) -> Load:
    return max((barred(exercise, injury) for injury in recent.readiness.injuries), default=Load.NONE)


def _allowed_when_selective(exercise: ExerciseFacts) -> bool:
    """Good isolation or machine. That it is a last set, one a session, F6 sees to."""
    good = exercise_class(exercise)[0] is FailureClass.GOOD
    return good and (exercise.mechanic == "isolation" or exercise.equipment == "machine")


def _compound_without_years(exercise: ExerciseFacts, recent: Recent) -> Iterator[Objection]:
    years, needed = recent.readiness.years, recent.limits.compound_years
    if exercise.compound and (years is None or years < needed):
        so_far = "their length is not known" if years is None else f"so far {years:.1f}"
        yield _caution(f"A compound to failure needs {number_words(needed)} years of training; {so_far}.")


def _where(injury: OpenInjury) -> str:
    return word(injury.muscle or injury.region)


def _caution(says: str) -> Objection:
    return Objection(code="F7", answer=Answer.CAUTION, says=says)
