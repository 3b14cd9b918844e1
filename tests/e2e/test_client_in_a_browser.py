"""A client's page and record in a real browser: hints and choices fit, and axe finds nothing."""

import os
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from clients.models import Client
from tests.e2e import test_board_in_a_browser as desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

dana, board, errors, page = desk.dana, desk.board, desk.errors, desk.page

DOUBTS = [
    "Barbell bench press on 3 June is 2.2 times what was usual: pounds entered as kilograms, or the other way round? "
    "It is left out of the trend.",
    "24 hours of sleep on 1 June: counted as unknown.",
]


def looked_at(page: Page, name: str) -> None:
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_hints_and_the_choice_of_sensitivity_fit_and_axe_finds_nothing(
    page: Page,
    live_server: Any,
    board: dict[str, Client],
    width: int,
    colours: Any,
) -> None:
    Client.objects.filter(pk=board["Marcus"].pk).update(doubts=DOUBTS)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=colours)
    page.goto(f"{live_server.url}/clients/{board['Marcus'].pk}/")
    expect(page.get_by_role("heading", name="Entries that look wrong")).to_be_visible()
    expect(page.get_by_text("24 hours of sleep")).to_be_visible()
    check(page, f"client-{width}-{colours}")
    page.goto(f"{live_server.url}/clients/{board['Marcus'].pk}/edit/")
    choice = page.get_by_label("Warning signs")
    choice.select_option("1")
    check(page, f"record-{width}-{colours}")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert Client.objects.get(pk=board["Marcus"].pk).sensitivity == 1


def check(page: Page, name: str) -> None:
    looked_at(page, name)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
    assert Axe().run(page).response["violations"] == []
