"""Logging with a thumb: the whole form in sight, nothing small, and as few taps as were promised."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from clients.models import Checkin, Client
from programs.models import Exercise, Session, SetLog
from programs.rollups import known_keys, rebuild_days
from tests.e2e.test_phone_pages import context_of
from tests.factories import a_session, a_set, an_exercise
from tests.programs.phones import a_workout, phone_of, started

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "Incline dumbbell press, neutral grip"
BOTTOM = "(chosen) => document.querySelector(chosen).getBoundingClientRect().bottom"
COUNT = "window.taps = 0; addEventListener('pointerdown', () => { window.taps += 1; }, true);"


@pytest.fixture
def session(james: Client) -> Session:
    press = an_exercise(LONG, equipment="dumbbell", pattern="horizontal_push", primary_muscle="chest")
    a_workout(james, press, failure_on_last=True)
    before = a_session(james, at=timezone.now() - timedelta(days=3), ended_at=timezone.now())
    for reps in (9, 9, 8):
        a_set(before, press, kg=102.5, reps=reps, ended="target")
    rebuild_days(known_keys(james.pk))
    return started(james, james.phases.get().workouts.get())


def page_at(browser: Browser, live_server: Any, james: Client, width: int, height: int) -> Page:
    context = context_of(
        browser, live_server, phone_of(james), viewport={"width": width, "height": height}, has_touch=True
    )
    context.add_init_script(COUNT)
    return context.new_page()


@pytest.mark.parametrize("logged", [0, 2])
def test_the_whole_form_stands_above_the_tabs_without_scrolling(
    browser: Browser, live_server: Any, james: Client, session: Session, logged: int
) -> None:
    for number in range(logged):
        a_set(session, Exercise.objects.get(name=LONG), kg=102.5, set_no=number + 1)
    page = page_at(browser, live_server, james, 360, 740)
    page.goto(f"/train/{session.uuid}/")
    top_of_tabs = page.evaluate("document.querySelector('.tabs').getBoundingClientRect().top")
    assert page.evaluate(BOTTOM, ".endings") <= top_of_tabs
    assert page.evaluate("document.querySelector('#ended-target').getBoundingClientRect().top") > 740 / 2
    page.context.close()


def test_what_is_pressed_while_logging_is_48_px(
    browser: Browser, live_server: Any, james: Client, session: Session
) -> None:
    page = page_at(browser, live_server, james, 360, 740)
    page.goto(f"/train/{session.uuid}/")
    small = page.evaluate(
        """() => [...document.querySelectorAll("#set-form :is(button, .pick, .tick, input[type=text]), .entry summary, .tabs a")]
          .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
          .filter(([, box]) => box.height < 47.5 || box.width < 44)
          .map(([name, box]) => `${name} ${box.width}×${box.height}`)"""
    )
    assert small == []
    page.context.close()


def test_on_the_smallest_screen_every_number_can_be_read(
    browser: Browser, live_server: Any, james: Client, session: Session
) -> None:
    page = page_at(browser, live_server, james, 320, 568)
    for path in (f"/train/{session.uuid}/", f"/train/{session.uuid}/finish/", "/train/", "/train/checkin/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        cut = page.evaluate(
            "() => [...document.querySelectorAll('input[type=text]')].filter((one) => one.scrollWidth > one.clientWidth).length"
        )
        assert cut == 0, path
    page.context.close()


def test_a_set_as_planned_is_one_tap_and_another_reserve_two(
    browser: Browser, live_server: Any, james: Client, session: Session
) -> None:
    page = page_at(browser, live_server, james, 360, 740)
    page.goto(f"/train/{session.uuid}/")
    page.locator("#ended-target").tap()
    expect(page.locator("#sets [data-set]")).to_have_count(1)
    assert page.evaluate("taps") == 1
    page.locator("#set-form .pick", has_text="3").tap()
    page.locator("#ended-target").tap()
    expect(page.locator("#sets [data-set]")).to_have_count(2)
    assert page.evaluate("taps") == 3
    rows = (
        SetLog.objects.filter(session=session)
        .order_by("set_no")
        .values_list("weight_g", "reps", "rir_halves")
    )
    assert list(rows) == [(102_500, 9, 4), (102_500, 9, 6)]
    page.context.close()


def test_a_whole_check_in_is_twelve_taps_at_most(browser: Browser, live_server: Any, james: Client) -> None:
    page = page_at(browser, live_server, james, 360, 740)
    page.goto("/train/checkin/")
    for _ in range(2):
        page.get_by_role("button", name="More sleep").tap()
    questions = page.locator("fieldset.question")
    for number in range(questions.count()):
        questions.nth(number).locator(".pick").nth(3).tap()
    taps = page.evaluate("taps") + 1
    page.get_by_role("button", name="Save check-in").tap()
    page.wait_for_url("**/train/")
    assert taps <= 12
    stored = Checkin.objects.get(client=james)
    assert [stored.sleep_quality, stored.energy, stored.mood, stored.stress, stored.soreness] == [4] * 5
    assert stored.sleep_hours == Decimal("7.5")
    assert stored.anticipation == 4
    page.context.close()
