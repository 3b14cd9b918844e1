"""What a shift's evidence is worth."""

import math

import numpy as np
import pytest

from clients.signs.odds import mean_odds, rarity_odds, shift_odds


def odds(d: float, variance: float) -> float:
    return float(shift_odds(np.array(d), np.array(variance)))


def test_the_factor_of_a_shift_is_that_of_two_normal_distributions() -> None:
    assert odds(1.5, 0.2) == pytest.approx(0.5 * (math.log(0.2 / 0.56) + 1.5**2 / 0.2))
    assert odds(0.8, 0.1) == pytest.approx(0.5 * (math.log(0.1 / 0.46) + 0.64 / 0.1 - 0.49 / 0.46))


@pytest.mark.parametrize("variance", [0.02, 0.1, 0.4, 1.6])
def test_a_worse_mean_is_never_less_likely_and_a_better_one_speaks_against_a_shift(variance: float) -> None:
    values = [odds(d, variance) for d in np.linspace(-2, 8, 101)]
    assert values == sorted(values)
    assert values[0] == odds(-9, variance) == odds(0, variance) < 0


def test_the_same_standard_errors_over_few_days_say_less_where_no_shift_is_so_large() -> None:
    assert odds(3.5, 3.5**2 / 9) < odds(1.5, 1.5**2 / 9)


def test_an_enormous_shift_stays_a_number() -> None:
    assert odds(1e4, 1e-6) == 500
    assert np.isfinite(mean_odds(shift_odds(np.full((3, 1), 1e4), np.full((3, 1), 1e-6)), np.ones(3))[0])


def test_a_shift_seen_from_every_start_says_as_much_as_from_each_and_more_than_from_one() -> None:
    all_alike, one_alone = np.full((4, 1), 3.0), np.array([[3.0], [0.0], [0.0], [0.0]])
    weights = np.array([1.0, 2.0, 3.0, 4.0])
    assert mean_odds(all_alike, weights)[0] == pytest.approx(3.0)
    assert mean_odds(one_alone, weights)[0] == pytest.approx(math.log((math.exp(3) + 9) / 10))


@pytest.mark.parametrize(("p", "factor"), [(0.05, 2.46), (0.01, 7.99), (0.001, 53.3)])
def test_a_p_value_stands_for_what_sellke_bayarri_and_berger_say(p: float, factor: float) -> None:
    assert float(np.exp(rarity_odds(np.array(p)))) == pytest.approx(factor, rel=0.01)


def test_what_is_not_rare_says_nothing() -> None:
    assert rarity_odds(np.array([math.exp(-1), 0.5, 1.0])).tolist() == pytest.approx([0.0, 0.0, 0.0])
