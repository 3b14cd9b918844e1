"""A deload put into a plan, and taken out again."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clients.models import Change, Client, Coach
from clients.problems import Refused
from programs import plans
from programs.models import Phase
from tests.factories import an_exercise
from tests.programs.plans import MONDAY, a_line, a_phase, a_workout

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def shape(client: Client) -> list[tuple[Any, ...]]:
    rows = Phase.objects.filter(client=client).order_by("starts_on")
    return [(row.kind, row.starts_on, row.ends_on, row.name) for row in rows]


def test_a_deload_splits_the_phase_of_its_days(james: Client, dana: Coach, now: Any) -> None:
    end = MONDAY + 27 * DAY
    growth = a_phase(james, MONDAY - 28 * DAY, end, name="Growth")
    deload = plans.insert_deload(client=james, starts_on=MONDAY, by=dana, at=now)
    assert shape(james) == [
        ("hypertrophy", MONDAY - 28 * DAY, MONDAY - DAY, "Growth"),
        ("deload", MONDAY, MONDAY + 6 * DAY, "Deload"),
        ("hypertrophy", MONDAY + 7 * DAY, end, "Growth"),
    ]
    assert deload.continues == growth
    assert Phase.objects.get(starts_on=MONDAY + 7 * DAY).continues == growth


def test_deload_and_remainder_train_by_the_workouts_of_the_phase(
    james: Client, dana: Coach, now: Any
) -> None:
    push = a_workout(a_phase(james), weekday=0)
    a_line(push, an_exercise())
    plans.insert_deload(client=james, starts_on=MONDAY, by=dana, at=now)
    for week in (-1, 0, 1):
        assert plans.workout_for(james, day=MONDAY + 7 * week * DAY) == push


def test_the_same_deload_twice_is_one(james: Client, dana: Coach, now: Any) -> None:
    a_phase(james)
    first = plans.insert_deload(client=james, starts_on=MONDAY, by=dana, at=now)
    again = plans.insert_deload(client=james, starts_on=MONDAY, by=dana, at=now)
    assert first == again
    assert len(shape(james)) == 3
    assert Change.objects.filter(client=james, kind="deload inserted").count() == 1


def test_removing_a_deload_twice_restores_the_plan_once(james: Client, dana: Coach, now: Any) -> None:
    a_phase(james)
    before = shape(james)
    deload = plans.insert_deload(client=james, starts_on=MONDAY, by=dana, at=now)
    plans.remove_deload(phase=deload, by=dana, at=now)
    plans.remove_deload(phase=deload, by=dana, at=now)
    assert shape(james) == before


def test_a_second_deload_is_refused_while_one_is_planned(james: Client, dana: Coach, now: Any) -> None:
    a_phase(james)
    plans.insert_deload(client=james, starts_on=MONDAY, by=dana, at=now)
    before = shape(james)
    with pytest.raises(Refused, match="planned already, 15 Jun 2026 to 21 Jun 2026"):
        plans.insert_deload(client=james, starts_on=MONDAY + 6 * DAY, by=dana, at=now)
    assert shape(james) == before


def test_two_deloads_come_out_in_the_order_that_they_went_in(james: Client, dana: Coach, now: Any) -> None:
    a_phase(james)
    before = shape(james)
    first = plans.insert_deload(client=james, starts_on=MONDAY, by=dana, at=now)
    second = plans.insert_deload(client=james, starts_on=MONDAY + 28 * DAY, by=dana, at=now)
    plans.remove_deload(phase=first, by=dana, at=now)
    plans.remove_deload(phase=second, by=dana, at=now)
    assert shape(james) == before


def test_a_phase_that_would_vanish_is_not_swallowed(james: Client, dana: Coach, now: Any) -> None:
    a_phase(james, MONDAY + DAY, MONDAY + 2 * DAY, name="Peak")
    with pytest.raises(Refused, match="Peak lies wholly within these days"):
        plans.insert_deload(client=james, starts_on=MONDAY, by=dana, at=now)


@pytest.mark.parametrize("days", [0, 29, -3])
def test_a_deload_lasts_between_a_day_and_four_weeks(james: Client, dana: Coach, now: Any, days: int) -> None:
    with pytest.raises(Refused) as refused:
        plans.insert_deload(client=james, starts_on=MONDAY, days=days, by=dana, at=now)
    assert refused.value.field == "days"


def test_the_scan_is_told(james: Client, dana: Coach, now: Any) -> None:
    deload = plans.insert_deload(client=james, starts_on=MONDAY, by=dana, at=now)
    james.refresh_from_db()
    assert james.history_version == 1
    plans.remove_deload(phase=deload, by=dana, at=now)
    james.refresh_from_db()
    assert james.history_version == 2


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    gaps=st.lists(st.tuples(st.integers(0, 5), st.integers(1, 20), st.booleans()), max_size=4),
    start=st.integers(-3, 60),
    days=st.integers(1, 28),
)
def test_whatever_the_plan_a_deload_keeps_its_days_and_comes_out_without_a_trace(
    james: Client, dana: Coach, now: Any, gaps: list[tuple[int, int, bool]], start: int, days: int
) -> None:
    Phase.objects.filter(client=james).delete()
    day = date(2026, 1, 5)
    first = day + start * DAY
    for gap, length, open_end in gaps:
        day += gap * DAY
        a_phase(james, day, None if open_end else day + (length - 1) * DAY)
        day += length * DAY
    before = shape(james)
    kinds = {d: plans.phase_on(james, day + d * DAY).kind for d in range(-80, 40)}
    try:
        deload = plans.insert_deload(client=james, starts_on=first, days=days, by=dana, at=now)
    except Refused:
        assert shape(james) == before
        return
    for d, kind in kinds.items():
        inside = first <= day + d * DAY <= first + (days - 1) * DAY
        assert plans.phase_on(james, day + d * DAY).kind == ("deload" if inside else kind)
    plans.remove_deload(phase=deload, by=dana, at=now)
    assert shape(james) == before
