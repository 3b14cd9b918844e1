"""How fatigue, dread and worse sleep are told: the sentence, and every number of the evidence."""

from typing import Any

import numpy as np
import pytest

from clients.signs.items import ITEMS
from clients.signs.judged import Record
from clients.signs.kinds import Resolution, Sign
from clients.signs.silence import NEVER
from tests.signs import PLAIN, Diary, histories
from tests.telling import episode, iso, tell

DAYS, SINCE = 100, 85
ABOUT = "since about 1 April"


def fallen(name: str = "Sarah", days: int = DAYS, missing: tuple[int, ...] = (), **items: float) -> Diary:
    """The plain answers until day 85, other ones from then on."""
    diary = Diary(days=days, name=name).answer(range(days)).answer(range(SINCE, days), **items)
    for day in missing:
        del diary.checkins[day]
    return diary


def told(diary: Diary, sign: Sign, **about: Any) -> tuple[str, dict[str, Any]]:
    return tell(histories(diary), episode(sign, SINCE, **about))


def half_of(item: str, n: int, usual: list[float]) -> tuple[float, float, float]:
    """Mean and spread of the earlier answers, a half-life of 120 days; half of the 90 % interval of `n` answers."""
    x = np.array(usual)
    w = 0.5 ** (np.arange(len(x), 0, -1) / 120)
    mean = float((w * x).sum() / w.sum())
    spread = float(np.sqrt((10 * ITEMS[item][1] ** 2 + (w * (x - mean) ** 2).sum()) / (10 + w.sum())))
    return mean, spread, 1.645 * spread * float(np.sqrt(1.6 / n + 1.6 / (w.sum() + 3)))


def detail(item: str, words: str, n: int, now: float, usual: list[float]) -> dict[str, Any]:
    mean, _, half = half_of(item, n, usual)
    return {
        "name": item,
        "words": words,
        "usual": round(mean, 2),
        "now": round(now, 2),
        "change": round(now - mean, 2),
        "low": round(now - mean - half, 2),
        "high": round(now - mean + half, 2),
        "observations": n,
    }


def test_fatigue_is_told_with_every_number() -> None:
    diary = fallen(missing=(90, 91), energy=2, mood=3.4)
    energies = [4.0 if day % 3 else 3.0 for day in range(SINCE)]
    for day in range(SINCE):
        diary.checkins[day]["energy"] = energies[day]
    diary.checkins[99]["energy"] = 3
    says, evidence = told(diary, Sign.FATIGUE_MOOD)
    usual, spread, half = half_of("energy", 13, energies)
    now = (12 * 2 + 3) / 13
    fours = [4.0] * SINCE
    assert says == (
        f"Sarah's energy has averaged 2.1 {ABOUT} (13 check-ins, 2 days missing); usual is 3.7. "
        "Mood fell from 4.0 to 3.4; calm and freshness are as usual."
    )
    assert evidence == {
        "since": iso(SINCE),
        "judged": iso(DAYS - 1),
        "series_days": 90,
        "capped": "",
        "around": [],
        "item": "energy",
        "unit": "1 to 5, 5 is good",
        "usual": round(usual, 2),
        "band": [round(usual - spread, 2), round(usual + spread, 2)],
        "now": round(now, 2),
        "change": round(now - usual, 2),
        "low": round(now - usual - half, 2),
        "high": round(now - usual + half, 2),
        "observations": 13,
        "missing_days": 2,
        "missing": ["2 days without a check-in."],
        "series": [
            [iso(day), energies[day] if day < SINCE else 3.0 if day == 99 else 2.0]
            for day in range(10, DAYS)
            if day not in (90, 91)
        ],
        "details": [
            detail("energy", "energy", 13, now, energies),
            detail("mood", "mood", 13, 3.4, fours),
            detail("stress", "calm", 13, 4, fours),
            detail("soreness", "freshness", 13, 4, fours),
        ],
        "goes_away": (
            "It goes away once energy is back near 3.7 over the last ten days, "
            "with at least three check-ins, three days in a row."
        ),
    }


