"""The programme page in a real browser: HTMX shortens the way, nothing is lost, everybody can use it."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client as Browser
from playwright.sync_api import Page, expect

from clients.models import Client, Coach
from programs.models import Prescription
from tests.factories import an_exercise
from tests.programs.plans import a_line, a_phase, a_workout

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(page: Page, live_server: Any, dana: Coach, settings: Any) -> Page:
    browser = Browser()
    browser.force_login(dana.user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": browser.cookies[name].value, "url": live_server.url}])
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.problems = problems  # type: ignore[attr-defined]
    return page


def violations(page: Page) -> list[str]:
    return [found["id"] for found in Axe().run(page).response["violations"]]


def test_a_workout_is_written_line_by_line_without_a_page_load(
    desk: Page, live_server: Any, james: Client
) -> None:
    an_exercise("Zz press")
    workout = a_workout(a_phase(james))
    desk.goto(f"{live_server.url}/clients/{james.pk}/programme/")
    desk.evaluate("window.stayed = true")
    desk.get_by_role("link", name="Add exercise").click()
    desk.get_by_label("Exercise", exact=True).fill("Zz press")
    desk.get_by_label("Last set to failure").check()
    desk.get_by_role("button", name="Add", exact=True).click()
    expect(desk.locator(".line")).to_have_count(1)
    expect(desk.get_by_text("1 of 3 sets a week to failure: 33 %. Room for 0.")).to_be_visible()
    desk.get_by_label("Exercise", exact=True).fill("Nothing of this name")
    desk.get_by_role("button", name="Add", exact=True).click()
    expect(desk.get_by_text("No exercise is called “Nothing of this name”.")).to_be_visible()
    desk.get_by_role("link", name="Close").click()
    expect(desk.get_by_label("Exercise", exact=True)).to_have_count(0)
    desk.get_by_role("button", name="Remove Zz press").click()
    expect(desk.get_by_text("Prescription removed.")).to_be_visible()
    desk.get_by_role("button", name="Undo").click()
    expect(desk.locator(".line")).to_have_count(1)
    assert desk.evaluate("window.stayed")
    assert Prescription.objects.get().workout == workout
    assert [text for text in desk.problems if "422" not in text] == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_can_be_used_by_everybody(
    desk: Page, live_server: Any, james: Client, width: int, scheme: Any
) -> None:
    workout = a_workout(a_phase(james), weekday=0)
    line = a_line(workout, an_exercise("Zz press"), failure_on_last=True)
    desk.set_viewport_size({"width": width, "height": 900})
    desk.emulate_media(color_scheme=scheme)
    for path in (
        f"clients/{james.pk}/programme/", f"lines/{line.pk}/", "exercises/", f"exercises/{line.exercise_id}/", "settings/tokens/",
    ):  # fmt: skip
        desk.goto(f"{live_server.url}/{path}")
        assert violations(desk) == [], path
        assert desk.evaluate("document.documentElement.scrollWidth") <= width, path


def test_the_class_of_an_exercise_follows_while_one_chooses(desk: Page, live_server: Any) -> None:
    desk.goto(f"{live_server.url}/exercises/new/")
    desk.get_by_label("Equipment").select_option("machine")
    desk.get_by_label("Movement").select_option("squat")
    expect(desk.locator("#suitability .class")).to_have_text("good")
    desk.get_by_label("Can trap").select_option("yes")
    expect(desk.locator("#suitability .class")).to_have_text("avoid")
