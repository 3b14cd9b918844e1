"""A head coach adds colleagues, hands clients over, and nobody falls between two desks."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client as Browser

from clients import desks
from clients.models import Change, Client, Coach, User
from clients.problems import Refused
from tests.factories import make_client, make_coach


@pytest.fixture
def mate(dana: Coach) -> Coach:
    return make_coach("mate@example.com", name="Mate", practice=dana.practice, head=False)


@pytest.fixture
def desk(dana: Coach) -> Browser:
    browser = Browser()
    browser.force_login(dana.user)
    return browser


def test_a_client_handed_over_is_with_the_colleague_and_back_by_undo(
    desk: Browser, dana: Coach, mate: Coach, james: Client
) -> None:
    page = desk.post(f"/clients/{james.pk}/coach/", {"to": mate.pk}, follow=True).content.decode()
    assert "James is with Mate now." in page
    assert list(Client.objects.visible_to(mate)) == [james]
    assert "Undo: back to Dana Reyes" in page
    change = Change.objects.get(kind="client handed over")
    assert (change.before, change.after, change.actor) == ({"coach": dana.pk}, {"coach": mate.pk}, dana.user)
    desk.post(f"/clients/{james.pk}/coach/", {"to": dana.pk})
    assert list(Client.objects.visible_to(mate)) == []


def test_all_of_a_colleagues_clients_go_at_once_the_archived_too(
    desk: Browser, dana: Coach, mate: Coach, now: datetime
) -> None:
    make_client(mate, "One", ref="1")
    make_client(mate, "Two", ref="2", archived_at=now)
    page = desk.post(f"/coaches/{mate.pk}/clients/", {"to": dana.pk}, follow=True).content.decode()
    assert "2 clients are with Dana Reyes now." in page
    assert not mate.clients.exists()


def test_handing_over_is_the_heads_alone_and_within_the_practice(
    dana: Coach, mate: Coach, eli: Coach, james: Client, now: datetime
) -> None:
    for to, by in ((mate, mate), (eli, dana)):
        with pytest.raises(Refused, match="of your practice"):
            desks.hand_over(clients=[james], to=to, by=by, at=now)
    james.refresh_from_db()
    assert james.coach == dana


@pytest.mark.parametrize("to", ["", "x", "9" * 30, "0"])
def test_who_chose_nobody_is_told(desk: Browser, mate: Coach, james: Client, to: str) -> None:
    assert "Choose who takes them." in desk.post(f"/coaches/{mate.pk}/clients/", {"to": to}).content.decode()
    page = desk.post(f"/clients/{james.pk}/coach/", {"to": to}, follow=True).content.decode()
    assert "Choose who takes them." in page


def test_a_sign_in_is_switched_off_only_once_nobody_is_left_behind(
    desk: Browser, dana: Coach, mate: Coach
) -> None:
    client = make_client(mate, "One", ref="1")
    refused = desk.post(f"/coaches/{mate.pk}/access/", {"do": "close"})
    assert refused.status_code == 422
    assert "Hand over Mate’s client first." in refused.content.decode()
    desks.hand_over(clients=[client], to=dana, by=dana, at=client.created_at)
    desk.post(f"/coaches/{mate.pk}/access/", {"do": "close"})
    assert not User.objects.get(pk=mate.user.pk).is_active
    gone = Coach.objects.get(pk=mate.pk)
    with pytest.raises(Refused, match="no longer signs in"):
        desks.hand_over(clients=[client], to=gone, by=dana, at=client.created_at)
    desk.post(f"/coaches/{mate.pk}/access/", {"do": "open"})
    assert User.objects.get(pk=mate.user.pk).is_active


def test_the_head_cannot_lock_themselves_out(desk: Browser, dana: Coach) -> None:
    page = desk.post(f"/coaches/{dana.pk}/access/", {"do": "close"}).content.decode()
    assert "You cannot switch off your own sign-in." in page


def test_a_colleague_is_added_with_a_link_that_sets_the_password(desk: Browser, dana: Coach) -> None:
    page = desk.post("/coaches/", {"name": "New One", "email": "New@Example.com"}).content.decode()
    coach = Coach.objects.get(user__email="new@example.com")
    assert (coach.practice, coach.role, coach.is_head) == (dana.practice, "coach", False)
    assert "/account/" in page
    again = desk.post("/coaches/", {"name": "New One", "email": "new@example.com"})
    assert again.status_code == 422
    assert "There is an account with this address already." in again.content.decode()


def test_a_colleague_who_is_no_head_has_no_page_of_coaches(mate: Coach, james: Client) -> None:
    browser = Browser()
    browser.force_login(mate.user)
    assert browser.get("/coaches/").status_code == 404
    assert browser.post(f"/clients/{james.pk}/coach/", {"to": mate.pk}).status_code == 404


def test_archived_clients_are_listed_and_brought_back(desk: Browser, james: Client, now: datetime) -> None:
    Client.objects.update(archived_at=now)
    assert "James Okafor" in desk.get("/clients/archived/").content.decode()
    desk.post(f"/clients/{james.pk}/archive/", {"do": "back"})
    assert "Nobody is archived." in desk.get("/clients/archived/").content.decode()


def test_the_page_takes_the_same_queries_for_many_coaches(
    desk: Browser, dana: Coach, mate: Coach, django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        make_coach(f"c{number}@example.com", name=f"C{number}", practice=dana.practice, head=False)
    with django_assert_max_num_queries(6):
        desk.get("/coaches/")
