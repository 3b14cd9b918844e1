"""What is not a sign: explained in the evidence, or silent, never a flag by itself."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from clients.signs.fold import look
from clients.signs.kinds import Episode, Level, Sign
from tests.signs import FIRST, ITEMS, PLAIN, Diary, histories

DAYS = 150
WEEKDAYS = (0, 2, 4)
SPREAD = 0.6


def trained(first: int, last: int) -> list[int]:
    return [day for day in range(first, last) if day % 7 in WEEKDAYS]


def believable(seed: int = 5, days: int = DAYS, **person: Any) -> Diary:
    """Answers that vary as people's do, three sessions a week with two percent of noise."""
    rng = np.random.default_rng(seed)
    diary = Diary(days=days, person=dict(person)).train(trained(0, days))
    for day in range(days):
        diary.answer([day], **{item: word(PLAIN[item] - 0.4 + SPREAD * rng.normal()) for item in ITEMS[1:]})
        diary.answer([day], sleep_hours=7.2 + 0.7 * rng.normal())
    for day in diary.lifts:
        diary.lifts[day] = {lift: ln + rng.normal(0, 0.02) for lift, ln in diary.lifts[day].items()}
    return diary


def word(x: float) -> float:
    return float(np.clip(round(x), 1, 5))


def without(diary: Diary, days: Sequence[int]) -> Diary:
    for day in days:
        diary.checkins.pop(day, None)
        diary.lifts.pop(day, None)
    return diary


def lower(diary: Diary, days: Sequence[int], by: float, items: Sequence[str] = ITEMS[1:]) -> Diary:
    for day in days:
        for item in items:
            diary.checkins[day][item] = word(diary.checkins[day][item] - by)
    return diary


def flags(*diaries: Diary) -> list[tuple[Sign, int]]:
    return [(e.sign, e.opened - FIRST) for e in look(histories(*diaries)).episodes]


def strength(diary: Diary) -> list[Episode]:
    return [e for e in look(histories(diary)).episodes if e.sign == Sign.STRENGTH_DECLINE]


SEEDS = (5, 6, 7)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_ordinary_life_has_no_flag(seed: int) -> None:
    assert flags(believable(seed)) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_planned_deload_is_no_sign(seed: int) -> None:
    diary = believable(seed, deloads=((FIRST + 98, FIRST + 104),))
    for day in trained(98, 105):
        diary.lifts[day] = {lift: ln - 0.15 for lift, ln in diary.lifts[day].items()}
    assert flags(diary) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_changed_exercise_is_no_sign(seed: int) -> None:
    diary = believable(seed)
    for day in trained(90, DAYS):
        diary.lifts[day] = {lift + 10: ln - 0.4 for lift, ln in diary.lifts[day].items()}
    assert flags(diary) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_three_week_holiday_is_no_sign(seed: int) -> None:
    away = without(believable(seed), range(90, 111))
    for day in trained(111, 116):  # two sessions to get going again
        away.lifts[day] = {lift: ln - 0.06 for lift, ln in away.lifts[day].items()}
    assert flags(away) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_cold_of_three_days_is_no_sign(seed: int) -> None:
    assert flags(lower(believable(seed), range(100, 103), 1)) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_week_without_check_ins_is_no_sign(seed: int) -> None:
    diary = believable(seed)
    for day in range(100, 107):
        del diary.checkins[day]
    assert flags(diary) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_known_injury_explains_its_aches_and_its_lifts(seed: int) -> None:
    diary = believable(seed, injuries=(("knee", FIRST + 95, FIRST + 125),))
    for day in range(95, 126):
        diary.aches[day] = {"knee": 3 + day % 3}
    for day in trained(95, 140):
        diary.lifts[day][3] -= 0.2
        diary.left_out.add((day, 3))
    assert flags(diary) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_another_use_of_the_scale_in_the_first_fortnight_is_no_sign(seed: int) -> None:
    diary = believable(seed)
    for day in range(12):
        diary.answer([day], **dict.fromkeys(ITEMS[1:], 5))
    assert flags(diary) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_lighter_body_is_explained_and_no_act(seed: int) -> None:
    """Six percent of body mass over three months: half of it off the loaded lifts, the own body lighter by as much."""
    diary = believable(seed)
    for day in trained(60, DAYS):
        lost = 0.06 * (day - 60) / 90
        diary.lifts[day][1] -= lost / 2
        diary.lifts[day][3] -= lost / 2
        diary.lifts[day][2] += lost
    told = replace(histories(diary), bodyweight_lifts=frozenset({2}))
    for e in look(told).episodes:
        assert e.sign == Sign.STRENGTH_DECLINE
        assert "it could be weight loss" in e.says
        assert {step.level for step in e.steps} == {Level.WATCH}


def test_a_single_1_among_4s_is_no_sign() -> None:
    diary = Diary(days=DAYS).answer(range(DAYS))
    diary.answer([100], **dict.fromkeys(ITEMS[1:], 1), sleep_hours=3)
    assert flags(diary) == []


def test_who_never_varies_and_then_drops_is_flagged() -> None:
    diary = Diary(days=DAYS).answer(range(DAYS), **dict.fromkeys(ITEMS[1:], 3))
    diary.answer(range(100, 110), energy=2, mood=2, stress=2)
    assert Sign.FATIGUE_MOOD in {sign for sign, _ in flags(diary)}


def test_a_slow_slide_over_eight_weeks_is_flagged_before_its_end() -> None:
    rng = np.random.default_rng(3)
    diary = Diary(days=140)
    for day in range(140):
        fall = 2 * SPREAD * np.clip((day - 84) / 56, 0, 1)
        x = {item: word(4 - fall + SPREAD * rng.normal()) for item in ("energy", "mood", "stress")}
        diary.answer([day], **x)
    assert [sign for sign, _ in flags(diary)] == [Sign.FATIGUE_MOOD]
