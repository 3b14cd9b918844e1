"""The words that sentences of the signs are made of."""

from datetime import date

import pytest

from clients.signs.says import (
    day_words,
    gap_words,
    listed,
    one,
    plural,
    possessive,
    sentence,
    whole,
)


def test_a_day_is_said_without_its_year() -> None:
    assert day_words(date(2025, 4, 8).toordinal()) == "8 April"


@pytest.mark.parametrize(
    ("n", "noun", "said"),
    [
        (0, "check-in", "0 check-ins"),
        (1, "check-in", "1 check-in"),
        (2, "check-in", "2 check-ins"),
        (1, "more session with rated sets", "1 more session with rated sets"),
        (8, "more session with rated sets", "8 more sessions with rated sets"),
    ],
)
def test_the_thing_counted_is_in_the_plural_not_what_it_comes_with(n: int, noun: str, said: str) -> None:
    assert plural(n, noun) == said


@pytest.mark.parametrize(
    ("name", "said"), [("Sarah", "Sarah's"), ("James", "James'"), ("JAMES", "JAMES'"), ("Max", "Max's")]
)
def test_a_name_that_ends_with_s_takes_only_the_apostrophe(name: str, said: str) -> None:
    assert possessive(name) == said


@pytest.mark.parametrize(
    ("words", "said"),
    [((), ""), (("knee",), "knee"), (("knee", "hip"), "knee and hip"), (("a", "b", "c"), "a, b and c")],
)
def test_words_are_listed_with_commas_and_one_and(words: tuple[str, ...], said: str) -> None:
    assert listed(words) == said


@pytest.mark.parametrize(
    ("x", "said"),
    [(0.0, 0), (0.4, 0), (0.5, 1), (1.0, 1), (2.5, 3), (-0.4, 0), (-0.5, -1), (-2.5, -3), (-2.4, -2)],
)
def test_halves_are_rounded_away_from_nought_on_both_sides(x: float, said: int) -> None:
    assert whole(x) == said


@pytest.mark.parametrize(
    ("x", "said"), [(2.34, "2.3"), (2.36, "2.4"), (4, "4.0"), (-0.0, "0.0"), (-0.04, "0.0")]
)
def test_nought_has_no_sign(x: float, said: str) -> None:
    """What an injury took back from a usual that had faded meanwhile leaves a hair less than nothing."""
    assert one(x) == said


@pytest.mark.parametrize(
    ("words", "said"), [("", ""), ("  ", ""), (" knee is new ", "Knee is new."), ("It is.", "It is.")]
)
def test_a_sentence_has_a_capital_and_one_full_stop(words: str, said: str) -> None:
    assert sentence(words) == said


def test_missing_days_are_told_where_there_are_any() -> None:
    assert gap_words(11, 0, "check-in") == "(11 check-ins)"
    assert gap_words(1, 1, "night") == "(1 night, 1 day missing)"
    assert gap_words(11, 4, "night") == "(11 nights, 4 days missing)"
