"""Sets over the API: put by id, once, amended by version, never lost."""

from datetime import datetime
from typing import Any

import pytest

from clients.ids import new_id
from clients.models import Client, Coach
from programs.exercises import find
from programs.models import LiftDay, Session, SetLog
from programs.verdicts import verdict_for
from tests.coaching.api import Api, coach_api
from tests.factories import a_session, a_set, an_exercise

pytestmark = pytest.mark.django_db
BODY = {"exercise": "Zz press", "weight_kg": 62.5, "reps": 8, "rir": 1.5, "ended": "target"}


@pytest.fixture
def session(james: Client, now: datetime) -> Session:
    an_exercise("Zz press")
    return a_session(james, at=now.replace(month=1))


@pytest.fixture
def api(dana: Coach) -> Api:
    return coach_api(dana, "log")


def body(of: Session, **changes: Any) -> dict[str, Any]:
    return {"session": str(of.uuid), **BODY, **changes}


def test_a_set_put_twice_is_recorded_once(api: Api, james: Client, session: Session) -> None:
    path = f"clients/{james.uuid}/sets/{new_id()}/"
    answers = [api.put(path, body(session)) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json() == api.get(path).json()
    stored = SetLog.objects.get()
    assert (stored.weight_g, stored.reps, stored.rir_halves, stored.ended) == (62_500, 8, 3, "target")
    assert LiftDay.objects.get().working == 1
    james.refresh_from_db()
    assert james.history_version > 0


def test_other_content_with_the_next_version_amends(api: Api, james: Client, session: Session) -> None:
    path = f"clients/{james.uuid}/sets/{new_id()}/"
    api.put(path, body(session))
    amended = api.put(path, body(session, reps=9, version=2))
    assert (amended.status_code, amended.json()["reps"], amended.json()["version"]) == (200, 9, 2)


@pytest.mark.parametrize("version", [1, 3])
def test_other_content_with_another_version_is_a_conflict_that_shows_what_is_stored(
    api: Api, james: Client, session: Session, version: int
) -> None:
    path = f"clients/{james.uuid}/sets/{new_id()}/"
    api.put(path, body(session))
    refused = api.put(path, body(session, reps=9, version=version))
    assert refused.status_code == 409
    assert refused.json()["stored"]["reps"] == 8
    assert refused["Content-Type"] == "application/problem+json"


def test_a_deleted_set_stays_deleted(api: Api, james: Client, session: Session) -> None:
    path = f"clients/{james.uuid}/sets/{new_id()}/"
    api.put(path, body(session))
    assert [api.delete(path).status_code for _ in range(2)] == [204, 204]
    assert api.put(path, body(session)).json()["deleted_at"] is not None
    assert api.get(f"clients/{james.uuid}/sets/").json()["results"] == []
    assert not LiftDay.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"weight_kg": -5}, "weight_kg"),
        ({"weight_kg": 10_000}, "weight_kg"),
        ({"weight_kg": "heavy"}, "weight_kg"),
        ({"reps": 500}, "reps"),
        ({"reps": 0}, "reps"),
        ({"reps": 2.5}, "reps"),
        ({"rir": 11}, "rir"),
        ({"rir": 1.3}, "rir"),
        ({"ended": "tired"}, "ended"),
        ({"done_at": "2050-01-01T00:00:00Z"}, "done_at"),
        ({"done_at": "1969-12-31T23:00:00Z"}, "done_at"),
        ({"done_at": "2026-06-15T10:00:00"}, "done_at"),
        ({"exercise": "Unheard-of lift"}, "exercise"),
        ({"exercise": None}, "exercise"),
        ({"session": "x"}, "session"),
        ({"version": 0}, "version"),
        ({"note": "a\x00b"}, "note"),
    ],
)
def test_a_value_that_cannot_be_is_named_with_its_reason(
    api: Api, james: Client, session: Session, changes: dict[str, Any], field: str
) -> None:
    refused = api.put(f"clients/{james.uuid}/sets/{new_id()}/", body(session, **changes))
    assert refused.status_code == 422
    [error] = refused.json()["errors"]
    assert error["field"] == field
    assert error["reason"]
    assert not SetLog.objects.exists()


def test_unknown_is_null_of_texts_too(api: Api, james: Client, session: Session) -> None:
    unknown = body(session, ended=None, note=None, source=None, rir=None, weight_kg=None)
    stored = api.put(f"clients/{james.uuid}/sets/{new_id()}/", unknown).json()
    assert (stored["ended"], stored["note"], stored["source"], stored["rir"]) == ("", "", "", None)


def test_a_row_can_be_sent_back_as_it_came(api: Api, james: Client, session: Session) -> None:
    a_set(session, an_exercise("Zz pull"), kg=62.5, source="")
    [row] = api.get(f"clients/{james.uuid}/sets/").json()["results"]
    assert api.put(f"clients/{james.uuid}/sets/{row['id']}/", row).json() == row


def test_a_missed_single_is_fine(api: Api, james: Client, session: Session) -> None:
    single = body(session, reps=0, rir=None, ended="muscular_failure")
    assert api.put(f"clients/{james.uuid}/sets/{new_id()}/", single).status_code == 200


def test_a_session_of_another_client_is_not_found(
    api: Api, james: Client, sarah: Client, session: Session
) -> None:
    assert api.put(f"clients/{sarah.uuid}/sets/{new_id()}/", body(session)).status_code == 404


def test_a_session_is_started_once_and_ended(api: Api, james: Client) -> None:
    path = f"clients/{james.uuid}/sessions/{new_id()}/"
    start = {"started_at": "2026-06-01T23:30:00+01:00"}
    first, again = api.put(path, start), api.put(path, start)
    assert first.json() == again.json()
    assert first.json()["day"] == "2026-06-01"
    assert api.put(path, {"started_at": "2026-06-02T10:00:00Z"}).status_code == 409
    ended = api.put(path + "end/", {"session_rpe": 7.5, "duration_min": 61, "note": "good"})
    assert (ended.json()["session_rpe"], ended.json()["duration_min"]) == (7.5, 61.0)
    assert ended.json()["ended_at"] is not None
    assert Session.objects.count() == 1


def test_the_verdict_is_the_same_as_everywhere(api: Api, james: Client) -> None:
    an_exercise("Zz squat", equipment="barbell", can_trap=True)
    answer = api.post(
        "verdicts/", {"client": str(james.uuid), "exercise": "zz SQUAT", "at": "2026-06-15T10:00:00Z"}
    )
    squat = find(james.practice_id, "Zz squat")
    assert squat
    expected = verdict_for(james, squat, at=datetime.fromisoformat("2026-06-15T10:00:00+00:00"))
    assert answer.status_code == 200
    assert answer.json()["verdict"] == expected.answer != "yes"
    assert answer.json()["codes"] == list(expected.codes)
