"""What the database packs and numpy unpacks are the rows themselves."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest
from django.db.models import Value

from clients.models import Client
from programs.models import Session, SetLog
from programs.packed import Cell, Ordinal, Parts, dated, key, small, table, whole
from tests.factories import a_session, a_set, an_exercise

DAY = date(2026, 6, 15)


@pytest.fixture
def two(james: Client, sarah: Client, now: datetime) -> list[Client]:
    dip = an_exercise("Dip", equipment="bodyweight", body_mass_percent=100)
    for client, kg in ((sarah, None), (james, -20)):
        for days in (0, 3, 1):
            session = a_session(client, at=now - timedelta(days=days))
            a_set(session, dip, kg=kg, reps=5 + days, rir=None if days else 2)
    return [james, sarah]


def test_cells_are_the_rows_sorted_and_null_is_nan(two: list[Client]) -> None:
    cells = (whole("weight_g", signed=True), dated("day"), small("reps"), small("rir_halves"))
    found, _ = table(SetLog.objects.all(), cells, sort=[1])
    found[[1, 2]] = found[[2, 1]]
    day, nan = DAY.toordinal(), np.nan
    james, sarah = (client.pk for client in two)
    expected = np.array(
        [
            [james, day - 3, -20_000, 8, nan],
            [james, day - 1, -20_000, 6, nan],
            [james, day, -20_000, 5, 4],
            [sarah, day - 3, nan, 8, nan],
            [sarah, day - 1, nan, 6, nan],
            [sarah, day, nan, 5, 4],
        ]
    )
    assert np.array_equal(found.T, expected, equal_nan=True)


def test_decimals_come_as_whole_parts(james: Client, now: datetime) -> None:
    a_session(james, at=now, duration_min=Decimal("61.25"), session_rpe=Decimal("7.5"))
    cells = (small(Parts("session_rpe", 10)), whole(Parts("duration_min", 100)), key("practice_id"))
    found, _ = table(Session.objects.all(), cells, sort=[0])
    assert found.T.tolist() == [[james.pk, 75, 6125, james.practice_id]]


def test_nothing_has_the_shape_of_something(db: None) -> None:
    found, beside = table(SetLog.objects.all(), (small("reps"), key("exercise_id")), sort=[1, 0])
    assert (found.shape, beside) == ((3, 0), [])


@pytest.mark.parametrize("number", [-(2**29) + 1, -1, 0, 1, 32_767, 32_768, 2**29 - 1])
def test_a_signed_cell_holds_what_lies_on_either_side_of_nothing(
    james: Client, now: datetime, number: int
) -> None:
    a_set(a_session(james, at=now), an_exercise(), kg=number / 1000)
    found, _ = table(SetLog.objects.all(), [whole("weight_g", signed=True)], sort=[0])
    assert found[1].tolist() == [number]


def test_cells_hold_the_largest_that_they_promise(james: Client, now: datetime) -> None:
    a_session(james, at=now)
    cells = [Cell(Value(most), digits) for digits, most in ((1, 32_767), (2, 10**9), (3, 35 * 10**12))]
    found, _ = table(Session.objects.all(), cells, sort=[0])
    assert found[1:, 0].tolist() == [32_767, 10**9, 35 * 10**12]


@pytest.mark.parametrize("day", [date.min, date(1969, 12, 31), date(1970, 1, 1), date(2024, 2, 29), date.max])
def test_a_day_is_its_ordinal_however_it_is_handed_over(james: Client, now: datetime, day: date) -> None:
    a_session(james, at=now)
    Session.objects.update(local_day=day)
    found, _ = table(Session.objects.all(), [dated("local_day"), whole(Ordinal("local_day"))], sort=[0])
    assert found[1:, 0].tolist() == [day.toordinal()] * 2