@pytest.mark.parametrize(
    ("items", "lead", "rest"),
    [
        ({"energy": 3, "mood": 3, "stress": 3}, "mood", "Energy fell from 4.0 to 3.0; calm fell from 4.0 to 3.0; freshness is as usual."),
        ({"mood": 3}, "mood", "Energy, calm and freshness are as usual."),
        ({"stress": 2}, "calm", "Energy, mood and freshness are as usual."),
        ({"energy": 3, "stress": 2}, "calm", "Energy fell from 4.0 to 3.0; mood and freshness are as usual."),
        ({"energy": 3, "stress": 3}, "energy", "Calm fell from 4.0 to 3.0; mood and freshness are as usual."),
        ({"energy": 2, "mood": 4.4, "soreness": 3.6}, "energy", "Freshness fell from 4.0 to 3.6; mood rose from 4.0 to 4.4; calm is as usual."),
        ({"energy": 2, "mood": 4.2, "soreness": 3.8}, "energy", "Mood, calm and freshness are as usual."),
        ({"energy": 2, "mood": 5, "stress": 5, "soreness": 5}, "energy", "Mood rose from 4.0 to 5.0; calm rose from 4.0 to 5.0; freshness rose from 4.0 to 5.0."),
        ({"energy": 3, "soreness": 1}, "energy", "Freshness fell from 4.0 to 1.0; mood and calm are as usual."),
    ],
)  # fmt: skip
def test_what_fell_most_is_told_first_and_all_else_beside_it(
    items: dict[str, Any], lead: str, rest: str
) -> None:
    """In standard deviations by the item's weight, to a tenth, energy first of equals: energy −1 is 1.43
    and mood −1 is 1.54; calm weighs 0.6, so −2 of it is 1.71. From 0.3 on an answer has moved."""
    says, evidence = told(fallen(**items), Sign.FATIGUE_MOOD)
    now = items[{"calm": "stress"}.get(lead, lead)]
    assert says == f"Sarah's {lead} has averaged {now:.1f} {ABOUT} (15 check-ins); usual is 4.0. {rest}"
    assert evidence["missing"] == []
    assert evidence["missing_days"] == 0


def test_dread_is_told_in_one_question() -> None:
    says, evidence = told(fallen("Claire", missing=(99,), anticipation=2), Sign.DREAD)
    assert says == (
        f"Claire looks forward to training less: 2.0 {ABOUT}, usually 4.0 (14 check-ins, 1 day missing)."
    )
    assert evidence["item"] == "anticipation"
    assert evidence["missing"] == ["1 day without a check-in."]
    assert evidence["details"] == [
        detail("anticipation", "looking forward to training", 14, 2, [4.0] * SINCE)
    ]
    assert evidence["goes_away"].startswith(
        "It goes away once looking forward to training is back near 4.0 over"
    )


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ({"sleep_quality": 2.5, "sleep_hours": 6.2}, f"rates sleep 2.5 {ABOUT}, usually 4.0, and sleeps 6.2 hours instead of 7.2"),
        ({"sleep_quality": 2.5}, f"rates sleep 2.5 {ABOUT}, usually 4.0, and sleeps 7.2 hours against a usual 7.2"),
        ({"sleep_quality": 2.5, "sleep_hours": 7.3}, f"rates sleep 2.5 {ABOUT}, usually 4.0, and sleeps 7.3 hours against a usual 7.2"),
        ({"sleep_quality": 2.5, "sleep_hours": 7.31}, f"rates sleep 2.5 {ABOUT}, usually 4.0, and sleeps 7.3 hours instead of 7.2"),
        ({"sleep_quality": 2.5, "sleep_hours": float("nan")}, f"rates sleep 2.5 {ABOUT}, usually 4.0"),
        ({"sleep_quality": float("nan"), "sleep_hours": 5.2}, f"sleeps 5.2 hours {ABOUT} instead of 7.2"),
    ],
)  # fmt: skip
def test_sleep_is_told_in_quality_and_hours(items: dict[str, Any], said: str) -> None:
    """A tenth of an hour is no other night: 7.3 against a usual 7.2."""
    diary = fallen("James", missing=(98,), **items)
    if items.get("sleep_hours") == 7.3:
        diary.answer([day for day in diary.checkins if day >= SINCE], sleep_hours=7.29)
    says, evidence = told(diary, Sign.SLEEP_DECLINE)
    assert says == f"James {said} (14 nights, 1 day missing)."
    rated = np.isfinite(items["sleep_quality"])
    assert evidence["item"] == ("sleep_quality" if rated else "sleep_hours")
    assert evidence["unit"] == ("1 to 5, 5 is good" if rated else "hours")
    words = "sleep is back near 4.0" if rated else "hours of sleep is back near 7.2"
    assert evidence["goes_away"].startswith(f"It goes away once {words} over the last ten days")


