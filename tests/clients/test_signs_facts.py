"""What the fold reads of a history, and how answers become a day's value."""

from dataclasses import replace

import numpy as np
import pytest

from clients.signs.change import usual_of
from clients.signs.facts import facts_of
from clients.signs.fold import look
from clients.signs.grid import grid_of
from clients.signs.items import items_of
from clients.signs.kinds import Answer, Level, Resolution, Sign
from tests.signs import FIRST, PLAIN, Diary, histories
from tests.telling import episode

NAN = float("nan")


def test_nothing_after_a_persons_last_day_is_read() -> None:
    diary = Diary(days=30).answer(range(30)).train(range(0, 30, 2))
    diary.aches = {10: {"knee": 2}, 25: {"hip": 2}}
    told = histories(diary, diary)
    facts = facts_of(replace(told, people=(replace(told.people[0], until=FIRST + 20), told.people[1])))
    assert facts.until.tolist() == [20, 29]
    for name, last in (("checkins", 20), ("aches", 10), ("lifts", 20), ("training", 20)):
        rows = getattr(facts.histories, name)
        assert int(rows.day[rows.person == 0].max()) == FIRST + last, name
        assert int(rows.day[rows.person == 1].max()) == FIRST + {"checkins": 29, "aches": 25}.get(name, 28), (
            name
        )


def test_check_ins_and_aches_count_within_consent_and_lifts_always() -> None:
    diary = Diary(days=30, person={"consent": ((FIRST + 5, FIRST + 20), (FIRST + 25, None))})
    diary.answer(range(30)).train(range(0, 30, 2)).aches = {day: {"knee": 2} for day in (4, 5, 19, 20)}
    facts = facts_of(histories(diary))
    days = (facts.histories.checkins.day - FIRST).tolist()
    assert days == [*range(5, 20), *range(25, 30)]
    assert (facts.histories.aches.day - FIRST).tolist() == [5, 19]
    assert len(facts.histories.lifts.day) == 45
    assert np.flatnonzero(facts.agreed[:, 0]).tolist() == days


@pytest.mark.parametrize(
    ("hours", "counts"),
    [(0, 3), (2.9, 3), (3.1, 3.1), (12, 12), (12.1, 12), (16, 12), (16.1, NAN), (-0.1, NAN), (NAN, NAN)],
)
def test_a_night_counts_between_three_and_twelve_hours(hours: float, counts: float) -> None:
    told = histories(Diary(days=1).answer([0], sleep_hours=hours))
    items = items_of(told.checkins, grid_of(told))
    np.testing.assert_equal(float(items.values["sleep_hours"][0, 0]), float(counts))
    assert float(items.values["mood"][0, 0]) == PLAIN["mood"]


@pytest.mark.parametrize(("answered", "known"), [(("stress",), False), (("energy",), True), ((), False)])
def test_three_tenths_of_the_weights_make_a_day(answered: tuple[str, ...], known: bool) -> None:
    """Calm alone is 0.6 of 2.6: 23 in 100; energy is 38. Nobody's earlier answers: people's usual stands in."""
    diary = Diary(days=1, checkins={0: dict.fromkeys(answered, 2.0)})
    told = histories(diary)
    y = items_of(told.checkins, grid_of(told)).composite({"energy": 1.0, "mood": 1.0, "stress": 0.6})
    expected = (3.3 - 2) / 0.7 / 2.6 if known else NAN
    np.testing.assert_allclose(float(y[0, 0]), expected)


