"""Lists come a hundred at a time, at the same cost whatever they hold."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework import serializers

from clients.models import Checkin, Client, Coach, Flag
from coaching.api import rows
from coaching.api.shapes import flags, people, training
from programs.models import SetLog
from tests.coaching.api import Api, coach_api
from tests.conftest import NOW
from tests.factories import a_checkin, a_session, a_set, an_exercise, make_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(dana: Coach) -> Api:
    api = coach_api(dana, "read")
    api.get("clients/")  # the last use of the token is written now and then
    return api


def fill(client: Client, count: int, first: int = 0) -> None:
    exercise = an_exercise("Zz press")
    for n in range(first, first + count):
        at = NOW - timedelta(days=n // 3, minutes=n)
        a_set(a_session(client, at=at), exercise)
        if n % 3 == 0:
            a_checkin(client, at.date(), energy=3)
            Flag.objects.create(
                client=client, sign="dread", level="act", opened_on=at.date(), since_on=at.date(), level_on=at.date(),
                score=1, says="", recorded_at=at, closed_on=at.date(), closed_at=at, resolution="recovered",
            )  # fmt: skip


def walked(api: Api, path: str) -> tuple[list[Any], list[int]]:
    found, sizes = [], []
    while path:
        answer = api.get(path).json()
        found += answer["results"]
        sizes.append(len(answer["results"]))
        path = (answer["next"] or "").partition("/api/v1/")[2]
    return found, sizes


def test_every_set_comes_once_newest_first(api: Api, james: Client) -> None:
    fill(james, 205)
    found, sizes = walked(api, f"clients/{james.uuid}/sets/")
    assert sizes == [100, 100, 5]
    assert len({row["id"] for row in found}) == 205
    assert [row["day"] for row in found] == sorted((row["day"] for row in found), reverse=True)


def test_a_set_logged_between_two_pages_moves_nothing(api: Api, james: Client) -> None:
    fill(james, 150)
    first = api.get(f"clients/{james.uuid}/sets/").json()
    a_set(a_session(james, at=NOW + timedelta(hours=1)), an_exercise("Zz press"))
    second = api.get(first["next"].partition("/api/v1/")[2]).json()
    ids = [row["id"] for row in [*first["results"], *second["results"]]]
    assert len(ids) == len(set(ids)) == 150


@pytest.mark.parametrize(
    "path",
    ["clients/", "clients/{}/sessions/", "clients/{}/sets/", "clients/{}/checkins/", "flags/", "exercises/"],
)
def test_a_list_costs_the_same_for_one_and_twice_the_rows(
    api: Api, dana: Coach, james: Client, path: str
) -> None:
    counts = []
    for n in range(2):
        fill(james, 30, first=30 * n)
        make_client(dana, f"More {n}", ref=f"more{n}")
        an_exercise(f"Zz lift {n}")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert api.get(path.format(james.uuid)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 4


def test_the_last_page_is_read_like_the_first(api: Api, james: Client) -> None:
    """No walk past what was shown before: as many queries, and none that skips rows."""
    fill(james, 120)
    path = f"clients/{james.uuid}/sets/?limit=40"
    for _ in range(3):
        with CaptureQueriesContext(connection) as queries:
            answer = api.get(path).json()
        assert len(queries) <= 4
        assert "OFFSET" not in str(queries.captured_queries)
        path = (answer["next"] or "").partition("/api/v1/")[2]
    assert path == ""


def test_a_page_is_as_long_as_was_asked_for(api: Api, james: Client) -> None:
    fill(james, 7)
    _, sizes = walked(api, f"clients/{james.uuid}/sets/?limit=3")
    assert sizes == [3, 3, 1]
    for limit in ("0", "101", "-1", "x", "1e3"):
        refused = api.get(f"clients/{james.uuid}/sets/?limit={limit}")
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "limit")


def test_sets_are_asked_for_by_day_exercise_and_session(api: Api, james: Client) -> None:
    fill(james, 9)
    path = f"clients/{james.uuid}/sets/"
    days = {row["day"] for row in api.get(f"{path}?since=2026-06-14&until=2026-06-14").json()["results"]}
    assert days == {"2026-06-14"}
    one = api.get(path).json()["results"][0]
    assert len(api.get(f"{path}?session={one['session']}").json()["results"]) == 1
    assert len(api.get(f"{path}?exercise=zz%20PRESS").json()["results"]) == 9
    assert api.get(f"{path}?exercise=Unheard-of").json()["errors"][0]["field"] == "exercise"
    assert api.get(f"{path}?since=2026-06-14&until=2026-06-13").json()["errors"][0]["field"] == "until"
    assert api.get(f"{path}?since=tomorrow").status_code == 422


def test_clients_are_asked_for_by_name_ref_and_whether_they_are_archived(
    api: Api, james: Client, sarah: Client
) -> None:
    def names(asked: str) -> list[str]:
        return [row["name"] for row in api.get(f"clients/?{asked}").json()["results"]]

    assert names("q=okaf") == [james.name]
    assert names(f"ref={sarah.ref}") == [sarah.name]
    assert names("archived=true") == []
    assert len(names("archived=false")) == 2


@pytest.mark.parametrize(
    "cursor",
    ["x", "é", "", "MQ", "MjAyNi0wNi0xNSw5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "%00", "LTE", "MjAyNi0wMi0zMCwx"],
)
def test_a_cursor_that_was_not_given_is_refused_or_read_never_a_fault(
    api: Api, james: Client, cursor: str
) -> None:
    for path in ("clients/", f"clients/{james.uuid}/sets/"):
        assert api.get(f"{path}?cursor={cursor}").status_code in (200, 422)


def test_the_schema_is_whole_and_without_a_warning(tmp_path: Any) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml"))


def test_the_schema_is_published(api: Api) -> None:
    answer = Api().send("get", "schema/?format=json")
    assert answer.status_code == 200
    assert answer.json()["openapi"] == "3.1.0"


def test_rows_have_the_shape_that_the_schema_publishes(james: Client, dana: Coach) -> None:
    fill(james, 1)
    one = SetLog.objects.select_related("session", "exercise").get()
    action = james.actions.create(kind="note", by=dana, at=NOW, on=NOW.date())
    shown: list[tuple[dict[str, Any], type[serializers.Serializer[Any]]]] = [
        (rows.client_row(james), people.ClientOut),
        (rows.session_row(one.session), training.SessionOut),
        (rows.set_row(one), training.SetOut),
        (rows.checkin_row(Checkin.objects.get()), training.CheckinOut),
        (rows.flag_row(Flag.objects.get()), flags.FlagOut),
        (rows.action_row(action), flags.ActionOut),
        (rows.exercise_row(one.exercise), people.ExerciseOut),
    ]
    for row, shape in shown:
        assert set(row) == set(shape().fields), shape.__name__


def test_exercises_are_found_with_typing_errors_the_likeliest_first(api: Api) -> None:
    answer = api.get("exercises/?q=benhc%20pres").json()
    assert answer["results"][0]["name"] == "Barbell bench press"
    assert answer["next"] is None
    assert api.get("exercises/?q=zzzz").json()["results"] == []
    assert len(api.get("exercises/?q=%20").json()["results"]) == 100  # nothing said: all, a page at a time
    assert len(api.get("exercises/?q=b").json()["results"]) == 100
