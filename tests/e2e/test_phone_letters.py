"""The phone pages for who reads letters of twice the size: nothing cut, nothing to scroll sideways."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserType, Page

from clients.models import Client
from tests.e2e.test_phone_pages import too_small
from tests.factories import a_set, an_exercise
from tests.programs.phones import a_workout, phone_of, started

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CUT = """() => [...document.querySelectorAll("button, .pick span:not(.hidden-visually), .button, input[type=text], h1, .tabs a")]
    .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1 && one.clientWidth)
    .map((one) => one.outerHTML.slice(0, 90))"""


@pytest.fixture
def page(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], tmp_path: Path, live_server: Any
) -> Iterator[Page]:
    """A browser that was told to use letters of 32 px."""
    told = tmp_path / "large" / "Default"
    told.mkdir(parents=True)
    (told / "Preferences").write_text(json.dumps({"webkit": {"webprefs": {"default_font_size": 32}}}))
    context = browser_type.launch_persistent_context(
        tmp_path / "large",
        base_url=live_server.url,
        viewport={"width": 360, "height": 740},
        **browser_type_launch_args,
    )
    yield context.pages[0]
    context.close()


def test_letters_of_twice_the_size_fit(page: Page, james: Client, live_server: Any) -> None:
    press = an_exercise("Incline dumbbell press, neutral grip", equipment="dumbbell")
    workout = a_workout(james, press, an_exercise("Cable curl"), failure_on_last=True)
    workout.prescriptions.filter(position=1).update(with_next=True)
    session = started(james, workout)
    row = a_set(session, press, kg=102.5, rir=2)
    cookie = phone_of(james).cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": cookie, "url": live_server.url}])
    inside = f"/train/{session.uuid}/"
    for path in (
        "/train/", inside, f"{inside}order/", f"{inside}finish/", f"{inside}exercises/", f"{inside}sets/{row.uuid}/",
        "/train/checkin/", "/train/settings/", "/train/progress/",
    ):  # fmt: skip
        page.goto(path)
        assert page.evaluate("getComputedStyle(document.body).fontSize") == "34px"
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        assert page.evaluate(CUT) == [], path
        assert too_small(page) == [], path
