"""Several clients acknowledged at once, what happened while the coach was away, and what the head is told."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from clients.models import Action, Client, Coach
from coaching import respond
from coaching.away import arrive, dismiss, while_away
from coaching.board import triage
from coaching.filters import Filters
from tests.factories import make_client, make_coach
from tests.flags import a_flag

HTMX = {"HX-Request": "true"}
TODAY = date(2026, 6, 15)


@pytest.fixture
def desk(dana: Coach) -> Browser:
    browser = Browser()
    browser.force_login(dana.user)
    return browser


def lately(client: Client, sign: str = "dread", **fields: Any) -> None:
    day = timezone.now().date() - timedelta(days=3)
    a_flag(client, sign, opened_on=day, since_on=day, level_on=day, **fields)


def test_the_chosen_are_acknowledged_together_and_undone_together(
    desk: Browser, dana: Coach, james: Client, sarah: Client, marcus: Client
) -> None:
    for client in (james, sarah, marcus):
        lately(client)
    lately(james, "aches", level="watch")
    page = desk.post("/board/acknowledge/", {"client": [james.pk, sarah.pk]}, headers=HTMX).content.decode()
    assert "2 clients acknowledged." in page
    assert "Needs you today" in page
    actions = Action.objects.standing()
    assert sorted(actions.values_list("client__name", "flag__sign")) == [
        ("James Okafor", "aches"), ("James Okafor", "dread"), ("Sarah Lindqvist", "dread"),
    ]  # fmt: skip
    page = desk.post(
        "/board/undo/", {"action": list(actions.values_list("pk", flat=True))}, headers=HTMX
    ).content.decode()
    assert "Undone. All is as before." in page
    assert not Action.objects.standing().exists()


def test_without_scripts_the_board_comes_back_as_it_was_asked_for(desk: Browser, james: Client) -> None:
    lately(james)
    response = desk.post("/board/acknowledge/?group=needs", {"client": [james.pk]})
    assert (response.status_code, response["Location"]) == (302, "/?group=needs")
    assert "1 client acknowledged." in desk.get("/").content.decode()


@pytest.mark.parametrize("chosen", [[], ["x"], ["9" * 30], ["-1"], ["²"]])
def test_who_chose_nobody_is_told_what_to_do(desk: Browser, james: Client, chosen: list[str]) -> None:
    lately(james)
    for headers in ({}, HTMX):
        response = desk.post("/board/acknowledge/", {"client": chosen}, headers=headers)
        assert response.status_code == 422
        assert "Choose clients with an unanswered sign first." in response.content.decode()


def test_clients_of_another_practice_are_not_acknowledged_nor_their_answers_undone(
    desk: Browser, eli: Coach, james: Client, now: datetime
) -> None:
    theirs = make_client(eli, "Of Eli", ref="eli")
    lately(theirs)
    assert desk.post("/board/acknowledge/", {"client": [theirs.pk]}).status_code == 422
    action = respond.respond(flag=theirs.flags.get(), kind="acknowledge", by=eli, at=timezone.now())
    desk.post("/board/undo/", {"action": [action.pk]})
    action.refresh_from_db()
    assert action.undone_at is None


def seen(dana: Coach, at: datetime) -> None:
    Coach.objects.filter(pk=dana.pk).update(board_seen_at=at)
    dana.refresh_from_db()


def test_back_at_the_desk_one_reads_what_opened_and_what_recovered_since(
    dana: Coach, james: Client, sarah: Client, marcus: Client, claire: Client, now: datetime
) -> None:
    friday = datetime(2026, 6, 12, 16, 40, tzinfo=UTC)
    seen(dana, friday)
    a_flag(james, "dread", recorded_at=friday - timedelta(hours=1))
    a_flag(james, "aches", recorded_at=friday + timedelta(hours=9))
    a_flag(sarah, "dread", recorded_at=friday + timedelta(hours=9))
    ended: dict[str, Any] = {"closed_on": TODAY, "closed_at": now, "recorded_at": friday - timedelta(days=9)}
    a_flag(claire, "dread", resolution="recovered", **ended)
    a_flag(marcus, "dread", resolution="wrong_call", **ended)
    a_flag(marcus, "aches", resolution="withdrawn", **ended)
    arrive(dana, now=now)
    away = while_away(dana, now=now)
    assert away
    assert away.since == "Friday"
    assert [said.split(" (")[0] for said in away.says] == [
        "2 flags opened", "1 flag recovered", "1 flag closed",
    ]  # fmt: skip
    assert "(Claire Dubois)" in away.says[1]


def test_it_stays_through_the_visit_and_goes_once_read(dana: Coach, james: Client, now: datetime) -> None:
    seen(dana, now - timedelta(hours=5))
    a_flag(james, "dread", recorded_at=now - timedelta(hours=1))
    for minutes in (0, 4, 30, 80):
        arrive(dana, now=now + timedelta(minutes=minutes))
        assert while_away(dana, now=now + timedelta(minutes=minutes))
        dana.refresh_from_db()
    dismiss(dana)
    dana.refresh_from_db()
    assert while_away(dana, now=now + timedelta(minutes=81)) is None


def test_a_first_visit_and_one_without_news_say_nothing(dana: Coach, james: Client, now: datetime) -> None:
    arrive(dana, now=now)
    assert while_away(dana, now=now) is None
    seen(dana, now - timedelta(days=20))
    arrive(dana, now=now)
    assert while_away(dana, now=now) is None


def test_the_line_stands_above_the_board_and_a_refresh_is_no_visit(
    desk: Browser, dana: Coach, james: Client
) -> None:
    seen(dana, timezone.now() - timedelta(hours=9))
    lately(james, recorded_at=timezone.now() - timedelta(hours=2))
    desk.get("/", headers=HTMX)
    dana.refresh_from_db()
    assert dana.board_left_at is None
    assert "While you were away" in desk.get("/").content.decode()
    assert desk.post("/board/away/", headers=HTMX).status_code == 200
    assert "While you were away" not in desk.get("/").content.decode()


def test_the_head_is_told_of_acts_that_wait_at_a_colleagues_desk_and_of_empty_desks(
    dana: Coach, now: datetime
) -> None:
    mate = make_coach("mate@example.com", name="Mate", practice=dana.practice, head=False)
    gone = make_coach("gone@example.com", name="Gone", practice=dana.practice, head=False)
    gone.user.is_active = False
    gone.user.save()
    a_flag(make_client(mate, "Waits", ref="1"), level_on=TODAY - timedelta(days=9))
    a_flag(make_client(mate, "Fresh", ref="2"), level_on=TODAY - timedelta(days=6))
    a_flag(make_client(dana, "Mine", ref="3"), level_on=TODAY - timedelta(days=9))
    make_client(gone, "Nobody's", ref="4")
    told = triage(dana, now=now, filters=Filters()).overseen
    assert [(line.says, line.href) for line in told] == [
        ("Gone no longer signs in: 1 client without a coach at the desk.", f"?coach={gone.pk}"),
        ("Mate: 1 client has waited for an answer, the longest for 9 days.", f"?group=needs&coach={mate.pk}"),
    ]  # fmt: skip
    assert triage(mate, now=now, filters=Filters()).overseen == ()
