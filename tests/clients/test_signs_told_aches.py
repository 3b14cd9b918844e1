"""How aches are told: the sentence, and every number of the evidence."""

from typing import Any

import numpy as np
import pytest

from clients.signs.kinds import Resolution, Sign
from tests.signs import FIRST, Diary, histories
from tests.telling import episode, iso, tell

DAYS, SINCE = 110, 92


def marcus(
    aches: dict[int, dict[str, float]], missing: tuple[int, ...] = (), days: int = DAYS, **person: Any
) -> Diary:
    diary = Diary(days=days, name="Marcus", aches=aches, person=person)
    return diary.answer([day for day in range(days) if day not in missing])


def told(diary: Diary, since: int = SINCE, **about: Any) -> tuple[str, dict[str, Any]]:
    return tell(histories(diary), episode(Sign.ACHES, since, **about))


def faded(days: range, at: int) -> float:
    """What days of the past weigh at the end of day `at`."""
    return float(sum(0.5 ** ((at - day) / 120) for day in days))


SORE = {92: {"knee": 3.0}, 93: {"knee": 3.0}, 96: {"elbow": 2.0}, 100: {"lower_back": 5.0, "hip": 3.0}}


def test_new_aches_are_told_with_every_number() -> None:
    """Two silent days before a check-in are told of by it. The rate before is a gamma's mean: 1.5 aches in 30
    days and what came; the knee of day 20 is one."""
    diary = marcus({20: {"knee": 4.0}, **SORE}, missing=(98, 99, 105))
    says, evidence = told(diary)
    events, past = faded(range(20, 21), 91), faded(range(92), 91)
    rate = (1.5 + events) / (30 + past)
    usual = rate * 18  # days told of; the three without a check-in by the next one
    half = 1.645 * float(np.sqrt(4 + usual**2 / (1.5 + events)))
    assert usual < 0.5
    assert says == (
        "Marcus reported 4 new aches on the last 15 check-in days; usual is none. "
        "Lower back (5 of 10), hip (3), knee (3) and elbow (2) are new."
    )
    summed = {20: 4.0, 92: 3.0, 93: 3.0, 96: 2.0, 100: 8.0}
    assert evidence == {
        "since": iso(SINCE),
        "judged": iso(DAYS - 1),
        "series_days": 90,
        "capped": "",
        "around": [],
        "item": "new aches",
        "unit": "new aches on 15 check-in days",
        "usual": round(usual, 2),
        "now": 4,
        "change": round(4 - usual, 2),
        "low": round(4 - usual - half, 2),
        "high": round(4 - usual + half, 2),
        "band": [0.0, round(usual + float(np.sqrt(usual)), 2)],
        "observations": 15,
        "missing_days": 3,
        "missing": ["3 days without a check-in."],
        "series": [[iso(day), summed.get(day, 0.0)] for day in range(20, DAYS) if day not in (98, 99, 105)],
        "details": [
            {"name": "lower_back", "words": "lower back", "worst": 5.0, "days": 1, "new": True},
            {"name": "hip", "words": "hip", "worst": 3.0, "days": 1, "new": True},
            {"name": "knee", "words": "knee", "worst": 3.0, "days": 2, "new": True},
            {"name": "elbow", "words": "elbow", "worst": 2.0, "days": 1, "new": True},
        ],
        "goes_away": (
            "It goes away once two weeks bring at most 1 new ache, on at least five check-ins, "
            "and the old ones ease, three days in a row."
        ),
    }


def often(until: int, every: int) -> dict[int, dict[str, float]]:
    """A new ache every so many days: each time in another place."""
    places = ("knee", "elbow", "hip", "wrist", "ankle", "neck", "foot", "chest")
    return {day: {places[i % 8]: 2.0} for i, day in enumerate(range(5, until, every))}


def test_who_has_aches_often_is_held_against_that() -> None:
    """An ache every third day is about 0.25 a day; two weeks may bring 1.2 times as many: four."""
    diary = marcus({**often(SINCE, 3), 95: {"other": 2.0}})
    says, evidence = told(diary)
    events = sum(0.5 ** ((91 - day) / 120) for day in range(5, SINCE, 3))
    rate = (1.5 + events) / (30 + faded(range(92), 91))
    assert (
        says == "Marcus reported 1 new ache on the last 18 check-in days; usual is 4. Other (2 of 10) is new."
    )
    assert evidence["usual"] == round(18 * rate, 2)
    assert int(1.2 * 14 * rate) == 4
    assert "two weeks bring at most 4 new aches," in evidence["goes_away"]
    assert evidence["missing"] == []
    assert evidence["band"] == [0.0, round(18 * rate + float(np.sqrt(18 * rate)), 2)]


