"""F6: one set per exercise, the last one; once or twice a week; one exercise a session."""

from datetime import timedelta

import pytest

from programs.policy.judge import judge
from programs.policy.kinds import Answer
from tests.programs.policy import CURL, PUSHDOWN, a_bout, ask, recent


@pytest.mark.parametrize(
    ("set_no", "of", "closed"),
    [(1, 3, True), (2, 3, True), (3, 3, False), (4, 3, False), (None, None, False), (2, None, False)],
)
def test_only_the_last_set_may(set_no: int | None, of: int | None, closed: bool) -> None:
    assert (judge(ask(PUSHDOWN, set_no=set_no, of=of), recent()).codes == ("F6",)) is closed


def test_a_second_set_of_the_exercise_in_a_session_is_over_the_dose() -> None:
    verdict = judge(ask(PUSHDOWN), recent(a_bout(PUSHDOWN, ago=timedelta(hours=1), costs=1)))
    assert (verdict.answer, verdict.codes) == (Answer.NO, ("F3", "F6"))
    assert verdict.says[1] == "Triceps pushdown has had its one failure set in this session."
    assert verdict.opens_at is None


def test_a_second_exercise_in_a_session_is_over_the_dose() -> None:
    verdict = judge(ask(PUSHDOWN), recent(a_bout(CURL, ago=timedelta(hours=1), costs=1)))
    assert verdict.codes == ("F6",)
    assert verdict.says == ("One exercise a session: Dumbbell curl has been it.",)


@pytest.mark.parametrize(
    ("ago", "closed"), [(timedelta(hours=2, minutes=59), True), (timedelta(hours=3), False)]
)
def test_the_session_is_the_one_begun_in_the_three_hours_before(ago: timedelta, closed: bool) -> None:
    verdict = judge(ask(PUSHDOWN), recent(a_bout(CURL, ago=ago, costs=1)))
    assert (verdict.codes == ("F6",)) is closed


def test_records_less_than_three_hours_apart_are_one_session() -> None:
    first = a_bout(CURL, ago=timedelta(hours=4), session=1, costs=1)
    second = a_bout(PUSHDOWN, ago=timedelta(hours=2), session=2)
    assert judge(ask(PUSHDOWN), recent(first, second)).codes == ("F6",)
    apart = a_bout(CURL, ago=timedelta(hours=5), session=1, costs=1)
    assert judge(ask(PUSHDOWN), recent(apart, second)).answer is Answer.YES


def test_a_third_session_of_the_week_is_over_the_dose() -> None:
    monday = a_bout(PUSHDOWN, ago=timedelta(days=3, hours=9), costs=1)
    monday_evening = a_bout(PUSHDOWN, ago=timedelta(days=3), costs=1)
    assert judge(ask(PUSHDOWN), recent(monday)).answer is Answer.YES
    verdict = judge(ask(PUSHDOWN), recent(monday, monday_evening))
    assert verdict.codes == ("F6",)
    assert verdict.says == ("Triceps pushdown went to failure in 2 sessions this week; 2 is the most.",)
    assert judge(ask(CURL), recent(monday, monday_evening)).answer is Answer.YES