def recovered(sign: Sign, days: int = 110, missing: tuple[int, ...] = (), **items: Any) -> str:
    diary = fallen(days=days, missing=missing, **items)
    back = [day for day in range(100, days) if day not in missing]
    diary.answer(back, **PLAIN)
    return told(diary, sign, closed=days - 1, resolution=Resolution.RECOVERED)[0]


@pytest.mark.parametrize(
    ("sign", "items", "what"),
    [
        (Sign.FATIGUE_MOOD, {"energy": 2}, "energy"),
        (Sign.DREAD, {"anticipation": 2}, "looking forward to training"),
        (Sign.SLEEP_DECLINE, {"sleep_quality": 2}, "rating of sleep"),
    ],
)
def test_a_recovery_is_told_of_the_last_eight_check_ins(sign: Sign, items: dict[str, Any], what: str) -> None:
    """The last eight of ten days begin on day 102: from day 85 it was low for 17 days."""
    assert recovered(sign, **items) == (
        f"Sarah's {what} is back at 4.0, usual 4.0 (last 8 check-ins); it was low for 17 days."
    )


def test_a_recovery_of_few_check_ins_is_told_from_the_start_of_the_episode() -> None:
    missing = tuple(range(86, 108))
    assert recovered(Sign.DREAD, missing=missing, anticipation=3) == (
        "Sarah's looking forward to training is back at 3.7, usual 4.0 (last 3 check-ins); it was low for 1 day."
    )


def test_without_three_earlier_answers_nothing_is_called_usual() -> None:
    diary = Diary(days=DAYS).answer(range(DAYS), anticipation=float("nan"))
    diary.answer([10, 20, *range(SINCE, DAYS)], anticipation=2)
    says, evidence = told(diary, Sign.DREAD)
    assert says == f"Sarah's answers have changed {ABOUT}."
    assert [evidence[key] for key in ("now", "change", "low", "high")] == [None] * 4
    assert evidence["usual"] == 2.0
    assert evidence["details"] == []


def test_a_question_that_was_never_answered_has_no_usual_and_no_band() -> None:
    diary = Diary(days=DAYS).answer([0], anticipation=float("nan")).answer([99], anticipation=2)
    _, evidence = told(diary, Sign.DREAD)
    assert (evidence["usual"], evidence["band"], evidence["item"]) == (None, None, "anticipation")
    unrated = Diary(days=DAYS).answer(range(DAYS), energy=float("nan"), mood=float("nan"))
    says, _ = told(unrated.answer(range(SINCE, DAYS), stress=2), Sign.FATIGUE_MOOD)
    assert says.startswith(f"Sarah's calm has averaged 2.0 {ABOUT}")


