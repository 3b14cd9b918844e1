"""What cannot be judged yet says what it needs, and when time alone may change an answer."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from clients.signs.fold import look
from clients.signs.kinds import Histories, Sign
from tests.signs import FIRST, Diary, histories

CHECKED = (Sign.FATIGUE_MOOD, Sign.ACHES, Sign.DREAD, Sign.SLEEP_DECLINE)


def unknown(diary: Diary, key: int = 100) -> dict[Sign, str]:
    return {sign: said for (who, sign), said in look(histories(diary)).unknown.items() if who == key}


def words(day: int) -> str:
    return f"{date.fromordinal(FIRST + day):%-d %B}"


def checked(days: int, *spans: range, **person: Any) -> Diary:
    diary = Diary(days=days, person=dict(person))
    for span in spans:
        diary.answer(span)
    return diary


def usual(day: int, name: str = "Sarah") -> str:
    return f"we know what is usual for {name}: from {words(day)} at the earliest."


def test_missing_check_ins_are_counted_against_the_faded_ones() -> None:
    """Sixteen are needed; ten of two to eleven days ago are 9.6. The first shift may start on day 21 and
    be a week old on day 27; one of aches on day 14 and on day 20."""
    said = unknown(checked(12, range(10)))
    for sign in CHECKED:
        first = 20 if sign == Sign.ACHES else 27
        assert said[sign] == f"7 more check-ins and {usual(first)}"


def test_ten_check_ins_more_are_ten_days_more() -> None:
    """Two of 28 and 29 days ago are 1.7 of sixteen: fifteen more, from the day after day 29 on."""
    for sign, said in unknown(checked(30, range(2))).items():
        if sign != Sign.STRENGTH_DECLINE:
            assert said == f"15 more check-ins and {usual(29 + 15)}"


def test_where_five_in_a_fortnight_are_more_than_what_is_missing_they_are_said() -> None:
    """Seventeen of 15 to 31 days ago are 14.9 of sixteen, but none is of the last fortnight."""
    for sign, said in unknown(checked(32, range(17))).items():
        if sign != Sign.STRENGTH_DECLINE:
            assert said == f"5 more check-ins and {usual(31 + 5)}"


def test_missing_sessions_come_every_other_day_and_a_first_one_needs_two_before_it() -> None:
    """3 + 3 and the two that make a lift's level; the first value of the next day + 14 + 6."""
    said = unknown(checked(12, range(10)))[Sign.STRENGTH_DECLINE]
    assert said == f"8 more sessions with rated sets and {usual(12 + 14 + 6)}"
    later = unknown(Diary(days=31).train([0, 7, 14]))[Sign.STRENGTH_DECLINE]
    assert later == f"6 more sessions with rated sets and {usual(30 + 6 * 2)}", "one of 16 days ago is 0.9"
    soon = unknown(Diary(days=20).train(range(0, 20, 2)))[Sign.STRENGTH_DECLINE]
    assert soon == f"A few more days of sessions and {usual(4 + 14 + 6)}"


@pytest.mark.parametrize(("sign", "first"), [(Sign.FATIGUE_MOOD, 27), (Sign.DREAD, 27), (Sign.SLEEP_DECLINE, 27), (Sign.ACHES, 20)])  # fmt: skip
def test_the_earliest_day_is_the_day_on_which_the_sign_can_be_judged(sign: Sign, first: int) -> None:
    before = unknown(checked(first, range(first)))
    assert before[sign] == f"A few more days of check-ins and {usual(first)}"
    assert sign not in unknown(checked(first + 1, range(first + 1)))


def test_the_earliest_day_of_strength_is_the_day_on_which_it_can_be_judged() -> None:
    assert Sign.STRENGTH_DECLINE in unknown(Diary(days=24).train(range(0, 24, 2)))
    assert Sign.STRENGTH_DECLINE not in unknown(Diary(days=25).train(range(0, 25, 2)))


def test_after_a_silence_the_next_day_is_the_earliest() -> None:
    for sign in CHECKED:
        said = unknown(checked(86, range(60), range(80, 86)))[sign]
        assert said == f"A few more days of check-ins and {usual(86)}"
        assert sign not in unknown(checked(87, range(60), range(80, 87)))


def test_a_long_silence_is_said_with_its_last_day() -> None:
    said = unknown(checked(100, range(60)).train(range(0, 70, 2)))
    for sign in CHECKED:
        assert said[sign] == "Too long ago: 5 check-ins in 14 days are needed, the last was on 6 March."
    assert said[Sign.STRENGTH_DECLINE] == (
        "Too long ago: 3 sessions in 21 days are needed, the last was on 15 March."
    )


@pytest.mark.parametrize(("day", "known"), [(86, True), (85, False)])
def test_the_fifth_last_check_in_may_be_thirteen_days_old(day: int, known: bool) -> None:
    recent = checked(100, range(80), range(day, day + 1), range(96, 100))
    assert (Sign.DREAD not in unknown(recent)) == known


def test_a_client_without_a_name_and_one_without_consent_are_told_so() -> None:
    nameless = Diary(days=30, name="").answer(range(2))
    assert unknown(nameless)[Sign.DREAD] == f"15 more check-ins and {usual(44, 'The client')}"
    withdrawn = checked(60, range(60), consent=((1, FIRST + 59),))
    assert set(unknown(withdrawn).values()) > {"There is no consent to keep health data."}
    until = checked(59, range(59), consent=((1, FIRST + 59),))
    assert Sign.DREAD not in unknown(until)


def test_an_open_sign_is_not_unknown() -> None:
    assert Sign.FATIGUE_MOOD in unknown(checked(10, range(10)))
    exhausted = Diary(days=10).answer(range(10), energy=2, mood=2)
    assert Sign.FATIGUE_MOOD not in unknown(exhausted)
    assert look(histories(exhausted)).next_look == {100: FIRST + 10}


def two(first: Diary, second: Diary) -> Histories:
    return histories(first, second)


def test_each_client_is_told_of_the_own_days() -> None:
    outlook = look(two(checked(100, range(60)), Diary(days=50, name="James").answer(range(2))))
    assert outlook.unknown[100, Sign.DREAD].startswith("Too long ago")
    assert outlook.unknown[101, Sign.DREAD] == f"15 more check-ins and {usual(49 + 15, 'James')}"
    assert outlook.next_look == {100: None, 101: None}


def test_the_next_look_is_the_first_day_on_which_anything_turns_unknown() -> None:
    """Sessions of days 80, 82 and 84 are three in 21 days until day 100; check-ins reach further."""
    diary = checked(100, range(100)).train(range(0, 86, 2))
    assert look(histories(diary)).next_look == {100: FIRST + 101}
    diary.days = 101
    assert Sign.STRENGTH_DECLINE not in unknown(diary)
    diary.days = 102
    assert Sign.STRENGTH_DECLINE in unknown(diary)


def test_aches_are_asked_about_in_every_check_in() -> None:
    """Answers left out leave the aches known: five of a fortnight, the fifth last on day 95."""
    diary = Diary(days=100, checkins={day: {} for day in range(100)})
    said = unknown(diary)
    assert Sign.ACHES not in said
    assert said[Sign.DREAD] == f"16 more check-ins and {usual(100 + 27)}"
    assert look(histories(diary)).next_look == {100: FIRST + 95 + 14}


def test_someone_who_may_be_judged_to_an_earlier_day_is_judged_to_that() -> None:
    told = histories(checked(100, range(100)))
    until = replace(told, people=(replace(told.people[0], until=FIRST + 19),))
    assert look(until).unknown[100, Sign.ACHES] == f"A few more days of check-ins and {usual(20)}"
