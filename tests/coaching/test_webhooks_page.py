"""The page of a coach's webhooks: added, tried out, seen, sent again, removed."""

from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from clients import webhooks
from clients.models import Change, Coach, Delivery, Webhook

pytestmark = pytest.mark.django_db
PAGE = "/settings/webhooks/"
URL = "https://example.com/hook?key=k1"


@pytest.fixture
def desk(dana: Coach) -> Browser:
    browser = Browser()
    browser.force_login(dana.user)
    return browser


@pytest.fixture
def hook(dana: Coach) -> Webhook:
    return webhooks.add(coach=dana, url=URL, at=timezone.now())


def test_its_secret_is_shown_once(desk: Browser) -> None:
    body = desk.post(PAGE, {"url": URL}).content.decode()
    secret = Webhook.objects.get().secret
    assert secret in body
    assert secret not in desk.get(PAGE).content.decode()
    assert secret not in str(Change.objects.values_list())
    assert "k1" not in str(Change.objects.values_list())


@pytest.mark.parametrize(
    "url", ["", "http://example.com/", "https://10.0.0.1/", "x\x00y", "https://a/" + "x" * 600]
)
def test_an_address_that_cannot_be_stands_in_the_form_with_the_reason(
    desk: Browser, url: str, settings: Any
) -> None:
    settings.DEMO = False
    response = desk.post(PAGE, {"url": url})
    assert response.status_code == 422
    assert 'class="error"' in response.content.decode()
    assert not Webhook.objects.exists()


def test_a_form_sent_twice_makes_one_webhook_and_there_is_an_end_to_them(desk: Browser) -> None:
    assert [desk.post(PAGE, {"url": URL}).status_code for _ in range(2)] == [200, 422]
    codes = [desk.post(PAGE, {"url": f"{URL}&n={n}"}).status_code for n in range(5)]
    assert codes == [200, 200, 200, 200, 422]


def test_a_test_is_queued_and_shown(desk: Browser, hook: Webhook) -> None:
    assert desk.post(f"{PAGE}{hook.uuid}/test/").status_code == 302
    assert Delivery.objects.get().kind == "test"
    assert "waiting" in desk.get(PAGE).content.decode()


def test_what_came_back_is_shown_as_text_and_can_be_sent_again(desk: Browser, hook: Webhook) -> None:
    one = webhooks.try_out(webhook=hook, at=timezone.now())
    Delivery.objects.update(state="failed", status=500, tries=8, answer="<script>x</script>", problem="")
    body = desk.get(PAGE).content.decode()
    assert "failed, 8 tries" in body
    assert "&lt;script&gt;" in body
    assert "<script>x" not in body
    again = f"/settings/deliveries/{one.uuid}/again/"
    assert [desk.post(again).status_code for _ in range(2)] == [302, 302]
    one.refresh_from_db()
    assert (one.state, one.tries) == ("waiting", 0)


def test_a_removed_webhook_takes_what_waits_with_it(desk: Browser, hook: Webhook) -> None:
    webhooks.try_out(webhook=hook, at=timezone.now())
    assert desk.post(f"{PAGE}{hook.uuid}/removal/").status_code == 302
    assert not Delivery.objects.exists()
    assert desk.post(f"{PAGE}{hook.uuid}/removal/").status_code == 404


def test_a_coach_sees_and_moves_their_own_only(desk: Browser, eli: Coach) -> None:
    foreign = webhooks.add(coach=eli, url="https://elis.example.com/", at=timezone.now())
    one = webhooks.try_out(webhook=foreign, at=timezone.now())
    assert "elis.example.com" not in desk.get(PAGE).content.decode()
    for path in (
        f"{PAGE}{foreign.uuid}/test/",
        f"{PAGE}{foreign.uuid}/removal/",
        f"/settings/deliveries/{one.uuid}/again/",
    ):
        assert desk.post(path).status_code == 404
