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


@pytest.mark.parametrize(
    ("weight", "units", "plates"),
    [
        ("20", "kg", ""),
        ("60", "kg", "20"),
        ("102.5", "kg", "25 + 15 + 1.25"),
        ("142.5", "kg", "25 + 25 + 10 + 1.25"),
        ("225", "lb", "45 + 45"),
        ("101", "kg", ""),  # no plates make it
        ("10", "kg", ""),  # less than the bar
    ],
)
def test_plates_a_side(weight: str, units: str, plates: str) -> None:
    assert loads.a_side(Decimal(weight), units) == plates


@pytest.mark.parametrize(
    ("weight", "usual", "asked"),
    [
        (200, 100, False),
        (201, 100, True),
        (1025, 102.5, True),
        (225, 102.5, True),
        (60, None, False),
        (60, 0, False),
    ],
)
def test_a_load_far_above_the_usual_is_asked_about(weight: float, usual: float | None, asked: bool) -> None:
    assert loads.far_above(int(weight * 1000), None if usual is None else int(usual * 1000)) is asked


def test_225_lb_comes_back_as_225_lb() -> None:
    assert loads.shown(loads.grams(Decimal(225), "lb"), "lb") == "225"
