"""Four answers apart: alive, ready, the broker, and the scan that must not fall asleep unseen."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client as Browser
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clients import history
from clients.models import Client, ScanRun
from coaching.middleware import is_away
from coaching.vigil import vigil
from tests.conftest import NOW


def test_alive_asks_nobody(db: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        response = Browser().get("/health/live")
    assert response.status_code == 200
    assert len(queries) == 0
    assert "no-store" in response["Cache-Control"]


def test_ready_means_database_and_migrations(db: None) -> None:
    assert Browser().get("/health/ready").json() == {"status": "ok", "says": "Ready."}


def test_a_broker_that_was_never_configured_is_not_missing(db: None) -> None:
    response = Browser().get("/health/broker")
    assert response.status_code == 200
    assert "scan --loop" in response.json()["says"]


def test_a_broker_that_is_away_is_said_apart(db: None, settings: Any) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"  # nothing listens on port 1
    assert Browser().get("/health/broker").status_code == 503
    assert Browser().get("/health/ready").status_code == 200


def test_no_scan_yet_is_not_well(db: None) -> None:
    response = Browser().get("/health/scan")
    assert response.status_code == 503
    assert response.json()["says"] == "No scan has finished yet."


def test_the_scan_page_knows_the_clock(db: None) -> None:
    ScanRun.objects.create(started_at=timezone.now(), finished_at=timezone.now())
    assert Browser().get("/health/scan").status_code == 200


@pytest.mark.parametrize(("hours", "well"), [(25.9, True), (26.1, False)])
def test_a_scan_that_stopped_is_seen_after_a_night_and_a_little(db: None, hours: float, well: bool) -> None:
    ScanRun.objects.create(started_at=NOW, finished_at=NOW)
    assert vigil(NOW + timedelta(hours=hours)).well is well


def test_a_scan_that_began_and_never_ended_counts_for_nothing(db: None) -> None:
    ScanRun.objects.create(started_at=NOW)
    assert not vigil(NOW).well


@pytest.mark.parametrize(("hours", "well"), [(1.9, True), (2.1, False)])
def test_a_client_whose_writes_wait_for_two_hours_is_seen(james: Client, hours: float, well: bool) -> None:
    ScanRun.objects.create(started_at=NOW, finished_at=NOW)
    history.touch(james.pk)
    Client.objects.update(waiting_since=NOW - timedelta(hours=hours))
    found = vigil(NOW)
    assert (found.well, found.due) == (well, 1)


@pytest.mark.parametrize(("minutes", "waiting"), [(119, 0), (121, 1)])
def test_a_day_waits_from_four_in_the_morning_of_the_next(james: Client, minutes: int, waiting: int) -> None:
    """James lives in London: 14 June may be judged from 15 June 04:00 on, 03:00 UTC."""
    four = NOW.replace(hour=3, minute=0)
    ScanRun.objects.create(started_at=NOW, finished_at=four)
    Client.objects.update(next_look_on=(NOW - timedelta(days=1)).date())
    found = vigil(four + timedelta(minutes=minutes))
    assert (found.due, found.waiting) == (1, waiting)
    assert vigil(four - timedelta(minutes=1)).due == 0


@pytest.mark.parametrize("path", ["/home/", "/health/ready"])
def test_a_database_that_is_away_is_a_503_that_says_when_to_come_back(
    db: None, path: str, monkeypatch: pytest.MonkeyPatch, dana: Any
) -> None:
    browser = Browser(raise_request_exception=False)
    browser.force_login(dana.user)
    with connection.execute_wrapper(_away):
        response = browser.get(path)
    assert response.status_code == 503
    assert "Traceback" not in response.content.decode()
    if path == "/home/":
        assert response["Retry-After"] == "30"
        assert "Back in a moment" in response.content.decode()


def test_software_gets_the_same_as_json(db: None) -> None:
    from coaching.middleware import unavailable_page

    response = unavailable_page(RequestFactory().get("/api/v1/clients/"))
    assert (response.status_code, response["Content-Type"]) == (503, "application/problem+json")
    assert response["Retry-After"] == "30"


def test_a_fault_of_ours_is_no_excuse_of_the_database() -> None:
    assert is_away(OperationalError("database is locked"))
    assert not is_away(ValueError("ours"))


def _away(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    raise OperationalError("database is locked")
