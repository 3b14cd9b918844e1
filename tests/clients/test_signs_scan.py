"""The scan against a slow reading of its definition (SCIENCE 2 and 3.2), one person and one day at a time."""

import math
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import pytest

from clients.signs.series import (
    CLIP,
    HALF_LIFE,
    INSIDE,
    KAPPA,
    LEARNING,
    LEARNING_DAYS,
    LOOKBACKS,
    NU,
    PAD,
    PERSISTENT,
    Kind,
    Series,
)
from clients.signs.silence import NEVER

KIND = Kind(s0=0.8)
SESSIONS = Kind(
    s0=2.2, kappa=60.0, vif=1.15, n_min=3, floor=3.0, first=14, learns=False, recent_n=3, recent_days=21
)


class Usual(NamedTuple):
    mean: float
    sd: float
    weight: float
    days: float  # decayed number


def slow_usual(y: list[float], kind: Kind) -> tuple[list[Usual], list[float]]:
    """The baseline at the end of each day, and each day's clipped value."""
    usual, clipped = [], []
    mean, sd, taken = 0.0, kind.s0, []
    for t, value in enumerate(y):
        value = min(max(value, mean - CLIP * sd), mean + CLIP * sd) if math.isfinite(value) else math.nan
        clipped.append(value)
        taken += [(t, value)] if math.isfinite(value) else []
        aged = [0.5 ** ((t - day) / HALF_LIFE) for day, _ in taken]
        learning = [kind.learns and day < taken[0][0] + LEARNING_DAYS for day, _ in taken]
        weights = [w * (LEARNING if early else 1.0) for w, early in zip(aged, learning, strict=True)]
        total = sum(weights)
        mean = sum(w * v for w, (_, v) in zip(weights, taken, strict=True)) / (total + kind.kappa)
        spread = (
            sum(w * v * (v - 2 * mean) for w, (_, v) in zip(weights, taken, strict=True)) + mean**2 * total
        )
        sd = math.sqrt((NU * kind.s0**2 + max(spread, 0)) / (NU + total))
        usual.append(Usual(mean, sd, total, sum(aged)))
    return usual, clipped


# days that the look-backs of a week and more stand for: half the way to each neighbour
STANDS_FOR = {7: 1, 8: 1.5, 10: 2, 12: 2, 14: 2.5, 17: 3.5, 21: 4, 25: 4.5, 30: 5.5, 36: 6, 42: 6}


class Found(NamedTuple):
    z: float
    onset: int
    odds: float


def slow_scan(t: int, y: list[float], kind: Kind) -> Found | None:
    usual, clipped = slow_usual(y, kind)
    seen = [day for day in range(t + 1) if math.isfinite(y[day])]
    if sum(day > t - kind.recent_days for day in seen) < kind.recent_n:
        return None
    gaps = [b for a, b in zip(seen, seen[1:], strict=False) if b - a > 14]
    best, strongest, factors = None, None, 0.0
    for lookback in LOOKBACKS:
        onset = t - lookback + 1
        values = [v for v in clipped[max(onset, 0) : t + 1] if math.isfinite(v)]
        if onset < seen[0] + kind.first or any(onset < gap for gap in gaps) or len(values) < kind.n_min:
            continue
        before = usual[onset - 1]
        if before.days < kind.floor:
            continue
        d = (sum(values) / len(values) - before.mean) / before.sd
        variance = kind.vif / len(values) + kind.vif / (before.weight + kind.kappa)
        z = d / math.sqrt(variance)
        if best is None or z > best[0]:
            best = z, onset
        if lookback >= LOOKBACKS[PERSISTENT]:
            strongest = z if strongest is None else max(z, strongest)
            with_shift = NormalDist(1.5, math.sqrt(variance + 0.6**2)).pdf(max(d, 0))
            factors += (
                STANDS_FOR[int(lookback)] * with_shift / NormalDist(0, math.sqrt(variance)).pdf(max(d, 0))
            )
    if best is None or strongest is None:
        return None
    return Found(strongest, best[1], math.log(factors / sum(STANDS_FOR.values())))


