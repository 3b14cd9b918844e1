"""Many lifts and days at once come to what each comes to alone."""

import random

import numpy as np
import pytest

from programs.lift_arrays import ENDED, SetColumns, lift_days
from programs.lift_day import MOST_COUNT, LoggedSet, lift_day

LIFTS = ((False, 0), (True, 100), (True, 64), (True, 0))


def a_set(chance: random.Random) -> LoggedSet:
    ended = chance.choice(ENDED)
    reps = chance.choice([None, 1, 2, 5, 8, 8, 10, 11, 12, 15, 16, 30])
    return LoggedSet(
        chance.choice([None, -90_000, -71_000, 0, 20_000, 60_000, 60_000, 62_500, 100_000]),
        chance.choice([reps, 0]) if ended not in ("", "target") else reps,
        chance.choice([None, None, 0, 1, 2, 4, 5, 6, 7, 8, 9, 20]),
        ended,
        False,
        chance.choice([None, 0, 4, 8, 9]),
    )


def columns(days: list[tuple[tuple[bool, int], list[LoggedSet]]]) -> SetColumns:
    rows = [(n, lift, one) for n, (lift, sets) in enumerate(days) for one in sets]
    random.Random(3).shuffle(rows)

    def known(values: list[int | None]) -> "np.typing.NDArray[np.float64]":
        return np.array(values, dtype=np.float64)

    return SetColumns(
        day_of=np.array([n for n, _, _ in rows]),
        weight_g=known([one.weight_g for _, _, one in rows]),
        reps=known([one.reps for _, _, one in rows]),
        rir2=known([one.rir_halves for _, _, one in rows]),
        ended=np.array([ENDED.index(one.ended) for _, _, one in rows]),
        prescribed_rir2=known([one.prescribed_rir_halves for _, _, one in rows]),
        bodyweight=np.array([lift[0] for _, lift, _ in rows]),
        body_mass_percent=np.array([lift[1] for _, lift, _ in rows]),
    )


@pytest.mark.parametrize("seed", range(5))
def test_every_column_is_that_of_the_day_alone(seed: int) -> None:
    chance = random.Random(seed)
    days = [(chance.choice(LIFTS), [a_set(chance) for _ in range(chance.randint(1, 7))]) for _ in range(400)]
    found = lift_days(columns(days), len(days)).T.tolist()
    for (lift, sets), row in zip(days, found, strict=True):
        alone = lift_day(sets, bodyweight=lift[0], body_mass_percent=lift[1])
        assert alone is not None
        assert tuple(None if value != value else int(value) for value in row) == tuple(alone)


def test_more_sets_than_a_column_counts_are_as_many_as_it_holds() -> None:
    sets = [LoggedSet(100_000, 5, 0, "target")] * (MOST_COUNT + 1)
    alone = lift_day(sets)
    assert alone is not None
    assert alone.working == alone.failure == alone.hard == MOST_COUNT
    assert lift_days(columns([(LIFTS[0], sets)]), 1)[:, 0].tolist()[:2] == [MOST_COUNT, MOST_COUNT]
