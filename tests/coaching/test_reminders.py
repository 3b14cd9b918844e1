"""The daily reminder: for who asked, by their own clock, once a day, and never when it is not needed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client as Browser

from clients import checkins, consent, reminders
from clients.models import Checkin, Client, Reminder
from coaching import reminders as letters
from coaching.tasks import send_reminders
from tests.coaching.smtp_stub import MailServer, mail_server
from tests.conftest import NOW
from tests.factories import make_coach
from tests.programs.phones import phone_of

DUE = datetime(2026, 6, 15, 18, 0, tzinfo=UTC)  # 19:00 in London, the hour that James chose
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def asked(james: Client) -> Client:
    james.email = "james@example.com"
    james.save(update_fields=["email"])
    reminders.arrange(client=james, hour=19, by=None, at=NOW)
    james.refresh_from_db()
    return james


@pytest.fixture
def smtp(settings: Any) -> Any:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_TIMEOUT = 5
    with mail_server() as server:
        settings.EMAIL_PORT = server.port
        yield server


def run(now: datetime) -> None:
    """What the worker does, twice: a repeated message of the broker changes nothing."""
    for _ in range(2):
        for client in letters.due(now):
            letters.write(client, now=now)
        for pk in letters.undelivered(now):
            letters.deliver(pk, now=now)


def test_it_comes_once_at_the_hour_of_the_clients_own_clock(asked: Client, smtp: MailServer) -> None:
    run(DUE - timedelta(minutes=1))
    assert smtp.taken == []
    run(DUE)
    run(DUE + timedelta(minutes=5))
    (mail,) = smtp.taken
    assert (mail["To"], mail["Subject"]) == ("james@example.com", "Your check-in for today")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    run(DUE + timedelta(days=1))
    assert len(smtp.taken) == 2
    assert [row.status for row in Reminder.objects.all()] == ["sent", "sent"]


def test_who_has_checked_in_is_left_alone(asked: Client, smtp: MailServer) -> None:
    checkins.record(client=asked, day=DUE.date(), items={"energy": 4}, by=None, at=NOW)
    run(DUE)
    assert smtp.taken == []
    assert not Reminder.objects.exists()


def test_who_checks_in_between_writing_and_sending_is_left_alone(asked: Client, smtp: MailServer) -> None:
    (client,) = letters.due(DUE)
    made = letters.write(client, now=DUE)
    assert made
    Checkin.objects.create(client=asked, day=DUE.date(), energy=4)
    assert not letters.deliver(made.pk, now=DUE)
    assert smtp.taken == []


@pytest.mark.parametrize("why", ["withdrawn", "archived", "away", "no address", "stopped"])
def test_nothing_comes_where_nothing_is_wanted(asked: Client, smtp: MailServer, why: str) -> None:
    (client,) = letters.due(DUE)
    waiting = letters.write(client, now=DUE)
    assert waiting
    if why == "withdrawn":
        consent.withdraw(client=asked, by=None, at=NOW)
    elif why == "stopped":
        reminders.arrange(client=asked, hour=None, by=None, at=NOW)
    else:
        change: dict[str, dict[str, Any]] = {
            "archived": {"archived_at": NOW},
            "away": {"away_until": "2026-07-01"},
            "no address": {"email": ""},
        }
        Client.objects.filter(pk=asked.pk).update(**change[why])
    assert not letters.deliver(waiting.pk, now=DUE)  # what waits
    run(DUE + timedelta(days=1))  # and what would come
    assert smtp.taken == []


def test_after_days_without_a_worker_one_reminder_comes_for_the_day_it_is(
    asked: Client, smtp: MailServer
) -> None:
    run(DUE + timedelta(days=5))
    assert [row.day for row in Reminder.objects.all()] == [(DUE + timedelta(days=5)).date()]
    assert len(smtp.taken) == 1


def test_one_that_could_not_be_sent_in_time_is_not_sent_the_next_day(
    asked: Client, smtp: MailServer, settings: Any
) -> None:
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9  # nobody listens there
    run(DUE)
    settings.EMAIL_PORT = port
    letters.deliver(Reminder.objects.get().pk, now=DUE + timedelta(hours=20))
    assert smtp.taken == []
    assert Reminder.objects.get().problem == "Not sent: the day was over."


@pytest.mark.django_db(transaction=True)
def test_eight_workers_send_one(asked: Client, smtp: MailServer) -> None:
    def work(_: int) -> None:
        try:
            for client in letters.due(DUE):
                letters.write(client, now=DUE)
            for pk in letters.undelivered(DUE):
                letters.deliver(pk, now=DUE)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert len(smtp.taken) == 1


def test_one_click_of_a_mail_program_stops_it_without_a_sign_in(asked: Client, smtp: MailServer) -> None:
    run(DUE)
    (mail,) = smtp.taken
    way_out = urlsplit(str(mail["List-Unsubscribe"]).strip(" <>")).path
    stranger = Browser(enforce_csrf_checks=True)
    assert "Stop the daily reminder?" in stranger.get(way_out).content.decode()
    asked.refresh_from_db()
    assert asked.reminder_hour == 19  # looking changes nothing
    assert stranger.post(way_out, ONE_CLICK).status_code == 200
    assert stranger.post(way_out, ONE_CLICK).status_code == 200
    asked.refresh_from_db()
    assert Client.objects.filter(pk=asked.pk, reminder_hour=None, next_reminder_at=None).exists()
    assert stranger.get("/reminders/stop/forged/").status_code == 404


def test_a_client_asks_for_it_and_stops_it_in_the_settings(james: Client) -> None:
    phone = phone_of(james)
    said = phone.post("/train/settings/reminder/", {"hour": "7"})
    assert said.status_code == 422
    assert "Ask your coach to enter it first" in said.content.decode()
    Client.objects.filter(pk=james.pk).update(email="james@example.com")
    page = phone.post("/train/settings/reminder/", {"hour": "7"}, follow=True).content.decode()
    assert "You are reminded at 07:00." in page
    assert '<option value="7" selected>' in page
    assert phone.post("/train/settings/reminder/", {"hour": "99"}).status_code == 422
    assert (
        "No reminders."
        in phone.post("/train/settings/reminder/", {"hour": "off"}, follow=True).content.decode()
    )
    james.refresh_from_db()
    assert james.reminder_hour is None


def test_an_hour_that_the_clocks_skip_comes_once() -> None:
    client = Client(timezone="Europe/London", reminder_hour=1)
    before = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
    slot = reminders.next_slot(client, before)
    assert slot == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert reminders.next_slot(client, slot) == datetime(2026, 3, 30, 0, 0, tzinfo=UTC)


def test_the_worker_and_the_command_are_the_same(asked: Client, smtp: MailServer) -> None:
    call_command("send_digests", as_of=DUE.isoformat(), verbosity=0)
    assert len(smtp.taken) == 1
    send_reminders()
    assert len(smtp.taken) <= 2  # for the day that it is now


def test_who_needs_no_reminder_costs_nothing(asked: Client, django_assert_num_queries: Any) -> None:
    make_coach("mate@example.com", practice=asked.practice)
    with django_assert_num_queries(2):
        assert letters.due(NOW) == []
        assert letters.undelivered(NOW) == []
