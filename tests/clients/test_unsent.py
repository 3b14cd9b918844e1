"""A plain form that was sent after the sign-in had ended: kept, offered after signing in, sent once."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils import timezone

from clients import lifetimes, unsent
from clients.models import Action, Client, Coach, User
from tests.factories import PASSWORD, make_coach
from tests.programs.phones import HTMX, phone_of

LOGIN = "/account/login/"
TEXT = 'Line one, "quoted" <b>\r\nline two & more'
OFFERED, KEPT, LOST = (
    "Your sign-in had ended before this was sent.",
    "What you sent is kept",
    "could not be kept",
)


@pytest.fixture
def desk(dana: Coach) -> Browser:
    """A browser in which Dana's sign-in has run out."""
    browser = signed_in(dana)
    ended(browser)
    return browser


def signed_in(coach: Coach) -> Browser:
    browser = Browser()
    sign_in(browser, coach)
    return browser


def sign_in(browser: Browser, coach: Coach, to: str = "/") -> None:
    answer = browser.post(LOGIN, {"login": coach.user.email, "password": PASSWORD, "next": to})
    assert answer["Location"] == to


def ended(browser: Browser) -> None:
    Session.objects.update(expire_date=timezone.now() - timedelta(hours=1))


def note(browser: Browser, client: Client, text: str = TEXT, **more: Any) -> str:
    """Send a note; where that leads."""
    path, referer = reverse("client-notes", args=[client.pk]), f"http://testserver/clients/{client.pk}/?x=1"
    answer = browser.post(path, {"text": text, "tag": ["a", "b"], **more}, headers={"referer": referer})
    return str(answer["Location"])


def page(browser: Browser, path: str = "/") -> str:
    return browser.get(path).content.decode()


def offered_form(body: str) -> tuple[str, dict[str, Any]]:
    """The address and the fields of the form that offers."""
    form = re.search(r'<div id="unsent".*?action="([^"]+)">(.*?)</form>', body, re.DOTALL)
    assert form
    fields: dict[str, Any] = {}
    for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', form[2]):
        fields.setdefault(unescape(name), []).append(unescape(value))
    return unescape(form[1]), fields


def test_it_comes_back_to_the_same_place_is_offered_whole_and_sent_once(
    desk: Browser, dana: Coach, james: Client
) -> None:
    led = note(desk, james)
    assert led == f"{LOGIN}?next=/clients/{james.pk}/%3Fx%3D1"
    assert KEPT in page(desk, led)
    sign_in(desk, dana, f"/clients/{james.pk}/?x=1")
    assert not Action.objects.exists()
    body = page(desk, f"/clients/{james.pk}/?x=1")
    assert OFFERED in body
    assert "<b>\r" not in body
    path, fields = offered_form(body)
    assert (path, fields["text"], fields["tag"]) == (f"/clients/{james.pk}/notes/", [TEXT], ["a", "b"])
    sent = desk.post(path, fields, follow=True)
    assert Action.objects.get().text == TEXT.replace("\r\n", "\n")
    assert OFFERED not in sent.content.decode()
    assert OFFERED not in page(desk)


def test_what_is_dropped_is_gone_and_was_not_sent(desk: Browser, dana: Coach, james: Client) -> None:
    note(desk, james)
    sign_in(desk, dana)
    here = f"/clients/{james.pk}/"
    answer = desk.post(reverse("unsent-removal"), headers={"referer": f"http://testserver{here}"})
    assert answer["Location"] == here
    assert OFFERED not in page(desk)
    assert not Action.objects.exists()


def test_what_is_kept_stays_until_it_is_sent_whatever_else_is_sent(
    desk: Browser, dana: Coach, james: Client
) -> None:
    note(desk, james)
    sign_in(desk, dana)
    note(desk, james, "Another note")
    assert OFFERED in page(desk)


def test_what_was_refused_when_sent_comes_back_in_its_form_and_is_offered_no_more(
    desk: Browser, dana: Coach, james: Client
) -> None:
    desk.post(f"/clients/{james.pk}/message/", {"text": "x" * 2001})
    sign_in(desk, dana)
    path, fields = offered_form(page(desk))
    again = desk.post(path, fields)
    assert again.status_code == 422
    assert "x" * 2001 in again.content.decode()
    assert OFFERED not in again.content.decode()


def test_a_sign_in_past_its_longest_age_loses_nothing_either(dana: Coach, james: Client) -> None:
    browser = signed_in(dana)
    session = browser.session
    session[lifetimes.BEGAN] = (timezone.now() - timedelta(days=91)).timestamp()
    session.save()
    note(browser, james)
    assert browser.session[unsent.KEPT]["by"] == dana.user_id
    sign_in(browser, dana)
    assert OFFERED in page(browser)


@pytest.mark.parametrize("how", ["ran out", "past its age"])
def test_another_coach_is_not_offered_it(dana: Coach, james: Client, eli: Coach, how: str) -> None:
    browser = signed_in(dana)
    if how == "ran out":
        ended(browser)
    else:
        session = browser.session
        session[lifetimes.BEGAN] = (timezone.now() - timedelta(days=91)).timestamp()
        session.save()
    note(browser, james)
    sign_in(browser, eli)
    assert OFFERED not in page(browser)
    assert unsent.KEPT not in browser.session


def test_whose_it_was_is_known_of_a_second_form_too(
    desk: Browser, dana: Coach, eli: Coach, james: Client
) -> None:
    note(desk, james)
    note(desk, james, "Of another tab")
    assert desk.session[unsent.KEPT]["by"] == dana.user_id
    sign_in(desk, eli)
    assert OFFERED not in page(desk)


