"""A written letter is sent once, tried again when that may help, and given up visibly when not."""

import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client as Browser

from clients.models import Client, Coach, Digest
from coaching import digests, mailbox
from coaching.letters.post import open_post
from tests.coaching.smtp_stub import MailServer, mail_server
from tests.conftest import NOW
from tests.flags import a_flag

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@pytest.fixture
def letter(dana: Coach) -> Digest:
    return a_letter(dana)


def a_letter(coach: Coach, week: date = date(2026, 6, 15)) -> Digest:
    return Digest.objects.create(
        coach=coach, week=week, subject="1 client needs you: Zoë", text="Zoë\n.\nstrength decline",
        html='<p>Zoë <img src="cid:strength-1"></p>', images={"strength-1": PIXEL},
        message_id=f"<digest.{coach.pk}.{week}@example.com>", composed_at=NOW, next_try_at=NOW,
    )  # fmt: skip


@pytest.fixture
def smtp(settings: Any) -> Any:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_TIMEOUT = 5

    def use(server: MailServer) -> MailServer:
        settings.EMAIL_PORT = server.port
        return server

    return use


def state(letter: Digest) -> tuple[str, int, timedelta | None]:
    letter.refresh_from_db()
    return letter.status, letter.tries, letter.next_try_at - NOW if letter.next_try_at else None


def test_a_waiting_letter_is_sent_and_marked_at_once(letter: Digest, smtp: Any) -> None:
    with mail_server() as server:
        smtp(server)
        assert digests.undelivered(NOW) == [letter.pk]
        assert digests.deliver(letter.pk, now=NOW)
        assert not digests.deliver(letter.pk, now=NOW)
    assert state(letter) == ("sent", 1, None)
    assert letter.sent_at == NOW
    assert letter.claimed_at is None
    assert digests.undelivered(NOW + timedelta(days=30)) == []
    (mail,) = server.taken
    assert mail["To"] == "dana@example.com"
    assert mail["Subject"] == "1 client needs you: Zoë"
    assert mail["Message-ID"] == letter.message_id


def test_the_mail_has_text_html_its_picture_and_a_one_click_way_out(
    letter: Digest, smtp: Any, client: Browser
) -> None:
    with mail_server() as server:
        smtp(server)
        digests.deliver(letter.pk, now=NOW)
    (mail,) = server.taken
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    client.post(urlsplit(str(mail["List-Unsubscribe"]).strip(" <>")).path, {"List-Unsubscribe": "One-Click"})
    letter.coach.refresh_from_db()
    assert letter.coach.digest_stopped_at is not None
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().split() == letter.text.split()
    assert "cid:strength-1" in html.get_content()
    (picture,) = (part for part in mail.walk() if part.get_content_type() == "image/png")
    assert picture["Content-ID"] == "<strength-1>"
    assert picture.get_content_disposition() == "inline"


@pytest.mark.parametrize("answer", ["450 mailbox busy", "data 451 later", "hang up", "421 going down"])
def test_a_temporary_refusal_is_tried_six_times_within_a_day(letter: Digest, smtp: Any, answer: str) -> None:
    now, waits = NOW, []
    with mail_server(*[answer] * 9) as server:
        smtp(server)
        for _ in range(5):
            assert not digests.deliver(letter.pk, now=now)
            letter.refresh_from_db()
            assert letter.status == "waiting"
            assert letter.next_try_at is not None
            assert not digests.deliver(letter.pk, now=letter.next_try_at - timedelta(seconds=1))
            waits.append(letter.next_try_at - now)
            now = letter.next_try_at
        assert not digests.deliver(letter.pk, now=now)
        assert server.taken == []
    assert state(letter) == ("failed", 6, None)
    assert letter.problem.startswith("Given up after 6 tries:")
    assert waits == sorted(waits)
    assert sum(waits, timedelta()) <= timedelta(hours=24)


def test_a_server_that_comes_back_gets_the_same_letter(letter: Digest, smtp: Any) -> None:
    with mail_server("450 busy") as server:
        smtp(server)
        assert not digests.deliver(letter.pk, now=NOW)
        assert digests.deliver(letter.pk, now=NOW + timedelta(minutes=5))
    assert server.ids() == [letter.message_id]
    assert state(letter) == ("sent", 2, None)
    assert letter.problem == ""


def test_no_server_at_all_is_temporary(letter: Digest, smtp: Any, settings: Any) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = unused.getsockname()
        assert not digests.deliver(letter.pk, now=NOW)
    assert state(letter)[0] == "waiting"
    assert "refused" in letter.problem.lower()


