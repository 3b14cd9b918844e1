"""The floor under energy, mood and sleep: a fortnight's mean, whatever is usual."""

import numpy as np
import pytest

from clients.signs.backstop import Backstop, backstop

NAN = float("nan")


def floor(*answers: list[float], strict: bool = False, surely: float = 0.0) -> Backstop:
    columns = [np.array(x, dtype=float)[:, None] for x in answers]
    return backstop(columns, lowest=2.0, back=2.25, strict=strict, surely=surely)


def low(*answers: list[float], strict: bool = False, surely: float = 0.0) -> bool:
    return bool(floor(*answers, strict=strict, surely=surely).low[-1, 0])


@pytest.mark.parametrize(
    ("mean", "at", "under"), [(2.0, True, False), (2.01, False, False), (1.99, True, True)]
)
def test_at_the_line_counts_unless_it_must_be_under_it(mean: float, at: bool, under: bool) -> None:
    assert low([mean] * 10) == at
    assert low([mean] * 10, strict=True) == under


def test_a_mean_at_the_line_is_at_it_whatever_the_last_bit_of_a_float_says() -> None:
    """A first answer that is gone again leaves its rounding in the running sum, either way."""
    assert low([5.3, *[2.1, 1.9] * 7])
    assert not low([5.3, *[1.9, 2.1] * 7], strict=True)


@pytest.mark.parametrize(("answers", "flagged"), [(8, True), (7, False)])
def test_eight_answers_in_a_fortnight_are_enough(answers: int, flagged: bool) -> None:
    said = [1.0, NAN] * 6 + [1.0] * 2
    assert sum(np.isfinite(said)) == 8
    assert low(said if answers == 8 else [NAN, *said[1:]]) == flagged
    assert not low([1.0] * 7 + [NAN] * 8), "the first is a fortnight and a day ago"
    assert low([1.0] * 8 + [NAN] * 6)


@pytest.mark.parametrize(("mean", "answers", "back"), [(2.25, 5, True), (2.24, 5, False), (3, 4, False)])
def test_back_is_a_quarter_above_the_line_on_five_answers(mean: float, answers: int, back: bool) -> None:
    found = floor([NAN] * 9 + [mean] * answers)
    assert bool(found.back[-1, 0]) == back


def test_a_day_is_the_mean_of_what_was_answered_on_it() -> None:
    """Energy 1 and mood 2 are 1.5; mood alone is itself. Each day weighs alike."""
    found = floor([1.0, NAN, NAN, 1.0], [2.0, 3.0, NAN, NAN])
    assert found.mean[:, 0].tolist() == pytest.approx([1.5, 2.25, 2.25, (1.5 + 3 + 1) / 3])
    assert np.isnan(floor([NAN, 2.0]).mean[:, 0]).tolist() == [True, False]


def test_the_mean_is_of_fourteen_days() -> None:
    assert floor([9.0] + [1.0] * 14).mean[-2:, 0].tolist() == pytest.approx([(9 + 13) / 14, 1.0])


@pytest.mark.parametrize(("line", "flagged"), [(1.02, True), (0.98, False)])
def test_nights_that_differ_must_be_surely_under_the_line(line: float, flagged: bool) -> None:
    """Half below, half above by a half: 14 nights, of which 1.4 say what one does, so ten; 2.33 × 0.5 / √10."""
    margin = 2.33 * 0.5 / np.sqrt(10)
    nights = [2 - line * margin + (0.5 if day % 2 else -0.5) for day in range(14)]
    assert low(nights, strict=True, surely=2.33) == flagged
    assert low(nights, strict=True)
