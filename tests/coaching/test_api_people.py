"""Clients, invitations, injuries and exercises over the API, through the verbs and the words of the pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from clients import consent, invitations
from clients.ids import new_id
from clients.models import Change, Client, Coach, Injury
from programs.models import Exercise, SetLog
from tests.coaching.api import Api, client_api, coach_api
from tests.conftest import NOW
from tests.factories import a_session, a_set, an_exercise, make_client

pytestmark = pytest.mark.django_db
HURT = {"region": "knee", "onset": "2026-06-01", "severity": "mild", "note": "after the run"}


@pytest.fixture
def api(dana: Coach) -> Api:
    return coach_api(dana)


def test_a_client_is_added_once_under_an_id_of_the_senders_own(api: Api, dana: Coach) -> None:
    path = f"clients/{new_id()}/"
    sent = {"name": "Nora Lind", "ref": "crm-17", "units": "lb", "training_since": "2023-09-01"}
    answers = [api.put(path, sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json() == api.get(path).json()
    client = Client.objects.get()
    assert (client.ref, client.units, client.timezone, client.coach) == ("crm-17", "lb", dana.timezone, dana)


def test_a_field_that_is_not_sent_keeps_what_it_is_and_the_change_is_kept(api: Api, james: Client) -> None:
    path = f"clients/{james.uuid}/"
    tag = api.get(path)["ETag"]
    changed = api.put(path, {"away_until": "2026-07-01"}, if_match=tag).json()
    assert (changed["name"], changed["away_until"]) == (james.name, "2026-07-01")
    assert Change.objects.get(kind="client changed").after == {"away_until": "2026-07-01"}
    row = api.get(path).json()
    assert api.put(path, row).json() == row  # as it came, without a tag: nothing changes


def test_a_client_is_not_changed_by_who_has_not_read_them(api: Api, james: Client) -> None:
    refused = api.put(f"clients/{james.uuid}/", {"name": "Other Name"})
    assert refused.status_code == 428
    assert refused.json()["stored"]["name"] == james.name
    assert refused["ETag"] == api.get(f"clients/{james.uuid}/")["ETag"]
    james.refresh_from_db()
    assert james.name != "Other Name"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "name"),
        ({"name": " "}, "name"),
        ({"name": "N", "timezone": "Moon/Base"}, "timezone"),
        ({"name": "N", "email": "nowhere"}, "email"),
        ({"name": "N", "units": "stone"}, "units"),
        ({"name": "N", "training_since": "1900-01-01"}, "training_since"),
        ({"name": "N", "sensitivity": 2}, "sensitivity"),
        ({"name": "N", "ref": "taken"}, "ref"),
    ],
)
def test_a_client_that_cannot_be_is_refused_at_its_field(
    api: Api, dana: Coach, sent: dict[str, Any], field: str
) -> None:
    make_client(dana, "Old One", ref="taken")
    refused = api.put(f"clients/{new_id()}/", sent)
    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == [field]
    assert Client.objects.count() == 1


def test_an_id_that_is_somebody_elses_is_not_there(api: Api, eli: Coach) -> None:
    foreign = make_client(eli, "Foreign Fred")
    assert api.put(f"clients/{foreign.uuid}/", {"name": "Mine"}, if_match="*").status_code == 404
    assert Client.objects.get().name == "Foreign Fred"


def test_a_client_is_archived_and_brought_back(api: Api, james: Client) -> None:
    path = f"clients/{james.uuid}/archival/"
    assert [api.put(path, {}).status_code for _ in range(2)] == [200, 200]
    assert [row["id"] for row in api.get("clients/?archived=true").json()["results"]] == [str(james.uuid)]
    assert api.put(f"clients/{james.uuid}/", {"name": "N"}, if_match="*").status_code == 422
    assert [api.delete(path).status_code for _ in range(2)] == [204, 204]
    assert api.get(f"clients/{james.uuid}/").json()["archived_at"] is None


def test_how_readily_signs_speak_is_for_coaches_eyes(dana: Coach) -> None:
    client = make_client(dana, "Own Olga", signed_in=True)
    assert client_api(client).get(f"clients/{client.uuid}/").json()["sensitivity"] is None
    assert coach_api(dana).get(f"clients/{client.uuid}/").json()["sensitivity"] == 0


def test_an_invitation_shows_its_link_once_and_can_be_taken(api: Api, james: Client) -> None:
    made = api.post(f"clients/{james.uuid}/invitations/", {}).json()
    token = made["link"].rstrip("/").rpartition("/")[2]
    assert invitations.find(token, at=timezone.now()) is not None
    assert made["mailed"] is None
    listed = api.get(f"clients/{james.uuid}/invitations/")
    assert token not in listed.content.decode()
    assert listed.json()["results"][0]["used_at"] is None


def test_an_invitation_is_mailed_where_that_is_wanted(api: Api, dana: Coach) -> None:
    client = make_client(dana, "Mail Mia", ref="mia")
    refused = api.post(f"clients/{client.uuid}/invitations/", {"mail": True})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "mail")
    Client.objects.filter(pk=client.pk).update(email="mia@example.com")
    assert api.post(f"clients/{client.uuid}/invitations/", {"mail": True}).json()["mailed"] is True
    assert mail.outbox[0].to == ["mia@example.com"]


def test_too_many_invitations_wait(api: Api, james: Client) -> None:
    answers = [api.post(f"clients/{james.uuid}/invitations/", {}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert int(answers[-1]["Retry-After"]) == 3600
    assert answers[-1]["Content-Type"] == "application/problem+json"


def test_an_injury_is_noted_once_changed_and_taken_out(api: Api, james: Client) -> None:
    path = f"clients/{james.uuid}/injuries/{new_id()}/"
    first, again = api.put(path, HURT), api.put(path, HURT)
    assert first.json() == again.json()
    assert api.put(path, {**HURT, "resolved": "2026-06-10"}).status_code == 428
    healed = api.put(path, {**HURT, "resolved": "2026-06-10"}, if_match=first["ETag"])
    assert healed.json()["resolved"] == "2026-06-10"
    assert api.get(f"clients/{james.uuid}/injuries/?open=true").json()["results"] == []
    assert api.delete(path).status_code == 428
    assert [api.delete(path, if_match=healed["ETag"]).status_code for _ in range(2)] == [204, 204]
    assert not Injury.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"region": "soul"}, "region"),
        ({"onset": "2090-01-01"}, "onset"),
        ({"onset": None}, "onset"),
        ({"resolved": "2026-05-01"}, "resolved"),
        ({"severity": "deadly"}, "severity"),
        ({"note": "a\x00"}, "note"),
    ],
)
def test_an_injury_that_cannot_be_is_refused_at_its_field(
    api: Api, james: Client, changes: dict[str, Any], field: str
) -> None:
    refused = api.put(f"clients/{james.uuid}/injuries/{new_id()}/", {**HURT, **changes})
    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == [field]


def test_injuries_need_the_clients_agreement_and_their_notes_are_the_coachs(api: Api, dana: Coach) -> None:
    client = make_client(dana, "Own Olga", signed_in=True)
    base = f"clients/{client.uuid}/injuries/"
    path = f"{base}{new_id()}/"
    api.put(path, HURT)
    own = client_api(client, "write")
    assert own.get(path).json()["note"] == ""
    assert own.put(path, HURT).status_code == 403
    consent.withdraw(client=client, by=None, at=NOW)
    assert api.get(base).json()["results"] == []
    assert api.get(path).status_code == 404
    assert api.put(path, {**HURT, "severity": "severe"}, if_match="*").status_code == 422
    assert api.delete(path, if_match="*").status_code == 422
    assert Injury.objects.exists()


def test_an_injury_of_another_client_is_not_there(api: Api, james: Client, sarah: Client) -> None:
    uuid = new_id()
    api.put(f"clients/{james.uuid}/injuries/{uuid}/", HURT)
    assert api.put(f"clients/{sarah.uuid}/injuries/{uuid}/", HURT, if_match="*").status_code == 404


def test_an_exercise_of_ones_own_is_added_once(api: Api, dana: Coach) -> None:
    sent = {"name": "Zz sled drag", "equipment": "machine", "aliases": ["drag"], "can_trap": False}
    answers = [api.post("exercises/", sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert (answers[0].json()["own"], answers[0].json()["overhead"]) == (True, None)
    other = api.post("exercises/", {**sent, "can_trap": True})
    assert (other.status_code, other.json()["stored"]["can_trap"]) == (409, False)
    assert api.get("exercises/?q=zz%20sled&own=true").json()["results"][0]["name"] == "Zz sled drag"


def test_what_a_practice_says_of_a_librarys_exercise_stands_in_for_it(api: Api, james: Client) -> None:
    library = an_exercise("Zz press")
    a_set(a_session(james, at=NOW), library)
    path = f"exercises/{library.pk}/"
    row = api.get(path)
    said = {**row.json(), "failure_class": "caution", "reason": "nobody spots here"}
    assert api.put(path, said).status_code == 428
    own = api.put(path, said, if_match=row["ETag"])
    assert (own.json()["own"], own.json()["reason"]) == (True, "nobody spots here")
    assert own.json()["id"] != library.pk
    assert SetLog.objects.get().exercise_id == own.json()["id"]
    assert api.get(path).json() == own.json()
    assert api.put(path, {**said, "reason": "late"}, if_match=row["ETag"]).status_code == 412
    library.refresh_from_db()
    assert library.failure_class == ""


def test_a_librarys_exercise_keeps_its_name(api: Api) -> None:
    library = an_exercise("Zz press")
    refused = api.put(f"exercises/{library.pk}/", {"name": "Other"}, if_match="*")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "name")
    assert not Exercise.objects.filter(name="Other").exists()


def test_a_class_of_ones_own_needs_its_reason(api: Api) -> None:
    refused = api.post("exercises/", {"name": "Zz lift", "failure_class": "caution"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "reason")


def test_the_links_of_a_week_ago_are_listed_as_they_ended(api: Api, dana: Coach, james: Client) -> None:
    invitations.invite(client=james, by=dana, at=timezone.now() - timedelta(days=8))
    [row] = api.get(f"clients/{james.uuid}/invitations/").json()["results"]
    assert row["expires_at"] < timezone.now().isoformat()
