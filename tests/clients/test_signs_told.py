"""What stands beside every sign: what else speaks for it, how it ended, and how it was told on its days."""

from typing import Any

import pytest

from clients.signs.fold import look
from clients.signs.kinds import Level, Resolution, Sign
from clients.signs.silence import NEVER
from tests.signs import FIRST, ITEMS, Diary, histories
from tests.telling import episode, iso, tell

DAYS, SINCE = 100, 85


def claire(**person: Any) -> Diary:
    diary = Diary(days=DAYS, name="Claire", person=person).answer(range(DAYS))
    return diary.answer(range(SINCE, DAYS), anticipation=2)


SAID = "Claire looks forward to training less: 2.0 since about 1 April, usually 4.0 (15 check-ins)."


def around(diary: Diary, also: tuple[Sign, ...] = ()) -> Any:
    return tell(histories(diary), episode(Sign.DREAD, SINCE), also=also)[1]["around"]


@pytest.mark.parametrize(
    ("also", "said"),
    [
        ((), []),
        ((Sign.FATIGUE_MOOD,), ["Also warned of: energy and mood."]),
        ((Sign.ACHES, Sign.STRENGTH_DECLINE), ["Also warned of: strength and aches."]),
        ((Sign.SLEEP_DECLINE, Sign.ACHES, Sign.FATIGUE_MOOD), ["Also warned of: energy and mood, aches and sleep."]),
    ],
)  # fmt: skip
def test_other_open_signs_are_named_in_the_articles_order(also: tuple[Sign, ...], said: list[str]) -> None:
    assert around(claire(), also) == said


def test_dread_is_named_beside_sleep() -> None:
    _, evidence = tell(histories(claire()), episode(Sign.SLEEP_DECLINE, SINCE), also=(Sign.DREAD,))
    assert evidence["around"] == ["Also warned of: looking forward to training."]


@pytest.mark.parametrize(
    ("costs", "said"),
    [(8, []), (9, ["22 % of rated sets went to failure in 28 days (limit 20 %)."]), (40, ["100 % of rated sets went to failure in 28 days (limit 20 %)."])],
)  # fmt: skip
def test_a_share_of_failure_above_the_limit_is_told(costs: int, said: list[str]) -> None:
    diary = claire()
    diary.sets = {day: {"costs": costs / 4, "rated": 10} for day in (72, 80, 90, 99)}
    assert around(diary) == said


def test_a_spike_of_load_is_told() -> None:
    diary = claire()
    diary.sets = {day: {"load": 300} for day in range(0, DAYS, 7)}
    assert around(diary) == []
    diary.sets[91]["load"] = 900
    assert around(diary) == ["A week's load was far above the usual week within the last 14 days."]


@pytest.mark.parametrize(("missed", "word"), [(1, None), (2, "Two"), (3, "Three"), (4, "Four")])
def test_missed_sessions_are_told_from_two_of_four_on(missed: int, word: str | None) -> None:
    planned = tuple((FIRST + 90 + i, i >= missed) for i in range(4))
    said = [] if word is None else [f"{word} of the last four planned sessions were missed."]
    assert around(claire(planned=planned)) == said


def test_only_the_last_four_planned_sessions_count_and_only_once_they_are_due() -> None:
    before = tuple((FIRST + day, False) for day in (60, 62, 64))
    done = tuple((FIRST + day, True) for day in (70, 72, 74, 76))
    late = ((FIRST + 97, False), (FIRST + 99, False))
    assert around(claire(planned=before)) == [], "fewer than four"
    assert around(claire(planned=before + done)) == []
    assert around(claire(planned=before + done + late)) == [
        "Two of the last four planned sessions were missed."
    ]
    assert around(claire(planned=before + done + late[:1] + ((FIRST + DAYS, False),))) == []


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (Resolution.NEW_BASELINE, f"{SAID} After 14 days this is taken as the new usual."),
        (Resolution.NO_CONSENT, f"{SAID} Closed: consent to keep health data was withdrawn."),
        (Resolution.WRONG_CALL, f"{SAID} The coach called it wrong."),
        (Resolution.BY_COACH, f"{SAID} Closed by the coach."),
        (Resolution.WITHDRAWN, SAID),
    ],
)
def test_how_an_episode_ended_is_said(why: Resolution, said: str) -> None:
    says, evidence = tell(histories(claire()), episode(Sign.DREAD, SINCE, closed=DAYS - 1, resolution=why))
    assert says == said
    assert evidence["judged"] == iso(DAYS - 1)


