"""Policy, readiness and the month in a real browser: nothing is broken for anybody, and the month is one sheet of A4."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client as Browser
from django.utils import timezone
from playwright.sync_api import Page, expect

from clients.days import monday_of
from clients.models import Client, Coach
from programs.models import Month
from tests.coaching.test_month_report import live
from tests.factories import an_exercise
from tests.programs.phones import a_workout, phone_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def enter(page: Page, browser: Browser, url: str, settings: Any) -> None:
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": browser.cookies[name].value, "url": url}])


@pytest.fixture
def desk(page: Page, live_server: Any, dana: Coach, settings: Any) -> Page:
    browser = Browser()
    browser.force_login(dana.user)
    enter(page, browser, live_server.url, settings)
    return page


@pytest.fixture
def in_month(dana: Coach, james: Client) -> Month:
    """An ended month with eight weeks of data, and a plan to go on with."""
    a_workout(james, an_exercise("Tale cable curl", equipment="cable", mechanic="isolation"))
    first = monday_of(timezone.now().date()) - timedelta(days=28)
    live(james, first=first)
    return Month.objects.create(client=james, starts_on=first, by=dana, at=timezone.now())


def violations(page: Page) -> list[str]:
    return [found["id"] for found in Axe().run(page).response["violations"]]


def wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_every_page_is_usable_by_everybody_at_every_width(
    desk: Page, live_server: Any, james: Client, in_month: Month, scheme: Any, width: int
) -> None:
    desk.set_viewport_size({"width": width, "height": 900})
    desk.emulate_media(color_scheme=scheme)
    for path in (
        "policy/",
        f"clients/{james.pk}/policy/",
        f"clients/{james.pk}/month/",
        f"clients/{james.pk}/injuries/",
        f"clients/{james.pk}/",
    ):
        desk.goto(f"{live_server.url}/{path}")
        for details in desk.locator("details.indicator, .readiness details").all():
            details.evaluate("it => it.open = true")
        assert violations(desk) == [], path
        assert not wide(desk), path


@pytest.mark.parametrize("weeks_ago", [4, 2])
def test_the_month_prints_on_one_sheet_ended_or_under_way(
    desk: Page, live_server: Any, james: Client, in_month: Month, weeks_ago: int
) -> None:
    phase = james.phases.get()
    phase.workouts.all().delete()
    curl = an_exercise("Tale cable curl")
    for day in range(6):  # as much as anybody trains
        workout = phase.workouts.create(name=f"Full body {day}", position=day + 1, weekday=day)
        workout.prescriptions.create(exercise=curl, position=1, sets=3, reps_min=8, reps_max=10)
    Month.objects.update(starts_on=monday_of(timezone.now().date()) - timedelta(weeks=weeks_ago))
    desk.goto(f"{live_server.url}/months/{in_month.pk}/")
    desk.emulate_media(media="print")
    pdf = desk.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == 1
    expect(desk.get_by_role("button", name="Start")).to_be_hidden()
    expect(desk.get_by_text("Before and after").first).to_be_visible()


def test_an_indicator_is_overruled_without_a_page_load_and_withdrawn(
    desk: Page, live_server: Any, james: Client
) -> None:
    desk.goto(f"{live_server.url}/clients/{james.pk}/")
    desk.evaluate("window.stayed = true")
    experience = desk.locator("#indicator-experience")
    experience.locator("summary").click()
    experience.get_by_role("button", name="Set to met").click()
    expect(experience.get_by_text("Choose the last day, like 2026-06-28.")).to_be_visible()
    experience.get_by_label("because").fill("Ten years at another gym.")
    experience.get_by_label("Set to met until").fill(
        f"{date.fromordinal(timezone.now().date().toordinal() + 9)}"
    )
    experience.get_by_role("button", name="Set to met").click()
    expect(experience.locator("summary")).to_contain_text("set by a coach")
    desk.get_by_text("What coaches have set themselves").click()
    expect(desk.get_by_text("Ten years at another gym.")).to_be_visible()
    desk.get_by_role("button", name="Withdraw").click()
    expect(experience.locator("summary")).not_to_contain_text("set by a coach")
    assert desk.evaluate("window.stayed")


def test_the_phone_shows_the_month_and_the_week(
    page: Page, live_server: Any, james: Client, in_month: Month, settings: Any
) -> None:
    Month.objects.update(starts_on=in_month.starts_on + timedelta(days=14))
    enter(page, phone_of(james), live_server.url, settings)
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(f"{live_server.url}/train/")
    expect(page.get_by_text(re.compile("This week \\d+ of \\d+ failure sets."))).to_be_visible()
    page.get_by_role("link", name="The month: week 3 of 4").click()
    expect(page.get_by_role("heading", name="Your month")).to_be_visible()
    assert violations(page) == []
    assert not wide(page)
