"""Levels and life of a flag: what a coach says, consent, sensitivity, several signs at once."""

from typing import Any

import pytest

from clients.signs.fold import look
from clients.signs.kinds import Answer, Episode, Level, Resolution, Sign
from tests.signs import FIRST, Diary, histories


def low(days: int = 120, begin: int = 80, **person: Any) -> Diary:
    diary = Diary(days=days, person=dict(person)).answer(range(days))
    return diary.answer(range(begin, days), energy=2, mood=3)


def episodes(diary: Diary, sign: Sign = Sign.FATIGUE_MOOD) -> list[Episode]:
    return [e for e in look(histories(diary)).episodes if e.sign == sign]


def answered(kind: str, day: int) -> dict[str, Any]:
    return {"answers": (Answer(sign=Sign.FATIGUE_MOOD, day=FIRST + day, kind=kind),)}


@pytest.mark.parametrize(
    ("kind", "resolution"), [("wrong_call", Resolution.WRONG_CALL), ("resolve", Resolution.BY_COACH)]
)
def test_a_coachs_word_closes_on_its_day(kind: str, resolution: Resolution) -> None:
    first = episodes(low(95, **answered(kind, 92)))[0]
    assert (first.closed, first.resolution) == (FIRST + 92, resolution)


def test_after_a_resolve_only_what_comes_later_opens_a_flag_again() -> None:
    first, second = episodes(low(110, **answered("resolve", 92)))[:2]
    assert second.since > FIRST + 92 == first.closed


def test_after_a_wrong_call_the_same_level_is_usual() -> None:
    assert len(episodes(low(160, **answered("wrong_call", 110)))) == 1
    assert len(episodes(low(160, **answered("resolve", 110)))) > 1


def test_a_wrong_call_silences_a_backstop_until_it_was_left_once() -> None:
    diary = Diary(days=120, person=answered("wrong_call", 20)).answer(range(120), energy=2, mood=2)
    assert len(episodes(diary)) == 1
    better = Diary(days=120, person=answered("wrong_call", 20)).answer(range(120), energy=2, mood=2)
    assert len(episodes(better.answer(range(40, 60), energy=3, mood=3))) == 2


def test_an_answer_to_a_sign_that_is_not_open_changes_nothing() -> None:
    assert episodes(low(100, **answered("resolve", 40))) == episodes(low(100))


def test_without_consent_check_ins_say_nothing_and_strength_goes_on() -> None:
    diary = low(consent=()).train(range(0, 120, 3)).train(range(90, 120, 3), change=-9)
    outlook = look(histories(diary))
    assert {e.sign for e in outlook.episodes} == {Sign.STRENGTH_DECLINE}
    assert outlook.unknown[100, Sign.FATIGUE_MOOD] == "There is no consent to keep health data."


def test_a_withdrawn_consent_closes_what_check_ins_had_opened() -> None:
    (found,) = episodes(low(consent=((1, FIRST + 100),)))
    assert (found.closed, found.resolution) == (FIRST + 100, Resolution.NO_CONSENT)


def test_a_coach_may_want_more_flags_or_fewer() -> None:
    def slipping(sensitivity: float) -> Diary:
        diary = Diary(days=120, person={"sensitivity": sensitivity}).answer(range(120))
        return diary.answer(range(80, 120), energy=3.2, mood=3.4)

    opened = [episodes(slipping(s))[0].opened for s in (-1, 0, 1)]
    assert opened == sorted(opened)
    assert opened[0] < opened[2]


def test_three_signs_at_once_are_an_act() -> None:
    def two_or_three(**third: float) -> Diary:
        diary = Diary(days=110).answer(range(110))
        return diary.answer(range(90, 110), energy=3.3, mood=3.3, sleep_quality=3.2, sleep_hours=6.8, **third)

    two, three = look(histories(two_or_three())), look(histories(two_or_three(anticipation=3.3)))
    assert len(three.episodes) == 3
    together = max(e.opened for e in three.episodes)
    for episode in three.episodes:
        assert episode.steps[-1].level == Level.ACT
        assert any(step.level == Level.ACT and step.day <= together for step in episode.steps)
    assert len(two.episodes) == 2


def test_a_watch_that_lasts_two_weeks_becomes_an_act() -> None:
    steps = [[(s.day - e.opened, s.level) for s in e.steps] for e in episodes(low(110, sensitivity=1))]
    assert steps[0][-1][1] == Level.ACT


def test_an_act_falls_back_to_watch_when_it_eases() -> None:
    diary = low(100).answer(range(85, 100), energy=2, mood=2)
    diary.days = 130
    diary.answer(range(100, 130), energy=4, mood=4)
    diary.answer(range(100, 130, 2), energy=3, mood=3)
    (found,) = episodes(diary)
    levels = [step.level for step in found.steps]
    assert Level.ACT in levels
    assert len(levels) == len({step.day for step in found.steps}), "one level a day"


def test_an_open_flag_is_looked_at_again_the_next_day() -> None:
    assert look(histories(low())).next_look == {100: FIRST + 120}


def test_a_quiet_client_is_looked_at_when_what_was_known_turns_unknown() -> None:
    plain = Diary(days=100).answer(range(100))
    (day,) = look(histories(plain)).next_look.values()
    assert day == FIRST + 95 + 14
    silent = Diary(days=day - FIRST + 1).answer(range(100))
    assert (100, Sign.DREAD) not in look(histories(Diary(days=day - FIRST).answer(range(100)))).unknown
    assert (100, Sign.DREAD) in look(histories(silent)).unknown


def test_what_is_missing_is_counted() -> None:
    unknown = look(histories(Diary(days=12).answer(range(10)))).unknown
    assert (
        unknown[100, Sign.FATIGUE_MOOD]
        == "7 more check-ins and we know what is usual for Sarah: from 2 February at the earliest."
    )
    assert (
        unknown[100, Sign.STRENGTH_DECLINE]
        == "8 more sessions with rated sets and we know what is usual for Sarah: from 7 February at the earliest."
    )


def test_daily_scores_are_none_before_and_levels_follow_the_steps() -> None:
    diary = low(110)
    outlook = look(histories(diary), daily=True)
    (found,) = outlook.episodes
    assert outlook.scores is not None
    assert outlook.levels is not None
    row = list(Sign).index(Sign.FATIGUE_MOOD)
    assert outlook.scores[0, found.opened - outlook.first_day, row] == found.steps[0].score
    assert outlook.levels[0, found.opened - outlook.first_day - 1, row] == 0
    assert outlook.levels[0, -1, row] == list(Level).index(found.steps[-1].level)
    assert outlook.scores[0, -1, row] == found.score