def test_an_earlier_episode_weighs_a_tenth_in_what_is_usual() -> None:
    """Ten days of 2 in eighty-five of 4: a tenth of each counts."""
    diary = fallen(anticipation=1).answer(range(40, 50), anticipation=2)
    before = episode(Sign.DREAD, 40, opened=43, closed=50, resolution=Resolution.RECOVERED)
    record = episode(Sign.DREAD, SINCE)
    _, evidence = tell(histories(diary), record, earlier=[before])
    w = 0.5 ** (np.arange(SINCE, 0, -1) / 120)
    w[40:50] *= 0.1
    x = np.where((np.arange(SINCE) >= 40) & (np.arange(SINCE) < 50), 2, 4)
    assert evidence["usual"] == round(float((w * x).sum() / w.sum()), 2) != 4.0


def test_what_is_usual_rests_on_the_days_from_a_new_start_on() -> None:
    diary = fallen(anticipation=1).answer(range(60), anticipation=5)
    _, evidence = told(diary, Sign.DREAD, usual_from=60)
    assert evidence["usual"] == 4.0
    assert told(diary, Sign.DREAD)[1]["usual"] > 4.5


FLOOR: dict[str, Any] = {"floor": True, "frozen": NEVER}


def always(days: int = 30, **items: float) -> Diary:
    return Diary(days=days, name="Nina").answer(range(days), **items)


def floored(sign: Sign, diary: Diary, **about: Any) -> tuple[str, dict[str, Any]]:
    return tell(histories(diary), Record(**{**vars(episode(sign, 0, opened=7)), **FLOOR, **about}))


def test_exhaustion_is_told_without_any_usual() -> None:
    says, evidence = floored(Sign.FATIGUE_MOOD, always(energy=1.8, mood=2))
    assert says == (
        "Nina's energy and mood have averaged 1.9 over the last two weeks (14 check-ins): "
        "2.0 or less is worth a look, whatever is usual."
    )
    assert (evidence["usual"], evidence["band"], evidence["now"]) == (None, None, None)
    assert evidence["goes_away"] == (
        "It goes away once energy and mood average 2.25 or more over two weeks, three days in a row."
    )


def test_short_nights_are_told_with_the_line_they_are_held_against() -> None:
    diary = always(sleep_hours=5.5)
    del diary.checkins[20], diary.checkins[10]
    says, evidence = floored(Sign.SLEEP_DECLINE, diary)
    assert says == (
        "Nina has slept 5.5 hours on average over the last two weeks (13 check-ins): "
        "under 6.0 hours is worth a look, whatever is usual."
    )
    assert evidence["goes_away"] == (
        "It goes away once the nights average 6.5 hours or more over two weeks, three days in a row."
    )


@pytest.mark.parametrize(
    ("sign", "items", "said"),
    [
        (Sign.FATIGUE_MOOD, {"energy": 3, "mood": 4}, "Nina's energy and mood have averaged 3.5 over the last two weeks, clearly above the line of 2.0 or less again."),
        (Sign.SLEEP_DECLINE, {"sleep_hours": 7}, "Nina has slept 7.0 hours on average over the last two weeks, clearly above the line of under 6.0 hours again."),
    ],
)  # fmt: skip
def test_who_is_above_the_line_again_is_told_so(sign: Sign, items: dict[str, Any], said: str) -> None:
    says, _ = floored(sign, always(**items), closed=29, resolution=Resolution.RECOVERED)
    assert says == said


def test_a_backstop_of_fewer_days_counts_what_there_is() -> None:
    assert "(9 check-ins)" in floored(Sign.FATIGUE_MOOD, always(9, energy=2, mood=2))[0]


@pytest.mark.parametrize(
    ("sign", "said"),
    [
        (Sign.FATIGUE_MOOD, "Nina has not told of energy and mood in the last two weeks; before, they averaged 2.0 or less."),
        (Sign.SLEEP_DECLINE, "Nina has not told of the hours of sleep in the last two weeks; before, they averaged under 6.0 hours."),
    ],
)  # fmt: skip
def test_a_backstop_in_silence_gives_no_average(sign: Sign, said: str) -> None:
    diary = always(20, energy=2, mood=2, sleep_hours=5)
    diary.days = 34
    assert floored(sign, diary)[0] == said
    diary.days = 33
    assert "over the last two weeks (1 check-in)" in floored(sign, diary)[0]
