"""At the same level, a sign is worse or better than at the last letter only where more than its own scatter says so."""

from datetime import date, datetime, timedelta
from math import sqrt
from typing import Any

import pytest

from clients.models import Client, Coach, Digest
from clients.signs.change import VIF
from coaching import digests
from coaching.due import due
from coaching.letters.trend import CLEAR, trend
from coaching.scan import scan
from tests.coaching import stories
from tests.conftest import NOW
from tests.flags import a_flag

SINCE, TOLD_TO = date(2026, 5, 29), date(2026, 6, 7)
SPREAD = 0.5
CLEARLY = CLEAR * SPREAD * sqrt(VIF / 10 + VIF / 7)  # ten answers before, seven after


def an_evidence(
    now: float, *, before: int = 10, after: int = 7, then: float = 2.5, earlier: float = 4.0
) -> dict[str, Any]:
    """A week of good answers, the episode up to the last letter, and the days since."""
    start = SINCE - timedelta(days=7)
    days = [(start + timedelta(days=n), earlier) for n in range(7)]
    days += [(SINCE + timedelta(days=n), then) for n in range(before)]
    days += [(TOLD_TO + timedelta(days=n + 1), now) for n in range(after)]
    return {"band": [4.0 - SPREAD, 4.0 + SPREAD], "series": [[day.isoformat(), value] for day, value in days]}


def said(evidence: dict[str, Any], **fields: Any) -> str:
    given: dict[str, Any] = {"sign": "dread", "level": "act", "level_before": "act", "since": SINCE, "told_to": TOLD_TO}  # fmt: skip
    return trend(evidence=evidence, **{**given, **fields})


@pytest.mark.parametrize(
    ("by", "word"),
    [(-1.001, "worse"), (-0.999, "same"), (0.0, "same"), (0.999, "same"), (1.001, "better")],
)
def test_a_week_counts_from_where_scatter_explains_it_once_in_twenty_times(by: float, word: str) -> None:
    assert said(an_evidence(2.5 + by * CLEARLY)) == word


@pytest.mark.parametrize(("before", "after", "word"), [(10, 3, "worse"), (3, 7, "worse"), (10, 2, "same"), (2, 7, "same")])  # fmt: skip
def test_three_answers_on_each_side_are_the_least(before: int, after: int, word: str) -> None:
    assert said(an_evidence(0.0, before=before, after=after)) == word


def test_what_was_before_the_episode_is_not_held_against_the_week() -> None:
    assert said(an_evidence(2.5, earlier=5.0)) == "same"


@pytest.mark.parametrize(("level", "before", "word"), [("act", "watch", "worse"), ("watch", "act", "better")])
def test_a_level_that_moved_says_it_first(level: str, before: str, word: str) -> None:
    assert said(an_evidence(4.0 if word == "worse" else 1.0), level=level, level_before=before) == word


@pytest.mark.parametrize(
    "evidence",
    [
        {},
        {"band": None, "series": []},
        {**an_evidence(0.0), "band": None},
        {**an_evidence(0.0), "band": ["low", "high"]},
        {"band": [1, 2], "series": [["yesterday", 1], [1, 2], "x"]},
    ],
)
def test_where_nothing_can_be_compared_nothing_is_said_to_have_moved(evidence: dict[str, Any]) -> None:
    assert said(evidence) == "same"


def test_somebody_without_any_scatter_is_the_same_while_nothing_moves() -> None:
    assert said({**an_evidence(2.5), "band": [4.0, 4.0]}) == "same"


def test_aches_are_told_by_their_level_alone() -> None:
    assert said(an_evidence(0.0), sign="aches") == "same"


@pytest.mark.parametrize(("now", "word"), [(0.9, "worse"), (2.4, "same"), (3.9, "better")])
def test_the_letter_says_what_the_days_since_the_last_one_showed(
    dana: Coach, james: Client, now: float, word: str
) -> None:
    Digest.objects.create(
        coach=dana, week=date(2026, 6, 8), subject="Last", text="", html="", message_id="<last@example.com>",
        composed_at=datetime(2026, 6, 8, 6, 0, tzinfo=NOW.tzinfo),
    )  # fmt: skip
    a_flag(
        james, "dread", "act", since_on=SINCE, opened_on=date(2026, 6, 2), evidence=an_evidence(now),
        recorded_at=datetime(2026, 6, 3, tzinfo=NOW.tzinfo),
    )  # fmt: skip
    Coach.objects.filter(pk=dana.pk).update(next_digest_at=NOW)
    dana.refresh_from_db()
    letter = digests.compose(dana, now=NOW)
    assert letter
    assert f"dread · act · {word} · since about 29 May" in letter.text


@pytest.mark.parametrize(("answers", "word"), [({}, "same"), ({"energy": 1, "mood": 1}, "worse"), ({"energy": 3, "mood": 3}, "better")])  # fmt: skip
def test_a_flag_of_a_scan_holds_what_is_compared(james: Client, answers: dict[str, int], word: str) -> None:
    """A month of low energy and mood, near 2 of 5; in its last week as before, or other."""
    stories.checkins(james, low_days=25)
    if answers:
        james.checkins.filter(day__gt=stories.LAST - timedelta(days=7)).update(**answers)
    scan(due(NOW), now=NOW)
    flag = james.flags.get(sign="fatigue_mood")
    assert word == said(
        flag.evidence, sign=flag.sign, since=flag.since_on, told_to=stories.LAST - timedelta(days=7)
    )
