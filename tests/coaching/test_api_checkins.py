"""Check-ins over the API: one a day, with the client's agreement."""

import pytest

from clients import consent
from clients.models import Checkin, Client, Coach
from tests.coaching.api import Api, client_api, coach_api
from tests.conftest import NOW
from tests.factories import make_client

pytestmark = pytest.mark.django_db
BODY = {"sleep_hours": 7.5, "energy": 4, "aches": {"knee": 3}, "note": "fine"}


@pytest.fixture
def api(dana: Coach) -> Api:
    return coach_api(dana, "log")


def test_a_day_put_twice_is_one_check_in(api: Api, james: Client) -> None:
    path = f"clients/{james.uuid}/checkins/2026-06-15/"
    answers = [api.put(path, BODY) for _ in range(2)]
    assert answers[0].json() == answers[1].json() == api.get(path).json()
    stored = Checkin.objects.get()
    assert (float(stored.sleep_hours or 0), stored.energy, stored.mood, stored.aches) == (
        7.5,
        4,
        None,
        {"knee": 3},
    )
    changed = api.put(path, {**BODY, "energy": 2})
    assert (changed.json()["energy"], changed.json()["version"]) == (2, 2)
    assert api.put(path, {**BODY, "energy": 5, "version": 2}).status_code == 409


def test_a_removed_check_in_is_gone(api: Api, james: Client) -> None:
    path = f"clients/{james.uuid}/checkins/2026-06-15/"
    api.put(path, BODY)
    assert [api.delete(path).status_code for _ in range(2)] == [204, 204]
    assert api.get(path).status_code == 404


def test_without_agreement_nothing_is_kept_and_nothing_shown(api: Api, dana: Coach) -> None:
    client = make_client(dana, "Quiet Quinn", consent=False)
    path = f"clients/{client.uuid}/checkins/2026-06-15/"
    assert api.put(path, BODY).status_code == 422
    consent.give(client=client, channel="coach_word", by=None, at=NOW)
    assert api.put(path, BODY).status_code == 200
    consent.withdraw(client=client, by=None, at=NOW)
    assert api.get(path).status_code == 404
    assert api.get(f"clients/{client.uuid}/checkins/").json()["results"] == []


def test_a_client_keeps_their_own(dana: Coach) -> None:
    client = make_client(dana, "Own Olga", signed_in=True)
    assert client_api(client).put(f"clients/{client.uuid}/checkins/2026-06-15/", BODY).status_code == 200


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"energy": 6}, "energy"),
        ({"energy": 0}, "energy"),
        ({"energy": "high"}, "energy"),
        ({"sleep_hours": 25}, "sleep_hours"),
        ({"aches": {"wing": 3}}, "aches"),
        ({"aches": {"knee": 11}}, "aches.knee"),
        ({"aches": [1]}, "aches"),
        ({"note": "\x00"}, "note"),
    ],
)
def test_an_answer_that_cannot_be_is_named(
    api: Api, james: Client, changes: dict[str, object], field: str
) -> None:
    refused = api.put(f"clients/{james.uuid}/checkins/2026-06-15/", {**BODY, **changes})
    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == [field]
    assert not Checkin.objects.exists()


@pytest.mark.parametrize("day", ["2026-02-30", "2026-6-1", "today", "0000-01-01"])
def test_a_day_that_does_not_exist_leads_nowhere(api: Api, james: Client, day: str) -> None:
    assert api.put(f"clients/{james.uuid}/checkins/{day}/", BODY).status_code == 404


@pytest.mark.parametrize("day", ["9999-12-31", "2090-01-01", "0001-01-01"])
def test_a_check_in_is_of_a_day_that_has_come(api: Api, james: Client, day: str) -> None:
    assert api.put(f"clients/{james.uuid}/checkins/{day}/", BODY).status_code == 422


def test_no_ache_may_be_sent_as_null(api: Api, james: Client) -> None:
    stored = api.put(
        f"clients/{james.uuid}/checkins/2026-06-14/", {"energy": 3, "aches": None, "note": None}
    ).json()
    assert (stored["aches"], stored["note"]) == ({}, "")
