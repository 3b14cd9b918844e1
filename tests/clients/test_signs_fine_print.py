"""Rules that only show at their edges: each is a sentence of the method."""

import numpy as np
import pytest

from clients.signs.aches import ache_days
from clients.signs.facts import ROW, facts_of
from clients.signs.fold import look
from clients.signs.forward import Forward
from clients.signs.grid import grid_of
from clients.signs.items import ITEMS, items_of
from clients.signs.judged import ACT_MORE, WATCH
from clients.signs.kinds import Level, Resolution, Sign
from clients.signs.life import LONG_DAYS, SCANS
from clients.signs.series import HALF_LIFE, KAPPA
from tests.signs import FIRST, Diary, histories

FATIGUE = ROW[Sign.FATIGUE_MOOD]


def test_a_question_left_out_takes_the_persons_own_usual_answer() -> None:
    diary = Diary(days=40).answer(range(40), energy=2, mood=4, stress=3)
    del diary.checkins[39]["energy"]
    told = histories(diary)
    items = items_of(told.checkins, grid_of(told))
    weight = sum(0.5 ** (age / HALF_LIFE) for age in range(39))
    usual = (2 * weight + KAPPA * ITEMS["energy"][0]) / (weight + KAPPA)
    assert items.usual["energy"][39, 0] == pytest.approx(usual)
    each = {"energy": usual, "mood": 4.0, "stress": 3.0}
    weights = {"energy": 1.0, "mood": 1.0, "stress": 0.6}
    y = -sum(weights[i] * (each[i] - ITEMS[i][0]) / ITEMS[i][1] for i in weights) / sum(weights.values())
    assert items.composite(weights)[39, 0] == pytest.approx(y)


def test_a_check_in_that_leaves_most_questions_out_is_none() -> None:
    diary = Diary(days=3).answer(range(3))
    diary.checkins[2] = {"stress": 2}
    told = histories(diary)
    weights = {"energy": 1.0, "mood": 1.0, "stress": 0.6}
    y = items_of(told.checkins, grid_of(told)).composite(weights)[:, 0]
    assert np.isfinite(y).tolist() == [True, True, False]


def test_an_ache_before_its_injury_counts_until_the_injury_is_known_and_is_taken_back_then() -> None:
    diary = Diary(days=20, person={"injuries": (("knee", FIRST + 12, None),)}).answer(range(20))
    diary.aches = {10: {"knee": 4}, 11: {"knee": 4}}
    told = histories(diary)
    aches = ache_days(told, grid_of(told))
    assert {day: n for day, n in enumerate(aches.events[:, 0]) if n} == {10: 1.0, 12: -1.0}
    assert {day: n for day, n in enumerate(aches.burden[:, 0]) if n} == {10: 4.0, 11: 4.0, 12: -8.0}
    assert aches.same[11, 0] == 2
    assert aches.same[12, 0] == 0


def test_a_flag_closes_on_the_third_day_in_a_row_that_is_as_usual() -> None:
    diary = Diary(days=140).answer(range(140)).answer(range(80, 105), energy=2.4, mood=2.8)
    forward = Forward(facts_of(histories(diary)))
    calm = []
    for t in range(140):
        before = int(forward.life.calm[FATIGUE, 0])
        was_open = forward.life.level[FATIGUE, 0] > 0
        forward.day(t)
        if was_open and forward.life.level[FATIGUE, 0] == 0:
            calm.append(before)
    assert calm == [SCANS - 1] == [2]


def test_aches_before_a_long_silence_do_not_add_to_those_after_it() -> None:
    def marcus(silent: bool) -> Diary:
        days = [day for day in range(125) if not (silent and 104 <= day < 119)]
        diary = Diary(days=125, name="Marcus").answer(days)
        for day, region in ((101, "hip"), (103, "elbow"), (119, "neck"), (121, "knee")):
            diary.aches[day] = {region: 3}
        return diary

    def flags(diary: Diary) -> int:
        return sum(e.sign == Sign.ACHES for e in look(histories(diary)).episodes)

    assert (flags(marcus(silent=False)), flags(marcus(silent=True))) == (1, 0)


def test_a_watch_of_a_fortnight_is_an_act_though_its_score_is_not() -> None:
    diary = Diary(days=130).answer(range(130)).answer(range(80, 130), energy=3.6, mood=3.8)
    (found,) = [e for e in look(histories(diary)).episodes if e.sign == Sign.FATIGUE_MOOD]
    watch, act = found.steps[:2]
    assert (watch.level, act.level) == (Level.WATCH, Level.ACT)
    assert act.day - watch.day == LONG_DAYS == 14
    assert act.score < WATCH[Sign.FATIGUE_MOOD] + ACT_MORE


def test_an_open_flag_of_ten_weeks_is_the_new_usual_and_says_so() -> None:
    diary = Diary(days=200).answer(range(200)).answer(range(80, 200), energy=3, mood=3)
    (found,) = [e for e in look(histories(diary)).episodes if e.sign == Sign.FATIGUE_MOOD]
    assert found.resolution == Resolution.NEW_BASELINE
    assert found.closed is not None
    assert found.closed - found.opened == 70
    assert "taken as the new usual" in found.says
