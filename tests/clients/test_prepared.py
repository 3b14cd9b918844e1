"""A prepared statement answers like the query that it was made of, whatever it is given, and is written once."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.models import BigIntegerField, Count, DateField, DateTimeField, F, Q, QuerySet
from django.test.utils import CaptureQueriesContext

from clients.models import Checkin, Client
from clients.prepared import Given, Prepared, PreparedObjects
from tests.factories import a_checkin, make_client, make_coach

pytestmark = pytest.mark.django_db

CLIENT, SINCE = Given("client", BigIntegerField()), Given("since", DateField())


def test_each_run_answers_for_what_it_is_given() -> None:
    dana = make_coach("dana@example.com")
    james, sarah = make_client(dana, "James"), make_client(dana, "Sarah")
    for day in (1, 2, 3):
        a_checkin(james, date(2026, 6, day))
    a_checkin(sarah, date(2026, 6, 9))
    days = Prepared(
        lambda: Checkin.objects.filter(client=CLIENT, day__gte=SINCE).order_by("day").values("day")
    )

    assert days.run(client=james.pk, since=date(2026, 6, 2)) == [
        {"day": date(2026, 6, 2)},
        {"day": date(2026, 6, 3)},
    ]
    assert days.run(client=james.pk, since=date(2026, 6, 4)) == []
    assert days.run(client=sarah.pk, since=date(2026, 6, 4)) == [{"day": date(2026, 6, 9)}]


def test_values_come_back_as_a_query_would_bring_them() -> None:
    make_client(make_coach("dana@example.com"), "James")
    made = Given("made", DateTimeField())

    def asked(at: datetime | Given) -> QuerySet[Client, Any]:
        older = Count("pk", filter=Q(created_at__lt=at))
        return Client.objects.values("name", "created_at", "uuid", ref_again=F("ref")).annotate(older=older)

    at = datetime(2100, 1, 1, tzinfo=UTC)
    assert Prepared(lambda: asked(made)).run(made=at) == list(asked(at))


def test_the_sql_is_written_at_the_first_run_only() -> None:
    made: list[int] = []

    def query() -> QuerySet[Client, Any]:
        made.append(1)
        return Client.objects.filter(pk=CLIENT).values("name")

    names, james = Prepared(query), make_client(make_coach("dana@example.com"), "James")
    with CaptureQueriesContext(connection) as asked:
        assert [names.run(client=james.pk) for _ in range(3)] == [[{"name": "James"}]] * 3
    assert (len(made), len(asked)) == (1, 3)


def test_a_value_that_is_not_given_is_an_error() -> None:
    with pytest.raises(KeyError, match="client"):
        Prepared(lambda: Client.objects.filter(pk=CLIENT).values("name")).run()


def test_objects_come_back_whole_and_can_be_saved() -> None:
    james = make_client(make_coach("dana@example.com"), "James")
    clients = PreparedObjects(lambda: Client.objects.filter(pk=CLIENT))
    (found,) = clients.run(client=james.pk)
    stored = Client.objects.get(pk=james.pk)
    assert found == stored
    assert {k: v for k, v in vars(found).items() if k != "_state"} == {
        k: v for k, v in vars(stored).items() if k != "_state"
    }
    found.name = "James the Second"
    found.save()
    assert [client.name for client in clients.run(client=james.pk)] == ["James the Second"]
    assert Client.objects.count() == 1
    assert clients.run(client=0) == []
