"""Where a client is signed in: listed with its last use, ended by the client or the coach, 180 days long."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from clients import invitations, lifetimes
from clients.devices import device_words
from clients.models import Change, Client, Coach, Phone
from tests.factories import make_coach

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1"
PIXEL = "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"


def joined(client: Client, coach: Coach, agent: str) -> Browser:
    token = invitations.invite(client=client, by=coach, at=timezone.now())[1]
    browser = Browser(headers={"User-Agent": agent})
    browser.post(f"/join/{token}/", {"agrees": "yes"})
    return browser


def settings_of(browser: Browser) -> str:
    return browser.get("/train/settings/").content.decode()


def test_a_phone_is_signed_in_for_180_days_and_says_so(james: Client, dana: Coach) -> None:
    browser = joined(james, dana, IPHONE)
    assert browser.session.get_expiry_age() == 180 * 86_400
    page = settings_of(browser)
    assert "iPhone, Safari" in page
    assert "this one" in page
    assert "Sign out there" not in page


def test_another_phone_is_signed_out_from_this_one(james: Client, dana: Coach) -> None:
    old, new = joined(james, dana, PIXEL), joined(james, dana, IPHONE)
    phone = Phone.objects.get(device="Android phone, Chrome")
    page = new.post(f"/train/settings/phones/{phone.pk}/removal/", follow=True).content.decode()
    assert "Signed out: Android phone, Chrome." in page
    assert old.get("/train/").status_code == 302
    assert new.get("/train/").status_code == 200
    assert Change.objects.get(kind="phone signed out").actor == Client.objects.get(pk=james.pk).user
    assert new.post(f"/train/settings/phones/{phone.pk}/removal/").status_code == 404


def test_a_coach_ends_the_sign_in_of_a_lost_phone(james: Client, dana: Coach) -> None:
    lost = joined(james, dana, PIXEL)
    desk = Browser()
    desk.force_login(dana.user)
    page = desk.get(f"/clients/{james.pk}/invitation/").content.decode()
    assert "Android phone, Chrome" in page
    phone = Phone.objects.get()
    desk.post(f"/clients/{james.pk}/phones/{phone.pk}/removal/")
    assert lost.get("/train/").status_code == 302
    assert lost.get("/train/state/", headers={"HX-Request": "true"}).status_code == 401


def test_another_coach_ends_nothing(james: Client, dana: Coach) -> None:
    browser = joined(james, dana, PIXEL)
    stranger = Browser()
    stranger.force_login(make_coach("mate@example.com", practice=dana.practice, head=False).user)
    url = f"/clients/{james.pk}/phones/{Phone.objects.get().pk}/removal/"
    assert stranger.post(url).status_code == 404
    assert browser.get("/train/").status_code == 200


def test_the_last_use_is_written_once_a_day(james: Client, dana: Coach) -> None:
    browser = joined(james, dana, IPHONE)
    Phone.objects.update(used_on="2026-01-01")
    browser.get("/train/")
    assert str(Phone.objects.get().used_on) == "2026-01-01"
    session = browser.session
    session[lifetimes.SEEN] = "2026-01-01"
    session.save()
    browser.get("/train/")
    assert Phone.objects.get().used_on >= timezone.now().date() - timedelta(days=1)


def test_a_phone_that_signed_out_itself_is_not_listed(james: Client, dana: Coach) -> None:
    gone, here = joined(james, dana, PIXEL), joined(james, dana, IPHONE)
    gone.post("/account/logout/")
    assert "Android" not in settings_of(here)


@pytest.mark.parametrize(
    ("agent", "words"), [(IPHONE, "iPhone, Safari"), (PIXEL, "Android phone, Chrome"), ("", "another device")]
)
def test_a_device_is_called_what_a_person_calls_it(agent: str, words: str) -> None:
    assert device_words(agent) == words
