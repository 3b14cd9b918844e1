"""Beside each line of a programme stands what the judge will say the next time it is due."""

from datetime import timedelta
from typing import Any

import pytest

from clients.models import Action, Client, Coach
from programs.models import Exercise, Workout
from programs.plan_page import LineRow, PhaseCard, programme_of
from tests import factories
from tests.conftest import NOW
from tests.flags import a_flag
from tests.programs.plans import MONDAY, a_line, a_phase, a_workout, made_ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(james: Client) -> Client:
    return made_ready(james, factories.an_exercise("Leg press"), at=NOW)


@pytest.fixture
def curl(db: None) -> Exercise:
    return factories.an_exercise(
        "Tale curl", equipment="cable", mechanic="isolation", pattern="isolation", primary_muscle="biceps"
    )


def phases(client: Client, at: Any = NOW) -> list[PhaseCard]:
    return [phase for program in programme_of(client, at=at) for phase in program.phases]


def lines(client: Client, at: Any = NOW) -> list[LineRow]:
    return [line for phase in phases(client, at) for card in phase.workouts for line in card.lines]


def said(line: LineRow) -> tuple[str, str]:
    assert line.verdict is not None
    return line.verdict.answer, " ".join(line.verdict.says)


def filled(workout: Workout, exercise: Exercise, **fields: Any) -> None:
    """A line of ten sets, so that the week has room."""
    a_line(workout, exercise, **{"sets": 10, "failure_on_last": True, **fields})


def test_a_last_set_that_may_go_to_failure_says_so(ready: Client, curl: Exercise) -> None:
    filled(a_workout(a_phase(ready), weekday=0), curl)
    (line,) = lines(ready)
    assert line.verdict is not None
    assert (line.verdict.answer, line.verdict.headline) == ("yes", "May go to failure.")
    assert phases(ready)[0].against == ""


@pytest.mark.parametrize(
    ("kind", "answer", "says"),
    [
        ("deload", "no", "F5: A deload week"),
        ("strength", "caution", "F5: "),
        ("hypertrophy", "yes", ""),
        ("base", "yes", ""),
    ],
)
def test_the_phase_decides(ready: Client, curl: Exercise, kind: str, answer: str, says: str) -> None:
    filled(a_workout(a_phase(ready, kind=kind), weekday=0), curl)
    found = said(lines(ready)[0])
    assert found[0] == answer
    assert found[1].startswith(says)


def test_the_second_exercise_of_a_workout_is_one_too_many(ready: Client, curl: Exercise) -> None:
    workout = a_workout(a_phase(ready), weekday=0)
    filled(workout, curl)
    filled(workout, factories.an_exercise("Triceps pushdown"))
    first, second = lines(ready)
    assert said(first)[0] == "yes"
    assert said(second) == ("no", "F6: One exercise a session: Tale curl has been it.")
    assert phases(ready)[0].against == "1 line meant for failure may not go there: Triceps pushdown (F6)."


@pytest.mark.parametrize(("weekdays", "soon"), [((0, 2), True), ((0, 3), False)])
def test_failure_two_days_later_is_too_soon_and_three_days_later_is_not(
    ready: Client, curl: Exercise, weekdays: tuple[int, int], soon: bool
) -> None:
    phase = a_phase(ready)
    for weekday in weekdays:
        filled(a_workout(phase, f"Day {weekday}", weekday), curl)
    first, second = lines(ready)
    assert said(first)[0] == "yes"
    assert (said(second)[0], "F3: 48 hours since" in said(second)[1]) == (
        ("no", True) if soon else ("yes", False)
    )


def test_what_sunday_does_to_monday_is_said_of_the_second_week(ready: Client, curl: Exercise) -> None:
    phase = a_phase(ready)
    for weekday in (0, 6):
        filled(a_workout(phase, f"Day {weekday}", weekday), curl)
    monday, sunday = lines(ready)
    assert monday.verdict is not None
    assert sunday.verdict is not None
    assert monday.verdict.answer == "yes"
    assert [says[:31] for says in monday.verdict.later] == ["F3: 24 hours since Tale curl wen"[:31]]
    assert sunday.verdict.later == ()
    assert phases(ready)[0].against == "1 line meant for failure may not go there: Tale curl (F3)."


