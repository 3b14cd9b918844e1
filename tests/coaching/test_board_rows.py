"""Rows of the board that were rendered once are shown again, as they are now and for whoever looks."""

import re

import pytest
from django.test import Client as Browser

from clients.models import Client, Coach
from tests.flags import a_flag

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture
def desk(dana: Coach) -> Browser:
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(dana.user)
    return browser


def row_on(page: str, client: Client) -> str:
    return page.split(f'<li id="row-{client.pk}"')[1].split("</li>")[0]


def board(desk: Browser, address: str = "/") -> str:
    return desk.get(address).content.decode()


def test_every_visit_gets_forms_that_can_be_sent(desk: Browser, james: Client) -> None:
    flag = a_flag(james, "dread", "act")
    board(desk)
    token = TOKEN.search(row_on(board(desk), james))
    assert token
    sent = {"kind": "acknowledge", "whole": "1", "csrfmiddlewaretoken": token[1]}
    assert desk.post(f"/flags/{flag.pk}/actions/", sent).status_code == 302
    assert "Acknowledged" in row_on(board(desk), james)


def test_one_coach_never_gets_the_token_of_another(desk: Browser, dana: Coach, james: Client) -> None:
    a_flag(james, "dread", "act")
    other = Browser()
    other.force_login(dana.user)
    tokens = [set(TOKEN.findall(row_on(board(browser), james))) for browser in (desk, other)]
    assert all(tokens)
    assert not tokens[0] & tokens[1]


def test_a_form_comes_back_to_the_board_that_it_was_sent_from(desk: Browser, james: Client) -> None:
    a_flag(james, "dread", "act")
    assert '/actions/?"' in row_on(board(desk), james)
    page = row_on(board(desk, "/?group=needs&sort=name"), james)
    assert re.search(r'/actions/\?[^"]*group=needs[^"]*"', page)
    assert "&sort" not in page  # escaped
    assert '/actions/?"' in row_on(board(desk), james)


def test_a_row_is_as_it_is_now(desk: Browser, james: Client) -> None:
    flag = a_flag(james, "dread", "watch", says="Looks forward to training less.")
    assert "Looks forward to training less." in row_on(board(desk), james)
    flag.says = "Dreads <b>training</b>."
    flag.save()
    Client.objects.filter(pk=james.pk).update(name="James token-1 <Okafor>")
    page = row_on(board(desk), james)
    assert "Dreads &lt;b&gt;training&lt;/b&gt;." in page
    assert "James token-1 &lt;Okafor&gt;" in page
    assert "Looks forward" not in page


def test_what_was_typed_and_refused_is_shown_once(desk: Browser, dana: Coach, james: Client) -> None:
    flag = a_flag(james, "dread", "act")
    browser = Browser()
    browser.force_login(dana.user)
    sent = {"kind": "scale_back", "days": "many", "whole": "1"}
    answer = browser.post(f"/flags/{flag.pk}/actions/", sent)
    assert answer.status_code == 422
    assert 'value="many"' in row_on(answer.content.decode(), james)
    page = row_on(board(browser), james)
    assert "many" not in page
    assert 'role="alert"' not in page
