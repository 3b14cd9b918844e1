"""Every action and every key of the board, in a real browser."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from clients.models import Action, Client, Coach, Message
from tests.e2e import test_board_in_a_browser as desk
from tests.factories import make_client
from tests.flags import a_flag

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

dana, board, errors, page = desk.dana, desk.board, desk.errors, desk.page
row = desk.row
REFRESH = "htmx.ajax('GET', document.getElementById('poll').getAttribute('hx-get'), {target: '#board', swap: 'outerHTML'})"


@pytest.mark.parametrize(
    ("button", "said", "kind"),
    [
        ("Scale back", "Scaled back until", "scale_back"),
        ("Deload week", "Deload until", "deload"),
        ("Acknowledge", "Acknowledged, today", "acknowledge"),
        ("Snooze until", "Snoozed until", "snooze"),
        ("Wrong call", "Called wrong", "wrong_call"),
    ],
)
def test_each_answer_is_given_and_undone_in_place(
    page: Page, errors: list[str], button: str, said: str, kind: str
) -> None:
    page.evaluate("window.stayed = true")
    sarah = row(page, "Sarah")
    if button in ("Snooze until", "Wrong call"):
        sarah.get_by_text("Snooze, note, wrong call").click()
    sarah.get_by_role("button", name=button).click()
    expect(sarah).to_contain_text(said)
    assert Action.objects.standing().get().kind == kind
    expect(page.get_by_role("heading", level=1)).to_have_text("Needs you today 1")
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Needs you today 2")
    assert not Action.objects.standing().exists()
    assert page.evaluate("window.stayed") is True
    assert errors == []


def test_a_note_is_kept_for_coaches_and_undone(page: Page) -> None:
    sarah = row(page, "Sarah")
    sarah.get_by_text("Snooze, note, wrong call").click()
    sarah.get_by_label("Note about Sarah").fill("rang, no answer")
    sarah.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_role("status")).to_contain_text("note written")
    assert Action.objects.get().text == "rang, no answer"
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("Undone.")
    assert Action.objects.get().undone_at


def test_what_a_scale_back_will_change_stands_there_before_it_is_pressed(page: Page) -> None:
    sarah = row(page, "Sarah")
    expect(sarah.locator(".would")).to_contain_text("no failure sets, a budget of 0 everywhere")
    sarah.hover()
    expect(sarah.locator(".would")).to_contain_text("no workouts are planned")
    sarah.get_by_label("Days to scale back Sarah").fill("400")
    expect(sarah.locator(".would")).to_have_text("Choose between 1 and 90 days.")
    assert not Action.objects.exists()


def test_a_message_is_written_from_a_draft_in_place_sent_and_undone(
    page: Page, board: dict[str, Client], errors: list[str]
) -> None:
    Client.objects.filter(pk=board["Sarah"].pk).update(email="sarah@example.com")
    sarah = row(page, "Sarah")
    sarah.get_by_role("link", name="Message").click()
    text = sarah.get_by_label("Message to Sarah")
    expect(text).to_be_focused()
    expect(text).to_have_value(  # the evidence, as one would say it aloud
        re.compile("Your answers on energy have averaged 2.3 of 5")
    )
    sarah.get_by_role("link", name="Ease off").click()
    expect(text).to_have_value(re.compile("take no set to failure"))
    text.fill("Hello Sarah,\nhow are you?")
    sarah.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_contain_text("Sarah: message sent")
    expect(sarah).to_contain_text("messaged today")
    message = Message.objects.get()
    assert (message.to, message.action.text) == ("sarah@example.com", "Hello Sarah,\nhow are you?")
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(sarah).not_to_contain_text("messaged today")
    assert Message.objects.get().status == "withdrawn"
    assert errors == []


def test_a_message_that_was_changed_is_not_replaced_by_a_slip(page: Page, board: dict[str, Client]) -> None:
    Client.objects.filter(pk=board["Sarah"].pk).update(email="sarah@example.com")
    sarah = row(page, "Sarah")
    sarah.get_by_role("link", name="Message").click()
    text = sarah.get_by_label("Message to Sarah")
    text.fill("My own words")
    page.once("dialog", lambda asked: asked.dismiss())
    sarah.get_by_role("link", name="Talk first").click()
    expect(text).to_have_value("My own words")
    text.press("Escape")
    expect(text).to_have_value("My own words")
    sarah.get_by_role("link", name="Cancel").click()
    expect(text).to_have_count(0)
    expect(sarah.get_by_role("link", name="Message")).to_be_focused()


def test_what_cannot_be_sent_is_said_at_the_text(page: Page) -> None:
    sarah = row(page, "Sarah")
    sarah.get_by_role("link", name="Message").click()
    sarah.get_by_role("button", name="Send").click()
    expect(sarah.get_by_role("alert")).to_contain_text("Send the invitation first.")
    expect(sarah.get_by_label("Message to Sarah")).to_be_visible()
    assert not Message.objects.exists()


def test_several_are_chosen_and_acknowledged_at_once_and_undone_at_once(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("x")
    row(page, "Sarah").get_by_role("checkbox").check()
    page.get_by_role("button", name="Acknowledge the chosen 2").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nobody needs you today")
    expect(page.get_by_role("status")).to_contain_text("2 clients acknowledged.")
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Needs you today 2")
    assert not Action.objects.standing().exists()


def test_the_keys_write_choose_undo_and_tell_themselves(page: Page, board: dict[str, Client]) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("scale back")
    page.keyboard.press("a")  # the list is open: no client is acknowledged
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(row(page, "James")).to_contain_text("Acknowledged, today")
    page.keyboard.press("u")
    expect(page.get_by_role("heading", level=1)).to_have_text("Needs you today 2")
    page.keyboard.press("m")
    expect(row(page, "James").get_by_label("Message to James")).to_be_focused()
    page.keyboard.type("asjk?/")  # letters, while one writes
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()


def test_single_keys_can_be_switched_off_and_stay_off(page: Page) -> None:
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("single keys are on").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    expect(page.locator(".row.chosen")).to_have_count(0)
    page.reload()
    page.keyboard.press("j")
    expect(page.locator(".row.chosen")).to_have_count(0)


def test_undo_is_offered_for_ten_seconds(page: Page) -> None:
    page.clock.install()
    row(page, "Sarah").get_by_role("button", name="Acknowledge").click()
    undo = page.get_by_role("status").get_by_role("button", name="Undo")
    expect(undo).to_be_visible()
    page.clock.run_for(9_000)
    expect(undo).to_be_visible()
    page.clock.run_for(1_500)
    expect(undo).to_have_count(0)


def test_a_refresh_each_minute_does_not_move_what_is_read(
    page: Page, dana: Coach, board: dict[str, Client], live_server: Any
) -> None:
    today = timezone.now().date()
    days = {"opened_on": today, "since_on": today, "level_on": today}
    for number in range(20):
        a_flag(make_client(dana, f"Client {number:02}", ref=f"n{number}"), "dread", "watch", **days)
    page.set_viewport_size({"width": 1000, "height": 500})
    page.clock.install()
    page.goto(live_server.url)
    read = row(page, "Client 15")
    read.scroll_into_view_if_needed()
    read.get_by_role("link", name="Client 15").focus()
    before = read.bounding_box()
    for name in ("Marcus", "Client 03"):
        client = Client.objects.get(name=name)
        a_flag(client, "sleep_decline", "act", **days)
        Client.objects.filter(pk=client.pk).update(history_version=9)
    with page.expect_response(lambda answer: "seen=" in answer.url and answer.status == 200):
        page.clock.run_for(61_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("Needs you today 4")
    after = read.bounding_box()
    assert before
    assert after
    assert abs(after["y"] - before["y"]) <= 1
    expect(read.get_by_role("link", name="Client 15")).to_be_focused()


def test_a_refresh_waits_while_something_is_written_or_chosen(page: Page, board: dict[str, Client]) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "seen=" in request.url else None)
    row(page, "Sarah").get_by_role("checkbox").check()
    page.evaluate("htmx.trigger('#poll', 'every')")
    page.evaluate("document.activeElement.blur()")
    page.clock.install()
    page.evaluate("htmx.process(document.body)")
    page.clock.run_for(130_000)
    assert asked == []
    expect(row(page, "Sarah").get_by_role("checkbox")).to_be_checked()


def test_what_happened_while_away_stands_above_and_goes_when_read(
    page: Page, dana: Coach, board: dict[str, Client], live_server: Any
) -> None:
    Coach.objects.filter(pk=dana.pk).update(board_seen_at=timezone.now() - timedelta(days=2))
    today = timezone.now().date()
    a_flag(board["Marcus"], "dread", opened_on=today, level_on=today, recorded_at=timezone.now())
    page.goto(live_server.url)
    away = page.locator("#away")
    expect(away).to_contain_text("1 flag opened (Marcus)")
    away.get_by_role("button", name="Read").click()
    expect(away).to_have_count(0)
    page.reload()
    expect(away).to_have_count(0)


def test_a_quiet_client_has_a_message_as_the_one_click(
    page: Page, dana: Coach, board: dict[str, Client], live_server: Any
) -> None:
    quiet = make_client(dana, "Quiet One", ref="quiet", email="quiet@example.com")
    Client.objects.filter(pk=quiet.pk).update(created_at=timezone.now() - timedelta(days=30))
    page.goto(f"{live_server.url}/?group=quiet")
    row(page, "Quiet One").get_by_role("link", name="message Quiet One").click()
    text = row(page, "Quiet One").get_by_label("Message to Quiet")
    expect(text).to_have_value(re.compile("have not seen a session"))
    row(page, "Quiet One").get_by_role("button", name="Send").click()
    expect(row(page, "Quiet One")).to_contain_text("messaged today")
