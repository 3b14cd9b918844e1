"""Signing in by e-mail and password, how long it lasts, and the way back to the same place."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from clients import lifetimes
from clients.models import Client, Coach
from tests.factories import PASSWORD, make_client
from tests.programs.phones import HTMX, phone_of

LOGIN = "/account/login/"


def sign_in(email: str, password: str = PASSWORD, **extra: str) -> tuple[Browser, int]:
    browser = Browser()
    answer = browser.post(LOGIN, {"login": email, "password": password, **extra})
    return browser, answer.status_code


def test_a_coach_signs_in_for_fourteen_days(dana: Coach) -> None:
    browser, status = sign_in("Dana@Example.com")
    assert status == 302
    assert browser.session.get_expiry_age() == 14 * 86_400
    assert browser.session["timezone"] == "Europe/London"


def test_the_way_leads_back_to_where_one_wanted_to_go(dana: Coach) -> None:
    client = make_client(dana, "Mia Stone")
    wanted = reverse("client-invitation", args=[client.pk])
    browser = Browser()
    asked = browser.get(wanted, follow=True)
    assert f'name="next" value="{wanted}"' in asked.content.decode()
    answer = browser.post(LOGIN, {"login": "dana@example.com", "password": PASSWORD, "next": wanted})
    assert answer["Location"] == wanted


def test_a_piece_of_a_page_sends_the_whole_page_to_the_sign_in(db: None) -> None:
    answer = Browser().get("/train/", headers={**HTMX, "HX-Current-URL": "http://testserver/train/?x=1"})
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == f"{LOGIN}?next=/train/%3Fx%3D1"


def test_a_wrong_password_and_an_unknown_e_mail_read_the_same(dana: Coach) -> None:
    pages = set()
    for email in ("dana@example.com", "nobody@example.com"):
        answer = Browser().post(LOGIN, {"login": email, "password": "wrong"})
        page = re.sub(r"\w{64}", "", answer.content.decode()).replace(email, "")
        pages.add((answer.status_code, page))
    assert len(pages) == 1


def test_nobody_signs_up_by_themselves(db: None) -> None:
    page = Browser().get("/account/signup/").content.decode()
    assert "Accounts are given out here" in page


@pytest.mark.parametrize("page", ["login", "password/reset", "password/reset/done", "inactive"])
def test_the_pages_around_the_sign_in_are_ours(db: None, page: str) -> None:
    body = Browser().get(f"/account/{page}/").content.decode()
    assert 'class="card narrow"' in body
    assert "style=" not in body


@pytest.mark.parametrize(
    ("longest", "days", "good"),
    [("coach", 90, True), ("coach", 91, False), ("client", 400, True), ("client", 401, False)],
)
def test_a_sign_in_ends_at_its_longest_however_often_it_was_used(
    dana: Coach, james: Client, longest: str, days: int, good: bool
) -> None:
    person = dana if longest == "coach" else james
    session = Browser().session
    began = timezone.now()
    lifetimes.begin(session, person, at=began)
    assert lifetimes.still_good(session, person, at=began + timedelta(days=days)) is good


def test_a_visit_renews_once_a_day_and_a_poll_never(dana: Coach) -> None:
    session = Browser().session
    began = datetime(2026, 6, 15, 9, 0, tzinfo=timezone.get_current_timezone())
    lifetimes.begin(session, dana, at=began)
    session.modified = False
    assert lifetimes.still_good(session, dana, at=began + timedelta(hours=3))
    assert lifetimes.still_good(session, dana, at=began + timedelta(days=1), idle=True)
    assert not session.modified
    assert lifetimes.still_good(session, dana, at=began + timedelta(days=1))
    assert session.modified


def test_past_its_age_a_sign_in_leads_to_the_sign_in(james: Client) -> None:
    phone = phone_of(james)
    session = phone.session
    session[lifetimes.BEGAN] = (timezone.now() - timedelta(days=401)).timestamp()
    session.save()
    assert phone.get("/train/")["Location"] == f"{LOGIN}?next=/train/"
    assert "_auth_user_id" not in phone.session
