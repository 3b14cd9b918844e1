"""Tokens: made by the coach, shown once, kept as a digest, ended at any time."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from clients.models import ApiToken, Change, Client, Coach
from tests.coaching.api import Api, token_of
from tests.factories import make_client

pytestmark = pytest.mark.django_db
PAGE = "/settings/tokens/"
NEW = {"name": "Our spreadsheet", "scope": "read", "days": "30"}


@pytest.fixture
def desk(dana: Coach) -> Browser:
    browser = Browser()
    browser.force_login(dana.user)
    return browser


def made(desk: Browser, **changes: str) -> str:
    body = desk.post(PAGE, {**NEW, **changes}).content.decode()
    return body.split('<code class="token">')[1].split("<")[0]


def test_a_new_token_opens_the_api_and_is_shown_once(desk: Browser) -> None:
    key = made(desk)
    assert Api(key).get("clients/").status_code == 200
    again = desk.get(PAGE).content.decode()
    assert key not in again
    assert "Our spreadsheet" in again
    assert not ApiToken.objects.filter(digest=key).exists()
    assert key not in str(Change.objects.values_list())


def test_it_ends_when_it_was_said_to(desk: Browser) -> None:
    made(desk, days="365")
    expiry = ApiToken.objects.get().expiry
    assert expiry is not None
    assert abs(expiry - timezone.now() - timedelta(days=365)) < timedelta(minutes=1)


def test_a_revoked_token_opens_nothing(desk: Browser) -> None:
    key = made(desk)
    digest = ApiToken.objects.get().pk
    assert desk.post(f"{PAGE}{digest}/removal/").status_code == 302
    assert Api(key).get("clients/").status_code == 401
    assert desk.post(f"{PAGE}{digest}/removal/").status_code == 404


def test_a_coach_sees_and_ends_their_own_only(desk: Browser, eli: Coach) -> None:
    token_of(eli.user, name="Of Eli")
    assert "Of Eli" not in desk.get(PAGE).content.decode()
    assert desk.post(f"{PAGE}{ApiToken.objects.get().pk}/removal/").status_code == 404


@pytest.mark.parametrize(
    "changes",
    [{"name": ""}, {"name": "x" * 101}, {"name": "\x00"}, {"scope": "all"}, {"days": "0"}, {"days": "366"}, {"days": "9" * 30}],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field(desk: Browser, changes: dict[str, str]) -> None:
    response = desk.post(PAGE, {**NEW, **changes})
    assert response.status_code == 422
    assert 'class="error"' in response.content.decode()
    assert not ApiToken.objects.exists()


def test_a_form_sent_twice_makes_one_token(desk: Browser) -> None:
    made(desk)
    assert desk.post(PAGE, NEW).status_code == 422
    assert ApiToken.objects.count() == 1


def test_the_page_of_tokens_is_not_kept_by_the_browser(desk: Browser) -> None:
    assert desk.post(PAGE, NEW)["Cache-Control"] == "no-store"


@pytest.fixture
def own(dana: Coach) -> Client:
    return make_client(dana, "Own Olga", signed_in=True)


def phone_of(client: Client) -> Browser:
    browser = Browser()
    assert client.user
    browser.force_login(client.user)
    return browser


def test_a_client_makes_a_token_that_opens_their_record_alone(
    own: Client, dana: Coach, james: Client
) -> None:
    body = phone_of(own).post("/train/tokens/", {**NEW, "scope": "log"}).content.decode()
    api = Api(body.split('<code class="token">')[1].split("<")[0])
    assert [row["name"] for row in api.get("clients/").json()["results"]] == ["Own Olga"]
    assert api.put(f"clients/{own.uuid}/checkins/2026-06-15/", {"energy": 4}).status_code == 200
    assert api.get(f"clients/{james.uuid}/").status_code == 404
    assert api.get("flags/").status_code == 404


def test_a_clients_token_is_revoked_on_their_page(own: Client) -> None:
    phone = phone_of(own)
    key = phone.post("/train/tokens/", NEW).content.decode().split('<code class="token">')[1].split("<")[0]
    assert phone.post(f"/train/tokens/{ApiToken.objects.get().pk}/removal/").status_code == 302
    assert Api(key).get("clients/").status_code == 401


def test_a_client_cannot_ask_for_more_than_logging(own: Client) -> None:
    assert phone_of(own).post("/train/tokens/", {**NEW, "scope": "write"}).status_code == 422
    assert not ApiToken.objects.exists()


def test_another_clients_token_is_not_there(own: Client, dana: Coach) -> None:
    other = make_client(dana, "Other One", ref="other", signed_in=True)
    token_of(other.user, client=other, name="Of Other")
    phone = phone_of(own)
    assert "Of Other" not in phone.get("/train/tokens/").content.decode()
    assert phone.post(f"/train/tokens/{ApiToken.objects.get().pk}/removal/").status_code == 404