def test_nobody_knows_whose_a_deleted_sign_in_was_so_it_is_offered_to_who_signs_in(
    desk: Browser, dana: Coach, james: Client
) -> None:
    Session.objects.all().delete()
    note(desk, james)
    sign_in(desk, dana)
    assert OFFERED in page(desk)


def test_a_client_who_signs_in_on_the_same_device_keeps_nothing_of_the_coachs(
    desk: Browser, james: Client
) -> None:
    note(desk, james)
    james.user = User.objects.create_user("james@example.com", PASSWORD)
    james.save(update_fields=["user"])
    desk.post(LOGIN, {"login": "james@example.com", "password": PASSWORD})
    assert unsent.KEPT not in desk.session
    assert desk.session["timezone"] == james.timezone


@pytest.mark.parametrize(("hours", "offered"), [(23, True), (25, False)])
def test_after_a_day_it_is_not_offered(
    desk: Browser, dana: Coach, james: Client, hours: int, offered: bool
) -> None:
    note(desk, james)
    session = desk.session
    session[unsent.KEPT] |= {"at": (timezone.now() - timedelta(hours=hours)).timestamp()}
    session.save()
    sign_in(desk, dana)
    assert (OFFERED in page(desk)) is offered
    assert (unsent.KEPT in desk.session) is offered


def test_who_never_signs_in_again_leaves_nothing_behind(desk: Browser, dana: Coach, james: Client) -> None:
    note(desk, james)
    kept = str(desk.session.session_key)
    assert Session.objects.get(session_key=kept).expire_date <= timezone.now() + timedelta(days=1)
    Session.objects.update(expire_date=timezone.now() - timedelta(hours=25))
    note(Browser(), james)
    assert not Session.objects.filter(session_key=kept).exists()


@pytest.mark.parametrize(("length", "kept"), [(63_900, True), (64_001, False)])
def test_what_is_too_long_is_not_kept_and_the_sign_in_page_says_so(
    desk: Browser, james: Client, length: int, kept: bool
) -> None:
    body = page(desk, note(desk, james, "x" * length))
    assert (KEPT in body, LOST in body) == (kept, not kept)
    assert (unsent.KEPT in desk.session) is kept


def test_a_form_with_a_file_is_not_kept_and_the_sign_in_page_says_so(desk: Browser, james: Client) -> None:
    led = note(desk, james, file=SimpleUploadedFile("log.csv", b"Date,Exercise"))
    assert LOST in page(desk, led)
    assert unsent.KEPT not in desk.session


@pytest.mark.parametrize("path", ["/settings/tokens/", "/settings/webhooks/"])
def test_what_makes_tokens_and_secrets_is_never_kept(desk: Browser, path: str) -> None:
    desk.post(path, {"name": "Script", "url": "https://example.com"})
    assert unsent.KEPT not in desk.session


def test_every_form_with_a_password_or_a_token_lies_where_nothing_is_kept() -> None:
    names = [str(pattern.pattern) for pattern in get_resolver().url_patterns]
    secret = [name for name in names if re.search("token|webhook|password|account|settings", name)]
    assert [
        name for name in secret if not f"/{name}".startswith((*unsent.NEVER, "/train/", "/reminders/"))
    ] == []


def test_a_form_without_its_token_is_refused_and_not_kept(dana: Coach, james: Client) -> None:
    browser = Browser(enforce_csrf_checks=True)
    page(browser, LOGIN)
    answer = browser.post(f"/clients/{james.pk}/notes/", {"text": TEXT})
    assert answer.status_code == 403
    assert not Session.objects.exists()


def test_pieces_of_a_page_keep_theirs_in_the_tab(desk: Browser, james: Client) -> None:
    desk.post(f"/clients/{james.pk}/notes/", {"text": TEXT}, headers=HTMX)
    assert unsent.KEPT not in desk.session


def test_a_phone_keeps_its_own(james: Client) -> None:
    phone = phone_of(james)
    Session.objects.all().delete()
    phone.post("/train/checkin/", {"energy": "3"})
    assert not Session.objects.exists()


def test_strangers_fill_no_disk(desk: Browser, james: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"unsent": "2/h/ip"}
    assert [KEPT in page(browser := Browser(), note(browser, james)) for _ in range(3)] == [True, True, False]


def test_it_leads_to_no_other_host(desk: Browser, dana: Coach, james: Client) -> None:
    answer = desk.post(
        f"/clients/{james.pk}/notes/", {"text": TEXT}, headers={"referer": "https://evil.example/x"}
    )
    assert answer["Location"] == f"{LOGIN}?next=/home/"
    sign_in(desk, dana)
    assert offered_form(page(desk))[0] == f"/clients/{james.pk}/notes/"


def test_a_page_that_keeps_something_asks_the_database_no_more_than_one_that_does_not(
    desk: Browser, dana: Coach, james: Client
) -> None:
    note(desk, james)
    sign_in(desk, dana)
    page(desk)
    with CaptureQueriesContext(connection) as offering:
        assert OFFERED in page(desk)
    desk.post(reverse("unsent-removal"))
    with CaptureQueriesContext(connection) as nothing:
        assert OFFERED not in page(desk)
    assert len(offering) == len(nothing)


def test_two_coaches_of_one_practice_do_not_see_each_others(
    desk: Browser, dana: Coach, james: Client
) -> None:
    mate = make_coach("mate@example.com", name="Mate", practice=dana.practice, head=False)
    note(desk, james)
    sign_in(desk, mate)
    assert TEXT.split(",")[0] not in page(desk)
