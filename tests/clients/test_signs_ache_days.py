"""Which ache is an event, what it adds up to, and what an injury explains."""

import numpy as np
import pytest

from clients.signs.aches import REGIONS, AcheDays, ache_days
from clients.signs.grid import grid_of
from clients.signs.kinds import FloatArray
from tests.signs import FIRST, Diary, histories

Injuries = tuple[tuple[str, int, int | None], ...]


def days(
    aches: dict[int, dict[str, float]],
    *,
    until: int = 30,
    missing: tuple[int, ...] = (),
    injuries: Injuries = (),
) -> AcheDays:
    known = tuple((region, FIRST + a, None if b is None else FIRST + b) for region, a, b in injuries)
    diary = Diary(days=until, aches=aches, person={"injuries": known})
    told = histories(diary.answer([day for day in range(until) if day not in missing]))
    return ache_days(told, grid_of(told))


def of(values: FloatArray) -> dict[int, float]:
    return {day: float(x) for day, x in enumerate(values[:, 0]) if x}


def test_a_check_in_tells_of_itself_and_of_three_silent_days_at_most() -> None:
    found = days({}, until=12, missing=(2, 5, 6, 7, 8))
    assert found.checked[:, 0].tolist() == [1, 1, 0, 1, 1, 0, 0, 0, 0, 1, 1, 1]
    assert found.seen[:, 0].tolist() == [1, 1, 0, 2, 1, 0, 0, 0, 0, 4, 1, 1]


def test_an_ache_of_the_first_check_in_is_not_known_to_be_new() -> None:
    assert of(days({0: {"knee": 3}}).events) == {}
    assert of(days({1: {"knee": 3}}).events) == {1: 1.0}


@pytest.mark.parametrize(("again", "events"), [(12, {8: 1.0}), (11, {8: 1.0}), (13, {8: 1.0, 13: 1.0})])
def test_what_is_absent_from_three_check_ins_begins_anew(again: int, events: dict[int, float]) -> None:
    """Absent from the check-ins of days 9, 11 and 12 it is new on day 13; day 10 told nothing."""
    assert of(days({8: {"knee": 3}, again: {"knee": 3}}, missing=(10,)).events) == events


@pytest.mark.parametrize(("severity", "events"), [(4.9, {8: 1.0}), (5, {8: 1.0, 9: 1.0})])
def test_what_hurts_more_by_two_is_new(severity: float, events: dict[int, float]) -> None:
    assert of(days({8: {"knee": 3}, 9: {"knee": severity}}).events) == events


def test_each_region_begins_by_itself_and_two_a_day_count() -> None:
    found = days({8: {"knee": 3}, 9: {"knee": 3, "hip": 3}, 20: {"neck": 1, "foot": 2, "wrist": 3}})
    assert of(found.events) == {8: 1.0, 9: 1.0, 20: 2.0}
    assert of(found.burden) == {8: 3.0, 9: 6.0, 20: 6.0}
    assert found.event.tolist() == [True, True, False, True, True, True]
    assert [REGIONS[r].value for r in found.region] == ["knee", "hip", "knee", "foot", "neck", "wrist"]


def test_a_severity_counts_from_one_to_six_and_a_day_ten() -> None:
    found = days({8: {"knee": 0.5}, 10: {"knee": 9}, 12: {"hip": 6, "neck": 6}})
    assert of(found.burden) == {10: 6.0, 12: 10.0}
    assert of(found.events) == {10: 1.0, 12: 2.0}
    assert found.severity.tolist() == [9, 6, 6]


def test_an_ache_without_its_check_in_counts_for_nothing() -> None:
    found = days({8: {"knee": 3}}, missing=(8,))
    assert of(found.events) == of(found.burden) == of(found.same) == {}


def test_the_same_ache_is_the_one_that_comes_most_often_in_a_fortnight() -> None:
    found = days({5: {"knee": 3, "hip": 1}, 6: {"knee": 3}, 9: {"hip": 2}, 10: {"hip": 2}})
    same = found.same[:, 0]
    assert same[[4, 5, 6, 9, 10, 18, 19, 22, 23, 24]].tolist() == [0, 1, 2, 2, 3, 3, 2, 2, 1, 0]


@pytest.mark.parametrize(("resolved", "explained"), [(None, True), (16, True), (15, False)])
def test_an_injury_explains_its_region_until_two_weeks_after_it_healed(
    resolved: int | None, explained: bool
) -> None:
    found = days({30: {"knee": 3}}, until=40, injuries=(("knee", 10, resolved),))
    assert of(found.events) == ({} if explained else {30: 1.0})


@pytest.mark.parametrize(("day", "taken_back"), [(7, True), (6, False), (9, True)])
def test_an_injury_explains_three_days_before_it_once_it_is_known(day: int, taken_back: bool) -> None:
    found = days({day: {"knee": 3}}, injuries=(("knee", 10, None),))
    assert of(found.events) == ({day: 1.0, 10: -1.0} if taken_back else {day: 1.0})
    assert of(found.burden) == ({day: 3.0, 10: -3.0} if taken_back else {day: 3.0})
    assert found.explained.tolist() == ([10] if taken_back else [np.iinfo(np.int64).max // 2])


def test_what_is_taken_back_is_what_had_counted() -> None:
    """Three new on a day count as two: without the knee they still do, so the knee takes nothing back.
    Of a burden of ten, six and three leave nine."""
    found = days({8: {"knee": 5, "hip": 6, "neck": 3}, 9: {"knee": 5}}, injuries=(("knee", 10, None),))
    assert of(found.events) == {8: 2.0}
    assert of(found.burden) == {8: 10.0, 9: 5.0, 10: -6.0}


def test_an_injury_takes_back_in_one_region_and_in_one_person() -> None:
    injured = Diary(
        days=20, aches={8: {"knee": 3, "hip": 2}}, person={"injuries": (("knee", FIRST + 10, None),)}
    )
    sound = Diary(days=20, aches={8: {"knee": 3}})
    told = histories(sound.answer(range(20)), injured.answer(range(20)))
    found = ache_days(told, grid_of(told))
    assert of(found.events) == {8: 1.0}
    assert of(found.events[:, 1:]) == {8: 2.0, 10: -1.0}
    assert of(found.same[:, 1:])[8] == of(found.same[:, 1:])[12] == 1.0


@pytest.mark.parametrize("onset", [-20, 0])
def test_an_injury_from_before_the_history_explains_from_the_first_day(onset: int) -> None:
    found = days({0: {"knee": 3}, 9: {"knee": 3}}, injuries=(("knee", onset, None),))
    assert of(found.events) == of(found.burden) == {}
    healed = days({0: {"knee": 3}, 9: {"knee": 3}}, injuries=(("knee", -60, -50),))
    assert of(healed.burden) == {0: 3.0, 9: 3.0}


def test_the_first_of_two_injuries_explains() -> None:
    found = days({8: {"knee": 3}}, injuries=(("knee", 11, None), ("knee", 9, None), ("knee", 10, None)))
    assert of(found.events) == {8: 1.0, 9: -1.0}


def test_an_injury_of_a_muscle_alone_explains_no_region() -> None:
    assert of(days({8: {"knee": 3}}, injuries=(("", 5, None),)).events) == {8: 1.0}
