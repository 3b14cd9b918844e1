"""F2: at most a fifth of the sets to failure, in the week and as a habit."""

from datetime import timedelta
from math import sqrt

import pytest

from programs.policy.allowance import allowance
from programs.policy.judge import judge
from programs.policy.kinds import Answer, PhaseKind
from programs.policy.limits import Limits
from programs.policy.recent import Bout, PhaseNow
from programs.policy.share import Share
from tests.programs.policy import AT, CURL, PUSHDOWN, a_bout, ask, recent

MONDAY_AHEAD = AT.replace(day=21, hour=23)  # Monday 22 June, 00:00 in London


@pytest.mark.parametrize(
    ("planned", "allowed"), [(0, 0), (4, 0), (5, 1), (9, 1), (10, 2), (14, 2), (15, 3), (100, 20)]
)
def test_the_budget_is_a_fifth_of_the_planned_sets_rounded_down(planned: int, allowed: int) -> None:
    assert allowance(recent(planned=planned)).allowed == allowed


def failed(*, sets: int, days: int) -> Bout:
    return a_bout(CURL, ago=timedelta(days=days), costs=sets, rated=10, working=10)


def test_a_used_up_budget_is_a_no_until_monday_of_the_client() -> None:
    verdict = judge(ask(PUSHDOWN), recent(failed(sets=1, days=3), planned=9))
    assert (verdict.answer, verdict.codes) == (Answer.NO, ("F2",))
    assert verdict.opens_at == MONDAY_AHEAD
    assert verdict.says == (
        "This week's failure sets are used up: 1 of 1 (20 % of 9 sets). A new week begins on Monday.",
    )
    assert judge(ask(PUSHDOWN), recent(failed(sets=1, days=3), planned=10)).answer is Answer.YES


def test_a_week_begins_on_the_clients_monday() -> None:
    assert allowance(recent(failed(sets=2, days=3))).used == 2  # Monday
    assert allowance(recent(failed(sets=2, days=4))).used == 0  # Sunday


def test_more_used_than_allowed_leaves_none_not_less() -> None:
    found = allowance(recent(failed(sets=5, days=3), planned=10))
    assert (found.allowed, found.used, found.left) == (2, 5, 0)


def weeks(*sets: int) -> list[Bout]:
    """Working sets of last week, the one before, …; 0 is a week without a session."""
    return [
        a_bout(CURL, ago=timedelta(weeks=back), working=count, rated=count)
        for back, count in enumerate(sets, start=1)
        if count
    ]


@pytest.mark.parametrize(
    ("sets", "usual"),
    [
        ((), None),
        ((30,), None),
        ((30, 40), 35),
        ((30, 0, 0, 40), 35),
        ((10, 20, 30, 40), 25),
        ((10, 20, 30), 20),
        ((10, 20, 30, 40, 500, 500), 25),  # the last four count
        ((0,) * 10 + (20, 30), 25),  # the twelfth week back still counts
        ((0,) * 11 + (20, 30), None),  # the thirteenth does not
    ],
)
def test_without_a_programme_the_usual_week_stands_in(sets: tuple[int, ...], usual: int | None) -> None:
    found = allowance(recent(*weeks(*sets), planned=None))
    assert found.planned == usual
    assert found.allowed == (None if usual is None else usual // 5)


def test_this_week_is_no_usual_week_yet() -> None:
    assert allowance(recent(*weeks(30), failed(sets=0, days=1), planned=None)).planned is None


def test_an_unknown_usual_week_is_a_caution_not_a_no() -> None:
    verdict = judge(ask(PUSHDOWN), recent(planned=None))
    assert (verdict.answer, verdict.codes, verdict.opens_at) == (Answer.CAUTION, ("F2",), None)


@pytest.mark.parametrize(
    ("failure", "rated", "unrated", "cautioned"),
    [
        (20, 100, 0, False),  # exactly 20 % is within
        (21, 100, 0, True),
        (2, 10, 0, False),
        (3, 10, 0, True),
        (7, 7, 0, False),  # too few rated
        (8, 8, 0, True),
        (6, 12, 8, True),  # 60 % rated
        (6, 12, 9, False),
    ],
)
def test_a_habit_over_a_fifth_in_28_days_is_a_caution(
    failure: int, rated: int, unrated: int, cautioned: bool
) -> None:
    sets = {"costs": failure, "rated": rated, "unrated": unrated, "working": rated + unrated}
    bout = a_bout(CURL, ago=timedelta(days=10), **sets)
    assert (judge(ask(PUSHDOWN), recent(bout)).codes == ("F2",)) is cautioned


@pytest.mark.parametrize(("days", "counts"), [(27, True), (28, False)])
def test_28_days_are_28_local_days_with_today(days: int, counts: bool) -> None:
    assert (recent(failed(sets=3, days=days)).month_share.failure == 3) is counts


@pytest.mark.parametrize(
    "changes", [{"phase": PhaseNow(kind=PhaseKind.DELOAD)}, {"scale_back_until": AT.date()}]
)
def test_a_deload_and_a_scale_back_leave_nothing_of_the_budget(changes: dict[str, object]) -> None:
    found = allowance(recent(**changes))
    assert (found.planned, found.allowed, found.left) == (100, 0, 0)


def test_a_stricter_policy_allows_less() -> None:
    assert allowance(recent(limits=Limits.of({"failure_share": 10}), planned=50)).allowed == 5


def test_limits_stay_within_their_bounds_and_unknown_ones_are_left_out() -> None:
    limits = Limits.of({"failure_share": 100, "recovery_hours": 0, "invented": 3})
    assert (limits.failure_share, limits.recovery_hours) == (25, 48)


def test_a_share_says_what_its_unrated_sets_could_change() -> None:
    share = Share(failure=2, rated=8, unrated=2)
    assert share.share == 0.25
    assert share.bounds == (0.2, 0.4)
    assert (Share().share, Share().bounds, Share().habit) == (None, None, None)


def test_the_habit_behind_a_share_is_a_wilson_interval() -> None:
    habit = Share(failure=4, rated=20).habit
    assert habit is not None
    # Its ends are the shares that the count would just not contradict at 90 %.
    for end in habit:
        assert abs(0.2 - end) == pytest.approx(1.645 * sqrt(end * (1 - end) / 20))
    never = Share(failure=0, rated=10).habit
    assert never is not None
    assert never == pytest.approx((0.0, 0.213), abs=1e-3)
