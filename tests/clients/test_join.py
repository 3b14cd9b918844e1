"""Joining by a link, in the browser: looking takes nothing, the button takes once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from clients import consent, invitations
from clients.access import SESSION_CLIENT
from clients.models import Client, Coach, Invitation, User
from tests.factories import make_client


@pytest.fixture
def mia(dana: Coach) -> Client:
    return make_client(dana, "Mia Stone", consent=False, timezone="Asia/Tokyo")


@pytest.fixture
def token(mia: Client, dana: Coach) -> str:
    return invitations.invite(client=mia, by=dana, at=timezone.now())[1]


@pytest.fixture
def desk(dana: Coach) -> Browser:
    browser = Browser()
    browser.force_login(dana.user)
    return browser


def link(token: str) -> str:
    return reverse("join", args=[token])


def test_looking_at_a_link_takes_nothing(token: str) -> None:
    for _ in range(3):
        page = Browser().get(link(token))
        assert page.status_code == 200
        assert Browser().head(link(token)).status_code == 200
    assert "Hello Mia" in page.content.decode()
    assert "Dana Reyes" in page.content.decode()
    assert page["Cache-Control"].count("no-store") == 1
    assert Invitation.objects.get().used_at is None


def test_joining_signs_the_phone_in_for_half_a_year(token: str, mia: Client) -> None:
    phone = Browser()
    answer = phone.post(link(token), follow=True)
    assert answer.redirect_chain == [("/train/", 302)]
    assert answer.status_code == 200
    assert phone.session[SESSION_CLIENT] == mia.pk
    assert phone.session["timezone"] == "Asia/Tokyo"
    assert phone.session.get_expiry_age() == 180 * 86_400
    mia.refresh_from_db()
    assert mia.user is not None
    assert not mia.user.has_usable_password()


@pytest.mark.parametrize(
    ("sent", "agreed"), [({}, False), ({"agrees": "yes"}, True), ({"agrees": "on"}, False)]
)
def test_agreeing_is_asked_apart_and_joining_works_without(
    token: str, mia: Client, sent: dict[str, str], agreed: bool
) -> None:
    assert 'name="agrees" value="yes">' in Browser().get(link(token)).content.decode()  # unticked
    Browser().post(link(token), sent)
    assert bool(consent.in_force(mia)) is agreed
    assert Invitation.objects.get().used_at is not None


def test_used_expired_replaced_and_invented_links_look_alike(mia: Client, dana: Coach, token: str) -> None:
    long_ago = timezone.now() - timedelta(days=8)
    expired = invitations.invite(client=mia, by=dana, at=long_ago)[1]
    used = invitations.invite(client=mia, by=dana, at=timezone.now())[1]
    Browser().post(link(used))
    pages = set()
    for dead in (token, expired, used, "invented", "é" * 30, "x" * 3000):
        for ask in ("get", "post"):
            answer = getattr(Browser(), ask)(link(dead))
            assert answer.status_code == 410
            pages.add(_without_csrf(answer.content.decode()))
    assert len(pages) == 1
    assert "ask your coach for a new link" in pages.pop()
    assert User.objects.filter(name="Mia Stone").count() == 1


def _without_csrf(page: str) -> str:
    return re.sub(r'"x-csrftoken": "\w+"', "", page)


def test_a_link_of_an_archived_client_says_what_to_do(mia: Client, token: str) -> None:
    Client.objects.filter(pk=mia.pk).update(archived_at=timezone.now())
    for ask in ("get", "post"):
        answer = getattr(Browser(), ask)(link(token))
        assert answer.status_code == 410
        assert "Ask your coach to open it again" in answer.content.decode()


def test_a_coachs_own_browser_is_warned_and_becomes_the_clients(
    desk: Browser, token: str, mia: Client, dana: Coach
) -> None:
    assert "signed in as a coach on this device" in desk.get(link(token)).content.decode()
    desk.post(link(token), {"same": "yes"})
    mia.refresh_from_db()
    assert mia.user is not None
    assert mia.user != dana.user


@pytest.mark.parametrize("same", [True, False])
def test_two_coaches_records_share_a_sign_in_only_if_the_client_says_so(
    dana: Coach, eli: Coach, token: str, mia: Client, same: bool
) -> None:
    phone = Browser()
    phone.post(link(token))
    second = make_client(eli, "M. Stone", consent=False)
    other = invitations.invite(client=second, by=eli, at=timezone.now())[1]
    assert "I am also Mia Stone" in phone.get(link(other)).content.decode()
    phone.post(link(other), {"same": "yes"} if same else {})
    mia.refresh_from_db()
    second.refresh_from_db()
    assert (second.user == mia.user) is same
    assert phone.session[SESSION_CLIENT] == second.pk


def test_a_coach_makes_a_link_as_text_picture_and_mail(desk: Browser, mia: Client, settings: Any) -> None:
    settings.SITE_URL = "https://reserve.example"
    Client.objects.filter(pk=mia.pk).update(email="mia@example.com", name="Mia\nBcc: x@example.com Stone")
    url = reverse("client-invitation", args=[mia.pk])
    assert "Make the link" in desk.get(url).content.decode()
    assert not Invitation.objects.exists()
    page = desk.post(url).content.decode()
    assert "<svg" in page
    assert "style=" not in page
    [sent] = mail.outbox
    assert sent.to == ["mia@example.com"]
    start = page.index("https://reserve.example/join/")
    shown = page[start : page.index('"', start)]
    assert shown in sent.body
    assert isinstance(sent, mail.EmailMultiAlternatives)
    assert shown in str(sent.alternatives[0])
    assert "Bcc" not in sent.message()
    assert Browser().get(shown.removeprefix("https://reserve.example")).status_code == 200


def test_a_mail_that_cannot_be_sent_leaves_the_link_on_the_page(
    desk: Browser, mia: Client, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    Client.objects.filter(pk=mia.pk).update(email="mia@example.com")
    page = desk.post(reverse("client-invitation", args=[mia.pk])).content.decode()
    assert "could not be sent" in page
    assert "/join/" in page


def test_a_sixth_link_within_an_hour_is_refused(desk: Browser, mia: Client) -> None:
    url = reverse("client-invitation", args=[mia.pk])
    assert [desk.post(url).status_code for _ in range(6)] == [200] * 5 + [429]


def test_another_coachs_client_is_not_invited(eli: Coach, mia: Client) -> None:
    browser = Browser()
    browser.force_login(eli.user)
    assert browser.post(reverse("client-invitation", args=[mia.pk])).status_code == 404
    assert not Invitation.objects.exists()
