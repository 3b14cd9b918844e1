"""The board in a real browser: answers in place, keys, refresh, and nothing that axe finds."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from clients.models import Action, Client, Coach
from tests.factories import a_checkin, a_session, a_set, an_exercise, make_client, make_coach
from tests.flags import a_flag

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EVIDENCE = {
    "unit": "", "item": "energy", "usual": 3.4, "now": 2.3, "change": -1.1, "low": -1.6, "high": -0.7,
    "observations": 11, "band": [2.9, 3.9], "missing": ["No check-in on 4 days."], "goes_away": "Three good days.",
}  # fmt: skip


@pytest.fixture
def dana(transactional_db: None) -> Coach:
    return make_coach("dana@example.com", name="Dana Reyes")


@pytest.fixture
def board(dana: Coach) -> dict[str, Client]:
    """Two who need her, one to watch, one fine."""
    today = timezone.now().date()
    days = {"opened_on": today - timedelta(days=4), "since_on": today - timedelta(days=9), "level_on": today}
    series = [[(today - timedelta(days=back)).isoformat(), 3.4 - (back < 9)] for back in range(60, 0, -1)]
    people = {name: make_client(dana, name, ref=name) for name in ("James", "Sarah", "Claire", "Marcus")}
    a_flag(people["James"], "strength_decline", "act", score=9, **days)
    a_flag(people["James"], "dread", "watch", **days)
    a_flag(people["Sarah"], "fatigue_mood", "act", score=5, evidence={**EVIDENCE, "series": series}, **days)
    a_flag(people["Claire"], "aches", "watch", **days)
    for client in people.values():
        session = a_session(client, at=timezone.now() - timedelta(days=1), session_rpe=7, duration_min=60)
        a_set(session, an_exercise(), rir=0, ended="muscular_failure")
        a_checkin(client, today - timedelta(days=1), energy=3, sleep_hours=7, aches={"knee": 2})
    return people


@pytest.fixture
def errors() -> list[str]:
    return []


@pytest.fixture
def page(
    context: BrowserContext, live_server: Any, dana: Coach, board: dict[str, Client], errors: list[str]
) -> Iterator[Page]:
    session = SessionStore()
    session[SESSION_KEY] = str(dana.user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = dana.user.get_session_auth_hash()
    session.save()
    key = str(session.session_key)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
    page = context.new_page()
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(live_server.url)
    yield page
    page.close()


@pytest.fixture
def plain(page: Page, browser: Any, context: BrowserContext) -> Iterator[Page]:
    """The same coach in a browser without scripts."""
    bare = browser.new_context(java_script_enabled=False, storage_state=context.storage_state())
    yield bare.new_page()
    bare.close()


def row(page: Page, name: str) -> Any:
    return page.locator(".row", has=page.get_by_role("link", name=name, exact=True))


def test_a_scale_back_is_one_click_without_a_page_load_and_one_click_back(
    page: Page, errors: list[str]
) -> None:
    page.evaluate("window.stayed = true")
    row(page, "James").get_by_role("button", name="Scale back").click()
    expect(row(page, "James")).to_contain_text("Scaled back until")
    expect(page.get_by_role("heading", level=1)).to_have_text("Needs you today 1")
    expect(page.get_by_role("status")).to_contain_text("James: scaled back until")
    assert Action.objects.count() == 2  # the other sign of James is acknowledged with it
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Needs you today 2")
    assert not Action.objects.filter(undone_at=None).exists()
    assert page.evaluate("window.stayed") is True
    assert errors == []


def test_a_refused_number_is_said_in_the_row_and_can_be_mended_there(page: Page) -> None:
    days = row(page, "Sarah").get_by_label("Days to scale back Sarah")
    days.fill("400")
    days.press("Enter")
    expect(row(page, "Sarah").get_by_role("alert")).to_have_text("Choose between 1 and 90 days.")
    expect(days).to_have_value("400")
    days.fill("10")
    row(page, "Sarah").get_by_role("button", name="Scale back").click()
    expect(row(page, "Sarah")).to_contain_text("Scaled back until")


def test_the_keyboard_alone_moves_answers_searches_and_opens(page: Page, live_server: Any) -> None:
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(row(page, "Sarah")).to_be_focused()
    page.keyboard.press("k")
    expect(row(page, "James")).to_be_focused()
    page.keyboard.press("a")
    expect(row(page, "James")).to_contain_text("Acknowledged, today")
    expect(row(page, "James")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(row(page, "Sarah")).to_contain_text("Scaled back until")
    page.keyboard.press("/")
    page.keyboard.type("clai")
    expect(page.locator(".row")).to_have_count(1)
    assert "q=clai" in page.url
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Claire")


def test_tabs_live_in_the_address_and_the_back_button_knows_them(page: Page) -> None:
    page.get_by_role("link", name="Watch 1").click()
    expect(page.locator(".row")).to_have_count(1)
    assert page.url.endswith("?group=watch")
    page.go_back()
    expect(page.locator(".row")).to_have_count(4)


def test_a_request_that_fails_says_so_and_offers_itself_again(page: Page, context: BrowserContext) -> None:
    context.set_offline(True)
    row(page, "James").get_by_role("button", name="Acknowledge").click()
    expect(page.get_by_role("status")).to_contain_text("No connection.")
    context.set_offline(False)
    page.get_by_role("status").get_by_role("button", name="Try again").click()
    expect(row(page, "James")).to_contain_text("Acknowledged, today")


def test_a_refresh_shows_what_is_new_and_keeps_open_what_is_being_read(
    page: Page, dana: Coach, board: dict[str, Client]
) -> None:
    row(page, "Claire").locator("summary").first.click()
    a_flag(
        board["Marcus"],
        "sleep_decline",
        "act",
        opened_on=timezone.now().date(),
        level_on=timezone.now().date(),
    )
    Client.objects.filter(pk=board["Marcus"].pk).update(history_version=9)
    page.evaluate(
        "htmx.ajax('GET', document.getElementById('poll').getAttribute('hx-get'), {target: '#board', swap: 'outerHTML'})"
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("Needs you today 3")
    expect(row(page, "Claire").get_by_role("button", name="Acknowledge")).to_be_visible()


def test_an_answer_on_the_clients_page_changes_the_page_in_place(page: Page, errors: list[str]) -> None:
    page.get_by_role("link", name="James", exact=True).click()
    page.locator(".flag").first.get_by_role("button", name="Scale back").click()
    expect(page.locator("#client > .message")).to_contain_text("no failure sets")
    expect(page.locator("#standing")).to_contain_text("Failure sets are closed.")
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.locator("#client > .message")).to_have_count(0)
    assert errors == []


def test_without_scripts_the_same_forms_do_the_same(plain: Page, live_server: Any) -> None:
    plain.goto(live_server.url)
    row(plain, "James").get_by_role("button", name="Acknowledge").click()
    expect(plain.locator(".message")).to_contain_text("James: acknowledged.")
    expect(row(plain, "James")).to_contain_text("Acknowledged, today")
    row(plain, "James").locator("summary").first.click()
    row(plain, "James").get_by_role("button", name="Undo").first.click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Needs you today 2")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    page: Page, live_server: Any, board: dict[str, Client], theme: Any, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)
    sarah = board["Sarah"].pk
    paths = [
        "/",
        "/?q=nobody",
        f"/clients/{sarah}/",
        f"/clients/{sarah}/sessions/",
        f"/clients/{sarah}/edit/",
        "/clients/add/",
    ]
    for path in paths:
        page.goto(live_server.url + path)
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
