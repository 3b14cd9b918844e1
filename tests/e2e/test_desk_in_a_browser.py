"""Every action and every key of the board, in a real browser."""

import re
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from playwright.sync_api import Page, expect

from clients import messages
from clients.models import Action, Client, Coach, Message, User
from programs.library import load
from programs.models import Exercise
from tests.e2e import test_board_in_a_browser as desk
from tests.factories import make_client, make_coach
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
        sarah.get_by_text("Snooze, note, right or wrong").click()
    sarah.get_by_role("button", name=button).click()
    expect(sarah).to_contain_text(said)
    assert Action.objects.standing().get().kind == kind
    expect(page.get_by_role("heading", level=1)).to_have_text("Needs you today 1")
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Needs you today 2")
    assert not Action.objects.standing().exists()
    assert page.evaluate("window.stayed") is True
    assert errors == []


def test_a_flag_called_right_waits_for_its_answer_all_the_same(page: Page) -> None:
    sarah = row(page, "Sarah")
    sarah.get_by_text("Snooze, note, right or wrong").click()
    sarah.get_by_role("button", name="Right call").click()
    expect(page.get_by_role("status")).to_contain_text("called right")
    expect(page.get_by_role("heading", level=1)).to_have_text("Needs you today 2")
    page.reload()
    expect(page.get_by_text("1 warning sign that was judged in the last year")).to_be_visible()


def test_a_note_is_kept_for_coaches_and_undone(page: Page) -> None:
    sarah = row(page, "Sarah")
    sarah.get_by_text("Snooze, note, right or wrong").click()
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
    expect(row(page, "James")).to_be_focused()
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


def test_pages_of_fifty_come_with_more_and_a_refresh_keeps_them(
    page: Page, dana: Coach, board: dict[str, Client], live_server: Any
) -> None:
    for number in range(120):
        make_client(dana, f"Client {number:03}", ref=f"n{number}")
    page.clock.install()
    page.goto(live_server.url)
    expect(page.locator(".row")).to_have_count(50)
    page.get_by_role("link", name="More").click()
    expect(page.locator(".row")).to_have_count(100)
    page.get_by_role("link", name="More").click()
    expect(page.locator(".row")).to_have_count(124)
    expect(page.get_by_role("link", name="More")).to_have_count(0)
    Client.objects.filter(pk=board["Marcus"].pk).update(history_version=9)
    with page.expect_response(lambda answer: "seen=" in answer.url and answer.status == 200):
        page.clock.run_for(61_000)
    expect(page.locator(".row")).to_have_count(124)


def test_filters_and_sort_live_in_the_address_and_come_back_with_it(
    page: Page, dana: Coach, live_server: Any
) -> None:
    mate = make_coach("mate@example.com", name="Mate", practice=dana.practice, head=False)
    make_client(mate, "Of Mate", ref="mate")
    page.goto(live_server.url)
    page.locator("select[name=coach]").select_option("Mate")
    expect(page.locator(".row")).to_have_count(1)
    page.locator("select[name=sort]").select_option("name")
    expect(page.locator("h2.group")).to_have_count(0)
    page.reload()
    expect(page.locator(".row")).to_have_count(1)
    expect(page.locator("select[name=sort]")).to_have_value("name")
    page.locator("select[name=phase]").select_option("deload")
    expect(page.locator("#nobody")).to_contain_text("No client matches.")


def test_keys_unfold_one_client_at_a_time(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("j")
    expect(row(page, "Claire").locator(".why")).to_have_attribute("open", "")
    page.keyboard.press("k")
    expect(row(page, "Claire").locator(".why")).not_to_have_attribute("open", "")
    expect(row(page, "Sarah").locator(".why")).to_have_attribute("open", "")


def test_a_client_is_handed_over_and_back(
    page: Page, dana: Coach, board: dict[str, Client], live_server: Any
) -> None:
    mate = make_coach("mate@example.com", name="Mate", practice=dana.practice, head=False)
    page.goto(f"{live_server.url}/clients/{board['Sarah'].pk}/edit/")
    page.get_by_label("Hand over to").select_option("Mate")
    page.get_by_role("button", name="Hand over", exact=True).click()
    expect(page.locator(".message").first).to_contain_text("Sarah is with Mate now.")
    assert mate.clients.count() == 1
    page.get_by_role("button", name="Undo: back to Dana Reyes").click()
    expect(page.locator(".message").first).to_contain_text("Sarah is with Dana Reyes now.")
    assert mate.clients.count() == 0


def test_the_message_stands_on_the_clients_phone(
    page: Page, dana: Coach, board: dict[str, Client], browser: Any, live_server: Any
) -> None:
    client = make_client(dana, "Phone Owner", ref="phone", signed_in=True)
    messages.send(client=client, flag=None, text="Hello,\n\nhow are you?", by=dana, at=timezone.now())
    assert client.user
    context = browser.new_context(viewport={"width": 360, "height": 780})
    context.add_cookies([{**signed_in(client.user), "url": live_server.url}])
    phone = context.new_page()
    phone.goto(f"{live_server.url}/train/")
    phone.get_by_role("link", name="1 new message").click()
    expect(phone.get_by_text("how are you?")).to_be_visible()
    assert Axe().run(phone).response["violations"] == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.goto(f"{live_server.url}/train/")
    expect(phone.get_by_role("link", name="Messages of your coach")).to_be_visible()
    context.close()


def signed_in(user: User) -> dict[str, Any]:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return {"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key)}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_empty_board_leads_to_a_client_the_link_and_an_example(
    browser: Any, transactional_db: None, live_server: Any, theme: str
) -> None:
    load(Exercise.objects)
    coach = make_coach("new@example.com", name="New Coach")
    context = browser.new_context(color_scheme=theme)
    context.add_cookies([{**signed_in(coach.user), "url": live_server.url}])
    tab = context.new_page()
    tab.goto(live_server.url)
    assert Axe().run(tab).response["violations"] == []
    tab.get_by_role("button", name="Show the example").click()
    expect(tab.locator("#client")).to_contain_text("James is an example")
    expect(tab.locator(".flag.is-act").first).to_be_visible()
    assert Axe().run(tab).response["violations"] == []
    tab.get_by_role("link", name="Clients").click()
    expect(tab.locator(".row")).to_have_count(1)
    tab.get_by_role("button", name="Remove the example").click()
    tab.get_by_role("link", name="Add a client").first.click()
    tab.get_by_label("Name").fill("First One")
    tab.get_by_role("button", name="Add").click()
    expect(tab.locator(".message").first).to_contain_text("Send them the link next.")
    tab.get_by_role("link", name="Overview").click()
    expect(tab.get_by_role("link", name="Import a file")).to_be_visible()
    context.close()
