"""A slow line, then none, then a server that fails: whatever a coach presses is sent once, and nothing typed is lost.

Each answer goes through all of it in one page: pressed twice, held; cut off; tried again, and 500; tried again, and done.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Locator, Page, Route, expect

from clients.models import Action, Client, Message
from tests.e2e import test_board_in_a_browser as desk
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

dana, board, errors, page = desk.dana, desk.board, desk.errors, desk.page
row = desk.row
WORDS = "Words that took me ten minutes"
NEXT_WEEK = (timezone.now().date() + timedelta(days=9)).isoformat()


@dataclass
class Line:
    """What is sent waits here until it is let go, cut off or answered with an error."""

    sent: list[Route] = field(default_factory=list)

    def hold(self, route: Route) -> None:
        self.sent.append(route) if route.request.method == "POST" else route.continue_()

    def last(self, page: Page, number: int) -> Route:
        for _ in range(100):
            if len(self.sent) >= number:
                break
            page.wait_for_timeout(20)
        page.wait_for_timeout(150)  # for one that must not come
        assert len(self.sent) == number
        return self.sent[-1]


@dataclass(frozen=True)
class Press:
    """A button, what is typed before it, and the kind of action that comes of it."""

    button: str
    kind: str
    typed: Callable[[Locator], Locator] | None = None
    value: str = ""
    folded: bool = False


def days(place: Locator) -> Locator:
    return place.locator("input[name=days]")


def until(place: Locator) -> Locator:
    return place.locator("input[name=until]")


def note(place: Locator) -> Locator:
    return place.locator(".more input[name=text]")


def letter(place: Locator) -> Locator:
    return place.locator("textarea")


ON_BOTH = {
    "acknowledge": Press("Acknowledge", "acknowledge"),
    "scale back": Press("Scale back", "scale_back", days, "11"),
    "deload": Press("Deload week", "deload"),
    "snooze": Press("Snooze until", "snooze", until, NEXT_WEEK, folded=True),
    "note": Press("Keep the note", "note", note, WORDS, folded=True),
    "right call": Press("Right call", "right_call", note, WORDS, folded=True),
    "wrong call": Press("Wrong call", "wrong_call", note, WORDS, folded=True),
    "message": Press("Send", "message", letter, WORDS),
}
RESOLVE = {"resolve": Press("Resolve, with this reason", "resolve", note, WORDS, folded=True)}


@pytest.mark.parametrize("press", ON_BOTH.values(), ids=ON_BOTH.keys())
def test_an_answer_on_the_board_survives_a_bad_line(
    page: Page, board: dict[str, Client], press: Press
) -> None:
    Client.objects.filter(pk=board["Sarah"].pk).update(email="sarah@example.com")
    place = row(page, "Sarah")
    prepare(place, press)
    survives(page, place.get_by_role("button", name=press.button, exact=True), typed(place, press))
    expect(page.get_by_role("status")).to_contain_text("Sarah")
    assert [action.kind for action in Action.objects.all()] == [press.kind]
    assert Message.objects.count() == (press.kind == "message")


@pytest.mark.parametrize("press", (ON_BOTH | RESOLVE).values(), ids=(ON_BOTH | RESOLVE).keys())
def test_an_answer_on_a_clients_page_survives_a_bad_line(
    page: Page, board: dict[str, Client], live_server: Any, press: Press
) -> None:
    Client.objects.filter(pk=board["Sarah"].pk).update(email="sarah@example.com")
    page.goto(f"{live_server.url}/clients/{board['Sarah'].pk}/")
    place = page.locator("section.flag")
    prepare(place, press)
    survives(page, place.get_by_role("button", name=press.button, exact=True), typed(place, press))
    expect(page.get_by_role("status")).to_contain_text("Sarah")
    assert [action.kind for action in Action.objects.all()] == [press.kind]
    assert Message.objects.count() == (press.kind == "message")


@pytest.mark.parametrize("where", ["board", "client"])
def test_an_undo_in_the_line_that_offers_it_survives_a_bad_line(
    page: Page, board: dict[str, Client], live_server: Any, where: str
) -> None:
    if where == "client":
        page.goto(f"{live_server.url}/clients/{board['Sarah'].pk}/")
    place = row(page, "Sarah") if where == "board" else page.locator("section.flag")
    place.get_by_role("button", name="Acknowledge").click()
    survives(page, page.get_by_role("status").get_by_role("button", name="Undo"))
    expect(page.get_by_role("status")).to_contain_text("Undone")
    assert Action.objects.get().undone_at


@pytest.mark.parametrize("where", ["board", "client"])
def test_an_undo_beside_its_answer_survives_a_bad_line(
    page: Page, board: dict[str, Client], live_server: Any, where: str
) -> None:
    name = "James" if where == "board" else "Sarah"
    for flag in board[name].flags.all():
        a_given_answer(flag)
    page.goto(live_server.url + ("/?group=" if where == "board" else f"/clients/{board[name].pk}/"))
    place = row(page, "James") if where == "board" else page.locator("section.flag")
    if where == "board":
        place.locator("details.why > summary").click()
    survives(page, place.get_by_role("button", name="Undo").first)
    expect(page.get_by_role("status")).to_contain_text("Undone")
    assert Action.objects.exclude(undone_at=None).count() == 1


def test_several_acknowledged_at_once_and_undone_at_once_survive_a_bad_line(page: Page) -> None:
    for name in ("James", "Sarah"):
        row(page, name).get_by_role("checkbox").check()
    chosen = page.locator(".choose:checked")
    survives(page, page.locator("#bulk button"), kept=lambda: expect(chosen).to_have_count(2))
    expect(page.get_by_role("status")).to_contain_text("2 clients acknowledged")
    given = Action.objects.count()
    assert given == 3  # James has two signs
    survives(page, page.get_by_role("status").get_by_role("button", name="Undo"))
    expect(page.get_by_role("status")).to_contain_text("Undone")
    assert Action.objects.exclude(undone_at=None).count() == given


def test_what_the_end_of_a_sign_in_held_up_survives_a_bad_line(page: Page, live_server: Any) -> None:
    Session.objects.all().delete()
    row(page, "Sarah").get_by_role("button", name="Acknowledge").click()
    page.locator("input[name=login]").fill("dana@example.com")
    page.locator("input[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Your sign-in had ended before this was sent.")
    survives(page, page.get_by_role("button", name="Send it now"))
    expect(page.get_by_role("status")).to_contain_text("Sarah: acknowledged")
    assert Action.objects.count() == 1


def test_a_refresh_that_fails_leaves_the_undo_in_its_place_and_says_so_where_there_is_none(
    page: Page,
) -> None:
    page.clock.install()
    page.reload()
    status = page.get_by_role("status")
    row(page, "Sarah").get_by_role("button", name="Acknowledge").click()
    status.get_by_role("button", name="Undo").hover()
    page.route("**/*seen=*", lambda route: route.abort())
    for _ in range(2):
        with page.expect_event("requestfailed"):
            page.clock.run_for(61_000)
    expect(status.get_by_role("button", name="Undo")).to_be_visible()
    status.get_by_role("button", name="Undo").click()
    expect(status).to_contain_text("Undone")
    page.mouse.move(0, 0)
    with page.expect_event("requestfailed"):
        page.clock.run_for(61_000)
    expect(status).to_contain_text("No connection.")
    page.unroute("**/*seen=*")
    with page.expect_response("**/*seen=*"):
        status.get_by_role("button", name="Try again").click()
    expect(status).to_have_text("")


def a_given_answer(flag: Any) -> None:
    Action.objects.create(
        client=flag.client, flag=flag, kind="acknowledge", by=flag.client.coach, at=timezone.now(), on=timezone.now().date()
    )  # fmt: skip


def prepare(place: Locator, press: Press) -> None:
    if press.folded:
        place.locator("details.more > summary").click()
    if press.kind == "message":
        place.locator("a.write").click()
    if press.typed:
        press.typed(place).fill(press.value)


def typed(place: Locator, press: Press) -> Callable[[], None]:
    def is_still_there() -> None:
        if press.typed:
            expect(press.typed(place)).to_have_value(press.value)

    return is_still_there


def survives(page: Page, button: Locator, kept: Callable[[], None] = lambda: None) -> None:
    """Pressed twice on a slow line, cut off, tried again into an error, tried again and through."""
    line, status = Line(), page.get_by_role("status")
    page.route("**/*", line.hold)
    button.click()
    button.click(force=True)
    page.keyboard.press("Enter")
    assert button.evaluate("one => getComputedStyle(one).opacity") != "1"
    line.last(page, 1).abort()
    expect(status).to_contain_text("No connection.")
    kept()
    status.get_by_role("button", name="Try again").click()
    line.last(page, 2).fulfill(status=500, body="broken")
    expect(status).to_contain_text("That did not work.")
    kept()
    status.get_by_role("button", name="Try again").click()
    line.last(page, 3).continue_()
    expect(status).not_to_contain_text("That did not work.")
    expect(status).not_to_have_text("")
    line.last(page, 3)
    page.unroute("**/*")
