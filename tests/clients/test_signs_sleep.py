"""Sleep quality declining."""

import pytest

from clients.signs.fold import look
from clients.signs.kinds import Episode, Level, Resolution, Sign
from tests.signs import FIRST, Diary, histories


def episodes(diary: Diary) -> list[Episode]:
    return [e for e in look(histories(diary)).episodes if e.sign == Sign.SLEEP_DECLINE]


def levels(episode: Episode) -> list[Level]:
    return [step.level for step in episode.steps]


def test_worse_and_shorter_sleep_is_told_with_both() -> None:
    diary = Diary(days=100, name="James").answer(range(100))
    (found,) = episodes(diary.answer(range(82, 100), sleep_quality=2.5, sleep_hours=6.2))
    assert Level.ACT in levels(found)
    assert found.says.startswith("James rates sleep 2.")
    assert "usually 4.0, and sleeps 6." in found.says
    assert "hours instead of 7.2" in found.says


def test_shorter_nights_that_are_rated_as_usual_stay_at_watch() -> None:
    diary = Diary(days=100).answer(range(100), sleep_hours=8.5).answer(range(75, 100), sleep_hours=6.4)
    (found,) = episodes(diary)
    assert levels(found) == [Level.WATCH]
    assert found.evidence["capped"] == "The nights are shorter, but rated as usual."


def test_a_fortnight_under_six_hours_is_watched_whatever_is_usual() -> None:
    diary = Diary(days=40).answer(range(40), sleep_hours=5.5)
    (found,) = episodes(diary)
    assert found.opened == FIRST + 7, "on the eighth night"
    assert levels(found) == [Level.WATCH]


@pytest.mark.parametrize(("hours", "flags"), [(5.9, 1), (6.0, 0)])
def test_six_hours_themselves_are_not_under_six(hours: float, flags: int) -> None:
    assert len(episodes(Diary(days=40).answer(range(40), sleep_hours=hours))) == flags


def test_seven_short_nights_are_too_few() -> None:
    diary = Diary(days=40).answer(range(20), sleep_hours=float("nan"))
    assert episodes(diary.answer(range(20, 27), sleep_hours=5)) == []


def test_short_nights_recover_only_when_clearly_longer() -> None:
    short = Diary(days=70).answer(range(70), sleep_hours=5.5)
    assert episodes(short.answer(range(30, 70), sleep_hours=6.2))[0].closed is None
    long = Diary(days=80).answer(range(80), sleep_hours=5.5)
    assert episodes(long.answer(range(30, 80), sleep_hours=7.0))[0].resolution == Resolution.RECOVERED


def test_impossible_hours_are_unknown() -> None:
    diary = Diary(days=60).answer(range(60)).answer(range(40, 60), sleep_hours=17)
    assert episodes(diary) == []