def test_what_is_usual_fades_and_counts_earlier_episodes_a_tenth() -> None:
    """Only of days before the episode and from the new start on; later episodes are not looked at."""
    rng = np.random.default_rng(1)
    x = rng.normal(4, 1, 100)
    x[rng.random(100) < 0.2] = np.nan
    earlier = episode(Sign.DREAD, 30, opened=33, closed=45, resolution=Resolution.RECOVERED)
    later = episode(Sign.DREAD, 50, opened=85, closed=90, resolution=Resolution.RECOVERED)
    record = episode(Sign.DREAD, 80, opened=84, usual_from=35)
    known = [day for day in range(35, 80) if np.isfinite(x[day])]
    w = np.array([0.5 ** ((80 - day) / 120) * (0.1 if day < 45 else 1) for day in known])
    mean = (w * x[known]).sum() / w.sum()
    spread = np.sqrt((10 * 0.7**2 + (w * (x[known] - mean) ** 2).sum()) / (10 + w.sum()))
    assert usual_of(x, [earlier, record, later], record, s0=0.7) == pytest.approx((mean, spread, w.sum()))
    nothing = usual_of(np.full(100, np.nan), [record], record, s0=0.7)
    np.testing.assert_equal(nothing, (NAN, 0.7, 0.0))


def test_one_person_without_consent_and_one_with_are_told_apart() -> None:
    """Consent ends what check-ins opened, strength goes on, and the other's flags stay."""

    def ailing() -> Diary:
        diary = Diary(days=120).answer(range(120)).train(range(0, 120, 2))
        return diary.answer(range(90, 120), energy=2, anticipation=2).train(range(96, 120, 2), change=-9)

    withdrawn = ailing()
    withdrawn.person["consent"] = ((1, FIRST + 110),)
    found = look(histories(ailing(), withdrawn)).episodes
    ended = {(e.key, e.sign): (e.closed, e.resolution) for e in found}
    gone = FIRST + 110, Resolution.NO_CONSENT
    assert ended == {
        (100, Sign.STRENGTH_DECLINE): (None, None),
        (100, Sign.FATIGUE_MOOD): (None, None),
        (100, Sign.DREAD): (None, None),
        (101, Sign.STRENGTH_DECLINE): (None, None),
        (101, Sign.FATIGUE_MOOD): gone,
        (101, Sign.DREAD): gone,
    }


def test_a_word_of_the_coach_is_about_one_sign_of_one_client() -> None:
    def ailing(**person: object) -> Diary:
        diary = Diary(days=95, person=dict(person)).answer(range(95))
        return diary.answer(range(80, 95), energy=2, mood=2, anticipation=2)

    word = Answer(sign=Sign.DREAD, day=FIRST + 92, kind="resolve")
    early = Answer(sign=Sign.FATIGUE_MOOD, day=FIRST + 30, kind="wrong_call")
    found = look(histories(ailing(), ailing(answers=(early, word)))).episodes
    ended = {(e.key, e.sign): e.resolution for e in found if e.opened < FIRST + 92}
    assert ended == {
        (100, Sign.FATIGUE_MOOD): None,
        (100, Sign.DREAD): None,
        (101, Sign.FATIGUE_MOOD): None,
        (101, Sign.DREAD): Resolution.BY_COACH,
    }


def test_daily_scores_and_levels_are_each_persons_own_to_the_last_day() -> None:
    low = Diary(days=100).answer(range(100)).answer(range(85, 100), energy=2, mood=2)
    outlook = look(histories(Diary(days=60).answer(range(60), energy=2, mood=2), low), daily=True)
    assert outlook.scores is not None
    assert outlook.levels is not None
    assert outlook.scores.shape == outlook.levels.shape == (2, 100, len(Sign))
    assert np.isnan(outlook.scores[0, 60:]).all()
    assert np.isfinite(outlook.scores[0, :60]).all()
    assert (outlook.levels[0, 60:] == 0).all()
    assert outlook.levels[0, 59].tolist() == [0, 1, 0, 0, 0], "a floor, open on the last day"
    assert outlook.levels[1, -1].tolist() == [0, 2, 0, 0, 0]
    exhausted = next(e for e in outlook.episodes if e.key == 100)
    assert (exhausted.closed, exhausted.evidence["judged"]) == (None, "2025-03-06")
    assert [step.level for step in exhausted.steps] == [Level.WATCH]
    plain = look(histories(low))
    assert (plain.scores, plain.levels) == (None, None)