def answers(seed: int, days: int, coverage: float) -> list[float]:
    rng = np.random.default_rng(seed)
    y = rng.normal(0, 0.8, days)
    y[days // 2 : days // 2 + 20] += rng.uniform(0, 2)
    y[rng.random(days) > coverage] = np.nan
    start = rng.integers(20, days - 30)
    y[start : start + rng.integers(0, 25)] = np.nan  # a holiday
    return [float(v) for v in y]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("kind", "coverage"), [(KIND, 0.8), (SESSIONS, 0.4)])
def test_the_scan_finds_what_its_definition_finds(seed: int, kind: Kind, coverage: float) -> None:
    y = answers(seed, 110, coverage)
    series = Series(np.array(y)[:, None, None], (kind,))
    free, never = np.full((1, 1), -NEVER), np.full((1, 1), NEVER)
    found = 0
    for t in range(len(y)):
        series.add(t, np.ones((1, 1)))
        shift, slow = series.scan(t, free, never), slow_scan(t, y, kind)
        assert shift.known[0, 0] == (slow is not None)
        if slow is not None:
            found += 1
            assert shift.z[0, 0] == pytest.approx(slow.z)
            assert shift.onset[0, 0] == slow.onset
            assert shift.odds[0, 0] == pytest.approx(slow.odds)
    assert found > 10


def test_while_frozen_the_usual_does_not_move() -> None:
    y = np.array([0.0, 0.5] * 20 + [1.5] * 40)
    series = Series(y[:, None, None], (KIND,))
    for t in range(40):
        series.add(t, np.ones((1, 1)))
    usual = series.usual(39, 0, 0)
    for t in range(40, 80):
        series.add(t, np.ones((1, 1)))
    free, frozen = np.full((1, 1), -NEVER), np.full((1, 1), 39)
    shift = series.scan(79, free, frozen)
    n = 79 - shift.onset[0, 0] + 1
    now = series.total[79 + PAD, 0, 0] - series.total[79 + PAD - n, 0, 0]
    assert shift.d[0, 0] == pytest.approx((now / n - usual[0]) / usual[1])


def test_days_inside_a_flag_count_a_tenth() -> None:
    y = np.array([0.0, 0.5] * 20 + [0.9] * 10)
    series = Series(y[:, None, None], (KIND,))
    for t in range(50):
        series.add(t, np.ones((1, 1)))
    before, full = series.usual(39, 0, 0), series.usual(49, 0, 0)
    series.discount(49, 0, 0, 40)
    decayed = before[2] * 0.5 ** (10 / HALF_LIFE)
    assert series.usual(49, 0, 0)[2] == pytest.approx(decayed + INSIDE * (full[2] - decayed))
    assert before[0] < series.usual(49, 0, 0)[0] < full[0]
    ages = np.arange(49, -1, -1)
    tenth = np.where(ages < 10, INSIDE, 1.0) * 0.5 ** (ages / HALF_LIFE)
    assert series.days[49 + PAD, 0, 0] == pytest.approx(tenth.sum())


def test_a_new_normal_rests_on_the_last_four_weeks() -> None:
    y = np.array([0.0] * 60 + [1.5] * 40)
    series = Series(y[:, None, None], (KIND,))
    for t in range(100):
        series.add(t, np.ones((1, 1)))
    series.restart(99, 0, 0)
    mean, _, weight = series.usual(99, 0, 0)
    assert weight == pytest.approx(sum(0.5 ** (age / HALF_LIFE) for age in range(28)))
    assert mean == pytest.approx(1.5 * weight / (weight + KAPPA))
    assert series.days[99 + PAD, 0, 0] == pytest.approx(weight)


def test_a_new_normal_in_the_first_weeks_rests_on_all_there_is() -> None:
    series = Series(np.ones((10, 1, 1)), (KIND,))
    for t in range(10):
        series.add(t, np.ones((1, 1)))
    series.restart(9, 0, 0)
    assert series.usual(9, 0, 0)[2] == pytest.approx(sum(0.5 ** (age / HALF_LIFE) for age in range(10)))


def test_of_equal_candidates_the_shortest_wins() -> None:
    series = Series(np.zeros((60, 1, 1)), (KIND,))
    for t in range(60):
        series.add(t, np.ones((1, 1)))
    shift = series.scan(59, np.full((1, 1), -NEVER), np.full((1, 1), NEVER))
    assert shift.z[0, 0] == 0
    assert shift.onset[0, 0] == 59 - LOOKBACKS[0] + 1
