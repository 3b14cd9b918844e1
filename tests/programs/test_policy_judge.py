"""The judge: the worst answer decides, every rule at its level is named, and the last of them says when it opens."""

from datetime import date, timedelta

from clients.signs.kinds import Level, Sign
from programs.policy.allowance import allowance
from programs.policy.judge import judge
from programs.policy.kinds import PRECEDENCE, Answer, PhaseKind
from programs.policy.recent import OpenFlag, PhaseNow, Verdict
from tests.programs.policy import AT, CURL, DEADLIFT, LEG_PRESS, PUSHDOWN, a_bout, ask, readiness, recent

DELOAD = PhaseNow(kind=PhaseKind.DELOAD, last_day=date(2026, 6, 21))


def test_nothing_against_it_is_a_yes_without_a_word() -> None:
    assert judge(ask(PUSHDOWN), recent()) == Verdict(answer=Answer.YES)


def test_the_order_of_precedence_is_the_methods() -> None:
    assert PRECEDENCE == ("F8", "F1", "F7", "F5", "F4", "F3", "F6", "F2")


def test_everything_at_once_is_named_in_the_order_of_precedence() -> None:
    past = recent(
        a_bout(DEADLIFT, ago=timedelta(hours=50), form_breaks=1, costs=1),
        a_bout(DEADLIFT, ago=timedelta(days=6), form_breaks=1),
        a_bout(DEADLIFT, ago=timedelta(hours=1), form_breaks=1, costs=1),
        phase=DELOAD,
        planned=4,
        scale_back_until=date(2026, 6, 20),
        readiness=readiness(form="not_met"),
    )
    verdict = judge(ask(DEADLIFT, set_no=1, of=3, reps=20), past)
    assert verdict.codes == PRECEDENCE
    assert verdict.answer is Answer.NO
    assert len(verdict.says) == len(PRECEDENCE)
    assert verdict.opens_at is None  # four of them have no date


def test_cautions_are_silent_beside_a_no() -> None:
    verdict = judge(ask(LEG_PRESS, reps=20), recent(phase=DELOAD, readiness=readiness(years=1.0)))
    assert verdict.codes == ("F5",)
    assert len(verdict.says[0].split(". ")) == 1


def test_cautions_add_up_without_a_date() -> None:
    watch = OpenFlag(sign=Sign.DREAD, level=Level.WATCH, since=date(2026, 6, 1), answered=False)
    past = recent(planned=None, flags=(watch,), readiness=readiness(years=1.0))
    verdict = judge(ask(LEG_PRESS, reps=4), past)
    assert (verdict.answer, verdict.codes, verdict.opens_at) == (
        Answer.CAUTION,
        ("F8", "F7", "F5", "F2"),
        None,
    )


def test_it_opens_when_the_last_of_the_deciding_rules_does() -> None:
    soon = a_bout(PUSHDOWN, ago=timedelta(hours=10), costs=1)  # F3 until Sunday 08:00 in London
    monday = AT.replace(day=21, hour=23)
    assert judge(ask(PUSHDOWN), recent(soon)).opens_at == AT + timedelta(hours=62)
    over = judge(ask(PUSHDOWN), recent(soon, planned=5))
    assert (over.codes, over.opens_at) == (("F3", "F2"), monday)
    back = judge(ask(PUSHDOWN), recent(soon, planned=5, scale_back_until=date(2026, 6, 30)))
    assert (back.codes, back.opens_at) == (("F8", "F3", "F2"), AT.replace(day=30, hour=23))
    phase = judge(ask(PUSHDOWN), recent(soon, phase=DELOAD))
    assert (phase.codes, phase.opens_at) == (("F5", "F3"), monday)


def test_one_rule_without_a_date_leaves_all_of_them_without_one() -> None:
    soon = a_bout(DEADLIFT, ago=timedelta(hours=10), costs=1)
    verdict = judge(ask(DEADLIFT), recent(soon, phase=DELOAD))
    assert (verdict.codes, verdict.opens_at) == (("F5", "F4", "F3"), None)
    open_ended = judge(ask(PUSHDOWN), recent(phase=PhaseNow(kind=PhaseKind.DELOAD)))
    assert (open_ended.codes, open_ended.opens_at) == (("F5",), None)


def test_a_budget_that_holds_nothing_is_used_up_from_the_start() -> None:
    verdict = judge(ask(PUSHDOWN), recent(planned=4))
    assert (verdict.answer, verdict.codes) == (Answer.NO, ("F2",))
    assert verdict.says[0].startswith("This week's failure sets are used up: 0 of 0 (20 % of 4 sets).")


def test_what_is_left_counts_down_to_none() -> None:
    one = a_bout(CURL, ago=timedelta(days=3), costs=1)
    assert [allowance(recent(planned=n)).left for n in (4, 5, 10)] == [0, 1, 2]
    assert [allowance(recent(one, planned=n)).left for n in (4, 5, 10)] == [0, 0, 1]
    unknown = allowance(recent(one, planned=None))
    assert (unknown.planned, unknown.allowed, unknown.used, unknown.left) == (None, None, 1, None)


def test_a_programme_goes_before_the_usual_week() -> None:
    weeks = [a_bout(CURL, ago=timedelta(weeks=n), working=40, rated=40) for n in (1, 2, 3)]
    assert allowance(recent(*weeks, planned=10)).allowed == 2
    assert allowance(recent(*weeks, planned=None)).allowed == 8


def test_in_a_deload_what_was_used_is_still_counted() -> None:
    one = a_bout(CURL, ago=timedelta(days=3), costs=1)
    found = allowance(recent(one, phase=DELOAD))
    assert (found.planned, found.allowed, found.used, found.left) == (100, 0, 1, 0)
