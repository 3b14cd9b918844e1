"""The phone pages in a real browser: two taps a set, no script needed, nothing too small, nothing unnamed."""

from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client as Web
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from clients import invitations
from clients.models import Checkin, Client, Coach
from programs.models import Exercise, Session, SetLog
from programs.rollups import known_keys, rebuild_days
from tests.e2e.shifts import shifted, watch
from tests.factories import a_session, a_set, an_exercise, make_client
from tests.programs.phones import a_workout, phone_of, started

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def press(db: None) -> Exercise:
    return an_exercise("Chest press, try-out", pattern="horizontal_push", primary_muscle="chest")


@pytest.fixture
def trained(james: Client, press: Exercise) -> Client:
    a_workout(james, press, an_exercise("Cable curl, try-out", equipment="cable", mechanic="isolation"))
    before = a_session(james, at=timezone.now() - timedelta(days=3))
    for reps in (9, 9, 8):
        a_set(before, press, kg=60, reps=reps, ended="target")
    rebuild_days(known_keys(james.pk))
    return james


def context_of(browser: Browser, live_server: Any, web: Web | None = None, **options: Any) -> BrowserContext:
    context = browser.new_context(
        base_url=live_server.url, **{"viewport": {"width": 360, "height": 740}, **options}
    )
    if web:
        context.add_cookies(
            [{"name": "session", "value": web.cookies["session"].value, "url": live_server.url}]
        )
    return context


def test_a_prefilled_set_takes_two_taps_and_the_page_stays(
    browser: Browser, live_server: Any, trained: Client
) -> None:
    session = started(trained, trained.phases.get().workouts.get())
    context = context_of(browser, live_server, phone_of(trained))
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(f"/train/{session.uuid}/")
    page.evaluate("window.here = true")
    page.get_by_role("radio", name="3", exact=True).check()
    page.get_by_role("button", name="As planned").click()
    expect(page.get_by_text("60 kg × 9 3 left")).to_be_visible()
    expect(page.get_by_text("1 of 3").last).to_be_visible()
    assert page.evaluate("window.here")
    page.get_by_role("button", name="form broke").click()
    expect(page.get_by_text("Next one lighter: 55 kg.")).to_be_visible()
    expect(page.locator("input[name=weight]")).to_have_value("55")
    expect(page.locator(".rest time")).to_contain_text("0:0")
    page.get_by_role("button", name="More weight").click()
    expect(page.locator("input[name=weight]")).to_have_value("57.5")
    page.get_by_role("button", name="Undo last set").click()
    expect(page.get_by_text("Set removed.")).to_be_visible()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("60 kg × 9 form broke")).to_be_visible()
    assert errors == []
    rows = (
        SetLog.objects.live()
        .filter(session=session)
        .order_by("set_no")
        .values_list("ended", "rir_halves", "weight_g")
    )
    assert list(rows) == [("target", 6, 60_000), ("technical_failure", None, 60_000)]
    context.close()


def test_a_wrong_number_is_said_at_its_field_and_stays_typed(
    browser: Browser, live_server: Any, trained: Client
) -> None:
    session = started(trained, trained.phases.get().workouts.get())
    context = context_of(browser, live_server, phone_of(trained))
    page = context.new_page()
    page.goto(f"/train/{session.uuid}/")
    page.locator("input[name=weight]").fill("10000")
    page.get_by_role("button", name="As planned").click()
    expect(page.get_by_text("heavier than anything")).to_be_visible()
    expect(page.locator("input[name=weight]")).to_have_value("10000")
    Session.objects.update(ended_at=timezone.now())
    page.locator("input[name=weight]").fill("60")
    page.get_by_role("button", name="As planned").click()
    expect(page.get_by_role("heading", name="This session has ended")).to_be_visible()
    assert not SetLog.objects.filter(session=session).exists()
    context.close()


