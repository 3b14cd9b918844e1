"""Weights come back as they were typed, and a broken form makes the next set lighter."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs import loads


@given(st.decimals(min_value=-500, max_value=4000, places=2), st.sampled_from(["kg", "lb"]))
def test_a_weight_is_shown_as_it_was_typed(typed: Decimal, units: str) -> None:
    assert Decimal(loads.shown(loads.grams(typed, units), units)) == typed


@pytest.mark.parametrize(
    ("grams", "units", "text"),
    [
        (26_000, "kg", "26"),
        (57_500, "kg", "57.5"),
        (100_000, "kg", "100"),
        (0, "kg", "0"),
        (20_412, "lb", "45"),
        (None, "kg", ""),
    ],
)
def test_a_weight_reads_without_needless_noughts(grams: int | None, units: str, text: str) -> None:
    assert loads.shown(grams, units) == text


@pytest.mark.parametrize(
    ("before", "equipment", "units", "after"),
    [
        ("100", "barbell", "kg", "92.5"),
        ("60", "machine", "kg", "55"),
        ("20", "machine", "kg", "17.5"),  # at least one step
        ("26", "dumbbell", "kg", "24"),
        ("225", "barbell", "lb", "210"),
        ("1", "cable", "kg", "0"),
        ("0", "bodyweight", "kg", "0"),
        ("-20", "bodyweight", "kg", "-22.5"),
    ],
)
def test_after_a_form_break_the_next_set_is_lighter(
    before: str, equipment: str, units: str, after: str
) -> None:
    proposed = loads.lighter(loads.grams(Decimal(before), units), equipment=equipment, units=units)
    assert loads.shown(proposed, units) == after


@given(st.integers(min_value=40, max_value=400), st.sampled_from(["barbell", "machine", "dumbbell"]))
def test_heavy_enough_loads_go_down_by_five_to_ten_per_cent(kilos: int, equipment: str) -> None:
    share = 1 - Decimal(loads.lighter(kilos * 1000, equipment=equipment, units="kg")) / (kilos * 1000)
    assert Decimal("0.045") <= share <= Decimal("0.105")
