"""Hard moments at the desk: strange names, a flag that is gone, a sign-in that ended, two tabs, no scripts."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import BrowserContext, Dialog, Page, expect

from clients.models import Action, Client, Coach, Flag, Message
from tests.e2e import test_board_in_a_browser as desk
from tests.e2e.shifts import shifted, watch
from tests.factories import PASSWORD, make_client
from tests.flags import a_flag

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

dana, board, errors, page, plain = desk.dana, desk.board, desk.errors, desk.page, desk.plain
row = desk.row
NAMES = {
    "long": "Anastasia " * 19 + "Lastword",
    "one word": "A" * 200,
    "right to left": "محمد عبد الله الطويل",
    "turned": "\u202eyoj\u202c Smith",
    "picture": "Zoë 🏋️‍♀️ 👩‍👩‍👧‍👦 Lee",
    "script": "<script>alert(1)</script><img src=x onerror=alert(2)>",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_a_strange_name_stays_a_name_on_every_page(
    page: Page, dana: Coach, live_server: Any, errors: list[str], name: str
) -> None:
    client = make_client(dana, name, ref="strange", email="s@example.com")
    today = timezone.now().date()
    a_flag(client, "dread", opened_on=today, since_on=today, level_on=today, score=99)
    asked: list[str] = []

    def refuse(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        for path in (
            "/",
            f"/clients/{client.pk}/",
            f"/clients/{client.pk}/message/?",
            f"/clients/{client.pk}/edit/",
        ):
            page.goto(live_server.url + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert Axe().run(page).response["violations"] == [], path
    page.goto(live_server.url)
    line = page.locator(f"#row-{client.pk}")
    expect(line.locator("h3 a")).to_have_text(re.sub(r"\s+", " ", name.strip()))
    line.get_by_role("button", name="Acknowledge").click()
    expect(page.get_by_role("status")).to_contain_text("acknowledged")
    assert (asked, errors) == ([], [])


def test_a_flag_that_the_scan_closed_while_one_clicked_is_news_and_no_error(page: Page) -> None:
    today = timezone.now().date()
    Flag.objects.filter(client__name="Sarah").update(
        closed_on=today, closed_at=timezone.now(), resolution="recovered"
    )
    row(page, "Sarah").get_by_role("button", name="Acknowledge").click()
    expect(page.get_by_role("status")).to_contain_text("there is nothing left to answer")
    expect(row(page, "Sarah")).to_contain_text("no signs")
    expect(page.get_by_role("heading", level=1)).to_have_text("Needs you today 1")


def test_a_sign_in_that_ended_leads_back_to_the_same_place_and_nothing_is_lost(
    page: Page, board: dict[str, Client], live_server: Any
) -> None:
    Client.objects.filter(pk=board["Sarah"].pk).update(email="sarah@example.com")
    page.goto(f"{live_server.url}/?group=needs")
    row(page, "Sarah").get_by_role("link", name="Message").click()
    row(page, "Sarah").get_by_label("Message to Sarah").fill("Words that took me ten minutes")
    Session.objects.all().delete()
    row(page, "Sarah").get_by_role("button", name="Send").click()
    page.locator("input[name=login]").fill("dana@example.com")
    page.locator("input[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(row(page, "Sarah")).to_be_visible()
    assert page.url.endswith("?group=needs")
    assert not Message.objects.exists()
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_role("status")).to_contain_text("Sarah: message sent")
    assert Message.objects.get().action.text == "Words that took me ten minutes"
    page.reload()
    expect(page.get_by_role("button", name="Send it now")).to_have_count(0)


def test_a_sign_in_anew_in_another_tab_loses_nothing_in_the_first(
    page: Page, context: BrowserContext, live_server: Any
) -> None:
    other = context.new_page()
    context.clear_cookies()
    other.goto(f"{live_server.url}/account/login/")
    other.locator("input[name=login]").fill("dana@example.com")
    other.locator("input[name=password]").fill(PASSWORD)
    other.keyboard.press("Enter")
    expect(row(other, "Sarah")).to_be_visible()
    row(page, "Sarah").get_by_role("button", name="Acknowledge").click()
    expect(page.get_by_role("status")).to_contain_text("Your sign-in changed in another tab.")
    page.get_by_role("status").get_by_role("button", name="Try again").click()
    page.get_by_role("button", name="Send it now").click()
    expect(row(page, "Sarah")).to_contain_text("Acknowledged, today")
    expect(page).to_have_title("(1) Clients · Reserve")
    other.close()


def test_a_plain_form_after_the_sign_in_ended_leads_back_to_its_page(plain: Page, live_server: Any) -> None:
    plain.goto(f"{live_server.url}/?group=needs")
    Session.objects.all().delete()
    row(plain, "Sarah").get_by_role("button", name="Acknowledge").click()
    plain.locator("input[name=login]").fill("dana@example.com")
    plain.locator("input[name=password]").fill(PASSWORD)
    plain.locator("main button[type=submit]").first.click()
    expect(row(plain, "Sarah")).to_be_visible()
    assert plain.url.endswith("?group=needs")


def test_without_scripts_a_message_sent_after_the_sign_in_ended_is_offered_again_and_arrives_once(
    plain: Page, board: dict[str, Client], live_server: Any
) -> None:
    Client.objects.filter(pk=board["Sarah"].pk).update(email="sarah@example.com")
    plain.goto(live_server.url)
    row(plain, "Sarah").get_by_role("link", name="Message").click()
    where = plain.url.removesuffix("?")
    plain.get_by_label("Message to Sarah").fill('Words that took me\nten "minutes" & <b>more</b>')
    Session.objects.all().delete()
    plain.get_by_role("button", name="Send").click()
    expect(plain.locator(".message")).to_contain_text("What you sent is kept")
    plain.locator("input[name=login]").fill("dana@example.com")
    plain.locator("input[name=password]").fill(PASSWORD)
    plain.locator("main button[type=submit]").first.click()
    expect(plain.locator("#unsent")).to_contain_text("Your sign-in had ended before this was sent.")
    assert plain.url == where
    assert not Message.objects.exists()
    plain.get_by_role("button", name="Send it now").click()
    expect(plain.locator(".message").first).to_contain_text("Sarah: message sent")
    expect(plain.locator("#unsent")).to_have_count(0)
    assert Message.objects.get().action.text == 'Words that took me\nten "minutes" & <b>more</b>'


def test_two_tabs_answer_the_same_flag_once_and_undo_it_once(
    page: Page, context: BrowserContext, live_server: Any
) -> None:
    other = context.new_page()
    other.goto(live_server.url)
    for tab in (page, other):
        row(tab, "Sarah").get_by_role("button", name="Acknowledge").click()
        expect(row(tab, "Sarah")).to_contain_text("Acknowledged, today")
    assert Action.objects.count() == 1
    for tab in (page, other):
        tab.get_by_role("status").get_by_role("button", name="Undo").click()
        expect(tab.get_by_role("heading", level=1)).to_have_text("Needs you today 2")
    assert Action.objects.filter(undone_at=None).count() == 0
    other.close()


def test_without_scripts_one_writes_and_acknowledges_several_all_the_same(
    plain: Page, board: dict[str, Client], live_server: Any
) -> None:
    Client.objects.filter(pk=board["Sarah"].pk).update(email="sarah@example.com")
    plain.goto(live_server.url)
    row(plain, "Sarah").get_by_role("link", name="Message").click()
    plain.get_by_role("link", name="Ease off").click()
    expect(plain.get_by_label("Message to Sarah")).to_have_value(re.compile("take no set to failure"))
    plain.get_by_role("button", name="Send").click()
    expect(plain.locator(".message").first).to_contain_text("Sarah: message sent")
    assert Message.objects.get().to == "sarah@example.com"
    for name in ("James", "Sarah"):
        row(plain, name).get_by_role("checkbox").check()
    plain.get_by_role("button", name="Acknowledge the chosen").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Nobody needs you today")


@pytest.mark.parametrize("width", [320, 720])
def test_at_four_hundred_and_two_hundred_percent_nothing_is_cut(
    page: Page, board: dict[str, Client], live_server: Any, width: int
) -> None:
    """400 % of a window of 1,280 is 320 wide, 200 % of one of 1,440 is 720."""
    page.set_viewport_size({"width": width, "height": 450})
    sarah = board["Sarah"].pk
    for path in ("/", f"/clients/{sarah}/", f"/clients/{sarah}/sessions/", "/digests/", "/coaches/", f"/clients/{sarah}/message/?"):  # fmt: skip
        page.goto(live_server.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.goto(live_server.url)
    page.set_viewport_size({"width": width + 320, "height": 450})
    page.evaluate("Object.assign(document.documentElement.style, {fontSize: '30px', lineHeight: '1.5'})")
    assert page.evaluate("document.documentElement.scrollWidth") <= width + 320


def test_the_keyboard_alone_from_the_sign_in_to_a_sent_message(
    browser: Any, dana: Coach, board: dict[str, Client], live_server: Any
) -> None:
    Client.objects.filter(pk=board["James"].pk).update(email="james@example.com")
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(live_server.url)
    tab.keyboard.press("Tab")
    for _ in range(8):
        if tab.evaluate("document.activeElement.name") == "login":
            break
        tab.keyboard.press("Tab")
    tab.keyboard.type("dana@example.com")
    tab.keyboard.press("Tab")
    tab.keyboard.type(PASSWORD)
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Needs you today 2")
    tab.wait_for_load_state()
    tab.keyboard.press("j")
    expect(row(tab, "James")).to_be_focused()
    tab.keyboard.press("m")
    expect(tab.get_by_label("Message to James")).to_be_focused()
    tab.keyboard.press("Control+a")
    tab.keyboard.type("Hello James, how are you?")
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("button", name="Send")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("status")).to_contain_text("James: message sent")
    expect(row(tab, "James")).to_be_focused()
    assert Message.objects.get().action.text == "Hello James, how are you?"
    context.close()


def test_nothing_on_the_board_jumps_on_load_and_after_an_answer(page: Page, live_server: Any) -> None:
    watch(page)
    page.goto(live_server.url)
    page.wait_for_load_state("networkidle")
    row(page, "Sarah").hover()
    expect(row(page, "Sarah").locator(".would")).to_contain_text("no workouts are planned")
    row(page, "Sarah").get_by_role("button", name="Acknowledge").click()
    expect(row(page, "Sarah")).to_contain_text("Acknowledged, today")
    page.wait_for_timeout(300)
    assert shifted(page) == []
