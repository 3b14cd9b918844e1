"""A session to come is judged line by line, each as if what stands before it had been done as written."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from programs.policy.kinds import Answer
from programs.policy.recent import Bout, Recent, Verdict
from programs.policy.rehearsal import Intended, sit
from programs.policy.suitability import ExerciseFacts
from tests.programs.policy import AT, CURL, LEG_PRESS, PUSHDOWN, a_bout, recent


def a_line(exercise: ExerciseFacts = PUSHDOWN, **fields: Any) -> Intended:
    return Intended(exercise=exercise, **{"sets": 3, "reps_max": 10, "failures": 1, **fields})


def codes(verdicts: list[Verdict]) -> list[tuple[str, ...]]:
    return [verdict.codes for verdict in verdicts]


def after(hours: int, known: Recent) -> Recent:
    return replace(known, at=AT + timedelta(hours=hours))


def test_the_first_exercise_of_a_session_may_go_to_failure_and_the_second_not() -> None:
    verdicts, _ = sit([a_line(), a_line(CURL)], recent())
    assert codes(verdicts) == [(), ("F6",)]
    assert verdicts[1].says == ("One exercise a session: Triceps pushdown has been it.",)


def test_lines_that_stop_short_take_nothing_from_those_after_them() -> None:
    verdicts, known = sit([a_line(failures=0), a_line(CURL, failures=0), a_line(LEG_PRESS)], recent())
    assert codes(verdicts) == [(), (), ()]
    assert known.week_share.rated == 9


def test_a_target_of_nothing_in_reserve_is_judged_by_its_first_set() -> None:
    (verdict,), _ = sit([a_line(sets=4, failures=4)], recent())
    assert verdict.says == ("Only the last set of an exercise may go to failure; this is set 1 of 4.",)


def test_the_next_session_knows_of_the_one_before_until_72_hours_have_passed() -> None:
    _, known = sit([a_line()], recent())
    answers = [sit([a_line()], after(hours, known))[0][0] for hours in (71, 72, 73)]
    assert [answer.codes for answer in answers] == [("F3",), (), ()]
    assert answers[0].opens_at == AT + timedelta(hours=72)


def test_a_week_s_budget_is_spent_by_the_sessions_before() -> None:
    known = recent(planned=10)  # room for two
    found = []
    for day, exercise in enumerate(
        [PUSHDOWN, CURL, replace(CURL, name="Leg curl", primary_muscle="hamstrings")]
    ):
        (verdict,), known = sit([a_line(exercise)], after(24 * day, known))
        found.append(verdict)
    assert [verdict.answer for verdict in found] == [Answer.YES, Answer.YES, Answer.NO]
    assert found[2].codes == ("F2",)


def test_two_sessions_to_come_are_two() -> None:
    known = recent(planned=100)
    for _ in range(2):
        _, known = sit([a_line(failures=0)], known)
    assert len({bout.session for bout in known.bouts}) == 2


def test_a_session_done_as_written_is_rated_throughout_and_breaks_no_form() -> None:
    _, known = sit([a_line(LEG_PRESS, sets=4), a_line(CURL, sets=2, failures=0)], recent())
    press, curl = known.bouts
    assert press == Bout(
        session=-1, started_at=AT, day=AT.date(), name="Leg press", compound=True, muscle="quads", working=4,
        costs=1, rated=4, unrated=0, form_breaks=0, hard=4, last_cost_at=AT,
    )  # fmt: skip
    assert (curl.compound, curl.muscle, curl.working, curl.costs, curl.last_cost_at) == (
        False, "biceps", 2, 0, None,
    )  # fmt: skip


def test_a_session_to_come_is_never_taken_for_one_that_was() -> None:
    real = [a_bout(ago=timedelta(days=days), session=days) for days in (1, 2, 3)]
    known = recent(*real)
    for _ in range(2):
        _, known = sit([a_line(failures=0), a_line(CURL, failures=0)], known)
    assert [bout.session for bout in known.bouts] == [1, 2, 3, -4, -4, -6, -6]
