"""Fixtures of the browser tests: a phone on a bad network, and somebody who trains with it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserType, expect

from clients.models import Client
from programs.models import Exercise, Session
from programs.rollups import known_keys, rebuild_days
from tests.e2e.a_phone import Phone
from tests.e2e.bad_network import BadNetwork, bad_network
from tests.factories import a_session, a_set, an_exercise
from tests.programs.phones import a_workout, phone_of, started

expect.set_options(timeout=20_000)  # ms; how long a page may take is measured elsewhere


@pytest.fixture
def network(live_server: Any) -> Iterator[BadNetwork]:
    with bad_network(live_server.url) as network:
        yield network


@pytest.fixture
def phone(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], tmp_path: Path, network: BadNetwork
) -> Iterator[Phone]:
    phone = Phone(browser_type, browser_type_launch_args, tmp_path / "phone", network)
    yield phone
    phone.context.close()
    assert set(phone.failed) <= phone.excused, "a script of the page failed"


@pytest.fixture
def press(db: None) -> Exercise:
    return an_exercise("Chest press, try-out", pattern="horizontal_push", primary_muscle="chest")


@pytest.fixture
def planned(james: Client, press: Exercise, phone: Phone) -> Client:
    """James, signed in on the phone, with a day of two exercises planned; one he did three days ago."""
    curl = an_exercise(
        "Cable curl, try-out", equipment="cable", mechanic="isolation", primary_muscle="biceps"
    )
    a_workout(james, press, curl, sets=4)
    before = a_session(james, at=timezone.now() - timedelta(days=3), ended_at=timezone.now())
    a_set(before, press, kg=60, reps=9, ended="target")
    rebuild_days(known_keys(james.pk))
    phone.sign_in(phone_of(james))
    return james


@pytest.fixture
def session(planned: Client) -> Session:
    return started(planned, planned.phases.get().workouts.get())