def test_a_reason_to_stay_at_watch_is_evidence() -> None:
    record = episode(Sign.DREAD, SINCE, capped="Mostly leg press.")
    assert tell(histories(claire()), record)[1]["capped"] == "Mostly leg press."


def test_a_nameless_client_is_the_client() -> None:
    diary = claire()
    diary.name = ""
    says, _ = tell(histories(diary), episode(Sign.DREAD, SINCE))
    assert says == SAID.replace("Claire", "The client")


def test_a_step_keeps_what_was_said_on_its_day_from_the_day_it_was_asked_for() -> None:
    """Later answers change what is said of the episode, not what was said."""

    def steps(says_from: int | None) -> list[tuple[int, Level, int | None, str]]:
        diary = claire(says_from=says_from)
        (found,) = [e for e in look(histories(diary)).episodes if e.sign == Sign.DREAD]
        return [(step.day, step.level, step.since, step.says) for step in found.steps]

    opened, risen = steps(FIRST)
    assert (opened[1], risen[1]) == (Level.WATCH, Level.ACT)
    for day, _, since, said in (opened, risen):
        diary = claire()
        diary.days = day - FIRST + 1
        diary.checkins = {at: row for at, row in diary.checkins.items() if at < diary.days}
        (then,) = [e for e in look(histories(diary)).episodes if e.sign == Sign.DREAD]
        assert (since, said) == (then.since, then.says)
    assert steps(risen[0]) == [(*opened[:2], None, ""), risen]
    assert steps(risen[0] + 1) == [(*opened[:2], None, ""), (*risen[:2], None, "")]
    assert steps(None) == steps(risen[0] + 1)


WHEN: tuple[dict[str, Any], ...] = (
    {},
    {"closed": 95, "resolution": Resolution.RECOVERED},
    {"floor": True, "frozen": NEVER},
    {"closed": 95, "resolution": Resolution.RECOVERED, "floor": True, "frozen": NEVER},
)


@pytest.mark.parametrize("sign", list(Sign))
@pytest.mark.parametrize("about", WHEN)
def test_what_is_told_of_a_day_rests_on_that_day_and_those_before(sign: Sign, about: dict[str, Any]) -> None:
    """Everything changes on the next day: answers, aches, lifts, load and what was planned."""
    if "frozen" in about and sign in (Sign.STRENGTH_DECLINE, Sign.DREAD, Sign.ACHES):
        about = {**about, "frozen": SINCE - 1, "floor": sign == Sign.ACHES}
    planned = tuple((FIRST + day, day < 94) for day in (80, 90, 94, 95, 96, 97))

    def told_by(days: int) -> tuple[str, dict[str, Any]]:
        diary = Diary(
            days=days, name="Claire", person={"planned": tuple(p for p in planned if p[0] < FIRST + days)}
        )
        for day in range(days):
            worse = 2.0 if day > 95 else 3.0 if day >= SINCE else 4.0
            items = dict.fromkeys(ITEMS[1:], worse + 0.1 * (day % 3))
            diary.answer([day], **items, sleep_hours=worse + 2)
            diary.aches[day] = {"knee": worse} if day <= 95 else {"knee": 6.0, "hip": 6.0, "neck": 6.0}
            diary.sets[day] = {"load": 900 if day > 95 else 300, "costs": 9 if day > 95 else 1}
        sessions = {day: {1: 4.0 - worse_of(day), 2: 4.2 - worse_of(day)} for day in range(days)}
        return tell(histories(diary), episode(sign, SINCE, **about), sessions=sessions, last=95)

    def worse_of(day: int) -> float:
        return -8.0 if day > 95 else 0.0 if day >= SINCE else 3.9

    assert told_by(DAYS) == told_by(96)
