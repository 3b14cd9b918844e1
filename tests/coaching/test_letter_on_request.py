"""A letter sent because the coach asked, one that says there is nothing to say, one that came back, and the way back."""

import io
import re
import sys
from datetime import datetime, timedelta
from email.message import EmailMessage
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail as post_office
from django.core.management import call_command
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from clients import messages
from clients.models import Client, Coach, Digest
from clients.problems import Refused
from coaching import bounces, digests, tasks
from tests.factories import make_client
from tests.flags import a_flag


@pytest.fixture
def desk(dana: Coach) -> Browser:
    browser = Browser()
    browser.force_login(dana.user)
    return browser


@pytest.fixture
def inbox(settings: Any) -> list[Any]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return post_office.outbox


def test_one_is_sent_now_and_the_weeks_own_comes_all_the_same(
    desk: Browser, dana: Coach, james: Client, inbox: list[Any]
) -> None:
    a_flag(james, recorded_at=timezone.now())
    page = desk.post(reverse("digest-now"), follow=True).content.decode()
    assert "It leaves within a minute, to dana@example.com." in page
    tasks.send_messages()
    assert [mail.subject for mail in inbox] == ["1 client needs you: James"]
    Coach.objects.update(next_digest_at=timezone.now() - timedelta(minutes=1))
    dana.refresh_from_db()
    weekly = digests.compose(dana, now=timezone.now())
    assert weekly is not None
    assert "act · new" in weekly.text  # it compares with the week before, not with the one that was asked for
    assert digests.compose(Coach.objects.get(), now=timezone.now()) is None


def test_who_asks_with_nothing_to_say_gets_that(dana: Coach, now: datetime, inbox: list[Any]) -> None:
    asked = digests.send_one_now(dana, now=now)
    assert asked.subject == "Nobody needs you this week"
    assert digests.deliver(asked.pk, now=now)
    assert len(inbox) == 1


def test_a_stopped_letter_still_comes_when_asked_for(dana: Coach, now: datetime, inbox: list[Any]) -> None:
    digests.stop(dana, at=now)
    dana.refresh_from_db()
    assert digests.deliver(digests.send_one_now(dana, now=now).pk, now=now)


def test_asking_again_and_again_has_an_end(dana: Coach, now: datetime) -> None:
    for _ in range(5):
        digests.send_one_now(dana, now=now)
    with pytest.raises(Refused, match="are enough"):
        digests.send_one_now(dana, now=now)
    assert digests.send_one_now(dana, now=now + timedelta(hours=2))


@pytest.mark.parametrize(("wanted", "letters"), [(False, 0), (True, 1)])
def test_a_week_without_news_brings_a_letter_only_to_who_wants_one(
    dana: Coach, now: datetime, wanted: bool, letters: int
) -> None:
    Coach.objects.update(digest_when_nothing=wanted, next_digest_at=now)
    dana.refresh_from_db()
    digests.compose(dana, now=now)
    assert Digest.objects.count() == letters


def test_the_coach_sets_zone_and_wish_and_a_zone_that_is_none_is_refused(desk: Browser, dana: Coach) -> None:
    fields = {"weekday": "4", "hour": "17", "names": "1", "when_nothing": "1", "timezone": "Asia/Tokyo"}
    assert desk.post(reverse("digest-settings"), fields).status_code == 302
    dana.refresh_from_db()
    assert (dana.timezone, dana.digest_when_nothing) == ("Asia/Tokyo", True)
    assert dana.next_digest_at
    assert dana.next_digest_at.astimezone(dana.zone).strftime("%A %H:%M") == "Friday 17:00"
    refused = desk.post(reverse("digest-settings"), {**fields, "timezone": "Moon/Base"})
    assert refused.status_code == 422
    assert b"There is no such time zone." in refused.content


def test_who_stopped_it_by_a_slip_starts_it_again_at_the_same_place(dana: Coach) -> None:
    path = urlsplit(digests.unsubscribe_url(dana)).path
    browser = Browser(enforce_csrf_checks=True)
    page = browser.post(path).content.decode()
    assert 'value="start"' in page
    assert "comes again" in browser.post(path, {"do": "start"}).content.decode()
    dana.refresh_from_db()
    assert dana.digest_stopped_at is None
    assert 'value="start"' not in browser.get(path).content.decode()


def test_every_picture_has_the_words_beside_it_as_its_alt_and_stands_on_any_ground(
    dana: Coach, james: Client, now: datetime
) -> None:
    from tests.coaching import stories

    stories.training(james, stories.lifts(), weak_days=20)
    a_flag(james)
    letter = digests.preview(dana, now=now)
    assert letter
    (alt,) = re.findall(r'<img[^>]*alt="([^"]*)"', letter.html)
    assert alt.startswith("Strength over 8 weeks")
    assert alt in letter.text
    assert "prefers-color-scheme: dark" in letter.html
    assert 'name="color-scheme"' in letter.html


def report_of(message_id: str, *, action: str = "failed") -> bytes:
    return (
        "From: MAILER-DAEMON@example.com\r\nTo: reserve@example.com\r\nSubject: Undelivered\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.com\r\n\r\n"
        f"Final-Recipient: rfc822; dana@example.com\r\nAction: {action}\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 no such mailbox\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message_id}\r\nSubject: x\r\n\r\n--b--\r\n"
    ).encode()


def test_a_letter_that_came_back_is_told_on_the_board_until_one_arrives(
    desk: Browser, dana: Coach, james: Client, now: datetime, inbox: list[Any], monkeypatch: Any, capsys: Any
) -> None:
    letter = digests.send_one_now(dana, now=now)
    assert digests.deliver(letter.pk, now=now)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(report_of(letter.message_id))))
    call_command("take_bounce")
    letter.refresh_from_db()
    assert (letter.status, letter.problem) == ("failed", "It came back: 550 5.1.1 no such mailbox")
    assert "Your last weekly letter did not arrive." in desk.get("/").content.decode()
    assert "550 5.1.1 no such mailbox" in desk.get(reverse("digests")).content.decode()
    digests.deliver(digests.send_one_now(dana, now=now).pk, now=now)
    assert "did not arrive." not in desk.get("/").content.decode()


def test_a_message_that_came_back_is_told_on_the_clients_page(
    desk: Browser, dana: Coach, now: datetime
) -> None:
    client = make_client(dana, "Bob Hale", email="bob@example.com")
    message = messages.send(client=client, flag=None, text="Hello", by=dana, at=now).message
    bounces.take(report_of(message.message_id))
    page = desk.get(f"/clients/{client.pk}/").content.decode()
    assert "The e-mail did not arrive. It came back: 550 5.1.1 no such mailbox" in page


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\x00", b"Subject: hello\r\n\r\nMessage-ID: <a@b>", EmailMessage().as_bytes()]
)
def test_what_is_no_report_changes_nothing(dana: Coach, raw: bytes) -> None:
    assert "no report" in bounces.take(raw)


def test_a_delay_and_a_strange_mail_are_no_failure(dana: Coach, now: datetime) -> None:
    letter = digests.send_one_now(dana, now=now)
    assert "no report" in bounces.take(report_of(letter.message_id, action="delayed"))
    assert "No mail of ours" in bounces.take(report_of("<else@example.com>"))
    letter.refresh_from_db()
    assert letter.status == "waiting"
