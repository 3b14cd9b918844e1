"""F1: broken form closes an exercise until it is back."""

from datetime import timedelta

import pytest

from programs.policy.form import FormSession, clean_sessions_needed, closed_by_form
from programs.policy.judge import judge
from programs.policy.kinds import Answer
from programs.policy.limits import Limits
from programs.policy.recent import Bout
from tests.programs.policy import CURL, PUSHDOWN, a_bout, ask, recent

# b: form broke, c: clean, n: neither (no hard set)
KINDS = {
    "b": FormSession(broke=True, clean=False),
    "c": FormSession(broke=False, clean=True),
    "n": FormSession(broke=False, clean=False),
}


@pytest.mark.parametrize(
    ("sessions", "needed"),
    [
        ("", 0), ("b", 0), ("cb", 0), ("bb", 2), ("bcb", 2), ("bccb", 0), ("bnnb", 0), ("bnb", 2),
        ("bbc", 1), ("bbcc", 0), ("bbnc", 1), ("bbncc", 0), ("bbcb", 2), ("bbcbcc", 0), ("bbccb", 0), ("bbccbb", 2),
        ("bbnnnn", 2),
    ],
)  # fmt: skip
def test_two_breaks_in_three_sessions_close_it_until_two_clean_ones(sessions: str, needed: int) -> None:
    assert clean_sessions_needed([KINDS[kind] for kind in sessions], Limits()) == needed


def on_days(pattern: str, first_day_ago: int = 30) -> list[Bout]:
    changes = {"b": {"form_breaks": 1}, "c": {}, "n": {"hard": 0}}
    return [
        a_bout(PUSHDOWN, ago=timedelta(days=first_day_ago - 2 * number), **changes[kind])
        for number, kind in enumerate(pattern)
    ]


def test_a_closed_exercise_is_a_no_without_a_date() -> None:
    verdict = judge(ask(PUSHDOWN), recent(*on_days("bb")))
    assert (verdict.answer, verdict.codes, verdict.opens_at) == (Answer.NO, ("F1",), None)
    assert verdict.says[0].endswith("it opens again after 2 clean sessions more.")
    one_more = judge(ask(PUSHDOWN), recent(*on_days("bbc")))
    assert one_more.says[0].endswith("it opens again after 1 clean session more.")
    assert judge(ask(PUSHDOWN), recent(*on_days("bbcc"))).answer is Answer.YES


def test_another_exercise_stays_open() -> None:
    assert judge(ask(CURL), recent(*on_days("bb"))).answer is Answer.YES
    assert closed_by_form(recent(*on_days("bb"))) == ("Triceps pushdown",)


def test_a_break_counts_at_once_but_a_session_under_way_is_not_clean_yet() -> None:
    now_breaking = [*on_days("b"), a_bout(PUSHDOWN, ago=timedelta(hours=1), form_breaks=1)]
    assert judge(ask(PUSHDOWN), recent(*now_breaking)).codes == ("F1",)
    going_well = [*on_days("bbc"), a_bout(PUSHDOWN, ago=timedelta(hours=1))]
    assert judge(ask(PUSHDOWN), recent(*going_well)).codes == ("F1",)
    over = [*on_days("bbc"), a_bout(PUSHDOWN, ago=timedelta(hours=3))]
    assert judge(ask(PUSHDOWN), recent(*over)).answer is Answer.YES


def test_two_records_within_three_hours_are_one_session() -> None:
    twice = [
        a_bout(PUSHDOWN, ago=timedelta(days=5), form_breaks=1),
        a_bout(PUSHDOWN, ago=timedelta(days=5, hours=-2), form_breaks=1),
    ]
    assert judge(ask(PUSHDOWN), recent(*twice)).answer is Answer.YES


def test_the_order_of_the_records_does_not_matter() -> None:
    sessions = on_days("bcb")
    assert judge(ask(PUSHDOWN), recent(*sessions)) == judge(ask(PUSHDOWN), recent(*reversed(sessions)))
