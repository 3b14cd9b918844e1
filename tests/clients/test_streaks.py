"""The row of check-ins: it forgives one missed day a week, and no second one."""

from datetime import date, timedelta

import pytest

from clients.streaks import streak

TODAY = date(2026, 6, 17)  # a Wednesday


def days(*ago: int) -> set[date]:
    return {TODAY - timedelta(days=back) for back in ago}


@pytest.mark.parametrize(
    ("ago", "kept"),
    [
        ([], 0),
        ([0], 1),
        ([1], 1),  # today may still come
        ([2], 1),  # yesterday is this week's forgiven day
        ([3], 0),  # two days of this week are missed
        ([0, 1, 2], 3),
        ([0, 2, 3, 4], 4),
        ([0, 3, 4], 1),  # Tuesday and Monday of one week
        ([0, 1, 3, 5, 6], 5),  # Monday, and Saturday of the week before
        ([0, 1, 4, 5], 4),  # Monday and the Sunday before it: one of each week
        ([0, 1, 5, 6], 2),  # Monday, then Sunday and Saturday
        (list(range(0, 100)), 100),
        ([back for back in range(100) if (TODAY - timedelta(days=back)).weekday() != 6], 86),
    ],
)  # fmt: skip
def test_a_row_of_check_ins(ago: list[int], kept: int) -> None:
    assert streak(days(*ago), today=TODAY) == kept
