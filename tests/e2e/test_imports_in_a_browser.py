"""Importing in a real browser: the whole way with and without a script, and pages that everybody can use."""

import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client as Browser
from playwright.sync_api import Page, expect

from clients.models import Client, Coach, User
from programs.models import Import, Session
from tests import factories
from tests.coaching.apps.exports import PULL, strong

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIFTS = ("Bench Press (Barbell)", "Squat (Barbell)", "Lat Pulldown (Cable)", "Zorp press")


def a_log() -> bytes:
    rows = []
    for number in range(40):
        on = date(2026, 1, 1) + timedelta(days=4 * number)
        rows += [
            f"{on} 18:30:05,Push,58m,{lift},{mark},{60 + min(number, 20) + 10 * place},5,0,0,,,9"
            for place, lift in enumerate(LIFTS) for mark in ("W", "F", "F", "1")
        ]  # fmt: skip
    return strong(*rows, f"{PULL},Running,1,0,0,5,1800,,,").encode()


@pytest.fixture
def log(tmp_path: Path, settings: Any) -> Path:
    settings.VAR_DIR = tmp_path / "var"
    path = tmp_path / "strong.csv"
    path.write_bytes(a_log())
    return path


def sign_in(page: Page, live_server: Any, user: User, settings: Any) -> None:
    browser = Browser()
    browser.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": browser.cookies[name].value, "url": live_server.url}])


def the_whole_way(page: Page, address: str, log: Path) -> None:
    page.goto(address)
    page.get_by_label("Export file").set_input_files(log)
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_text("41 sessions, 640 sets")).to_be_visible()
    assert not Session.objects.exists()
    page.get_by_label("Times are of the zone").fill("Asia/Tokyo")
    page.get_by_role("button", name="Read again").click()
    expect(page.get_by_text("Times: Asia/Tokyo")).to_be_visible()
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("41 new, 0 changed")).to_be_visible()


def test_a_coach_imports_looks_and_takes_it_back(
    page: Page, live_server: Any, dana: Coach, james: Client, settings: Any, log: Path
) -> None:
    sign_in(page, live_server, dana.user, settings)
    the_whole_way(page, f"{live_server.url}/clients/{james.pk}/import/", log)
    page.get_by_role("link", name="First look").click()
    expect(page.get_by_text("7 of 10 sets to failure")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Undo this import").click()
    expect(page.get_by_text("Undone: 41 sessions removed")).to_be_visible()
    assert not Session.objects.exists()


def test_without_a_script(browser: Any, live_server: Any, dana: Coach, settings: Any, log: Path) -> None:
    claire = factories.make_client(dana, "Claire Dubois", signed_in=True)
    page = browser.new_context(java_script_enabled=False).new_page()
    assert claire.user
    sign_in(page, live_server, claire.user, settings)
    the_whole_way(page, f"{live_server.url}/train/settings/import/", log)
    page.context.close()


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_can_be_used_by_everybody(
    page: Page, live_server: Any, dana: Coach, settings: Any, log: Path, width: int, scheme: Any
) -> None:
    claire = factories.make_client(dana, "Claire Dubois", signed_in=True)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    sign_in(page, live_server, dana.user, settings)
    own = Browser()
    own.force_login(dana.user)
    base = f"/clients/{claire.pk}"
    wrong = log.with_name("photo.csv")
    wrong.write_bytes(b"\xff\xd8\xff picture")
    for path in (wrong, log, log):
        with path.open("rb") as file:
            own.post(f"{base}/import/", {"file": file})
    failed, ready, done = Import.objects.order_by("pk").values_list("pk", flat=True)
    own.post(f"{base}/import/{done}/run/")
    Import.objects.filter(pk=failed).update(
        problems=["photo.csv:1: file: this is no CSV export but a picture (JPEG)"]
    )
    addresses = [
        f"{base}/import/",
        *(f"{base}/import/{pk}/" for pk in (failed, ready, done)),
        f"{base}/first-look/",
    ]
    for address in addresses:
        look(page, live_server.url + address, width, f"{width}-{scheme}-{addresses.index(address)}")
    assert claire.user
    sign_in(page, live_server, claire.user, settings)
    for number, address in enumerate(
        ["/train/settings/", "/train/settings/import/", f"/train/settings/import/{ready}/"]
    ):
        look(page, live_server.url + address, width, f"{width}-{scheme}-phone-{number}")


def look(page: Page, address: str, width: int, name: str) -> None:
    page.goto(address)
    if folder := os.environ.get("RESERVE_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
    assert [found["id"] for found in Axe().run(page).response["violations"]] == [], address
    assert page.evaluate("document.documentElement.scrollWidth") <= width, address
