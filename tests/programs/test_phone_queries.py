"""What the phone costs the database: bounded, and the same with two weeks of history and with two years."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clients.models import Client
from programs.models import Exercise
from programs.rollups import known_keys, rebuild_days
from tests.factories import a_checkin, a_session, a_set, an_exercise
from tests.programs.phones import HTMX, a_workout, field_of, filled, phone_of, set_url, started

BEGINS = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT")


@pytest.fixture
def press(db: None) -> Exercise:
    return an_exercise("Chest press", pattern="horizontal_push", primary_muscle="chest")


def train(client: Client, press: Exercise, weeks: int) -> None:
    now = timezone.now()
    for week in range(1, weeks + 1):
        past = a_session(client, at=now - timedelta(weeks=week), ended_at=now - timedelta(weeks=week))
        for _ in range(3):
            a_set(past, press, kg=60, rir=2)
        day = (now - timedelta(weeks=week)).date()
        if not client.checkins.filter(day=day).exists():
            a_checkin(client, day, energy=4)
    rebuild_days(known_keys(client.pk))


def statements(ask: Any) -> int:
    with CaptureQueriesContext(connection) as asked:
        answer = ask()
    assert answer.status_code in (200, 302), answer.status_code
    return sum(not query["sql"].startswith(BEGINS) for query in asked.captured_queries)


@pytest.mark.parametrize(("page", "most"), [("log a set", 16), ("check-in", 12), ("today", 12), ("away", 12)])
def test_a_page_of_the_phone_asks_the_same_with_any_history(
    james: Client, press: Exercise, page: str, most: int
) -> None:
    session = started(james, a_workout(james, press, an_exercise("Cable curl"), sets=20))
    phone = phone_of(james)
    counts = []
    for weeks in (2, 100):
        train(james, press, weeks)
        asks = {
            "log a set": lambda: phone.post(set_url(session), filled(press, usual=60_000), headers=HTMX),
            "check-in": check_in(phone),
            "today": lambda: phone.get("/train/"),
            "away": lambda: phone.get("/train/away/"),
        }
        asks[page]()  # what is kept between requests is kept now
        counts.append(statements({**asks, "check-in": check_in(phone)}[page]))
    assert counts[0] == counts[1]
    assert counts[0] <= most, counts


def check_in(phone: Browser) -> Any:
    html = phone.get("/train/checkin/").content.decode()
    sent = {name: field_of(html, name) for name in ("id", "version", "day")}
    energy = int(sent["version"]) % 5 + 1
    return lambda: phone.post("/train/checkin/", {**sent, "energy": energy})
