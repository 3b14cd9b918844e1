"""The arithmetic of before and after."""

import math

import pytest

from coaching.contrast import contrast, pooled, share_contrast, shrunk, t_quantile


def test_a_change_has_the_interval_of_its_spread_and_its_counts() -> None:
    found = contrast([1, 2, 3, 2, 2], [3, 4, 3, 4, 4], vif=1.6, least=5, least_sd=0.1)
    assert found is not None
    assert found.change == pytest.approx(1.6)
    sd = math.sqrt((4 * 0.5 + 4 * 0.3) / 8)
    assert found.se == pytest.approx(sd * math.sqrt(1.6 / 5 + 1.6 / 5))
    assert found.high - found.change == pytest.approx(1.645 * found.se)


@pytest.mark.parametrize("short", [0, 4])
def test_a_side_with_too_few_values_says_nothing(short: int) -> None:
    assert contrast([1.0] * short, [2.0] * 9, vif=1, least=5, least_sd=1) is None
    assert contrast([1.0] * 9, [2.0] * short, vif=1, least=5, least_sd=1) is None


def test_who_always_answers_the_same_is_not_infinitely_certain() -> None:
    found = contrast([3.0] * 9, [2.0] * 9, vif=1.6, least=5, least_sd=0.29)
    assert found is not None
    assert found.low < -1 < found.high


def test_a_share_of_nothing_is_no_share() -> None:
    assert share_contrast((0, 0), (1, 10), vif=1.3) is None
    found = share_contrast((0, 10), (0, 10), vif=1.3)
    assert found is not None
    assert found.se > 0.1


def test_effects_that_agree_are_pooled_by_their_precision() -> None:
    whole = pooled([(2.0, 1.0)] * 3 + [(2.0, 0.5)] * 2)
    assert whole is not None
    assert whole.mean == pytest.approx(2.0)
    assert (whole.k, whole.tau2) == (5, 0.0)


def test_clients_who_differ_widen_the_interval_and_keep_their_own() -> None:
    alike, apart = pooled([(2.0, 0.5)] * 6), pooled([(-2.0, 0.5), (6.0, 0.5)] * 3)
    assert alike is not None
    assert apart is not None
    assert apart.tau2 > 10
    assert apart.high - apart.low > 4 * (alike.high - alike.low)
    assert shrunk(6.0, 0.5, apart) == pytest.approx(6.0, abs=0.1)
    assert shrunk(6.0, 0.5, alike) == pytest.approx(2.0)


@pytest.mark.parametrize(("df", "t"), [(4, 2.132), (9, 1.833), (30, 1.697)])
def test_t_is_the_tables(df: int, t: float) -> None:
    assert t_quantile(0.95, df) == pytest.approx(t, abs=0.005)
