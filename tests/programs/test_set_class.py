"""What a logged set counts as (SCIENCE 1.1)."""

import pytest

from programs.policy.classes import SetClass, set_class


@pytest.mark.parametrize(
    ("warm_up", "ended", "rir", "expected"),
    [
        (True, "muscular_failure", 0, SetClass.NOT_COUNTED),
        (False, "stopped", 0, SetClass.NOT_COUNTED),
        (False, "technical_failure", 0, SetClass.FORM_AT_0),
        (False, "technical_failure", 1, SetClass.FORM),
        (False, "technical_failure", None, SetClass.FORM),
        (False, "muscular_failure", None, SetClass.FAILURE),
        (False, "muscular_failure", 0.5, SetClass.FAILURE),
        (False, "target", 0, SetClass.FAILURE),
        (False, "", 0.5, SetClass.HOLD_BACK),
        (False, "target", 3, SetClass.HOLD_BACK),
        (False, "target", 3.5, SetClass.EASY),
        (False, "target", None, SetClass.UNRATED),
        (False, "", None, SetClass.UNRATED),
    ],
)
def test_a_set_counts_as_the_first_row_that_fits(
    warm_up: bool, ended: str, rir: float | None, expected: SetClass
) -> None:
    halves = None if rir is None else round(rir * 2)
    assert set_class(warm_up=warm_up, ended=ended, rir_halves=halves) is expected
