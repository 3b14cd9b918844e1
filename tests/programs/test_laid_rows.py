"""Rows that wait for the transaction which inserts them: seen by nobody, in nobody's way."""

import pytest
from django.db import IntegrityError, connection, transaction

from clients.models import Client, Coach
from programs import bulk
from programs.laid_rows import laid_rows
from programs.models import AppExercise, Exercise
from tests.factories import make_client

TABLE, COLUMNS = AppExercise._meta.db_table, ("practice_id", "name", "exercise_id")
MANY = 450  # more than one statement takes


@pytest.fixture
def press(dana: Coach) -> Exercise:
    return Exercise.objects.create(practice=dana.practice, name="Press of ours")


def temporary_tables() -> list[str]:
    if connection.vendor == "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM temp.sqlite_master")
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.django_db(transaction=True)
def test_laid_out_rows_are_nowhere_and_hold_no_lock(dana: Coach, press: Exercise) -> None:
    rows = [(dana.practice_id, f"Press {n}", press.pk) for n in range(MANY)]
    with laid_rows(TABLE, COLUMNS, lambda: rows) as laid:
        assert not AppExercise.objects.exists()
        if connection.vendor == "sqlite":
            assert not connection.connection.in_transaction
        with transaction.atomic():
            laid.insert({})
    assert list(AppExercise.objects.order_by("pk").values_list("name", flat=True)) == [
        name for _, name, _ in rows
    ]
    assert temporary_tables() == []


@pytest.mark.django_db(transaction=True)
def test_of_a_transaction_that_fails_nothing_is_left(dana: Coach, press: Exercise) -> None:
    rows = [(dana.practice_id, "Press", press.pk), (dana.practice_id, "PRESS", press.pk)]
    with (
        pytest.raises(IntegrityError),
        laid_rows(TABLE, COLUMNS, lambda: rows, later="exercise_id") as laid,
        transaction.atomic(),
    ):
        laid.insert({-1: press.pk})
    assert not AppExercise.objects.exists()
    assert temporary_tables() == []


@pytest.mark.django_db
def test_ids_that_were_not_known_yet_are_filled_in(dana: Coach, press: Exercise) -> None:
    given: dict[int, int] = {}

    def rows() -> list[tuple[int, str, int]]:
        return [
            (dana.practice_id, "Press", press.pk), (dana.practice_id, "Mine", given.get(-1, -1)),
        ]  # fmt: skip

    with laid_rows(TABLE, COLUMNS, rows, later="exercise_id") as laid:
        mine = Exercise.objects.create(practice=dana.practice, name="Mine")
        given[-1] = mine.pk
        laid.insert(given)
    assert dict(AppExercise.objects.values_list("name", "exercise_id")) == {
        "Press": press.pk,
        "Mine": mine.pk,
    }


@pytest.mark.django_db
def test_a_database_that_plans_by_what_it_knows_is_told_what_there_is(dana: Coach) -> None:
    make_client(dana, "One")
    table = Client._meta.db_table
    bulk.look_anew(table)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
            assert cursor.fetchone() == (Client.objects.count(),)


@pytest.mark.django_db
def test_reserved_ids_are_given_to_nobody_else(dana: Coach) -> None:
    first = bulk.reserve_ids(Client._meta.db_table, 3)
    made = make_client(dana, "Between")
    then = bulk.reserve_ids(Client._meta.db_table, 2)
    assert len({*first, made.pk, *then}) == 6
    assert bulk.reserve_ids(Client._meta.db_table, 0) == []
