"""Answers given on the board and on a client's page: with HTMX, with plain forms, and with nonsense."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from clients.models import Action, Client, Coach, Flag
from coaching.filters import Filters
from tests.factories import make_client, make_coach
from tests.flags import a_flag

HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(dana: Coach) -> Browser:
    browser = Browser()
    browser.force_login(dana.user)
    return browser


@pytest.fixture
def flag(james: Client) -> Flag:
    day = timezone.now().date() - timedelta(days=5)
    return a_flag(james, opened_on=day, since_on=day - timedelta(days=4), level_on=day)


def answer(browser: Browser, flag: Flag, *, htmx: bool = True, query: str = "", **fields: str) -> Any:
    return browser.post(f"/flags/{flag.pk}/actions/{query}", fields, headers=HTMX if htmx else {})


def test_an_answer_returns_the_row_as_it_now_is_the_counts_and_an_undo(desk: Browser, flag: Flag) -> None:
    page = answer(desk, flag, kind="scale_back", days="14").content.decode()
    action = Action.objects.get()
    assert f'id="row-{flag.client_id}"' in page
    assert "Scaled back until" in page
    assert 'id="board-head" hx-swap-oob="true"' in page
    assert "Nobody needs you today" in page
    assert f'hx-post="/actions/{action.pk}/undo/' in page
    assert "<html" not in page


def test_a_plain_form_comes_back_to_the_same_board(desk: Browser, flag: Flag) -> None:
    response = answer(desk, flag, htmx=False, query="?group=needs&q=james", kind="acknowledge")
    assert (response.status_code, response["Location"]) == (302, "/?group=needs&q=james")
    assert "acknowledged" in desk.get("/").content.decode()


@pytest.mark.parametrize("kind", ["acknowledge", "scale_back", "deload", "wrong_call"])
def test_every_answer_can_be_undone(desk: Browser, flag: Flag, kind: str) -> None:
    assert answer(desk, flag, kind=kind).status_code == 200
    page = desk.post(f"/actions/{Action.objects.get().pk}/undo/", headers=HTMX).content.decode()
    assert Action.objects.get().undone_at
    assert "Needs you today" in page
    assert "Undone." in page


YESTERDAY = (date.today() - timedelta(days=2)).isoformat()  # noqa: DTZ011 (a form of today's page)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "scale_back", "days": "0"}, "Choose between 1 and 90 days."),
        ({"kind": "scale_back", "days": "400"}, "Choose between 1 and 90 days."),
        ({"kind": "scale_back", "days": "-1"}, "Choose between 1 and 90 days."),
        ({"kind": "scale_back", "days": "two"}, "whole number"),
        ({"kind": "scale_back", "days": "9" * 30}, "Choose between 1 and 90 days."),
        ({"kind": "deload", "days": "60"}, "Choose between 1 and 28 days."),
        ({"kind": "snooze", "until": YESTERDAY}, "is over"),
        ({"kind": "snooze", "until": "2026-13-45"}, "as a date"),
        ({"kind": "snooze", "until": "soon"}, "as a date"),
        ({"kind": "snooze", "until": ""}, "Choose the last day."),
        ({"kind": "snooze", "until": "9999-12-31"}, "too far ahead"),
        ({"kind": "frown"}, "no answer Reserve knows"),
        ({}, "no answer Reserve knows"),
        ({"kind": "note", "text": "  \x00 "}, "Write a few words first."),
        ({"kind": "note", "text": "x" * 2001}, "Keep it to 2,000 characters"),
        ({"kind": "ack\x00nowledge"}, "no answer Reserve knows"),
    ],
)
@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize("query", ["", "?on=client"])
def test_bad_input_is_said_in_its_place_and_changes_nothing(
    desk: Browser, flag: Flag, fields: dict[str, str], sentence: str, htmx: bool, query: str
) -> None:
    response = answer(desk, flag, htmx=htmx, query=query, **fields)
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert ("<html" in page) is not htmx
    assert not Action.objects.exists()


def test_what_was_typed_is_kept(desk: Browser, flag: Flag) -> None:
    assert 'value="400"' in answer(desk, flag, kind="scale_back", days="400").content.decode()
    assert f'value="{YESTERDAY}"' in answer(desk, flag, kind="snooze", until=YESTERDAY).content.decode()


def test_a_flag_that_the_scan_closed_meanwhile_is_news_and_no_mistake(desk: Browser, flag: Flag) -> None:
    now = timezone.now()
    Flag.objects.filter(pk=flag.pk).update(closed_on=now.date(), closed_at=now, resolution="recovered")
    for query in ("", "?on=client"):
        response = answer(desk, flag, query=query, kind="acknowledge")
        assert response.status_code == 200
        assert "This flag closed on" in response.content.decode()
    assert not Action.objects.exists()


@pytest.mark.parametrize("who", ["other practice", "colleague"])
def test_the_flag_of_somebody_elses_client_does_not_exist(
    flag: Flag, dana: Coach, eli: Coach, who: str
) -> None:
    mate = make_coach("mate@example.com", practice=dana.practice, head=False)
    browser = Browser()
    browser.force_login((eli if who == "other practice" else mate).user)
    assert answer(browser, flag, kind="acknowledge").status_code == 404
    action = Action.objects.create(
        client=flag.client,
        flag=flag,
        kind="acknowledge",
        by=dana,
        at=timezone.now(),
        on=timezone.now().date(),
    )
    assert browser.post(f"/actions/{action.pk}/undo/").status_code == 404
    assert browser.get(f"/clients/{flag.client_id}/").status_code == 404
    action.refresh_from_db()
    assert action.undone_at is None


def test_a_double_click_is_one_answer(desk: Browser, flag: Flag) -> None:
    for _ in range(2):
        assert answer(desk, flag, kind="acknowledge", whole="1").status_code == 200
    assert Action.objects.count() == 1


def test_an_answer_in_the_row_is_for_the_whole_person(desk: Browser, flag: Flag, james: Client) -> None:
    day = flag.opened_on
    a_flag(james, "dread", opened_on=day, since_on=day, level_on=day)
    page = answer(desk, flag, kind="acknowledge", whole="1").content.decode()
    assert "Nobody needs you today" in page
    assert Action.objects.count() == 2


def test_a_session_that_expired_leads_to_the_sign_in_and_back(flag: Flag) -> None:
    response = Browser().post(
        f"/flags/{flag.pk}/actions/", {"kind": "acknowledge"},
        headers={**HTMX, "HX-Current-URL": "http://testserver/?group=needs"},
    )  # fmt: skip
    assert (response.status_code, response["HX-Redirect"]) == (401, "/account/login/?next=/%3Fgroup%3Dneeds")


def test_the_board_answers_204_while_nothing_is_new_and_the_list_when_something_is(
    desk: Browser, flag: Flag, dana: Coach
) -> None:
    page = desk.get("/").content.decode()
    poll = page.split('id="poll" hidden hx-get="')[1].split('"')[0].replace("&amp;", "&")
    assert desk.get(poll, headers=HTMX).status_code == 204
    answer(desk, flag, kind="acknowledge")
    refreshed = desk.get(poll, headers=HTMX)
    assert refreshed.status_code == 200
    assert 'id="board"' in refreshed.content.decode()
    assert "HX-Push-Url" not in refreshed


def test_a_filter_swaps_the_list_and_puts_itself_in_the_address(desk: Browser, flag: Flag) -> None:
    response = desk.get("/?group=needs&phase=&q=", headers=HTMX)
    assert response["HX-Push-Url"] == "/?group=needs"
    assert "<html" not in response.content.decode()
    assert "HX-Request" in response["Vary"]


def test_names_cannot_break_the_page(desk: Browser, dana: Coach) -> None:
    hostile = make_client(dana, '<script>alert("x")</script>' + "ن" * 150 + "🏋️", ref="x")
    day = timezone.now().date()
    a_flag(hostile, opened_on=day, since_on=day, level_on=day, says="<b>bold</b>")
    for path in (
        "/",
        f"/clients/{hostile.pk}/",
        f"/clients/{hostile.pk}/sessions/",
        f"/clients/{hostile.pk}/edit/",
    ):
        page = desk.get(path).content.decode()
        assert "<script>alert" not in page
        assert "<b>bold" not in page


def test_an_empty_board_teaches_three_steps(desk: Browser) -> None:
    page = desk.get("/").content.decode()
    assert "Add a client" in page
    assert "Send the link" in page


def test_good_news_is_said(desk: Browser, james: Client) -> None:
    assert "Nobody needs you." in desk.get("/?group=needs").content.decode()
    assert Filters.read({"group": "needs"}).address() == "?group=needs"
