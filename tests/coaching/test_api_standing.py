"""Verdicts, readiness, a coach's word on it, and limits: the API says what the pages say."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from clients.models import Client, Coach, Overrule
from programs.models import PolicyValue, Prescription
from programs.standing import standing
from programs.verdicts import verdict_for
from tests.coaching.api import Api, client_api, coach_api, one_of_each
from tests.factories import make_client

pytestmark = pytest.mark.django_db
TODAY = timezone.now().date()


@pytest.fixture
def api(dana: Coach) -> Api:
    return coach_api(dana)


def test_a_planned_set_is_judged_by_its_line(api: Api, dana: Coach) -> None:
    client: Client = one_of_each(dana, "Planned Pat")["client"]
    line = Prescription.objects.select_related("exercise").get()
    asked = {"client": str(client.uuid), "line": line.pk, "at": "2026-06-15T12:00:00Z"}
    told = api.post("verdicts/", asked).json()
    assert (told["exercise"], told["set_no"], told["of"], told["reps"]) == ("Canary curl", 3, 3, 12)
    at = datetime.fromisoformat("2026-06-15T12:00:00+00:00")
    expected = verdict_for(client, line.exercise, at=at, reps=12, set_no=3, of=3)
    assert (told["verdict"], told["says"]) == (expected.answer, list(expected.says))
    first = api.post("verdicts/", {**asked, "set_no": 1}).json()
    assert (first["set_no"], first["of"]) == (1, 3)


def test_a_line_of_another_client_is_not_found(api: Api, dana: Coach, james: Client) -> None:
    one_of_each(dana, "Planned Pat")
    sent = {"client": str(james.uuid), "line": Prescription.objects.get().pk}
    assert api.post("verdicts/", sent).status_code == 404


def test_a_client_asks_for_themselves(dana: Coach) -> None:
    client = make_client(dana, "Own Olga", signed_in=True)
    assert client_api(client, "read").post("verdicts/", {"exercise": "leg press"}).status_code == 200


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"exercise": "leg press"}, "client"),
        ({"client": "{james}"}, "exercise"),
        ({"client": "{james}", "exercise": "leg press", "line": 1}, "exercise"),
        ({"client": "{james}", "exercise": "Unheard-of"}, "exercise"),
        ({"client": "{james}", "exercise": "leg press", "at": "noon"}, "at"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(
    api: Api, james: Client, sent: dict[str, Any], field: str
) -> None:
    body = {
        name: value.format(james=james.uuid) if isinstance(value, str) else value
        for name, value in sent.items()
    }
    refused = api.post("verdicts/", body)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, field)


def test_readiness_is_what_the_page_says(api: Api, james: Client) -> None:
    told = api.get(f"clients/{james.uuid}/readiness/").json()
    stands = standing(james, at=timezone.now())
    assert told["decision"] == stands.decision
    assert [(row["indicator"], row["state"], row["says"]) for row in told["indicators"]] == [
        (name, str(found.state), found.says) for name, found in stands.readiness.items()
    ]


def test_a_coachs_word_holds_and_is_taken_back(api: Api, james: Client) -> None:
    base = f"clients/{james.uuid}/"
    sent = {
        "indicator": "form",
        "state": "met",
        "until": str(TODAY + timedelta(days=5)),
        "reason": "I watched",
    }
    first, again = api.post(f"{base}overrules/", sent), api.post(f"{base}overrules/", sent)
    assert first.json() == again.json()

    def form() -> dict[str, Any]:
        rows = api.get(f"{base}readiness/").json()["indicators"]
        return next(row for row in rows if row["indicator"] == "form")

    assert (form()["state"], form()["computed"]) == ("met", "unknown")
    path = f"{base}overrules/{first.json()['id']}/"
    withdrawn = [api.delete(path).json()["withdrawn_at"] for _ in range(2)]
    assert withdrawn[0] == withdrawn[1] is not None
    assert form()["computed"] is None
    assert [row["reason"] for row in api.get(f"{base}overrules/").json()["results"]] == ["I watched"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"indicator": "mood"}, "indicator"),
        ({"state": "unknown"}, "state"),
        ({"indicator": "injury", "state": "not_met"}, "state"),
        ({"until": "2020-01-01"}, "until"),
        ({"until": "9999-12-31"}, "until"),
        ({"reason": " "}, "reason"),
    ],
)
def test_a_word_that_cannot_be_is_refused(
    api: Api, james: Client, changes: dict[str, Any], field: str
) -> None:
    sent = {"indicator": "form", "state": "met", "until": str(TODAY), "reason": "I watched", **changes}
    refused = api.post(f"clients/{james.uuid}/overrules/", sent)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, field)
    assert not Overrule.objects.exists()


def test_a_clients_limit_goes_before_the_coachs_and_back(api: Api, james: Client) -> None:
    mine = f"clients/{james.uuid}/limits/"

    def hours(path: str) -> tuple[float, float | None]:
        row = next(row for row in api.get(path).json()["results"] if row["key"] == "sleep_hours")
        return row["value"], row["own"]

    assert hours("limits/") == (7, None)
    assert api.put("limits/sleep_hours/", {"value": 7.5}).json()["own"] == 7.5
    assert hours(mine) == (7.5, None)
    changed = [api.put(f"{mine}sleep_hours/", {"value": 8}) for _ in range(2)]
    assert [answer.json()["value"] for answer in changed] == [8, 8]
    assert PolicyValue.objects.filter(client=james).count() == 1
    assert api.put(f"{mine}sleep_hours/", {"value": 9}, if_match='"older"').status_code == 412
    assert hours(mine) == (8, 8)
    assert [api.delete(f"{mine}sleep_hours/").status_code for _ in range(2)] == [204, 204]
    assert hours(mine) == (7.5, None)


@pytest.mark.parametrize(
    ("path", "sent", "field"),
    [("limits/sleep_hours/", {"value": 3}, "value"), ("limits/sleep_hours/", {"value": "much"}, "value"),
     ("limits/sleep_hours/", {}, "value"), ("limits/nothing/", {"value": 3}, "key"),
     ("limits/sleep_hours/", {"value": 7.1}, "value")],
)  # fmt: skip
def test_a_limit_outside_its_bounds_is_refused(
    api: Api, dana: Coach, path: str, sent: Any, field: str
) -> None:
    refused = api.put(path, sent)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, field)
    assert not PolicyValue.objects.exists()
