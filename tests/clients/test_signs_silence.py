"""When somebody was first heard of, and since when without a long silence."""

import numpy as np
import pytest

from clients.signs.silence import NEVER, first_heard, heard_again


def heard(days: int, *on: int) -> np.ndarray:
    out = np.zeros((days, 1), dtype=bool)
    out[list(on)] = True
    return out


def test_the_first_day_is_the_earliest_and_never_for_who_said_nothing() -> None:
    assert first_heard(np.hstack([heard(9, 3, 5), heard(9)])).tolist() == [3, NEVER]


@pytest.mark.parametrize(("silent", "again"), [(14, -NEVER), (15, 18)])
def test_more_than_a_fortnight_of_silence_starts_anew(silent: int, again: int) -> None:
    since = heard_again(heard(30, 1, 3, 3 + silent))[:, 0]
    assert since[: 3 + silent].tolist() == [-NEVER] * (3 + silent)
    assert set(since[3 + silent :].tolist()) == {again}


def test_the_first_word_ends_no_silence() -> None:
    assert set(heard_again(heard(60, 40, 41))[:, 0].tolist()) == {-NEVER}


def test_of_two_returns_the_last_counts() -> None:
    assert heard_again(heard(60, 0, 20, 40))[[19, 20, 39, 40, 59], 0].tolist() == [-NEVER, 20, 20, 40, 40]
