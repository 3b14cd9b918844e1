"""Exercises in a real browser: found with typing errors, completed from guesses, merged."""

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from clients.models import Client, Coach
from programs.exercises import find_or_make
from programs.models import Exercise, Prescription
from tests.e2e.test_plan_in_the_browser import desk, violations
from tests.programs.plans import a_phase, a_workout

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["desk"]


def test_a_misspelt_exercise_is_one_press_from_the_one_that_was_meant(
    desk: Page, live_server: Any, james: Client
) -> None:
    a_workout(a_phase(james))
    desk.goto(f"{live_server.url}/clients/{james.pk}/programme/")
    desk.get_by_role("link", name="Add exercise").click()
    desk.get_by_label("Exercise", exact=True).fill("benhc pres")
    desk.get_by_role("button", name="Add", exact=True).click()
    desk.get_by_role("button", name="Barbell bench press", exact=True).click()
    expect(desk.locator(".line")).to_have_count(1)
    assert Prescription.objects.get().exercise.name == "Barbell bench press"


def test_the_list_follows_what_is_typed(desk: Page, live_server: Any) -> None:
    desk.goto(f"{live_server.url}/exercises/")
    desk.get_by_label("Find").press_sequentially("romainian")
    expect(desk.locator(".exercise-list .name").first).to_have_text("Romanian deadlift")


def test_a_name_nobody_knew_is_completed_in_one_press_and_merged_in_another(
    desk: Page, live_server: Any, dana: Coach
) -> None:
    for name in ("Zercher Good Morning (Barbell)", "Leg Pres Machine Old"):
        find_or_make(dana.practice, name)
    desk.goto(f"{live_server.url}/exercises/")
    desk.get_by_role("link", name="2 exercises to complete").click()
    desk.get_by_role("button", name="That is right for Zercher Good Morning").click()
    desk.get_by_role("button", name="Leg Pres Machine Old is The same as Leg press", exact=True).click()
    expect(desk.get_by_role("heading", name="Exercises")).to_be_visible()
    assert not Exercise.objects.filter(to_complete=True).exists()
    assert Exercise.objects.exclude(merged_into=None).get().name == "Leg Pres Machine Old"


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_can_be_used_by_everybody(
    desk: Page, live_server: Any, dana: Coach, width: int, scheme: Any, tmp_path: Path
) -> None:
    odd = find_or_make(dana.practice, "Zercher Good Morning (Barbell)")
    find_or_make(dana.practice, "Mystery movement of a very long name that somebody typed into a phone")
    shots = Path(os.environ.get("RESERVE_SHOTS", str(tmp_path)))
    desk.set_viewport_size({"width": width, "height": 900})
    desk.emulate_media(color_scheme=scheme)
    for path in (
        "exercises/",
        "exercises/to-complete/",
        f"exercises/{odd.pk}/",
        f"exercises/{odd.pk}/merge/",
    ):
        desk.goto(f"{live_server.url}/{path}")
        assert violations(desk) == [], path
        assert desk.evaluate("document.documentElement.scrollWidth") <= width, path
        desk.screenshot(path=str(shots / f"{path.strip('/').replace('/', '-')}-{width}-{scheme}.png"))
