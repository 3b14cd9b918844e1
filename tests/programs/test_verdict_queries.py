"""However many sets are asked about, and however long the history: three statements."""

from datetime import date, timedelta
from typing import Any

import pytest

from clients.models import Client, Coach
from clients.overrules import overrule
from programs.facts import read_facts, read_recent
from programs.models import SetLog
from programs.planned import plan_of
from programs.policies import set_limit
from programs.rollups import known_keys, rebuild_days
from programs.verdicts import Asked, verdicts_for
from tests.conftest import NOW
from tests.factories import a_checkin, a_session, a_set, an_exercise
from tests.programs.plans import a_line, a_phase, a_workout


@pytest.fixture
def busy(dana: Coach, james: Client) -> Client:
    """A plan with a deload in the middle, a year of sets, nights, an injury, own limits, an overrule."""
    lifts = [an_exercise(f"Tale lift {n}", mechanic="isolation", primary_muscle="quads") for n in range(15)]
    phase = a_phase(james, date(2026, 5, 1), date(2026, 6, 10))
    a_phase(james, date(2026, 6, 11), date(2026, 6, 17), kind="deload", continues=phase)
    a_phase(james, date(2026, 6, 18), continues=phase)
    for weekday in (0, 2, 4, None):
        workout = a_workout(phase, f"Day {weekday}", weekday)
        for lift in lifts[:4]:
            a_line(workout, lift, sets=3, failure_on_last=weekday == 0)
    for week in range(52):
        session = a_session(james, at=NOW - timedelta(weeks=week, hours=30))
        for lift in lifts[:3]:
            a_set(session, lift, rir=1)
        a_checkin(james, (NOW - timedelta(days=week)).date(), sleep_hours=7, stress=3)
    rebuild_days(known_keys(james.pk))
    james.injuries.create(region="knee", onset=date(2026, 6, 1), severity="mild")
    set_limit(coach=dana, client=james, key="recovery_hours", value=96, by=dana, at=NOW)
    overrule(
        client=james, indicator="experience", state="met", until=date(2026, 7, 1), reason="x", by=dana, at=NOW
    )
    return james


def test_the_verdicts_of_a_planned_week_of_60_sets_take_three_statements(
    busy: Client, django_assert_num_queries: Any
) -> None:
    lifts = [an_exercise(f"Tale lift {n}") for n in range(15)]
    asked = [Asked(exercise=lift, reps=8, set_no=number, of=4) for lift in lifts for number in (1, 2, 3, 4)]
    read_recent(busy, at=NOW)  # what is asked once a process is asked
    with django_assert_num_queries(3):
        verdicts = verdicts_for(busy, asked, at=NOW)
    assert len(verdicts) == 60
    assert SetLog.objects.count() == 156


def test_the_plan_that_travels_with_the_person_is_the_plan(busy: Client) -> None:
    travelled, read = read_facts(busy, at=NOW).plan, plan_of(busy)
    assert travelled.workouts == read.workouts
    assert [(s.phase, s.first, s.last) for s in travelled.spans] == [
        (s.phase, s.first, s.last) for s in read.spans
    ]
    for week in range(-8, 8):
        monday = date(2026, 6, 15) + timedelta(weeks=week)
        assert travelled.week(monday) == read.week(monday)
