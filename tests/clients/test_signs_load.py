"""Failure sets and spikes of load, against a slow reading of their definition, one day at a time."""

import math
from statistics import median

import numpy as np
import pytest

from clients.signs.context import context
from clients.signs.grid import grid_of
from tests.signs import Diary, histories

DAYS = 150


def diary(seed: int, *, unrated: float) -> Diary:
    """Sessions on most second days, some without an RPE, with weeks of much more and of nothing."""
    rng = np.random.default_rng(seed)
    out = Diary(days=DAYS).answer([0])
    for day in range(5, DAYS):
        if rng.random() < 0.45 and not 60 <= day < 68:
            much = 1.7 if day % 40 < 7 else 1.0
            load = math.nan if rng.random() < unrated else float(round(much * rng.normal(300, 40)))
            hard, rated = int(rng.integers(6, 14) * much), int(rng.integers(0, 6))
            out.sets[day] = {
                "load": load, "hard": hard, "rated": rated,
                "costs": min(rated, int(rng.integers(0, 3))), "unrated": int(rng.integers(0, 5)),
            }  # fmt: skip
    return out


def week(sets: dict[int, dict[str, float]], of: str, last: int) -> float:
    """NaN where a session of the week lacks the number."""
    return math.fsum(sets[day][of] for day in range(last - 6, last + 1) if day in sets)


def far_above(sets: dict[int, dict[str, float]], of: str, day: int) -> bool:
    began = min(sets)
    earlier = [week(sets, of, day - 7 * n) for n in range(1, 9) if day - 7 * n - 6 >= began]
    known = [load for load in earlier if not math.isnan(load)]
    now = week(sets, of, day)
    if len(known) < 4 or math.isnan(now):
        return False
    middle = median(known)
    spread = max(1.4826 * median(abs(load - middle) for load in known), 0.15 * middle)
    return middle > 0 and now >= 1.3 * middle and now >= middle + 2 * spread


def spiked(sets: dict[int, dict[str, float]], day: int) -> bool:
    """In load, or in hard sets where more than a fifth of the sessions of nine weeks lack their RPE."""
    nine = [sets[at]["load"] for at in range(day - 62, day + 1) if at in sets]
    return far_above(sets, "hard" if sum(map(math.isnan, nine)) > 0.2 * len(nine) else "load", day)


def share(sets: dict[int, dict[str, float]], day: int) -> float:
    """Of the rated sets of 28 days; at least 8 of them, and 60 in 100 of all that could be rated."""
    days = [sets[at] for at in range(day - 27, day + 1) if at in sets]
    costs, rated, unrated = (sum(s[name] for s in days) for name in ("costs", "rated", "unrated"))
    return costs / rated if rated >= 8 and rated >= 0.6 * (rated + unrated) else math.nan


@pytest.mark.parametrize(("seed", "unrated"), [(1, 0.0), (2, 0.15), (3, 0.25), (4, 0.03), (5, 0.2)])
def test_the_load_around_a_sign_is_what_its_definition_says(seed: int, unrated: float) -> None:
    one, other = diary(seed, unrated=unrated), diary(seed + 10, unrated=0.1)
    told = histories(one, other)
    found = context(told, grid_of(told))
    for person, who in enumerate((one, other)):
        spikes = [spiked(who.sets, day) for day in range(DAYS)]
        remembered = [any(spikes[max(0, day - 13) : day + 1]) for day in range(DAYS)]
        assert found.spike[:, person].tolist() == remembered
        np.testing.assert_allclose(found.share[:, person], [share(who.sets, day) for day in range(DAYS)])


def test_the_readings_above_meet_all_cases() -> None:
    every = [diary(seed, unrated=unrated).sets for seed, unrated in ((1, 0.0), (2, 0.15), (3, 0.25))]
    assert {spiked(sets, day) for sets in every for day in range(DAYS)} == {True, False}
    assert {math.isnan(share(sets, day)) for sets in every for day in range(DAYS)} == {True, False}
