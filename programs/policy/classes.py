"""What a logged set counts as: the first row that fits of SCIENCE 1.1."""

from enum import StrEnum

from programs.policy.kinds import EndedBy


class SetClass(StrEnum):
    NOT_COUNTED = "not_counted"  # warm-up, or stopped for pain, equipment or another reason
    FORM = "form"  # technical failure above 0 RIR
    FORM_AT_0 = "form_at_0"  # technical failure at 0 RIR: costs as failure, never pays
    FAILURE = "failure"
    HOLD_BACK = "hold_back"
    EASY = "easy"
    UNRATED = "unrated"


RATED = frozenset({SetClass.FORM, SetClass.FORM_AT_0, SetClass.FAILURE, SetClass.HOLD_BACK, SetClass.EASY})
COSTS_AS_FAILURE = frozenset({SetClass.FORM_AT_0, SetClass.FAILURE})


def set_class(*, warm_up: bool, ended: str, rir_halves: int | None) -> SetClass:
    """Class of a set. A plan is no report: `target` without a logged RIR is unrated."""
    if warm_up or ended == EndedBy.STOPPED:
        return SetClass.NOT_COUNTED
    if ended == EndedBy.TECHNICAL_FAILURE:
        return SetClass.FORM_AT_0 if rir_halves == 0 else SetClass.FORM
    if ended == EndedBy.MUSCULAR_FAILURE or rir_halves == 0:
        return SetClass.FAILURE
    if rir_halves is None:
        return SetClass.UNRATED
    return SetClass.HOLD_BACK if rir_halves <= 6 else SetClass.EASY
