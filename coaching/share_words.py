"""The week's budget and the share of failure sets in a coach's words: counts first, then what is not known. Pure."""

from collections.abc import Iterator

from coaching.wording import counted, percent
from programs.policy.kinds import PhaseKind
from programs.policy.share import LEAST_RATED, Share
from programs.standing import Standing


def week_sentences(stands: Standing) -> Iterator[str]:
    """Planned and done, the budget with where it comes from, and what the sets say of the share."""
    budget, planned = stands.budget, stands.planned_sets
    if planned is not None:
        meant = f", {stands.planned_failures} of them meant for failure" if stands.planned_failures else ""
        yield f"{stands.done_sets} of {counted(planned, 'planned set')} done{meant}."
    else:
        yield f"{counted(stands.done_sets, 'set')} done; no programme says how many are planned."
    yield _budget(stands)
    if planned is None and budget.planned is not None:
        usual = counted(budget.planned, "set")
        yield f"A usual week stands in for the plan: {usual}, the middle of the last weeks trained."
    yield from _share(stands.week, stands.week_form_breaks)


def month_sentences(stands: Standing) -> Iterator[str]:
    found = stands.days_28
    yield from _share(found, stands.month_form_breaks)
    if found.habit and found.enough:
        low, high = found.habit
        yield f"The habit behind this count may lie anywhere from {percent(low)} to {percent(high)}."


def _budget(stands: Standing) -> str:
    budget = stands.budget
    if stands.scale_back_until is not None:
        return (
            f"{counted(budget.used, 'failure set')} done, none allowed while failure training is scaled back."
        )
    if stands.phase.kind == PhaseKind.DELOAD:
        return f"{counted(budget.used, 'failure set')} done, none allowed in a deload."
    if budget.allowed is None or budget.left is None:
        used = counted(budget.used, "failure set")
        return f"{used} this week; the usual week is not known yet, so nor is the budget."
    return f"{budget.used} of {budget.allowed} failure sets used this week, {budget.left} left."


def _share(found: Share, form_breaks: int) -> Iterator[str]:
    if found.share is None:
        yield f"No rated sets, {found.unrated} unrated." if found.unrated else "No rated sets."
    else:
        yield f"{found.failure} of {counted(found.rated, 'rated set')} to failure: {percent(found.share)}."
    if found.rated and found.unrated and found.bounds:
        low, high = found.bounds
        yield f"{counted(found.unrated, 'set')} unrated: the share lies between {percent(low)} and {percent(high)}."
    if found.rated and not found.enough:
        yield f"Too few rated to judge by: {LEAST_RATED} rated sets are needed, and most of the sets rated."
    if form_breaks:
        were = (
            "set ended because form broke: it is"
            if form_breaks == 1
            else "sets ended because form broke: they are"
        )
        yield f"{form_breaks} {were} counted apart, and as failure only at 0 in reserve."
