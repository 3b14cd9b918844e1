"""A client's page at the desk: the timeline by keys, what can be done for them, and one sheet of paper."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from clients import answers
from clients.models import Action, Client, Coach, Injury, Message
from programs.models import SetLog
from tests.e2e import test_board_in_a_browser as desk
from tests.factories import an_exercise
from tests.flags import SAYS, a_flag

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

dana, board, errors, page = desk.dana, desk.board, desk.errors, desk.page


@pytest.fixture
def sarah(page: Page, board: dict[str, Client], live_server: Any) -> Client:
    Client.objects.filter(pk=board["Sarah"].pk).update(email="sarah@example.com")
    page.goto(f"{live_server.url}/clients/{board['Sarah'].pk}/")
    return board["Sarah"]


def test_arrow_keys_tell_each_day_and_turn_the_page(page: Page, sarah: Client, errors: list[str]) -> None:
    axis, told = page.locator("#timeline .axis"), page.locator("#timeline-day")
    expect(told).to_contain_text("press an arrow key")
    axis.focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    yesterday = timezone.now().date() - timedelta(days=1)
    expect(told).to_contain_text(f"{yesterday.day} {yesterday:%b}: ")
    expect(told).to_contain_text("sleep 7.0 h")
    expect(told).to_contain_text("energy 3")
    page.keyboard.press("Home")
    expect(told).to_contain_text("nothing logged")
    page.keyboard.press("ArrowLeft")  # over the edge: the weeks before, the same day under the line
    expect(page.locator("#later")).to_be_visible()
    expect(axis).to_be_focused()
    expect(told).to_contain_text("nothing logged")
    page.keyboard.press("PageDown")
    expect(page.locator("#later")).to_have_count(0)
    assert errors == []


def test_pointing_at_a_day_tells_it_and_the_table_holds_the_same(page: Page, sarah: Client) -> None:
    page.locator("#timeline svg").scroll_into_view_if_needed()
    box = page.locator("#timeline svg").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] - 20, box["y"] + 40)
    expect(page.locator("#timeline-day")).not_to_contain_text("press an arrow key")
    before = page.locator("#timeline-day").inner_text()
    page.mouse.wheel(-120, 0)
    expect(page.locator("#timeline-day")).not_to_have_text(before)
    page.get_by_text("The same as a table").click()
    expect(page.locator("#timeline-table")).to_contain_text("fatigue or mood flagged (act)")


def test_a_note_a_message_and_their_undo_in_place(page: Page, sarah: Client, errors: list[str]) -> None:
    page.evaluate("window.stayed = true")
    page.get_by_label("Note about Sarah, only for coaches").fill("Moved house last week")
    page.locator("#note").get_by_role("button", name="Keep the note").click()
    expect(page.locator("#history")).to_contain_text("Moved house last week")
    page.get_by_role("navigation", name="Do for Sarah").get_by_role("link", name="Message").click()
    page.get_by_label("Message to Sarah").fill("Hello Sarah")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#history")).to_contain_text("The e-mail is about to leave.")
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.locator("#history")).to_contain_text("undone")
    assert Message.objects.get().status == "withdrawn"
    assert page.evaluate("window.stayed") is True
    assert errors == []


def test_an_empty_note_is_refused_in_its_place(page: Page, sarah: Client) -> None:
    page.locator("#note").get_by_role("button", name="Keep the note").click()
    expect(page.locator("#note").get_by_role("alert")).to_have_text("Write a few words first.")
    assert not Action.objects.exists()


def test_sets_are_logged_for_a_client_and_taken_back(page: Page, sarah: Client) -> None:
    exercise = an_exercise()
    page.get_by_role("link", name="Log a set").click()
    page.get_by_label("Exercise").fill(exercise.name)
    page.get_by_label("Sets", exact=True).fill("2")
    page.get_by_label("Weight, kg").fill("120")
    page.get_by_label("Reps", exact=True).fill("10")
    page.get_by_label("Reps in reserve").fill("2")
    page.get_by_role("button", name="Log", exact=True).click()
    expect(page.locator(".logged")).to_contain_text("Logged: 2 sets of Leg press.")
    assert SetLog.objects.live().filter(source="coach").count() == 2
    page.locator(".logged").get_by_role("button", name="Undo").click()
    expect(page.locator(".message").first).to_contain_text("Undone.")
    assert not SetLog.objects.live().filter(source="coach").exists()


def test_away_an_injury_archive_and_back(page: Page, sarah: Client) -> None:
    do = page.get_by_role("navigation", name="Do for Sarah")
    do.get_by_role("link", name="Away until").click()
    page.get_by_label("Away until").fill((timezone.now().date() + timedelta(days=9)).isoformat())
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#client")).to_contain_text("Away until")
    do.get_by_role("link", name="Injury").click()
    page.get_by_label("Where").select_option("knee")
    page.locator("main").get_by_role("button", name=re.compile("Note|Add|Save")).first.click()
    assert Injury.objects.get().region == "knee"
    page.get_by_role("link", name="Record").click()
    page.get_by_role("button", name="Archive").click()
    expect(page.locator("#client")).to_contain_text("This client is archived")
    page.get_by_role("link", name="Bring them back").click()
    page.get_by_role("button", name="Bring back").click()
    expect(page.locator(".message").first).to_contain_text("Sarah is back.")


def test_the_page_prints_on_one_sheet_however_much_is_open(
    page: Page, sarah: Client, dana: Coach, live_server: Any, tmp_path: Any
) -> None:
    today = timezone.now().date()
    days = {"opened_on": today - timedelta(days=4), "since_on": today - timedelta(days=9), "level_on": today}
    series = [[(today - timedelta(days=back)).isoformat(), 3.4 - (back < 9)] for back in range(60, 0, -1)]
    for sign in set(SAYS) - {"fatigue_mood"}:
        a_flag(sarah, sign, "act", evidence={**desk.EVIDENCE, "series": series}, **days)
    for number in range(15):
        answers.note(client=sarah, text=f"Note {number}: " + "word " * 60, by=dana, at=timezone.now())
    page.goto(f"{live_server.url}/clients/{sarah.pk}/")
    paper = page.pdf(path=str(tmp_path / "sheet.pdf"), prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    page.emulate_media(media="print")
    expect(page.locator("#client h1")).to_be_visible()
    expect(page.locator("#timeline svg")).to_be_visible()
    expect(page.locator(".flag .sentence")).to_have_count(5)
    for hidden in (".answers", "#note", ".tabs", ".client-do"):
        expect(page.locator(hidden).first).to_be_hidden()
