"""What a lift is expected to be, against a slow reading of its definition, one value at a time."""

from typing import NamedTuple

import numpy as np
import pytest

from clients.signs.expected import expected


class Value(NamedTuple):
    person: int
    lift: int
    day: int
    ln_e: float


def middle(of: list[Value], at: int) -> tuple[float, float, float]:
    """Weight, mean day and mean value, with a half-life of 120 days before day `at`."""
    w = np.array([0.5 ** ((at - v.day) / 120) for v in of])
    day, ln_e = np.array([v.day for v in of]), np.array([v.ln_e for v in of])
    return float(w.sum()), float((w * day).sum() / w.sum()), float((w * ln_e).sum() / w.sum())


def slope(before: list[Value], day: int) -> float:
    """ln e a day, from the values before a day: all lifts of the person share it; prior 0.1 ± 0.08 % a week."""
    xx = xy = 0.0
    for lift in {v.lift for v in before}:
        of = [v for v in before if v.lift == lift]
        _, mean_day, mean_ln_e = middle(of, day - 1)
        for v in of:
            w = 0.5 ** ((day - 1 - v.day) / 120)
            xx += w * (v.day - mean_day) ** 2
            xy += w * (v.day - mean_day) * (v.ln_e - mean_ln_e)
    certain, prior = xx / (7 * 6.0) ** 2, 1 / 0.08**2
    a_week = (certain * 700 * xy / max(xx, 1.0) + prior * 0.1) / (certain + prior)
    return float(min(max(a_week, 0.0), 0.6) / 700)


def slow(values: list[Value], at: int) -> tuple[float, float]:
    """From the third value of a lift on, its level at the last value of 14 days ago and before, at least its
    second, and never the value itself; carried on by the growth up to 14 days ago."""
    v = values[at]
    own = [u for u in values if (u.person, u.lift) == (v.person, v.lift) and u.day < v.day]
    if len(own) < 2:
        return float("nan"), float("nan")
    old = [u for u in own if u.day <= v.day - 14]
    base = own[: max(2, len(old))]
    _, mean_day, level = middle(base, base[-1].day)
    growth = slope([u for u in values if u.person == v.person and u.day < v.day], v.day)
    weight, _, _ = middle(base, v.day)
    return level + growth * max(0.0, v.day - 14 - mean_day), weight


def history(seed: int, growth: float) -> list[Value]:
    rng = np.random.default_rng(seed)
    out = []
    for person in range(2):
        for lift in range(3):
            days = np.flatnonzero(rng.random(140) < (0.3, 0.05, 0.15)[lift])
            for day in days[: (40, 3, 20)[lift]]:
                out.append(Value(person, lift, int(day), 4.6 + growth * day / 700 + rng.normal(0, 0.02)))
    out.append(Value(1, 3, 60, 4.0))
    return out


@pytest.mark.parametrize(("seed", "growth"), [(1, 0.2), (2, 0.0), (3, 3.0), (4, -3.0)])
def test_a_lift_is_expected_at_its_level_of_a_fortnight_ago_carried_on(seed: int, growth: float) -> None:
    values = history(seed, growth)
    number = {key: i for i, key in enumerate(sorted({(v.person, v.lift) for v in values}))}
    found = expected(
        np.array([number[v.person, v.lift] for v in values]),
        np.array([v.person for v in values]),
        np.array([v.day for v in values]),
        np.array([v.ln_e for v in values]),
        140,
    )
    each = [slow(values, at) for at in range(len(values))]
    assert sum(np.isfinite(level) for level, _ in each) > 60
    np.testing.assert_allclose(found.ln_e, [level for level, _ in each], rtol=1e-10)
    np.testing.assert_allclose(found.weight, [weight for _, weight in each], rtol=1e-10)


def test_without_a_value_nothing_is_expected() -> None:
    none = np.zeros(0, dtype=np.int64)
    found = expected(none, none, none, np.zeros(0), 5)
    assert (len(found.ln_e), len(found.weight)) == (0, 0)


def test_values_of_one_day_apart_grow_by_the_prior_alone() -> None:
    """Two values say next to nothing of a slope: 0.1 % a week from day 0.5 on to a fortnight before day 100."""
    days = np.array([0, 1, 100])
    same = np.zeros(3, dtype=np.int64)
    found = expected(same, same, days, np.full(3, 4.0), 101)
    assert found.ln_e[2] == pytest.approx(4.0 + 0.1 / 700 * (100 - 14 - 0.5), abs=2e-5)
    assert np.isnan(found.ln_e[:2]).all()


@pytest.mark.parametrize("third", [16, 100])
def test_a_first_steep_rise_hardly_tells_of_growth(third: int) -> None:
    values = [Value(0, 0, 0, 4.0), Value(0, 0, 1, 4.1), Value(0, 0, third, 4.0)]
    same, days = np.zeros(3, dtype=np.int64), np.array([0, 1, third])
    found = expected(same, same, days, np.array([v.ln_e for v in values]), third + 1)
    assert found.ln_e[2] == pytest.approx(slow(values, 2)[0], rel=1e-12)
