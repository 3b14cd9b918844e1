"""The doors for the broker: twice, late, doubled or lost, the rows are the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from clients.models import Action, Change, Client, Coach, Digest, Flag, ScanRun
from coaching import tasks
from coaching.celery import app
from tests import factories
from tests.coaching import stories


@contextmanager
def eager() -> Iterator[None]:
    """Messages are carried out where they are sent."""
    app.conf.task_always_eager = app.conf.task_eager_propagates = True
    try:
        yield
    finally:
        app.conf.task_always_eager = app.conf.task_eager_propagates = False


@pytest.fixture
def at_once() -> Iterator[None]:
    with eager():
        yield


@pytest.fixture
def tired(dana: Coach) -> list[Client]:
    clients = [factories.make_client(dana, f"Client {n}", ref=f"c{n}") for n in range(3)]
    for seed, client in enumerate(clients):
        stories.checkins(client, low_days=25, seed=seed, last=timezone.now().date() - timedelta(days=2))
    return clients


def test_every_task_of_the_timetable_exists() -> None:
    from coaching.schedule import SCHEDULE

    app.loader.import_default_modules()
    assert {entry["task"] for entry in SCHEDULE.values()} <= set(app.tasks)


def test_a_tick_scans_who_is_due(at_once: None, tired: list[Client]) -> None:
    tasks.scan_due()
    assert Flag.objects.open().filter(sign="fatigue_mood").count() == 3
    assert ScanRun.objects.exclude(finished_at=None).get().clients == 3


def test_a_tick_with_nothing_to_do_says_that_it_looked(at_once: None, db: None) -> None:
    tasks.scan_due()
    assert ScanRun.objects.exclude(finished_at=None).get().clients == 0


def test_messages_that_come_twice_or_late_change_nothing(at_once: None, tired: list[Client]) -> None:
    ids = [client.pk for client in tired]
    tasks.scan_chunk(ids[:2])
    tasks.scan_chunk(ids[:2])
    kept = rows()
    tasks.scan_due()
    tasks.scan_due()
    tasks.scan_chunk(ids)
    assert Flag.objects.open().filter(sign="fatigue_mood").count() == 3
    assert [row for row in rows() if row["client_id"] in ids[:2]] == kept
    assert Change.objects.count() == Change.objects.values("subject", "kind", "after").distinct().count()


def test_a_message_that_is_lost_is_made_up_by_the_next_tick(tired: list[Client]) -> None:
    tasks.scan_due()  # into a broker in memory, from which nobody takes
    assert not Flag.objects.exists()
    with eager():
        tasks.scan_due()
    assert Flag.objects.open().filter(sign="fatigue_mood").count() == 3


def test_outcomes_are_measured_by_the_hour(at_once: None, dana: Coach, tired: list[Client]) -> None:
    tasks.scan_due()
    flag = Flag.objects.open()[0]
    day = timezone.now().date() - timedelta(days=40)
    action = Action.objects.create(
        client=flag.client, flag=flag, kind="scale_back", by=dana, at=timezone.now(), on=day, until=day,
        outcome_due_on=day + timedelta(days=28),
    )  # fmt: skip
    tasks.measure_outcomes()
    tasks.measure_outcomes()
    action.refresh_from_db()
    assert action.measured_at is not None
    assert Change.objects.filter(kind="outcome measured").count() == 1


def test_a_letter_is_written_and_sent_once(
    at_once: None, dana: Coach, tired: list[Client], mailoutbox: Any
) -> None:
    tasks.scan_due()
    tasks.write_due_digests()  # from now on she has a day and an hour
    Coach.objects.update(next_digest_at=timezone.now() - timedelta(minutes=1))
    tasks.write_due_digests()
    tasks.write_due_digests()
    assert Digest.objects.get().status == "sent"
    assert len(mailoutbox) == 1


def rows() -> list[dict[str, Any]]:
    fields = ("client_id", "sign", "level", "opened_on", "since_on", "closed_on", "recorded_at")
    return list(Flag.objects.order_by("client_id", "sign", "opened_on").values(*fields))
