"""F8: on warning signs failure training is scaled back at once, and volume stays.

From the coach's click to the end of the last day. A sign at `act` that nobody has answered is a no; one at
`watch`, or answered, a caution; a wrong call lifts it.
"""

from collections.abc import Iterator
from datetime import timedelta

from clients.body import word
from clients.signs.kinds import Level
from programs.policy.kinds import Answer
from programs.policy.recent import Objection, OpenFlag, Question, Recent
from programs.policy.words import day_words, list_words


def scaled_back(asked: Question, recent: Recent) -> Iterator[Objection]:
    """When I see these signs in clients, we immediately scale back failure training and focus on consistent,
    high-quality training volumes."""
    if recent.scale_back_until is not None:
        yield Objection(
            code="F8",
            answer=Answer.NO,
            says="Failure training is scaled back: keep every set, stop 2–3 reps short. "
            f"The last day is {day_words(recent.scale_back_until, recent.today)}.",
            opens_at=recent.begins(recent.scale_back_until + timedelta(days=1)),
        )
    unanswered = [f for f in recent.flags if f.level == Level.ACT and not f.answered]
    if unanswered:
        yield Objection(
            code="F8",
            answer=Answer.NO,
            says=f"{_signs(unanswered)} and the coach has not answered yet: hold back until then.",
        )
    elif recent.flags:
        yield Objection(
            code="F8",
            answer=Answer.CAUTION,
            says=f"{_signs(list(recent.flags))}: better to hold back.",
        )


def _signs(flags: list[OpenFlag]) -> str:
    names = list_words([word(flag.sign) for flag in flags])
    return f"Warning sign{'s' if len(flags) > 1 else ''} open ({names})"
