"""Nobody's change is lost unseen: a row has a tag of its content, and a writer says which content they have read."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from clients.models import Client, Coach
from programs.models import Session, SetLog
from tests.coaching.api import Api, coach_api
from tests.conftest import NOW
from tests.factories import a_session, a_set, an_exercise, make_client, make_coach

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(dana: Coach) -> Api:
    return coach_api(dana)


@pytest.fixture
def one(james: Client) -> SetLog:
    return a_set(a_session(james, at=NOW), an_exercise("Zz press"), kg=60)


def path_of(one: SetLog) -> str:
    return f"clients/{one.client.uuid}/sets/{one.uuid}/"


def body(api: Api, one: SetLog, **changes: Any) -> dict[str, Any]:
    row = api.get(path_of(one)).json()
    del row["version"]
    return {**row, **changes}


def test_a_row_that_has_not_changed_is_not_sent_again(api: Api, one: SetLog) -> None:
    first = api.get(path_of(one))
    again = api.get(path_of(one), if_none_match=first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert api.get(path_of(one), if_none_match='"other"').status_code == 200


def test_who_has_read_the_row_amends_it_without_counting_versions(api: Api, one: SetLog) -> None:
    tag = api.get(path_of(one))["ETag"]
    amended = api.put(path_of(one), body(api, one, reps=9), if_match=tag)
    assert (amended.status_code, amended.json()["reps"], amended.json()["version"]) == (200, 9, 2)
    assert amended["ETag"] == api.get(path_of(one))["ETag"] != tag


def test_who_has_read_an_older_row_loses_nobodys_change(api: Api, one: SetLog) -> None:
    old = api.get(path_of(one))["ETag"]
    api.put(path_of(one), body(api, one, reps=9), if_match=old)
    late = api.put(path_of(one), body(api, one, reps=4), if_match=old)
    assert late.status_code == 412
    assert late["Content-Type"] == "application/problem+json"
    assert late.json()["stored"]["reps"] == 9
    assert late["ETag"] == api.get(path_of(one))["ETag"]
    assert SetLog.objects.get().reps == 9


def test_the_same_request_after_a_lost_answer_is_no_lost_update(api: Api, one: SetLog) -> None:
    old = api.get(path_of(one))["ETag"]
    sent = body(api, one, reps=9)
    answers = [api.put(path_of(one), sent, if_match=old) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()


def test_a_proxy_that_weakens_the_tag_breaks_nothing(api: Api, one: SetLog) -> None:
    tag = api.get(path_of(one))["ETag"]
    assert api.put(path_of(one), body(api, one, reps=9), if_match=f'"x", W/{tag}').status_code == 200


def test_only_a_new_row_may_be_asked_for(api: Api, one: SetLog) -> None:
    assert api.put(path_of(one), body(api, one, reps=9), if_none_match="*").status_code == 412
    assert SetLog.objects.get().reps == one.reps


def test_a_row_that_was_never_there_matches_nothing(api: Api, james: Client, one: SetLog) -> None:
    path = f"clients/{james.uuid}/sets/0197a000-0000-7000-8000-000000000001/"
    refused = api.put(path, body(api, one), if_match='"seen"')
    assert refused.status_code == 412
    assert "stored" not in refused.json()
    assert SetLog.objects.count() == 1


def test_an_old_tag_takes_nothing_out(api: Api, one: SetLog) -> None:
    tag = api.get(path_of(one))["ETag"]
    assert api.delete(path_of(one), if_match='"older"').status_code == 412
    assert SetLog.objects.live().exists()
    assert [api.delete(path_of(one), if_match=tag).status_code for _ in range(2)] == [204, 204]


def test_a_session_ended_too_early_is_opened_again(api: Api, james: Client, one: SetLog) -> None:
    path = f"clients/{james.uuid}/sessions/{one.session.uuid}/"
    api.put(path + "end/", {"session_rpe": 7})
    assert api.delete(path + "end/", if_match='"older"').status_code == 412
    assert [api.delete(path + "end/").status_code for _ in range(2)] == [204, 204]
    assert Session.objects.get().ended_at is None


def test_a_check_in_is_guarded_too(api: Api, james: Client) -> None:
    path = f"clients/{james.uuid}/checkins/2026-06-15/"
    tag = api.put(path, {"energy": 4})["ETag"]
    api.put(path, {"energy": 2})
    assert api.put(path, {"energy": 5}, if_match=tag).json()["stored"]["energy"] == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_have_read_the_same_row_one_writes(dana: Coach) -> None:
    """A coach and their head coach, in the same moment."""
    mate = make_coach("mate@example.com", practice=dana.practice, head=False)
    client = make_client(mate, "Twice Tess")
    path = f"clients/{client.uuid}/"
    apis = [coach_api(dana), coach_api(mate)] * 2
    tag = apis[0].get(path)["ETag"]

    def write(number: int) -> int:
        try:
            return int(apis[number].put(path, {"name": f"Name {number}"}, if_match=tag).status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(write, range(4))) == [200, 412, 412, 412]