def test_no_new_ache_names_none() -> None:
    says, evidence = told(marcus({90: {"knee": 2.0}, 91: {"knee": 2.0}, 92: {"knee": 2.0}}))
    assert says == "Marcus reported 0 new aches on the last 18 check-in days; usual is none."
    assert evidence["details"] == [{"name": "knee", "words": "knee", "worst": 2.0, "days": 1, "new": False}]
    usual = evidence["usual"]
    events = 0.5 ** (1 / 120)
    half = 1.645 * float(np.sqrt(1 + usual**2 / (1.5 + events)))
    assert evidence["low"] == pytest.approx(-usual - half, abs=0.011)
    assert evidence["high"] == pytest.approx(-usual + half, abs=0.011)


def test_a_recovery_is_told_of_the_last_fortnight() -> None:
    """Days 96 to 109; from day 92 on it was more for the four days before."""
    says, evidence = told(marcus(SORE), closed=DAYS - 1, resolution=Resolution.RECOVERED)
    assert (
        says
        == "Marcus reported 3 new aches on the last 14 check-in days, about as usual; it was more for 3 days."
    )
    assert evidence["observations"] == 14
    assert [r["name"] for r in evidence["details"]] == ["lower_back", "hip", "elbow"]


LASTING = {day: {"knee": 4.0, **({"hip": 1.0} if day % 2 else {})} for day in range(90, DAYS)}


def test_an_ache_that_will_not_go_is_told_in_severities() -> None:
    """Knee 4 each day and hip 1 every other; before that, 2 on half of the days."""
    before = {day: {"neck": 2.0} for day in range(0, 90, 2)}
    says, evidence = told(marcus({**before, **LASTING}, missing=(101,)), since=96, floor=True, frozen=89)
    usual = 2 * sum(0.5 ** ((89 - day) / 120) for day in range(0, 90, 2)) / faded(range(90), 89)
    assert f"{usual:.1f}" == "1.0"
    now = (13 * 4 + 6) / 13
    assert says == (
        "The same ache will not go: Marcus reports knee and hip on nearly every check-in; "
        f"severities add up to {now:.1f} a day, usually 1.0 (13 check-in days)."
    )
    assert evidence["details"] == [
        {"name": "knee", "words": "knee", "worst": 4.0, "days": 13, "new": False},
        {"name": "hip", "words": "hip", "worst": 1.0, "days": 6, "new": False},
    ]


def test_an_ache_that_an_injury_explains_by_now_is_not_told() -> None:
    """From three days before its onset: here from the first day on."""
    knee = marcus(LASTING, injuries=(("knee", FIRST + 93, None),))
    assert told(knee, since=96, floor=True, frozen=89)[0].startswith(
        "The same ache will not go: Marcus reports hip on nearly every check-in"
    )
    both = marcus(LASTING, injuries=(("knee", FIRST + 93, None), ("hip", FIRST + 93, None)))
    assert told(both, since=96, floor=True, frozen=89)[0] == (
        "The same ache would not go; in the last two weeks Marcus reported none that counts (14 check-in days)."
    )


def test_an_ache_that_would_not_go_is_not_told_of_a_silence() -> None:
    silent = marcus({day: {"knee": 4.0} for day in range(90, 96)}, missing=tuple(range(96, DAYS)))
    assert told(silent, since=90, floor=True, frozen=89)[0] == (
        "The same ache would not go; in the last two weeks Marcus reported none that counts (0 check-in days)."
    )


def test_what_an_injury_took_back_leaves_nothing_as_usual() -> None:
    """What is taken back on day 12 had faded by two days: a hair less than nothing, which is said as 0.0."""
    lasting = {day: {"hip": 4.0} for day in range(90, DAYS)}
    diary = marcus(
        {10: {"knee": 4.0}, 11: {"knee": 4.0}, **lasting}, injuries=(("knee", FIRST + 12, FIRST + 20),)
    )
    says, _ = told(diary, since=96, floor=True, frozen=89)
    assert says.endswith("severities add up to 4.0 a day, usually 0.0 (14 check-in days).")


def test_what_an_injury_takes_back_is_no_ache_less_than_none() -> None:
    injured = marcus({90: {"knee": 4.0}, 91: {"knee": 4.0}}, injuries=(("knee", FIRST + 95, None),))
    says, evidence = told(injured)
    assert says == "Marcus reported 0 new aches on the last 18 check-in days; usual is none."
    assert evidence["now"] == 0
    assert dict(evidence["series"])[iso(95)] == 0.0
