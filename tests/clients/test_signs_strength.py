"""Strength decreasing over multiple sessions."""

from dataclasses import replace

import numpy as np
import pytest

from clients.signs.fold import look
from clients.signs.kinds import Episode, Level, Resolution, Sign
from tests.signs import FIRST, Diary, histories

WEEKDAYS = (0, 2, 4)


def sessions(first: int, last: int) -> list[int]:
    return [day for day in range(first, last) if day % 7 in WEEKDAYS]


def james(days: int = 130, *, seed: int = 2, noise: float = 0.02, **person: object) -> Diary:
    rng = np.random.default_rng(seed)
    diary = Diary(days=days, name="James", person=dict(person)).train(sessions(0, days))
    for day in diary.lifts:
        diary.lifts[day] = {lift: ln + rng.normal(0, noise) for lift, ln in diary.lifts[day].items()}
    return diary


def shifted(diary: Diary, days: list[int], percent: float, lifts: tuple[int, ...] = (1, 2, 3)) -> Diary:
    for day in days:
        for lift in lifts:
            diary.lifts[day][lift] += np.log1p(percent / 100)
    return diary


def episodes(diary: Diary) -> list[Episode]:
    return [e for e in look(histories(diary)).episodes if e.sign == Sign.STRENGTH_DECLINE]


def test_a_decline_across_lifts_is_found_with_its_size_and_its_start() -> None:
    (found,) = episodes(shifted(james(), sessions(105, 130), -7))
    assert abs(found.since - (FIRST + 105)) <= 5
    assert found.evidence["low"] < -7 < found.evidence["high"]
    assert "James' strength is down about" in found.says
    assert all(name in found.says for name in ("bench press", "cable row", "leg press"))
    assert found.says.endswith("alike; deload sets left out.")


def test_one_bad_session_is_no_decline() -> None:
    assert episodes(shifted(james(), [112], -10)) == []


def test_a_decline_under_one_and_a_half_percent_is_no_flag_however_certain() -> None:
    assert episodes(shifted(james(noise=0.001, seed=1), sessions(60, 130), -1.2)) == []


def test_a_declared_deload_is_left_out() -> None:
    deload = shifted(james(deloads=((FIRST + 105, FIRST + 118),)), sessions(105, 119), -15)
    assert episodes(deload) == []
    assert episodes(shifted(james(), sessions(105, 119), -15)), "the same without a deload phase is a decline"


def test_an_undeclared_deload_is_left_out() -> None:
    diary = shifted(james(), sessions(105, 119), -15)
    for day in sessions(105, 119):
        diary.load[day], diary.least_rir[day] = 0.9, 3.5
    assert episodes(diary) == []


@pytest.mark.parametrize(("load", "rir"), [(0.95, 3.5), (0.9, 3.0)])
def test_light_alone_or_easy_alone_is_no_deload(load: float, rir: float) -> None:
    diary = shifted(james(), sessions(105, 119), -15)
    for day in sessions(105, 119):
        diary.load[day], diary.least_rir[day] = load, rir
    assert episodes(diary)


def test_other_lifts_all_at_once_are_no_decline() -> None:
    diary = james()
    for day in sessions(100, 130):
        diary.lifts[day] = {lift + 3: ln - 0.5 for lift, ln in diary.lifts[day].items()}
    assert episodes(diary) == []


def test_the_first_two_sessions_after_a_long_break_are_no_measure() -> None:
    diary = james(150)
    for day in sessions(100, 121):
        del diary.lifts[day]
    back = sessions(121, 150)
    assert episodes(shifted(diary, back[:2], -12)) == []
    assert episodes(shifted(diary, back[2:5], -12)), "the third counts"


def test_lifts_of_an_injured_region_are_left_out() -> None:
    diary = shifted(james(), sessions(105, 130), -20, lifts=(3,))
    diary.left_out = {(day, 3) for day in sessions(105, 130)}
    assert episodes(diary) == []


def test_one_lift_that_carries_the_decline_is_named_and_stays_at_watch() -> None:
    diary = shifted(james(noise=0.004), sessions(100, 130), -11, lifts=(2,))
    shifted(diary, sessions(100, 130), -1, lifts=(1, 3))
    (found,) = episodes(diary)
    assert {step.level for step in found.steps} == {Level.WATCH}
    assert found.evidence["capped"] == "Mostly Cable row."
    assert "mostly in cable row" in found.says


def test_growth_does_not_hide_a_decline_and_a_plateau_is_none() -> None:
    growing = james(200)
    for day in growing.lifts:
        for lift in growing.lifts[day]:
            growing.lifts[day][lift] += 0.004 / 7 * min(day, 150)
    assert episodes(growing) == [], "strength that only stops growing"
    assert episodes(shifted(growing, sessions(178, 200), -7))


def test_who_is_strong_again_has_recovered() -> None:
    (found,) = episodes(shifted(james(190), sessions(105, 130), -7))
    assert found.resolution == Resolution.RECOVERED
    assert "James' strength is back" in found.says


def test_who_lifts_less_but_pulls_more_of_the_own_body_may_have_lost_weight() -> None:
    diary = shifted(james(noise=0.005), sessions(100, 130), -9, lifts=(1, 3))
    told = replace(
        histories(shifted(diary, sessions(100, 130), 4, lifts=(2,))), bodyweight_lifts=frozenset({2})
    )
    (found,) = [e for e in look(told).episodes if e.sign == Sign.STRENGTH_DECLINE]
    assert "it could be weight loss" in found.says
    assert {step.level for step in found.steps} == {Level.WATCH}, "explained, so no act"


def test_twice_a_week_is_enough_to_be_judged() -> None:
    diary = Diary(days=60).train([day for day in range(60) if day % 7 in (1, 4)])
    assert (100, Sign.STRENGTH_DECLINE) not in look(histories(diary)).unknown
