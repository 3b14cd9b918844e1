"""Plateau despite consistent training: strength over six weeks, and whether training was steady."""

from collections.abc import Callable
from datetime import date, timedelta
from math import log

import pytest

from clients.plateau import Point, Steadiness, Trend, plateau, steadiness, trend
from clients.readiness import State

TODAY = date(2026, 6, 18)
STEADY = Steadiness(steady=True, says="Steady.")


def lift(
    slope: float, *, noise: float = 0.2, sessions: int = 12, lift: int = 1, level: float = 100
) -> list[Point]:
    """A lift that changes by `slope` % a week, every third day, `noise` % up and down."""
    points = []
    for number in range(sessions):
        day = TODAY - timedelta(days=3 * number)
        change = (day - TODAY).days / 7 * slope + noise * (1, -1, -1, 1)[number % 4]
        points.append(Point(day=day, lift=lift, ln_e=log(level) + change / 100, se=0.03))
    return points


@pytest.mark.parametrize(
    ("slope", "expected"),
    [(0.0, Trend.PLATEAU), (1.5, Trend.PROGRESS), (-1.5, Trend.DECLINE), (0.05, Trend.PLATEAU)],
)
def test_a_clear_trend_is_told(slope: float, expected: Trend) -> None:
    assert trend(lift(slope), today=TODAY, gain=0.25) is expected


def test_a_noisy_one_stays_undecided() -> None:
    assert trend(lift(0.3, noise=4, sessions=8), today=TODAY, gain=0.25) is Trend.UNDECIDED


def test_fewer_than_five_sessions_decide_nothing() -> None:
    assert trend(lift(0, noise=0, sessions=4), today=TODAY, gain=0.5) is Trend.UNDECIDED
    assert trend(lift(0, noise=0, sessions=5), today=TODAY, gain=0.5) is Trend.PLATEAU


def test_the_very_same_numbers_for_six_weeks_are_a_plateau() -> None:
    assert trend(lift(0, noise=0), today=TODAY, gain=0.25) is Trend.PLATEAU


def test_lifts_of_a_muscle_share_a_slope_and_keep_their_levels() -> None:
    both = [*lift(0, lift=1, level=60), *lift(0, lift=2, level=180)]
    assert trend(both, today=TODAY, gain=0.25) is Trend.PLATEAU
    assert trend(list(reversed(both)), today=TODAY, gain=0.25) is Trend.PLATEAU


def test_older_than_six_weeks_does_not_count() -> None:
    before = [Point(day=TODAY - timedelta(days=42 + n), lift=1, ln_e=9.0, se=0.03) for n in range(9)]
    assert trend([*before, *lift(0)], today=TODAY, gain=0.25) is Trend.PLATEAU


def test_half_of_the_muscles_that_can_be_told_make_a_plateau() -> None:
    def found(*slopes: float, years: float = 5) -> State:
        points = {f"muscle{n}": lift(slope) for n, slope in enumerate(slopes)}
        return plateau(points, today=TODAY, steadiness=STEADY, years=years).state

    assert found(0) is State.MET
    assert found(0, 2) is State.MET
    assert found(0, 2, 2) is State.NOT_MET
    assert found(-2) is State.UNKNOWN
    assert found() is State.UNKNOWN
    # In the first two years half a per cent a week is expected.
    assert found(0.4, years=5) is State.NOT_MET
    assert found(0.4, 0, 0, years=1) is State.MET


@pytest.mark.parametrize(
    ("steady", "state"), [(True, State.MET), (False, State.NOT_MET), (None, State.UNKNOWN)]
)
def test_without_steady_training_there_is_no_plateau(steady: bool | None, state: State) -> None:
    found = plateau(
        {"quads": lift(0)}, today=TODAY, steadiness=Steadiness(steady=steady, says="So."), years=5
    )
    assert found.state is state


def steady(
    wanted: Callable[[int], bool], *, planned: int | None = None, deload: bool = False, first: int = 400
) -> bool | None:
    """Sessions on the days `ago` that are wanted."""
    days = [TODAY - timedelta(days=ago) for ago in range(42) if wanted(ago)]
    first_ever = TODAY - timedelta(days=first)
    return steadiness(days, today=TODAY, first_ever=first_ever, planned=planned, deload=deload).steady


def test_two_sessions_in_five_of_six_weeks_are_steady() -> None:
    twice = {ago for week in range(6) for ago in (7 * week, 7 * week + 3)}
    assert steady(lambda ago: ago in twice) is True
    assert steady(lambda ago: ago in twice - {3}) is True
    assert steady(lambda ago: ago in twice - {3, 10}) is False


def test_a_gap_of_more_than_ten_days_is_not_steady() -> None:
    assert steady(lambda ago: not 10 < ago < 20) is True  # ten days between
    assert steady(lambda ago: not 10 <= ago <= 20) is False
    assert steady(lambda ago: ago > 10) is False  # nothing since


def test_a_plan_asks_for_three_quarters_of_its_sessions() -> None:
    every_third = range(0, 42, 3)  # 14 sessions
    assert steady(lambda ago: ago in every_third, planned=18) is True
    assert steady(lambda ago: ago in every_third, planned=19) is False


def test_a_deload_at_the_end_and_a_young_log_say_so() -> None:
    assert steady(lambda ago: True, deload=True) is False
    assert steady(lambda ago: True, first=40) is None
    assert steady(lambda ago: True, first=41) is True
    assert steadiness([], today=TODAY, first_ever=None, planned=None, deload=False).steady is None
