"""What the coach's pages weigh with all their files, compressed; whom they ask; how often they ask the database."""

import gzip
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clients.models import Client, Coach
from coaching import sparks
from tests.factories import a_checkin, make_client
from tests.flags import a_flag

ALL_IN, OWN_SCRIPTS, OWN_STYLES, PAGE, CLIENT_PAGE, POLL = 90_000, 15_000, 15_000, 15_000, 40_000, 300


def weight(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def files(page: str) -> list[str]:
    return re.findall(rf'(?:src|href)="{settings.STATIC_URL}([^"]+)"', page)


def content(name: str) -> bytes:
    return Path(str(finders.find(name))).read_bytes()


@pytest.fixture
def desk(dana: Coach) -> Browser:
    browser = Browser()
    browser.force_login(dana.user)
    return browser


@pytest.fixture
def sixty(dana: Coach) -> list[Client]:
    """A board of more than a page, everybody with a sign, believable sentences and pictures."""
    return clients(dana, 0, 60)


def clients(dana: Coach, first: int, count: int) -> list[Client]:
    today = timezone.now().date()
    days: dict[str, Any] = {"opened_on": today - timedelta(days=4), "since_on": today - timedelta(days=9)}
    made = []
    for number in range(first, first + count):
        client = make_client(dana, f"Client Number{number}", ref=str(number))
        a_flag(client, "fatigue_mood", "act" if number % 9 == 0 else "watch", **days)
        for back in range(0, 50, 3):
            a_checkin(client, today - timedelta(days=back), energy=1 + (number + back) % 5, sleep_hours=7)
        made.append(client)
    return made


def test_the_board_and_a_clients_page_are_light_with_all_their_files(
    desk: Browser, sixty: list[Client]
) -> None:
    for path, most in (("/", PAGE), (f"/clients/{sixty[0].pk}/", CLIENT_PAGE)):
        page = desk.get(path).content
        used = set(files(page.decode()))
        own = [name for name in used if not name.startswith("django_htmx/")]
        assert weight(page) <= most, path
        assert weight(page) + sum(weight(content(name)) for name in used) <= ALL_IN, path
        assert sum(weight(content(name)) for name in own if name.endswith(".js")) <= OWN_SCRIPTS, path
        assert sum(weight(content(name)) for name in own if name.endswith(".css")) <= OWN_STYLES, path
        assert len(used) + 1 <= 9, path


def test_no_page_of_the_desk_asks_another_host_or_runs_what_stands_in_it(
    desk: Browser, sixty: list[Client]
) -> None:
    for path in ("/", f"/clients/{sixty[0].pk}/", "/digests/", "/coaches/", "/clients/archived/"):
        response = desk.get(path)
        page = response.content.decode()
        assert not re.findall(r'(?:src|srcset|action)="(?:https?:)?//', page), path
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", page), path
        policy = response["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy


def test_a_board_asks_twelve_times_at_a_hundred_and_at_three_hundred_clients(
    desk: Browser, dana: Coach, sixty: list[Client]
) -> None:
    clients(dana, 60, 40)
    desk.get("/")  # the start of a visit writes that it is one
    few = asked(desk, "/")
    clients(dana, 100, 200)
    assert asked(desk, "/") <= few <= 12
    assert asked(desk, f"/?seen=1.{timezone.now().timestamp():.0f}.1", htmx=True) <= 12


def test_a_refresh_with_nothing_new_is_small_and_asks_four_times(desk: Browser, sixty: list[Client]) -> None:
    address = re.findall(r'id="poll" hidden hx-get="([^"]+)"', desk.get("/").content.decode())[0]
    with CaptureQueriesContext(connection) as counted:
        answer = desk.get(address.replace("&amp;", "&"), headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert len(counted) <= 4
    assert len(answer.content) <= POLL


def asked(desk: Browser, path: str, *, htmx: bool = False) -> int:
    """With nothing drawn yet: what is kept between two looks is not counted on."""
    sparks._kept.clear()
    with CaptureQueriesContext(connection) as counted:
        assert desk.get(path, headers={"HX-Request": "true"} if htmx else {}).status_code == 200
    return len(counted)


def test_the_first_look_of_a_visit_writes_once_more(desk: Browser, dana: Coach, sixty: list[Client]) -> None:
    Coach.objects.update(board_seen_at=timezone.now() - timedelta(days=1))
    assert asked(desk, "/") <= 14
    dana.refresh_from_db()
    assert isinstance(dana.board_left_at, datetime)
