"""Rows in columns become arrays of days and people."""

from dataclasses import replace

import numpy as np
import pytest

from clients.signs.grid import Grid, grid_of, median, rolling
from tests.signs import FIRST, Diary, histories

NAN = float("nan")
GRID = Grid(first_day=100, days=5, people=2)


def test_what_no_row_fills_is_unknown_and_its_sum_is_nought() -> None:
    person, day, value = np.array([0, 1]), np.array([100, 104]), np.array([3.0, 4.0])
    filled, summed = np.full((5, 2), NAN), np.zeros((5, 2))
    filled[0, 0] = summed[0, 0] = 3
    filled[4, 1] = summed[4, 1] = 4
    np.testing.assert_array_equal(GRID.fill(person, day, value), filled)
    np.testing.assert_array_equal(GRID.sum(person, day, value), summed)


def test_rows_of_one_day_and_person_add_up() -> None:
    same = np.array([1, 1]), np.array([102, 102])
    assert GRID.sum(*same, np.array([3.0, 4.5]))[2].tolist() == [0, 7.5]


@pytest.mark.parametrize(
    ("span", "inclusive", "within"),
    [
        ((101, 103), True, [1, 2, 3]),
        ((101, 103), False, [1, 2]),
        ((101, 101), True, [1]),
        ((101, 101), False, []),
        ((103, None), True, [3, 4]),
        ((90, 101), True, [0, 1]),
        ((90, 99), True, []),
        ((80, 90), True, []),
        ((104, 120), True, [4]),
    ],
)
def test_a_span_ends_on_its_last_day_or_before_it_and_an_open_one_never(
    span: tuple[int, int | None], inclusive: bool, within: list[int]
) -> None:
    found = GRID.spans([[], [span]], inclusive=inclusive)
    assert np.flatnonzero(found[:, 1]).tolist() == within
    assert not found[:, 0].any()


def test_all_spans_of_a_person_count() -> None:
    assert np.flatnonzero(GRID.spans([[(100, 100), (103, 103)], []], inclusive=True)[:, 0]).tolist() == [0, 3]


def test_the_grid_reaches_from_the_first_row_of_anybody_to_the_last_day_to_judge() -> None:
    early, late = Diary(days=20).answer([7]), Diary(days=30).answer([9])
    early.aches[8] = {"knee": 2}
    grid = grid_of(histories(early, late))
    assert (grid.first_day, grid.days, grid.people) == (FIRST + 7, 23, 2)
    for name in ("aches", "lifts", "training"):
        told = histories(Diary(days=30).answer([9]))
        more = Diary(days=30).train([4])
        more.aches[4] = {"knee": 2}
        first = grid_of(replace(told, **{name: getattr(histories(more), name)})).first_day
        assert first == FIRST + 4, name


def test_without_a_row_the_grid_is_the_last_day_alone() -> None:
    grid = grid_of(histories(Diary(days=10)))
    assert (grid.first_day, grid.days, grid.people) == (FIRST + 9, 1, 1)


def test_a_rolling_sum_is_of_so_many_days_with_the_day_itself() -> None:
    assert rolling(np.array([1.0, 2, 4, 8, 16]), 3).tolist() == [1, 3, 7, 14, 28]


@pytest.mark.parametrize(
    ("values", "middle"),
    [
        ((3,), 3),
        ((9, 1), 5),
        ((9, 1, 2), 2),
        ((8, 1, 2, 4), 3),
        ((NAN, 9, NAN), 9),
        ((NAN, 9, 1), 5),
        ((5, NAN, 9, 1), 5),
        ((NAN, NAN), NAN),
    ],
)
def test_the_median_is_of_what_is_known(values: tuple[float, ...], middle: float) -> None:
    np.testing.assert_equal(float(median(np.array(values, dtype=float))), middle)
