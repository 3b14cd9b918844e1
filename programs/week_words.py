"""The week's failure sets in a client's words: how many of how many, or why there is no number. Pure."""

from datetime import date

from programs.policy.allowance import allowance
from programs.policy.kinds import PhaseKind
from programs.policy.recent import Recent
from programs.policy.words import day_words


def week_words(recent: Recent) -> str:
    budget = allowance(recent)
    used = f"{budget.used} failure set{'' if budget.used == 1 else 's'}"
    if recent.scale_back_until is not None:
        return f"This week {used}; none more while failure training is scaled back."
    if recent.phase.kind == PhaseKind.DELOAD:
        return f"This week {used}; none in a deload."
    if budget.allowed is None:
        return f"This week {used}. How many a week holds is known after two weeks of training."
    return f"This week {budget.used} of {budget.allowed} failure sets."


def scale_back_words(until: date | None, today: date) -> str:
    """What a scale back asks for while it runs: the sets stay, the effort does not."""
    if until is None:
        return ""
    last = day_words(until, today)
    return f"Failure training is scaled back, the last day is {last}: keep every set, stop 2–3 short."
