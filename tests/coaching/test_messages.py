"""A coach writes to a client: from a draft that quotes the evidence, onto the client's page and by mail, once."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail as post_office
from django.core.management import call_command
from django.test import Client as Browser
from django.utils import timezone

from clients import messages
from clients.access import SESSION_CLIENT
from clients.models import Action, Client, Coach, Flag, Message
from clients.problems import Refused
from coaching import post_messages, respond, tasks
from coaching.board import row_of
from coaching.doctor import examine
from coaching.letter_to_client import drafts_for
from tests.coaching.api import coach_api
from tests.coaching.smtp_stub import MailServer, mail_server
from tests.factories import a_session, a_set, an_exercise, make_client
from tests.flags import a_flag

HTMX = {"HX-Request": "true"}
LATER = messages.HOLD
MOOD = {"item": "energy", "now": 2.3, "usual": 3.4, "change": -1.1}


@pytest.fixture
def james(dana: Coach) -> Client:
    return make_client(dana, "James Okafor", email="james.o@example.com", signed_in=True)


@pytest.fixture
def flag(james: Client) -> Flag:
    return a_flag(james, "fatigue_mood", evidence=MOOD, since_on=date(2026, 6, 1))


@pytest.fixture
def desk(dana: Coach) -> Browser:
    browser = Browser()
    browser.force_login(dana.user)
    return browser


@pytest.fixture
def phone(james: Client) -> Browser:
    browser = Browser()
    assert james.user
    browser.force_login(james.user)
    session = browser.session
    session[SESSION_CLIENT] = james.pk
    session.save()
    return browser


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_TIMEOUT = 5
    with mail_server() as running:
        settings.EMAIL_PORT = running.port
        yield running


def send(flag: Flag, dana: Coach, now: datetime, text: str = "Hello James") -> Message:
    return Message.objects.get(
        action=messages.send(client=flag.client, flag=flag, text=text, by=dana, at=now)
    )


@pytest.mark.parametrize(
    ("sign", "evidence", "sentence"),
    [
        ("fatigue_mood", MOOD, "Your answers on energy have averaged 2.3 of 5 since about 1 June; usually they are 3.4."),
        ("strength_decline", {"change": -6.6}, "Your lifts have been about 7 % below what was usual for you since about 1 June."),
        ("aches", {"now": 4, "usual": 1}, "You have told of 4 new aches in the last two weeks, more than usual."),
        ("dread", {"now": 2.1, "usual": 4.0}, "Your answers on looking forward to training have averaged 2.1 of 5 since about 1 June; usually they are 4.0."),
        ("sleep_decline", {"now": 2.2, "usual": 3.7}, "Your answers on sleep have averaged 2.2 of 5 since about 1 June; usually they are 3.7."),
        ("sleep_decline", {"now": "?", "usual": None}, "Your answers on sleep have been lower than usual since about 1 June."),
        ("strength_decline", {}, "Your lifts have been below what was usual for you since about 1 June."),
    ],
)  # fmt: skip
def test_each_of_three_drafts_quotes_what_the_flag_was_raised_on(
    dana: Coach, james: Client, now: datetime, sign: str, evidence: dict[str, Any], sentence: str
) -> None:
    flag = a_flag(james, sign, evidence=evidence, since_on=date(2026, 6, 1))
    found = drafts_for(james, flag, coach=dana, now=now)
    assert [draft.word for draft in found] == ["Ask how they are", "Ease off", "Talk first"]
    for draft in found:
        assert draft.text.startswith(f"Hello James,\n\n{sentence}\n\n")
        assert draft.text.endswith("\n\nDana")


def test_to_a_quiet_client_the_silence_is_spoken_of(dana: Coach, james: Client, now: datetime) -> None:
    assert (
        "have not seen a session or a check-in from you yet"
        in drafts_for(james, None, coach=dana, now=now)[0].text
    )
    a_set(a_session(james, at=now - timedelta(days=12)), an_exercise())
    assert "from you since 3 June." in drafts_for(james, None, coach=dana, now=now)[1].text


def test_a_message_waits_for_undo_and_then_leaves_once_with_the_coach_to_answer_to(
    flag: Flag, dana: Coach, now: datetime, server: MailServer
) -> None:
    message = send(flag, dana, now, "Hello James,\n\nhow are you? <b>5</b>")
    assert post_messages.undelivered(now + LATER - timedelta(seconds=1)) == []
    assert post_messages.undelivered(now + LATER) == [message.pk]
    assert post_messages.deliver(message.pk, now=now + LATER)
    assert not post_messages.deliver(message.pk, now=now + LATER)
    (mail,) = server.taken
    assert mail["To"] == "james.o@example.com"
    assert mail["Reply-To"] == "dana@example.com"
    assert mail["Subject"] == "Dana Reyes wrote to you"
    assert mail["Message-ID"] == message.message_id
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n").startswith("Hello James,\n\nhow are you? <b>5</b>")
    assert "&lt;b&gt;5" in html.get_content()
    assert "/train/messages/" in text.get_content()


def test_undo_within_the_moment_keeps_the_mail_here(
    flag: Flag, dana: Coach, now: datetime, server: MailServer, phone: Browser
) -> None:
    message = send(flag, dana, now)
    respond.undo(action=message.action, by=dana, at=now)
    assert post_messages.undelivered(now + timedelta(days=2)) == []
    assert not messages.has_left(message.action)
    assert server.taken == []
    assert "Hello James" not in phone.get("/train/messages/").content.decode()


def test_undo_after_the_mail_left_takes_it_off_the_page_and_says_so(
    desk: Browser, phone: Browser, flag: Flag, dana: Coach, now: datetime, server: MailServer
) -> None:
    message = send(flag, dana, now)
    assert post_messages.deliver(message.pk, now=now + LATER)
    page = desk.post(f"/actions/{message.action_id}/undo/", headers=HTMX).content.decode()
    assert "The e-mail had left already." in page
    assert "Hello James" not in phone.get("/train/messages/").content.decode()


def test_the_client_reads_it_in_the_app_and_the_coach_sees_that(
    desk: Browser, phone: Browser, flag: Flag, dana: Coach
) -> None:
    message = send(flag, dana, timezone.now())
    assert "1 new message" in phone.get("/train/").content.decode()
    page = phone.get("/train/messages/").content.decode()
    assert "Dana Reyes" in page
    assert "Hello James" in page
    message.refresh_from_db()
    assert message.read_at is not None
    assert "new message" not in phone.get("/train/").content.decode()
    assert "Read in the app on" in desk.get(f"/clients/{flag.client_id}/").content.decode()


def test_a_note_is_never_on_the_clients_page(phone: Browser, flag: Flag, dana: Coach, now: datetime) -> None:
    respond.respond(flag=flag, kind="note", by=dana, at=now, text="Zzyzx private")
    for path in ("/train/", "/train/messages/", "/train/progress/", "/train/settings/"):
        assert "Zzyzx" not in phone.get(path).content.decode()


def test_without_an_address_it_stands_on_the_page_alone(dana: Coach, now: datetime) -> None:
    client = make_client(dana, "Bob Hale", signed_in=True)
    assert client.user
    client.user.email = None
    client.user.save()
    action = messages.send(client=client, flag=None, text="Hello", by=dana, at=now)
    assert action.message.status == "no_mail"
    assert post_messages.undelivered(now + timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("fields", "text", "sentence"),
    [
        ({}, "", "Write a few words first."),
        ({}, " \x00\n ", "Write a few words first."),
        ({}, "x" * 2001, "Keep it to 2,000 characters; this has 2,001."),
        ({"email": "", "user": None}, "Hello", "nobody would read it"),
        ({"archived_at": timezone.now()}, "Hello", "is archived"),
    ],
)
def test_what_cannot_be_sent_is_said_at_the_text_which_is_kept(
    desk: Browser, james: Client, fields: dict[str, Any], text: str, sentence: str
) -> None:
    Client.objects.filter(pk=james.pk).update(**fields)
    response = desk.post(f"/clients/{james.pk}/message/", {"text": text}, headers=HTMX)
    assert response.status_code == 422
    assert response["HX-Retarget"] == f"#message-{james.pk}"
    page = response.content.decode()
    assert sentence in page
    assert text.replace("\x00", "").strip() in page
    assert not Message.objects.exists()


def test_the_same_words_again_are_the_same_message_and_others_another(
    flag: Flag, dana: Coach, now: datetime
) -> None:
    first = send(flag, dana, now)
    assert send(flag, dana, now + timedelta(seconds=3)) == first
    send(flag, dana, now + timedelta(seconds=9), "And one thing more")
    assert Message.objects.count() == 2
    assert send(flag, dana, now + timedelta(hours=1)) != first


def test_a_flag_that_closed_while_it_was_written_does_not_lose_it(
    flag: Flag, dana: Coach, now: datetime
) -> None:
    Flag.objects.update(closed_on=now.date(), closed_at=now, resolution="recovered")
    assert send(flag, dana, now).action.flag == flag
    with pytest.raises(Refused):
        respond.respond(flag=Flag.objects.get(), kind="acknowledge", by=dana, at=now)


def test_the_board_opens_the_form_in_place_and_sends_without_a_page_load(
    desk: Browser, james: Client
) -> None:
    day = timezone.now().date() - timedelta(days=5)
    flag = a_flag(james, "fatigue_mood", evidence=MOOD, opened_on=day, since_on=day, level_on=day)
    assert f'hx-get="/clients/{james.pk}/message/?"' in desk.get("/").content.decode()
    form = desk.get(f"/clients/{james.pk}/message/?text=ease", headers=HTMX).content.decode()
    assert "<html" not in form
    assert "take no set to failure" in form
    page = desk.post(f"/clients/{james.pk}/message/?", {"text": "Hello"}, headers=HTMX).content.decode()
    assert f'id="row-{james.pk}"' in page
    assert "James: message sent" in page
    assert "messaged today" in page
    assert Action.objects.get().flag == flag


def test_each_minute_sends_what_waits(flag: Flag, dana: Coach, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    message = send(flag, dana, timezone.now() - timedelta(minutes=1))
    for _ in range(2):
        tasks.send_messages()
    message.refresh_from_db()
    assert message.status == "sent"
    assert len(post_office.outbox) == 1


def test_a_message_that_did_not_arrive_is_told_on_the_board(flag: Flag, dana: Coach, now: datetime) -> None:
    message = send(flag, dana, now)
    Message.objects.filter(pk=message.pk).update(status="failed", problem="550 no such mailbox")
    row = row_of(dana, flag.client_id, now=now)
    assert row
    assert row.messaged == "message did not arrive"


def test_other_software_sends_the_same_message(flag: Flag, dana: Coach) -> None:
    api = coach_api(dana)
    said = api.post(f"flags/{flag.pk}/actions/", {"kind": "message", "text": "Hello from elsewhere"})
    assert said.status_code == 200
    assert Message.objects.get().action.text == "Hello from elsewhere"


def test_without_a_broker_the_command_sends_what_waits(
    flag: Flag, dana: Coach, now: datetime, server: MailServer
) -> None:
    send(flag, dana, now)
    for _ in range(2):
        call_command("send_digests", as_of=(now + LATER).isoformat())
    assert [mail["To"] for mail in server.taken] == ["james.o@example.com"]


def test_the_doctor_finds_a_message_whose_worker_died(flag: Flag, dana: Coach, now: datetime) -> None:
    message = send(flag, dana, now)
    Message.objects.filter(pk=message.pk).update(status="sending", claimed_at=now)
    claims = [found for found in examine(now + timedelta(hours=1)) if "lease" in found.name]
    assert [found.broken for found in claims] == [[f"message {message.pk}, claimed {now}"]]