def test_a_week_s_budget_goes_to_the_first_who_come(ready: Client, curl: Exercise) -> None:
    phase = a_phase(ready)
    a_line(a_workout(phase, "A", 0), curl, sets=4, failure_on_last=True)
    a_line(a_workout(phase, "B", 4), factories.an_exercise("Triceps pushdown"), sets=4, failure_on_last=True)
    first, second = lines(ready)  # eight sets have room for one
    assert (said(first)[0], said(second)[0]) == ("yes", "no")
    assert "F2: This week's failure sets are used up: 1 of 1" in said(second)[1]


def test_workouts_that_rotate_are_spread_over_the_week(ready: Client, curl: Exercise) -> None:
    phase = a_phase(ready)
    for name in ("A", "B"):
        filled(a_workout(phase, name), curl)
    assert [said(line)[0] for line in lines(ready)] == ["yes", "yes"]  # days 0 and 3
    filled(a_workout(phase, "C"), curl)
    assert [said(line)[1][:2] for line in lines(ready)] == ["", "F3", "F3"]  # days 0, 2, 4


def test_a_day_that_has_been_trained_is_next_due_in_a_week(ready: Client, curl: Exercise) -> None:
    filled(a_workout(a_phase(ready), weekday=0), curl)
    factories.a_set(factories.a_session(ready, at=NOW - timedelta(hours=2)), curl, ended="muscular_failure")
    assert said(lines(ready)[0])[0] == "yes"


def test_a_scale_back_closes_what_falls_into_it_and_no_more(
    dana: Coach, ready: Client, curl: Exercise
) -> None:
    phase = a_phase(ready)
    filled(a_workout(phase, "A", 0), curl)
    filled(a_workout(phase, "B", 4), curl)
    Action.objects.create(
        client=ready, kind="scale_back", at=NOW - timedelta(days=1), by=dana, on=MONDAY - timedelta(days=1),
        until=MONDAY + timedelta(days=3),
    )  # fmt: skip
    first, second = lines(ready)
    assert (said(first)[0], said(second)[0]) == ("no", "yes")
    assert said(first)[1].startswith("F8: Failure training is scaled back")


def test_a_warning_sign_of_today_speaks_of_the_phase_that_runs(ready: Client, curl: Exercise) -> None:
    a_flag(ready, "dread", "act")
    filled(a_workout(a_phase(ready, ends_on=MONDAY + timedelta(days=13)), weekday=0), curl)
    filled(a_workout(a_phase(ready, MONDAY + timedelta(days=14)), weekday=0), curl)
    running, coming = lines(ready)
    assert said(running)[0] == "no"
    assert "F8: Warning sign open" in said(running)[1]
    assert said(coming)[0] == "yes"


def test_a_phase_that_is_over_is_judged_no_more(ready: Client, curl: Exercise) -> None:
    filled(a_workout(a_phase(ready, ends_on=MONDAY - timedelta(days=1)), weekday=0), curl)
    assert [line.verdict for line in lines(ready)] == [None]
    assert phases(ready)[0].judged is False


def test_a_line_that_stops_short_names_the_rules_in_few_words(ready: Client, curl: Exercise) -> None:
    workout = a_workout(a_phase(ready), weekday=0)
    filled(workout, curl, failure_on_last=False)
    filled(workout, factories.an_exercise("Conventional deadlift"), failure_on_last=False)
    may, closed = (line.verdict for line in lines(ready))
    assert may is not None
    assert closed is not None
    assert may.headline == "The last set might go to failure."
    assert closed.headline == "Rightly short of failure (F4)."
    assert (may.says, closed.says) == ((), ())
