"""Flags over the API: read and answered by the same verb as on the board."""

from typing import Any

import pytest
from django.utils import timezone

from clients.models import Action, Client, Coach, Flag
from programs.models import Phase
from tests.coaching.api import Api, coach_api

pytestmark = pytest.mark.django_db


@pytest.fixture
def flag(james: Client) -> Flag:
    today = timezone.now().date()
    return Flag.objects.create(
        client=james, sign="dread", level="act", opened_on=today, since_on=today, level_on=today, score=9,
        says="James looks forward to training less.", evidence={"now": 2.1}, recorded_at=timezone.now(),
    )  # fmt: skip


@pytest.fixture
def api(dana: Coach) -> Api:
    return coach_api(dana)


def test_flags_are_listed_open_or_closed(api: Api, flag: Flag) -> None:
    assert [row["id"] for row in api.get("flags/?open=true").json()["results"]] == [flag.pk]
    assert api.get("flags/?open=false").json()["results"] == []
    assert api.get("flags/?open=perhaps").status_code == 422


@pytest.mark.parametrize(
    ("asked", "found"),
    [("sign=dread", 1), ("sign=sleep_decline", 0), ("level=act", 1), ("level=watch", 0), ("since=2100-01-01", 0),
     ("until=2020-01-01", 0), ("client={other}", 0), ("client={own}", 1)],
)  # fmt: skip
def test_flags_are_asked_for_by_client_sign_level_and_day(
    api: Api, flag: Flag, sarah: Client, asked: str, found: int
) -> None:
    path = f"flags/?{asked.format(own=flag.client.uuid, other=sarah.uuid)}"
    assert len(api.get(path).json()["results"]) == found


def test_an_answer_for_the_whole_person_answers_their_other_flags_and_its_undo_takes_back_both(
    api: Api, flag: Flag
) -> None:
    other = Flag.objects.create(
        client=flag.client, sign="sleep_decline", level="watch", opened_on=flag.opened_on, since_on=flag.opened_on,
        level_on=flag.opened_on, score=3, says="", recorded_at=timezone.now(),
    )  # fmt: skip
    said = api.post(
        f"flags/{flag.pk}/actions/", {"kind": "snooze", "until": str(flag.opened_on), "whole": True}
    )
    assert said.status_code == 200
    assert other.actions.standing().get().kind == "snooze"
    assert api.delete(f"flags/{flag.pk}/actions/{said.json()['id']}/").status_code == 200
    assert not Action.objects.standing().exists()


def test_a_flag_comes_with_its_evidence_and_what_was_done(api: Api, flag: Flag) -> None:
    api.post(f"flags/{flag.pk}/actions/", {"kind": "note", "text": "spoke on the phone"})
    row = api.get(f"flags/{flag.pk}/").json()
    assert row["evidence"] == {"now": 2.1}
    assert [action["text"] for action in row["actions"]] == ["spoke on the phone"]


def test_a_scale_back_sent_twice_is_one_and_can_be_undone(api: Api, flag: Flag) -> None:
    answers = [api.post(f"flags/{flag.pk}/actions/", {"kind": "scale_back"}).json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert answers[0]["until"] is not None
    path = f"flags/{flag.pk}/actions/{answers[0]['id']}/"
    undone = [api.delete(path).json()["undone_at"] for _ in range(2)]
    assert undone[0] == undone[1] is not None
    assert Action.objects.count() == 1


def test_a_deload_goes_into_the_plan(api: Api, flag: Flag) -> None:
    assert api.post(f"flags/{flag.pk}/actions/", {"kind": "deload", "days": 7}).status_code == 200
    assert Phase.objects.get().kind == "deload"


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "shrug"},
        {},
        {"kind": "scale_back", "days": 0},
        {"kind": "scale_back", "days": 400},
        {"kind": "scale_back", "days": 9**40},
        {"kind": "scale_back", "until": "2020-01-01"},
        {"kind": "scale_back", "until": "9999-12-31"},
        {"kind": "snooze"},
        {"kind": "note", "text": ""},
        {"kind": "note", "text": "\ud800"},
        {"kind": ["note"]},
    ],
)
def test_an_answer_that_cannot_be_is_refused(api: Api, flag: Flag, body: dict[str, Any]) -> None:
    refused = api.post(f"flags/{flag.pk}/actions/", body)
    assert refused.status_code == 422
    assert refused.json()["errors"]
    assert not Action.objects.exists()


def test_a_huge_number_in_the_address_is_not_found(api: Api, flag: Flag) -> None:
    assert api.get(f"flags/{10**30}/").status_code == 404
