"""F3: 72 hours between a failure set and the next of the same kind."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from programs.policy.judge import judge
from programs.policy.kinds import Answer
from programs.policy.limits import Limits
from programs.policy.recent import Verdict
from programs.policy.suitability import ExerciseFacts
from tests.programs.policy import AT, CHEST_PRESS, CURL, DEADLIFT, LEG_PRESS, PUSHDOWN, a_bout, ask, recent

FAILED: dict[str, Any] = {"costs": 1}


def after(hours: float, trained: ExerciseFacts, asked: ExerciseFacts, **changes: Any) -> Verdict:
    return judge(ask(asked), recent(a_bout(trained, ago=timedelta(hours=hours), **FAILED), **changes))


@pytest.mark.parametrize(
    ("ago", "closed"),
    [
        (timedelta(hours=71, minutes=59), True),
        (timedelta(hours=72), False),
        (timedelta(hours=72, minutes=1), False),
    ],
)
def test_a_muscle_opens_at_exactly_72_hours(ago: timedelta, closed: bool) -> None:
    verdict = judge(ask(PUSHDOWN), recent(a_bout(PUSHDOWN, ago=ago, **FAILED)))
    assert ("F3" in verdict.codes) is closed


def test_it_says_when_it_opens_again() -> None:
    verdict = after(41, PUSHDOWN, PUSHDOWN)
    assert verdict.answer is Answer.NO
    assert verdict.codes == ("F3",)
    assert verdict.opens_at == AT + timedelta(hours=31)
    assert verdict.says == (
        "41 hours since Triceps pushdown went to failure (the same exercise): 72 hours are needed, "
        "open Saturday 01:00.",
    )


@pytest.mark.parametrize(
    ("at", "failed"),
    [
        # The clocks went forward on 29 March 2026 and back on 25 October in London.
        (datetime(2026, 3, 31, 11, 0, tzinfo=UTC), datetime(2026, 3, 28, 11, 0, tzinfo=UTC)),
        (datetime(2026, 10, 27, 12, 0, tzinfo=UTC), datetime(2026, 10, 24, 12, 0, tzinfo=UTC)),
    ],
)
def test_72_hours_are_72_hours_across_a_clock_change(at: datetime, failed: datetime) -> None:
    for minutes, closed in ((-1, True), (0, False), (1, False)):
        now = at + timedelta(minutes=minutes)
        bout = replace(
            a_bout(ago=timedelta(), **FAILED), started_at=failed, day=failed.date(), last_cost_at=failed
        )
        assert ("F3" in judge(ask(), recent(bout, at=now)).codes) is closed


@pytest.mark.parametrize(
    ("trained", "asked", "closed"),
    [
        (PUSHDOWN, PUSHDOWN, True),
        (PUSHDOWN, replace(PUSHDOWN, name="Rope pushdown"), True),  # the same primary muscle
        (PUSHDOWN, CURL, False),
        (LEG_PRESS, CHEST_PRESS, True),  # a compound closes every compound
        (LEG_PRESS, CURL, False),
        (PUSHDOWN, CHEST_PRESS, False),  # an isolation closes no other muscle's compound
        (replace(CURL, name="Odd", mechanic=""), CHEST_PRESS, True),  # unknown mechanic counts as compound
        (replace(CURL, name="Odd", primary_muscle=""), replace(PUSHDOWN, primary_muscle=""), False),
        (replace(CURL, name="Odd", primary_muscle=""), replace(CURL, name="Odd", primary_muscle=""), True),
    ],
)
def test_it_closes_the_exercise_the_muscle_and_after_a_compound_every_compound(
    trained: ExerciseFacts, asked: ExerciseFacts, closed: bool
) -> None:
    assert ("F3" in after(50, trained, asked).codes) is closed


def test_the_newest_failure_set_decides_when_it_opens() -> None:
    verdict = judge(
        ask(DEADLIFT),
        recent(
            a_bout(LEG_PRESS, ago=timedelta(hours=60), **FAILED),
            a_bout(CHEST_PRESS, ago=timedelta(hours=20), **FAILED),
        ),
    )
    assert "F3" in verdict.codes
    assert any("20 hours since Chest press" in says for says in verdict.says)


def test_the_set_counts_from_its_own_time_not_from_the_session() -> None:
    bout = replace(a_bout(ago=timedelta(hours=73), **FAILED), last_cost_at=AT - timedelta(hours=71))
    assert "F3" in judge(ask(), recent(bout)).codes


def test_a_hold_back_set_closes_nothing() -> None:
    assert judge(ask(), recent(a_bout(ago=timedelta(hours=5)))).answer is Answer.YES


@pytest.mark.parametrize(("hours", "closed"), [(47, True), (49, False)])
def test_a_policy_may_ask_for_48_hours(hours: int, closed: bool) -> None:
    verdict = after(hours, PUSHDOWN, PUSHDOWN, limits=Limits.of({"recovery_hours": 48}))
    assert ("F3" in verdict.codes) is closed
