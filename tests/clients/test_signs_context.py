"""What else speaks for a sign: failure sets, a spike of load, other signs."""

import numpy as np
import pytest

from clients.signs.context import FAILURE, MISSED, MOST, SPIKE, context
from clients.signs.grid import grid_of
from clients.signs.judged import combined
from clients.signs.kinds import Sign
from tests.signs import FIRST, Diary, histories

ROW = {sign: row for row, sign in enumerate(Sign)}
TRAINED = range(0, 120, 7)


def weight(diary: Diary, day: int, sign: Sign = Sign.FATIGUE_MOOD) -> float:
    told = histories(diary)
    grid = grid_of(told)
    return float(context(told, grid).weight(FIRST + day - grid.first_day)[ROW[sign], 0])


def trained(**sets: float) -> Diary:
    return Diary(days=120, sets={day: {"costs": 0, "rated": 5, **sets} for day in TRAINED})


@pytest.mark.parametrize(("costs", "said"), [(1, 0.0), (2, FAILURE)])
def test_twenty_percent_failure_is_within_the_limit_and_more_is_not(costs: int, said: float) -> None:
    assert weight(trained(costs=costs), 119) == said


@pytest.mark.parametrize(
    ("rated", "unrated", "said"), [(2, 0, FAILURE), (1, 0, 0.0), (3, 2, FAILURE), (3, 3, 0.0)]
)
def test_a_share_of_too_few_rated_sets_says_nothing(rated: int, unrated: int, said: float) -> None:
    assert weight(trained(costs=rated, rated=rated, unrated=unrated), 119) == said


@pytest.mark.parametrize(("load", "said"), [(389, 0.0), (391, SPIKE)])
def test_a_week_thirty_percent_above_the_usual_one_is_a_spike(load: float, said: float) -> None:
    diary = trained(load=300)
    diary.sets[112]["load"] = load
    assert weight(diary, 112) == said


def test_a_spike_is_remembered_for_a_fortnight_after_the_week() -> None:
    diary = trained(load=300)
    diary.sets[84]["load"] = 500
    assert [weight(diary, day) for day in (83, 84, 90 + 13, 90 + 14)] == [0.0, SPIKE, SPIKE, 0.0]


def test_no_spike_without_four_known_weeks_before() -> None:
    diary = trained(load=300)
    diary.sets = {day: sets for day, sets in diary.sets.items() if day >= 84}
    diary.sets[105]["load"] = 900
    assert weight(diary, 105) == 0


def test_where_sessions_lack_their_rpe_hard_sets_are_counted() -> None:
    diary = trained(load=float("nan"), hard=10)
    diary.sets[112]["hard"] = 14
    assert weight(diary, 112) == SPIKE
    diary.sets[112]["hard"] = 12
    assert weight(diary, 112) == 0


def test_one_hard_set_a_week_is_a_usual_week_and_none_is_not() -> None:
    diary = trained(load=float("nan"), hard=1)
    diary.sets[112]["hard"] = 2
    assert weight(diary, 112) == SPIKE
    none = trained(load=float("nan"), hard=0)
    none.sets[112]["hard"] = 2
    assert weight(none, 112) == 0


def test_all_together_are_worth_no_more_than_their_cap() -> None:
    diary = trained(costs=2, load=300)
    diary.sets[112]["load"] = 900
    diary.person["planned"] = tuple((FIRST + day, False) for day in (100, 102, 104, 106))
    assert FAILURE + SPIKE + MISSED > MOST
    assert weight(diary, 112, Sign.DREAD) == MOST
    assert weight(diary, 112, Sign.SLEEP_DECLINE) == pytest.approx(FAILURE + SPIKE)


def test_other_signs_support_with_three_tenths_of_what_they_have_and_of_four_at_most() -> None:
    odds = np.array([[5.0], [3.0], [0.5], [0.0], [20.0]])
    total = combined(odds, np.zeros((5, 1)))[:, 0]
    supported = [5 + 0.3 * 7.5, 3 + 0.3 * 8.5, 0.5 + 0.3 * 11, 0.3 * 11.5, 20 + 0.3 * 7.5]
    assert total.tolist() == pytest.approx(supported)