def test_a_server_that_never_answers_is_left_after_the_time_out(
    letter: Digest, smtp: Any, settings: Any
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        settings.EMAIL_TIMEOUT = 0.2
        assert not digests.deliver(letter.pk, now=NOW)
    assert state(letter)[0] == "waiting"
    assert letter.problem == "the connection was lost"


@pytest.mark.parametrize("answer", ["550 no such user", "data 554 looks like spam"])
def test_a_refusal_for_good_stops_and_says_why(letter: Digest, smtp: Any, answer: str) -> None:
    with mail_server(answer) as server:
        smtp(server)
        assert not digests.deliver(letter.pk, now=NOW)
        assert not digests.deliver(letter.pk, now=NOW + timedelta(days=1))
    assert state(letter) == ("failed", 1, None)
    assert answer.removeprefix("data ") in letter.problem
    assert server.connections == 1


def test_an_answer_lost_after_the_text_is_uncertain_and_tried_once_more(letter: Digest, smtp: Any) -> None:
    with mail_server("lose", "lose") as server:
        smtp(server)
        assert not digests.deliver(letter.pk, now=NOW)
        assert state(letter) == ("uncertain", 1, timedelta(hours=1))
        assert not digests.deliver(letter.pk, now=NOW + timedelta(minutes=59))
        assert not digests.deliver(letter.pk, now=NOW + timedelta(hours=1))
    assert state(letter) == ("uncertain", 2, None)
    assert "may have arrived" in letter.problem
    assert server.ids() == [letter.message_id] * 2  # the same id: the mailbox can tell
    assert digests.undelivered(NOW + timedelta(days=30)) == []


def test_an_uncertain_letter_that_is_taken_is_sent(letter: Digest, smtp: Any) -> None:
    with mail_server("lose") as server:
        smtp(server)
        digests.deliver(letter.pk, now=NOW)
        assert digests.deliver(letter.pk, now=NOW + timedelta(hours=1))
    assert state(letter)[0] == "sent"


def test_a_claim_of_a_dead_worker_runs_out_after_a_quarter_of_an_hour(letter: Digest, smtp: Any) -> None:
    Digest.objects.filter(pk=letter.pk).update(status="sending", claimed_at=NOW, tries=1)
    with mail_server() as server:
        smtp(server)
        assert not digests.deliver(letter.pk, now=NOW + timedelta(minutes=14, seconds=59))
        assert digests.undelivered(NOW + timedelta(minutes=15)) == [letter.pk]
        assert digests.deliver(letter.pk, now=NOW + timedelta(minutes=15))
    assert server.ids() == [letter.message_id]


@pytest.mark.django_db(transaction=True)
def test_eight_deliveries_at_once_send_one_mail(dana: Coach, smtp: Any) -> None:
    letters = [a_letter(dana, date(2026, 6, 15) + timedelta(days=7 * n)) for n in range(5)]
    tries = [letter.pk for letter in letters for _ in range(8)]

    def work(digest_id: int) -> bool:
        try:
            return digests.deliver(digest_id, now=NOW)
        finally:
            connections.close_all()

    with mail_server() as server, ThreadPoolExecutor(8) as pool:
        smtp(server)
        assert sum(pool.map(work, tries)) == 5
    assert sorted(server.ids()) == sorted(letter.message_id for letter in letters)


def test_many_letters_share_one_connection_and_a_bad_one_stops_no_other(dana: Coach, smtp: Any) -> None:
    letters = [a_letter(dana, date(2026, 6, 15) + timedelta(days=7 * n)) for n in range(4)]
    with mail_server("take", "550 no") as server:
        smtp(server)
        with open_post() as post:
            sent = [digests.deliver(letter.pk, now=NOW, post=post) for letter in letters]
    assert sent == [True, False, True, True]
    assert server.connections == 2


def test_a_coach_who_stopped_meanwhile_gets_no_mail(letter: Digest, smtp: Any) -> None:
    digests.stop(letter.coach, at=NOW)
    with mail_server() as server:
        smtp(server)
        assert not digests.deliver(letter.pk, now=NOW)
    assert server.connections == 0
    assert state(letter) == ("failed", 1, None)


def test_without_a_mail_server_the_mail_lies_in_a_folder_once(letter: Digest, settings: Any) -> None:
    settings.EMAIL_BACKEND = "coaching.mailbox.FolderBackend"
    assert digests.deliver(letter.pk, now=NOW)
    Digest.objects.filter(pk=letter.pk).update(status="sending", claimed_at=NOW)
    assert digests.deliver(
        letter.pk, now=NOW + timedelta(hours=1)
    )  # after a crash between sending and marking
    (file,) = Path(settings.MAIL_DIR).iterdir()
    (mail,) = mailbox.lying("dana@example.com")
    assert mail.name == file.name
    assert mail.subject == letter.subject
    html = mailbox.html_of(mail.name, "DANA@example.com")
    assert html is not None
    assert f'src="data:image/png;base64,{PIXEL}"' in html
    assert mailbox.lying("eli@example.com") == []
    assert mailbox.html_of(mail.name, "eli@example.com") is None
    assert mailbox.html_of("../" + mail.name, "dana@example.com") is None


def test_the_command_writes_and_sends_what_is_due_and_says_so(
    dana: Coach, james: Client, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.EMAIL_BACKEND = "coaching.mailbox.FolderBackend"
    a_flag(james)
    Coach.objects.update(next_digest_at=NOW)
    call_command("send_digests", as_of=NOW.isoformat(), dry_run=True)
    assert capsys.readouterr().out == "dana@example.com: 1 client needs you: James\n"
    assert not Digest.objects.exists()
    call_command("send_digests", as_of=NOW.isoformat())
    call_command("send_digests", as_of=NOW.isoformat())
    letter = Digest.objects.get()
    assert letter.status == "sent"
    assert (
        capsys.readouterr().out == f"dana@example.com: 1 client needs you: James\ndigest {letter.pk}: sent\n"
    )


@pytest.mark.parametrize("moment", ["yesterday", "2026-13-01T00:00", ""])
def test_a_moment_that_is_none_is_a_wrong_call(db: None, moment: str) -> None:
    with pytest.raises(CommandError) as error:
        call_command("send_digests", as_of=moment)
    assert error.value.returncode == 2


def test_a_moment_without_an_offset_is_utc(dana: Coach, james: Client) -> None:
    a_flag(james)
    Coach.objects.update(next_digest_at=NOW)
    call_command("send_digests", as_of=datetime(2026, 6, 15, 9, 59).isoformat(), verbosity=0)  # noqa: DTZ001
    assert not Digest.objects.exists()
    call_command("send_digests", as_of=datetime(2026, 6, 15, 10, 0).isoformat(), verbosity=0)  # noqa: DTZ001
    assert Digest.objects.exists()