def test_a_client_joins_checks_in_and_logs_without_a_script(
    browser: Browser, live_server: Any, dana: Coach, press: Exercise
) -> None:
    mia = make_client(dana, "Mia Stone", consent=False)
    token = invitations.invite(client=mia, by=dana, at=timezone.now())[1]
    context = context_of(browser, live_server, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/join/{token}/")
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Join").click()
    page.get_by_role("link", name="Check in").click()
    page.get_by_label("Hours of sleep").fill("7,5")
    page.get_by_role("group", name="Energy").get_by_role("radio", name="4").check()
    page.get_by_role("button", name="Save check-in").click()
    expect(page.get_by_text("Checked in")).to_be_visible()
    page.get_by_role("button", name="Start a free session").click()
    page.get_by_label("Name").fill("try-out")
    page.get_by_label("Name").press("Enter")
    page.get_by_role("link", name="Chest press, try-out").click()
    page.get_by_label("Weight, kg").fill("62,5")
    page.get_by_label("Reps", exact=True).fill("8")
    page.get_by_role("radio", name="2", exact=True).check()
    page.get_by_role("button", name="Stopped as planned").click()
    expect(page.get_by_text("62.5 kg × 8")).to_be_visible()
    page.get_by_role("link", name="Finish session").click()
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_role("heading", name="Session done")).to_be_visible()
    assert Checkin.objects.get().energy == 4
    assert SetLog.objects.get().weight_g == 62_500
    context.close()


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_fits_and_does_not_jump(
    browser: Browser, live_server: Any, trained: Client, dana: Coach, width: int, scheme: str
) -> None:
    session = started(trained, trained.phases.get().workouts.get())
    row = a_set(session, Exercise.objects.get(name="Chest press, try-out"), kg=60, ended="technical_failure")
    ended = a_session(trained, at=timezone.now() - timedelta(days=2), ended_at=timezone.now())
    token = invitations.invite(client=make_client(dana, "Mia Stone"), by=dana, at=timezone.now())[1]
    options = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    desk = Web()
    desk.force_login(dana.user)
    inside = f"/train/{session.uuid}/"
    visits: list[tuple[Web | None, list[str]]] = [
        (None, ["/account/login/", "/account/password/reset/", f"/join/{token}/", "/join/gone/"]),
        (desk, [f"/clients/{trained.pk}/invitation/"]),
        (
            phone_of(trained),
            [
                "/train/", inside, f"{inside}exercises/", f"{inside}?lift={row.exercise_id}&why={row.uuid}",
                f"{inside}sets/{row.uuid}/", f"{inside}finish/", f"{inside}order/", "/train/away/", f"/train/{ended.uuid}/",
                "/train/checkin/", "/train/settings/", "/train/progress/", "/train/messages/",
            ],
        ),
    ]  # fmt: skip
    for web, urls in visits:
        context = context_of(browser, live_server, web, **options)
        page = context.new_page()
        watch(page)
        for url in urls:
            page.goto(url)
            page.wait_for_load_state("networkidle")
            found = Axe().run(page)
            assert found.violations_count == 0, f"{url} {width} {scheme}\n{found.generate_report()}"
            assert page.evaluate("document.documentElement.scrollWidth") <= width, url
            assert shifted(page) == [], url
            if web is not None and web is not desk:
                assert too_small(page) == [], url
        context.close()


def test_a_client_chooses_the_lifts_to_see_without_a_script(
    browser: Browser, live_server: Any, trained: Client, press: Exercise
) -> None:
    other = an_exercise("Leg press, try-out")
    a_set(trained.sessions.get(), other, kg=120, reps=10, rir=2, ended="target")
    rebuild_days(known_keys(trained.pk))
    page = context_of(browser, live_server, phone_of(trained), java_script_enabled=False).new_page()
    page.goto("/train/progress/")
    page.get_by_text("Choose the lifts").click()
    page.get_by_label(press.name).uncheck()
    page.get_by_role("button", name="Show these").click()
    expect(page.get_by_role("strong").filter(has_text=other.name)).to_be_visible()
    expect(page.get_by_role("strong").filter(has_text=press.name)).to_have_count(0)
    page.get_by_text("Choose the lifts").click()
    assert too_small(page) == []


def test_an_error_is_accessible_too(browser: Browser, live_server: Any, trained: Client) -> None:
    session = started(trained)
    context = context_of(browser, live_server, phone_of(trained))
    page = context.new_page()
    page.goto(f"/train/{session.uuid}/?lift={Exercise.objects.get(name='Chest press, try-out').pk}")
    page.locator("input[name=reps]").fill("500")
    page.get_by_role("button", name="form broke").click()
    expect(page.get_by_text("from 0 to 100")).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    context.close()


def too_small(page: Page) -> list[str]:
    """Whatever a thumb presses and is under 44 px high or wide."""
    small: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(
            "main a, main button, main input:not([type=hidden], [type=radio], [type=checkbox]), main select, main textarea,"
            + "main summary, .pick, .tick, .tabs a, .top a")]
          .filter((thing) => thing.checkVisibility())
          .map((thing) => [thing, thing.getBoundingClientRect()])
          .filter(([, box]) => box.height < 43.5 || box.width < 43.5)
          .map(([thing, box]) => `${thing.outerHTML.slice(0, 80)} ${box.width}×${box.height}`)"""
    )
    return small
