"""The way out of the weekly letter, and the pages about it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from clients.models import Client, Coach, Digest
from coaching import digests
from tests import factories
from tests.conftest import NOW
from tests.flags import a_flag

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def way_out(coach: Coach) -> str:
    return digests.unsubscribe_url(coach).removeprefix("http://localhost:8000")


SET = {"weekday": "2", "hour": "9", "names": "1", "when_nothing": "0", "timezone": "Europe/London"}


@pytest.fixture
def desk(dana: Coach) -> Browser:
    browser = Browser(enforce_csrf_checks=False)
    browser.force_login(dana.user)
    return browser


def stopped(coach: Coach) -> bool:
    coach.refresh_from_db()
    return coach.digest_stopped_at is not None


def test_one_click_of_a_mail_program_stops_the_letter_without_a_sign_in(dana: Coach) -> None:
    response = Browser(enforce_csrf_checks=True).post(way_out(dana), ONE_CLICK)
    assert response.status_code == 200
    assert stopped(dana)
    first = dana.digest_stopped_at
    assert Browser().post(way_out(dana), ONE_CLICK).status_code == 200
    assert stopped(dana)
    assert dana.digest_stopped_at == first


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_link_asks_and_changes_nothing(dana: Coach, method: str) -> None:
    response = getattr(Browser(), method)(way_out(dana))
    assert response.status_code == 200
    assert not stopped(dana)
    if method == "get":
        assert b"Stop the weekly letter?" in response.content


@pytest.mark.parametrize("token", ["x", "MQ:1abc:forged", "%00", "1"])
def test_a_link_that_we_did_not_sign_is_no_page(dana: Coach, token: str) -> None:
    assert Browser().post(f"/unsubscribe/{token}/").status_code == 404
    assert Browser().get(way_out(dana)[:-4] + "xxx/").status_code == 404
    assert not stopped(dana)


def test_a_link_stops_only_the_letter_of_its_coach(dana: Coach, eli: Coach) -> None:
    Browser().post(way_out(eli), ONE_CLICK)
    assert stopped(eli)
    assert not stopped(dana)


def test_a_coach_starts_the_letter_again(desk: Browser, dana: Coach) -> None:
    desk.post(reverse("digest-sending"), {"do": "stop"})
    assert stopped(dana)
    assert b"Start it again" in desk.get(reverse("digests")).content
    desk.post(reverse("digest-sending"), {"do": "start"})
    assert not stopped(dana)
    assert dana.next_digest_at is not None


def test_a_coach_chooses_day_hour_and_what_it_says(desk: Browser, dana: Coach) -> None:
    response = desk.post(reverse("digest-settings"), {**SET, "weekday": "4", "hour": "17", "names": "0"})
    assert response.status_code == 302
    dana.refresh_from_db()
    assert (dana.digest_weekday, dana.digest_hour, dana.digest_names) == (4, 17, False)
    assert dana.next_digest_at is not None
    assert dana.next_digest_at.astimezone(dana.zone).strftime("%A %H:%M") == "Friday 17:00"


@pytest.mark.parametrize(
    "wrong", [{"weekday": "7"}, {"hour": "24"}, {"names": ""}, {"hour": "\x00"}, {"weekday": "9" * 400}]
)
def test_what_cannot_be_is_said_at_its_field_and_kept(
    desk: Browser, dana: Coach, wrong: dict[str, str]
) -> None:
    response = desk.post(reverse("digest-settings"), {**SET, **wrong})
    assert response.status_code == 422
    assert b'class="error"' in response.content
    dana.refresh_from_db()
    assert (dana.digest_weekday, dana.digest_hour) == (0, 7)


def test_an_order_that_is_none_changes_nothing(desk: Browser, dana: Coach) -> None:
    assert desk.post(reverse("digest-sending"), {"do": "explode"}).status_code == 422
    assert not stopped(dana)


def a_letter(coach: Coach) -> Digest:
    return Digest.objects.create(
        coach=coach, week=date(2026, 6, 15), subject="1 client needs you: James", text="James: dread <b>",
        html='<p style="color:red">James <img src="cid:strength-7"></p>', images={"strength-7": "AAAA"},
        message_id="<1@example.com>", composed_at=NOW, status="failed", problem="The mail server refused it for good: 550.",
    )  # fmt: skip


def test_a_letter_that_was_not_sent_says_why_to_its_coach(desk: Browser, dana: Coach) -> None:
    letter = a_letter(dana)
    for page in (reverse("digests"), reverse("digest", args=[letter.pk])):
        assert b"The mail server refused it for good: 550." in desk.get(page).content
    assert b"James: dread &lt;b&gt;" in desk.get(reverse("digest", args=[letter.pk])).content


def test_a_mail_is_shown_in_a_tab_where_nothing_runs_and_nothing_loads(desk: Browser, dana: Coach) -> None:
    response = desk.get(reverse("digest-mail", args=[a_letter(dana).pk]))
    policy = response["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    assert b'src="data:image/png;base64,AAAA"' in response.content


def test_the_next_letter_can_be_seen_before_it_comes(desk: Browser, dana: Coach, james: Client) -> None:
    assert b"Nothing to say this week" in desk.get(reverse("digest-preview")).content
    a_flag(james)
    response = desk.get(reverse("digest-preview"))
    assert response["Content-Security-Policy"].startswith("sandbox;")
    assert b"James" in response.content
    assert not Digest.objects.exists()


def test_mails_of_the_demo_are_read_by_their_coach_alone(
    desk: Browser, dana: Coach, eli: Coach, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "coaching.mailbox.FolderBackend"
    settings.DEMO = True
    letter = a_letter(dana)
    Digest.objects.filter(pk=letter.pk).update(status="waiting", next_try_at=NOW)
    digests.deliver(letter.pk, now=NOW)
    page = desk.get(reverse("digests")).content.decode()
    address = page.split('href="/mailbox/')[1].split('"')[0]
    assert b"James" in desk.get(f"/mailbox/{address}").content
    stranger = Browser()
    stranger.force_login(eli.user)
    assert stranger.get(f"/mailbox/{address}").status_code == 404
    settings.DEMO = False
    assert desk.get(f"/mailbox/{address}").status_code == 404


def test_a_colleague_does_not_read_another_coachs_letters(dana: Coach) -> None:
    letter = a_letter(dana)
    head = factories.make_coach("head@example.com", practice=dana.practice)
    browser = Browser()
    browser.force_login(head.user)
    for name in ("digest", "digest-mail"):
        assert browser.get(reverse(name, args=[letter.pk])).status_code == 404
