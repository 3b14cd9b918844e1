"""What a scale back will change is shown before it is pressed."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client as Browser

from clients.models import Client, Coach, Flag
from coaching.would import would
from programs.models import Phase, Prescription, Workout
from tests.factories import a_session, an_exercise
from tests.flags import a_flag

TODAY = date(2026, 6, 15)  # a Monday


@pytest.fixture
def flag(james: Client) -> Flag:
    return a_flag(james)


def a_plan(client: Client, *, failure: bool = True) -> None:
    phase = Phase.objects.create(client=client, kind="hypertrophy", starts_on=TODAY)
    workout = Workout.objects.create(phase=phase, name="Push", position=1, weekday=0)
    Prescription.objects.create(
        workout=workout, exercise=an_exercise(), position=1, sets=4, reps_min=8, reps_max=12, failure_on_last=failure
    )  # fmt: skip


def test_the_sets_meant_for_failure_are_counted_over_its_days(
    flag: Flag, james: Client, now: datetime
) -> None:
    a_plan(james)
    assert would(flag, days=14, now=now) == (
        "Scaling back until 28 June: 2 sets meant for failure stop 2–3 short, all 8 planned sets stay. "
        "A deload week until 21 June: about half of 4 sets."
    )
    assert "1 set meant for failure stops" in would(flag, days=7, now=now)


def test_a_deload_is_told_from_the_day_it_would_begin(flag: Flag, james: Client, now: datetime) -> None:
    a_plan(james)
    a_session(james, at=now - timedelta(hours=2))
    assert "A deload week until 22 June" in would(flag, days=14, now=now)


def test_a_plan_without_failure_and_no_plan_are_said(flag: Flag, james: Client, now: datetime) -> None:
    assert would(flag, days=14, now=now).endswith("a budget of 0 everywhere; no workouts are planned.")
    a_plan(james, failure=False)
    assert "no set was meant for failure" in would(flag, days=14, now=now)


@pytest.mark.parametrize(
    ("days", "says"),
    [("14", "Scaling back until"), ("400", "Choose between 1 and 90 days."), ("two", "whole number"), ("", "Scaling back until")],
)  # fmt: skip
def test_the_page_asks_for_it_with_the_days_as_they_are_typed(
    dana: Coach, flag: Flag, days: str, says: str
) -> None:
    browser = Browser()
    browser.force_login(dana.user)
    assert says in browser.get(f"/flags/{flag.pk}/would/?days={days}").content.decode()
