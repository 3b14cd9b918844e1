"""A new coach's empty board leads through: add a client, send the link, look at an example."""

from typing import Any

import pytest
from django.test import Client as Browser

from clients.models import Checkin, Client, Coach, Flag
from programs.models import Session, SetLog


@pytest.fixture
def desk(dana: Coach) -> Browser:
    browser = Browser()
    browser.force_login(dana.user)
    return browser


def test_the_empty_board_shows_three_steps_and_the_way_of_a_file(desk: Browser) -> None:
    page = desk.get("/").content.decode()
    for step in ("Add a client", "Send the link", "Show the example", "Strong, Hevy or FitNotes"):
        assert step in page


def test_the_example_is_a_year_with_open_signs_and_is_removed_without_a_trace(
    desk: Browser, dana: Coach
) -> None:
    for _ in range(2):
        page = desk.post("/example/", follow=True).content.decode()
    assert "James is an example" in page
    client = Client.objects.get()
    assert SetLog.objects.filter(client=client).count() > 1000
    assert Flag.objects.open().filter(client=client, level="act").exists()
    board = desk.get("/").content.decode()
    assert "James Example" in board
    assert "Add a client" in board
    desk.post("/example/removal/")
    for model in (Client, SetLog, Session, Checkin, Flag):
        assert not model.objects.exists()


def test_a_real_client_is_never_removed_this_way(desk: Browser, james: Client) -> None:
    assert desk.post("/example/removal/").status_code == 404
    assert Client.objects.get() == james
    assert "Your own clients" not in desk.get("/").content.decode()


def test_a_client_of_whom_nothing_is_known_is_offered_an_import(desk: Browser, james: Client) -> None:
    page: Any = desk.get(f"/clients/{james.pk}/").content.decode()
    assert "Import a file" in page
    Client.objects.update(history_version=1)
    assert "Import a file" not in desk.get(f"/clients/{james.pk}/").content.decode()
