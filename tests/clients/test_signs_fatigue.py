"""Persistent fatigue or mood changes."""

import numpy as np
import pytest

from clients.signs.fold import look
from clients.signs.kinds import Episode, Level, Resolution, Sign
from tests.signs import FIRST, Diary, histories


def episodes(*diaries: Diary) -> list[Episode]:
    return [e for e in look(histories(*diaries)).episodes if e.sign == Sign.FATIGUE_MOOD]


def noisy(days: int, *, seed: int = 1, ramp: np.ndarray | None = None, **means: float) -> Diary:
    """Answers that vary as people's do."""
    rng = np.random.default_rng(seed)
    diary = Diary(days=days)
    for day in range(days):
        down = 0.0 if ramp is None else ramp[day]
        values = {
            item: float(np.clip(round(means.get(item, 3.6) - 0.65 * down + rng.normal(0, 0.65)), 1, 5))
            for item in ("energy", "mood", "stress")
        }
        diary.answer([day], **values)
    return diary


def test_who_always_answers_three_and_drops_to_two_for_ten_days_is_flagged() -> None:
    diary = (
        Diary(days=90).answer(range(90), energy=3, mood=3, stress=3).answer(range(80, 90), energy=2, mood=2)
    )
    (found,) = episodes(diary)
    assert FIRST + 80 <= found.opened <= FIRST + 89
    assert abs(found.since - (FIRST + 80)) <= 2
    assert found.closed is None


def test_who_always_answers_three_is_never_flagged() -> None:
    assert episodes(Diary(days=400).answer(range(400), energy=3, mood=3, stress=3)) == []


@pytest.mark.parametrize("seed", range(4))
def test_a_slow_decline_of_two_deviations_over_eight_weeks_is_flagged_before_its_end(seed: int) -> None:
    ramp = np.concatenate([np.zeros(80), np.linspace(0, 2, 56)])
    found = [e for e in episodes(noisy(136, seed=seed, ramp=ramp)) if e.opened >= FIRST + 80]
    assert found
    assert found[0].opened < FIRST + 135


def test_a_single_one_among_fours_is_no_warning() -> None:
    diary = Diary(days=120).answer(range(120)).answer([60], energy=1, mood=1, stress=1)
    assert episodes(diary) == []


def test_three_weeks_away_are_no_warning() -> None:
    diary = Diary(days=150).answer(range(80)).answer(range(101, 150))
    assert look(histories(diary)).episodes == ()


def test_no_shift_is_followed_across_two_weeks_of_silence() -> None:
    """Two low days before the holiday and two after it are not four in a row."""
    diary = Diary(days=100).answer(range(72)).answer([70, 71], energy=2, mood=2)
    diary.answer(range(90, 93), energy=2, mood=2)
    diary.days = 93
    assert episodes(diary) == []


def test_a_sign_recovers_once_the_answers_are_back_for_three_days_in_a_row() -> None:
    diary = Diary(days=140).answer(range(140)).answer(range(80, 100), energy=3, mood=3)
    (found,) = episodes(diary)
    assert found.resolution == Resolution.RECOVERED
    assert found.closed is not None
    assert FIRST + 102 <= found.closed <= FIRST + 112
    assert "is back at 4.0, usual 4.0 (last 8 check-ins)" in found.says


def test_ups_and_downs_of_a_bad_month_are_one_flag() -> None:
    diary = noisy(150, seed=5, ramp=np.where((np.arange(150) >= 80) & (np.arange(150) < 110), 1.8, 0.0))
    found = [e for e in episodes(diary) if e.opened >= FIRST + 80]
    assert len(found) == 1


def test_who_is_exhausted_from_the_first_day_is_watched_without_any_usual() -> None:
    diary = Diary(days=30, name="Nina").answer(range(30), energy=2, mood=2)
    (found,) = episodes(diary)
    assert found.opened == FIRST + 7, "on the eighth check-in"
    assert [step.level for step in found.steps] == [Level.WATCH]
    assert found.evidence["usual"] is None
    assert found.says.startswith("Nina's energy and mood have averaged 2.0 over the last two weeks")


def test_exhaustion_never_becomes_the_new_normal() -> None:
    (found,) = episodes(Diary(days=200).answer(range(200), energy=2, mood=2))
    assert found.closed is None


def test_a_backstop_recovers_when_energy_is_clearly_back() -> None:
    diary = Diary(days=70).answer(range(70), energy=2, mood=2).answer(range(30, 70), energy=4, mood=3)
    (found,) = episodes(diary)
    assert found.resolution == Resolution.RECOVERED


def test_a_mean_of_two_is_under_the_backstop_and_a_tenth_more_is_not() -> None:
    assert episodes(Diary(days=20).answer(range(20), energy=2, mood=2))
    assert episodes(Diary(days=20).answer(range(20), energy=2, mood=2.2)) == []


def test_a_new_level_that_lasts_ten_weeks_is_the_new_normal() -> None:
    diary = Diary(days=220).answer(range(220)).answer(range(80, 220), energy=3, mood=3, stress=3)
    (found,) = episodes(diary)
    assert found.resolution == Resolution.NEW_BASELINE
    assert found.closed == found.opened + 70
    assert "taken as the new usual" in found.says


def test_what_was_low_first_is_told_first_and_what_held_is_told_too() -> None:
    diary = Diary(days=100).answer(range(100)).answer(range(85, 100), energy=2, mood=3)
    del diary.checkins[90], diary.checkins[91]
    (found,) = episodes(diary)
    assert found.says.startswith("Sarah's energy has averaged 2.")
    assert "usual is 4.0" in found.says
    assert "Mood fell from 4.0 to 3." in found.says
    assert "calm and freshness are as usual" in found.says
    assert found.evidence["missing_days"] == 2
    assert found.evidence["low"] < found.evidence["change"] < found.evidence["high"] < 0
    assert found.evidence["series"][-1] == ["2025-04-15", 2.0]
    assert len(found.evidence["series"]) == 88


def test_soreness_alone_is_no_fatigue() -> None:
    assert episodes(Diary(days=100).answer(range(100)).answer(range(80, 100), soreness=1)) == []
