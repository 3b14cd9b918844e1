"""F3: the nervous system needs about 72 hours after failure work.

Hours between instants, not calendar days. A failure set closes the same exercise and the same primary muscle;
after a compound every compound is closed. An isolation exercise closes no other muscle's compound. An
exercise of unknown mechanic counts as compound, one of unknown muscle closes itself only. A form break at 0
RIR costs as much.
"""

from collections.abc import Iterator
from datetime import timedelta

from clients.body import word
from programs.policy.kinds import Answer
from programs.policy.recent import Bout, Objection, Question, Recent
from programs.policy.words import moment_words, number_words


def too_soon(asked: Question, recent: Recent) -> Iterator[Objection]:
    """Your nervous system needs approximately 72 hours to fully recover from high-exertion training to failure."""
    recovery = timedelta(hours=recent.limits.recovery_hours)
    closing = [
        (bout.last_cost_at, why, bout)
        for bout in recent.bouts
        if bout.last_cost_at is not None
        and recent.at - bout.last_cost_at < recovery
        and (why := _shared(asked, bout))
    ]
    if closing:
        last, why, bout = max(closing, key=lambda found: (found[0], found[2].key))
        yield Objection(
            code="F3",
            answer=Answer.NO,
            says=f"{_ago(recent.at - last)} since {bout.name} went to failure ({why}): "
            f"{number_words(recent.limits.recovery_hours)} hours are needed, "
            f"open {moment_words(last + recovery, recent.at, recent.zone)}."
            + ("" if bout.hour_known else " Its hour is not known: counted from noon."),
            opens_at=last + recovery,
        )


def _shared(asked: Question, bout: Bout) -> str:
    """What a past failure set and this one have in common; empty where nothing keeps this one closed."""
    if bout.key == asked.exercise.key:
        return "the same exercise"
    if bout.muscle and bout.muscle == asked.exercise.primary_muscle:
        return f"also {word(bout.muscle)}"
    if bout.compound and asked.exercise.compound:
        return "both are compounds"
    return ""


def _ago(span: timedelta) -> str:
    hours = int(span.total_seconds() // 3600)
    return "Less than an hour" if hours == 0 else f"{hours} hour{'' if hours == 1 else 's'}"
