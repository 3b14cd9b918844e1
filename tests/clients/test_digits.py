"""What an address or a form sends is a number, or nothing that a database is asked about."""

import pytest

from clients.digits import whole


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_digits_spell_a_number(text: str, number: int) -> None:
    assert whole(text) == number


@pytest.mark.parametrize("text", [None, "", " 1", "-1", "1.0", "x", "\u0663", "\xb2", "\x00", "9" * 19])
def test_anything_else_spells_none(text: str | None) -> None:
    assert whole(text) is None


def test_more_digits_than_wanted_spell_none() -> None:
    assert (whole("999", digits=3), whole("1000", digits=3)) == (999, None)
