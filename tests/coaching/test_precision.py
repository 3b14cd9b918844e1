"""How often the signs were right, by the coaches' own word, stands on the board."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from clients.models import Client, Coach
from coaching import respond
from coaching.precision import precision_words
from tests.factories import make_client
from tests.flags import a_flag

pytestmark = pytest.mark.django_db


def judged(coach: Coach, client: Client, kinds: str, at: datetime) -> None:
    signs = ("dread", "aches", "sleep_decline", "fatigue_mood", "strength_decline")
    for sign, kind in zip(signs, kinds, strict=False):
        word = {"r": "right_call", "w": "wrong_call"}[kind]
        respond.respond(flag=a_flag(client, sign), kind=word, by=coach, at=at)


def test_nothing_is_said_before_a_flag_was_judged(dana: Coach, james: Client, now: datetime) -> None:
    respond.respond(flag=a_flag(james), kind="acknowledge", by=dana, at=now)
    assert precision_words(dana, now=now) == ""


def test_right_and_wrong_calls_become_a_share_with_its_interval(
    dana: Coach, james: Client, sarah: Client, now: datetime
) -> None:
    judged(dana, james, "rrrr", now)
    judged(dana, sarah, "w", now)
    assert precision_words(dana, now=now) == (
        "Of 5 warning signs that were judged in the last year, 4 were right calls: 80 % (44 to 95)."
    )


def test_one_call_is_told_as_one(dana: Coach, james: Client, now: datetime) -> None:
    judged(dana, james, "r", now)
    assert precision_words(dana, now=now).startswith(
        "Of 1 warning sign that was judged in the last year, 1 was a right call: 100 %"
    )


def test_calls_taken_back_of_long_ago_and_of_strangers_do_not_count(
    dana: Coach, eli: Coach, james: Client, now: datetime
) -> None:
    judged(eli, make_client(eli, "Of Eli"), "rr", now)
    judged(dana, james, "r", now - timedelta(days=365))
    back = respond.respond(flag=a_flag(james, "aches"), kind="right_call", by=dana, at=now)
    respond.undo(action=back, by=dana, at=now)
    assert precision_words(dana, now=now) == ""


def test_it_stands_on_the_board(dana: Coach, james: Client, now: datetime) -> None:
    flag, browser = a_flag(james), Browser()
    browser.force_login(dana.user)
    answer = browser.post(
        f"/flags/{flag.pk}/actions/", {"kind": "right_call"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    assert "called right" in answer.content.decode()
    page = browser.get("/").content.decode()
    assert "Of 1 warning sign that was judged in the last year" in page
    assert "James Okafor" in page


def test_a_flag_that_has_closed_may_still_be_called_right_until_it_was_judged(
    dana: Coach, james: Client, now: datetime
) -> None:
    flag = a_flag(james, closed_on=date(2026, 6, 20), closed_at=now, resolution="recovered")
    browser, address = Browser(), f"/clients/{james.pk}/"
    browser.force_login(dana.user)
    button = f'action="/flags/{flag.pk}/actions/?on=client"'
    assert button in browser.get(address).content.decode()
    browser.post(f"/flags/{flag.pk}/actions/?on=client", {"kind": "right_call"})
    assert button not in browser.get(address).content.decode()
    respond.undo(action=flag.actions.get(), by=dana, at=timezone.now())
    assert button in browser.get(address).content.decode()
