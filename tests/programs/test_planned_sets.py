"""How many working sets a week holds: the base of the 80/20 budget."""

from datetime import timedelta
from typing import Any

import pytest

from clients.models import Client, Coach
from programs import plans
from tests.factories import an_exercise
from tests.programs.plans import MONDAY, a_line, a_phase, a_workout

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_without_a_programme_the_planned_sets_are_unknown(james: Client) -> None:
    assert plans.planned_sets(james, MONDAY) is None
    a_phase(james)
    assert plans.planned_sets(james, MONDAY) is None  # a phase without workouts plans no sets


def test_weekday_workouts_count_on_their_days(james: Client) -> None:
    phase = a_phase(james)
    for weekday, sets in ((0, 3), (2, 4), (4, 5)):
        a_line(a_workout(phase, weekday=weekday), an_exercise(), sets=sets)
    assert plans.planned_sets(james, MONDAY) == 12


def test_a_rotation_counts_each_workout_once_a_week(james: Client) -> None:
    phase = a_phase(james)
    a_line(a_workout(phase, "A"), an_exercise(), sets=6)
    a_line(a_workout(phase, "B"), an_exercise(), sets=4)
    assert plans.planned_sets(james, MONDAY) == 10


def test_a_phase_that_ends_midweek_counts_until_its_last_day(james: Client) -> None:
    phase = a_phase(james, ends_on=MONDAY + 2 * DAY)
    for weekday in (0, 2, 4):
        a_line(a_workout(phase, weekday=weekday), an_exercise(), sets=4)
    assert plans.planned_sets(james, MONDAY) == 8
    assert plans.planned_sets(james, MONDAY + 7 * DAY) is None


def test_a_phase_that_changes_midweek_counts_both(james: Client) -> None:
    before = a_phase(james, ends_on=MONDAY + 2 * DAY)
    after = a_phase(james, MONDAY + 3 * DAY, kind="strength")
    a_line(a_workout(before, weekday=0), an_exercise(), sets=5)
    a_line(a_workout(after, weekday=0), an_exercise(), sets=7)
    a_line(a_workout(after, weekday=4), an_exercise(), sets=3)
    assert plans.planned_sets(james, MONDAY) == 8


def test_a_deload_week_plans_half_the_sets_and_no_failure(james: Client, dana: Coach, now: Any) -> None:
    phase = a_phase(james)
    workout = a_workout(phase, weekday=1)
    a_line(workout, an_exercise(), sets=5, failure_on_last=True)
    a_line(workout, an_exercise("Curl"), sets=2)
    plans.insert_deload(client=james, starts_on=MONDAY, by=dana, at=now)
    plan = plans.plan_of(james)
    assert plan.week(MONDAY) == plans.PlannedWeek(workouts=1, sets=4, failures=0)
    assert plan.week(MONDAY + 7 * DAY) == plans.PlannedWeek(workouts=1, sets=7, failures=1)


def test_many_weeks_cost_no_more_queries_than_one(james: Client, django_assert_num_queries: Any) -> None:
    for n in range(6):
        a_line(a_workout(a_phase(james, MONDAY + 7 * n * DAY), weekday=0), an_exercise(), sets=n + 1)
    with django_assert_num_queries(2):
        plan = plans.plan_of(james)
        weeks = [plan.week(MONDAY + 7 * n * DAY) for n in range(6)]
    assert [week.sets for week in weeks if week] == [1, 2, 3, 4, 5, 6]
