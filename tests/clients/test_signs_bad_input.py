"""Slips of the finger, odd answers, very long and very full histories: no exception, no flag from a slip."""

import pytest

from clients.signs.fold import look
from clients.signs.kinds import Sign
from tests.clients.test_signs_no_sign import DAYS, believable, flags, trained
from tests.signs import FIRST, ITEMS, Diary, histories


def test_one_check_in_is_unknown_and_nothing_else() -> None:
    outlook = look(histories(Diary(days=1).answer([0], **dict.fromkeys(ITEMS[1:], 1), sleep_hours=3)))
    assert outlook.episodes == ()
    assert len(outlook.unknown) == len(Sign)


def test_a_year_of_3s_is_no_sign() -> None:
    assert flags(Diary(days=365).answer(range(365), **dict.fromkeys(ITEMS[1:], 3))) == []


def test_answers_that_jump_between_the_ends_are_no_sign() -> None:
    diary = Diary(days=365)
    for day in range(365):
        diary.answer([day], **dict.fromkeys(ITEMS[1:], 1 + 4 * (day % 2)))
    assert flags(diary) == []


@pytest.mark.parametrize("hours", [0, 24, 16.5, -1])
def test_impossible_nights_are_no_sign(hours: float) -> None:
    diary = believable()
    for day in (100, 103, 105):
        diary.answer([day], sleep_hours=hours)
    assert flags(diary) == []


def test_nights_of_24_hours_are_unknown() -> None:
    diary = Diary(days=40).answer(range(40))
    for day in range(40):
        diary.checkins[day] = {"sleep_hours": 24}
    assert (100, Sign.SLEEP_DECLINE) in look(histories(diary)).unknown


def test_ten_years_are_judged_like_one() -> None:
    long = believable(days=3650)
    found = look(histories(long))
    assert len(found.episodes) <= 10 * 1.6
    assert not found.unknown


def test_a_day_with_three_thousand_sets_is_no_sign() -> None:
    diary = believable()
    diary.sets[trained(100, 103)[0]] = {"costs": 600, "rated": 3000, "hard": 3000, "load": 9000}
    assert flags(diary) == []


def test_a_night_of_no_hours_is_as_good_as_three() -> None:
    def sleepless(hours: float) -> Diary:
        diary = Diary(days=DAYS).answer(range(DAYS))
        return diary.answer(range(100, 125), sleep_hours=hours, sleep_quality=2)

    nought, three = (look(histories(sleepless(hours))).episodes for hours in (0, 3))
    assert [(e.sign, e.opened, e.since) for e in nought] == [(e.sign, e.opened, e.since) for e in three]
    assert nought[0].opened >= FIRST + 100
