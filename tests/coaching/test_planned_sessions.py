"""Sessions planned and missed speak for dread, never alone; and a plan that changes is looked at again."""

from datetime import date, timedelta

import numpy as np
import pytest

from clients.models import Client
from clients.signs.kinds import Training
from coaching.histories import PhaseSpan, planned, read_histories
from programs.models import Phase, Workout
from tests import factories
from tests.coaching import stories
from tests.conftest import NOW

MONDAY = date(2026, 6, 1)
FIRST = MONDAY.toordinal()
MON_WED_FRI = frozenset({0, 2, 4})


def missed(trained: list[int], *, last: int = 13, until: int | None = None) -> list[tuple[int, bool]]:
    span = PhaseSpan("strength", FIRST, None if until is None else FIRST + until, MON_WED_FRI)
    days = np.array([FIRST + day for day in trained], dtype=np.int64)
    each = np.zeros(len(days))
    rows = Training(
        person=np.zeros(len(days), dtype=np.int64),
        day=days,
        costs=each,
        rated=each,
        unrated=each,
        hard=each,
        load=each,
    )
    found = planned([span], rows, 0, FIRST + last)
    return [(day - FIRST, done) for day, done in found]


def test_a_planned_day_is_done_on_it_the_day_before_or_the_day_after() -> None:
    assert missed([0, 3, 5], last=6) == [(1, True), (3, True), (5, True)]


def test_what_is_not_done_is_missed_once_the_day_after_is_over() -> None:
    assert missed([], last=2) == [(1, False)]
    assert missed([], last=3) == [(1, False), (3, False)]


def test_a_plan_that_has_ended_plans_nothing() -> None:
    assert missed([], until=2) == [(1, False), (3, False)]


@pytest.mark.parametrize("continued", [False, True])
def test_the_scan_reads_weekdays_of_a_phase_and_of_the_one_it_goes_on_with(
    james: Client, continued: bool
) -> None:
    first = Phase.objects.create(client=james, kind="strength", starts_on=MONDAY)
    for position, weekday in enumerate((0, 2, 4), 1):
        Workout.objects.create(phase=first, name=f"Day {position}", position=position, weekday=weekday)
    Workout.objects.create(phase=first, name="Some day", position=4)
    if continued:
        Phase.objects.create(
            client=james, kind="deload", starts_on=MONDAY + timedelta(days=7), continues=first
        )
    factories.a_session(james, at=NOW - timedelta(days=12))
    (person,) = read_histories([james.pk], until=MONDAY + timedelta(days=13)).people
    done = {day - FIRST: kept for day, kept in person.planned}
    assert sorted(done) == [1, 3, 5, 8, 10, 12]
    trained = (NOW - timedelta(days=12)).date().toordinal() - FIRST
    assert [day for day, kept in done.items() if kept] == [day for day in done if abs(day - 1 - trained) <= 1]
    assert len(person.deloads) == continued


def test_without_a_plan_nothing_is_missed(james: Client) -> None:
    stories.training(james, stories.lifts(1), weeks=4)
    (person,) = read_histories([james.pk], until=stories.LAST).people
    assert person.planned == ()
