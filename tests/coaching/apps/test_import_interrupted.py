"""Imports that are interrupted: a real worker killed in the middle, two tabs at once, a client archived meanwhile."""

import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client as Browser
from django.utils import timezone

from clients.models import Client, Coach
from coaching import imports
from programs import rollups
from programs.models import Import, LiftDay, Session, SetLog
from tests.coaching.apps.exports import PULL, strong
from tests.coaching.spine import Worker, broker

SESSIONS, SETS = 400, 12
KILLS = 2


def years() -> str:
    lifts = ("Leg Press", "Lat Pulldown (Cable)", "Leg Extension (Machine)")
    days = (timezone.now() - timedelta(days=60 + n) for n in range(SESSIONS))
    return strong(
        *(
            f"{day:%Y-%m-%d} 18:30:00,Full,58m,{lifts[n % 3]},{n + 1},{60 + n},8,0,0,,,8.5"
            for day in days
            for n in range(SETS)
        )
    )


def until(true: Callable[[], bool], *, at_most: float = 60) -> None:
    deadline = time.monotonic() + at_most
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.005)


@pytest.mark.slow
@pytest.mark.redis
@pytest.mark.django_db(transaction=True)
def test_kill_9_in_the_middle_of_an_import(tmp_path: Path, dana: Coach, james: Client, settings: Any) -> None:
    settings.VAR_DIR = tmp_path
    desk = Browser()
    desk.force_login(dana.user)
    here = f"/clients/{james.pk}/import/"
    desk.post(here, {"file": SimpleUploadedFile("years.csv", years().encode(), "text/csv")})
    row = Import.objects.get()
    assert imports.begin(row, at=timezone.now())
    with broker(tmp_path) as redis_url:
        for _ in range(KILLS):
            long_ago = timezone.now() - imports.LEASE - timedelta(minutes=1)
            Import.objects.filter(pk=row.pk).update(made_at=long_ago)
            Import.objects.filter(pk=row.pk, claimed_at__isnull=False).update(claimed_at=long_ago)
            worker = Worker(redis_url, tmp_path)
            try:
                worker.tick("resume_imports")
                until(lambda: spooled(tmp_path))
            finally:
                os.kill(worker.process.pid, signal.SIGKILL)
                worker.process.wait()
            assert Import.objects.get().state == "running"
            assert [model._default_manager.count() for model in (Session, SetLog, LiftDay)] == [0, 0, 0]
            for left in (tmp_path / "imports").glob("*.sqlite"):
                left.unlink()
        Import.objects.filter(pk=row.pk).update(claimed_at=long_ago)
        assert "Perhaps whoever read it was stopped" in desk.get(f"{here}{row.pk}/").content.decode()
        worker = Worker(redis_url, tmp_path)
        try:
            worker.tick("resume_imports")
            worker.tick("resume_imports")  # twice on the way
            until(lambda: Import.objects.get().state == "done")
        finally:
            worker.stop()
    assert (Session.objects.count(), SetLog.objects.count()) == (SESSIONS, SESSIONS * SETS)
    keys = rollups.known_keys(james.pk)
    assert LiftDay.objects.count() == sum(values is not None for _, values in rollups.compute(keys))
    assert f"{SESSIONS} new sessions" in " ".join(desk.get(here).content.decode().split())


def spooled(folder: Path) -> bool:
    """It is at work: what it read lies beside the live tables."""
    return any(path.stat().st_size > 100_000 for path in (folder / "imports").glob("*.sqlite"))


def test_what_a_killed_worker_had_beside_the_tables_is_swept_away(
    tmp_path: Path, james: Client, settings: Any
) -> None:
    settings.VAR_DIR = tmp_path
    (tmp_path / "imports").mkdir()
    old, new = (tmp_path / "imports" / name for name in ("old.sqlite", "new.sqlite"))
    for path in (old, new):
        path.write_bytes(b"x")
    day_ago = time.time() - 2 * 86_400
    os.utime(old, (day_ago, day_ago))
    imports.sweep(timezone.now())
    assert not old.exists()
    assert new.exists(), "somebody is at it"


@pytest.mark.django_db(transaction=True)
def test_the_same_file_from_two_tabs_at_once_is_taken_in_once(
    tmp_path: Path, dana: Coach, james: Client, settings: Any
) -> None:
    settings.VAR_DIR = tmp_path
    desk = Browser()
    desk.force_login(dana.user)
    for _ in range(2):
        file = SimpleUploadedFile("years.csv", years().encode(), "text/csv")
        desk.post(f"/clients/{james.pk}/import/", {"file": file})
    tabs = list(Import.objects.order_by("pk"))
    assert all(imports.begin(tab, at=timezone.now()) for tab in tabs)
    together = threading.Barrier(2)

    def run(pk: int) -> None:
        together.wait()
        imports.run(pk, at=timezone.now())
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, [tab.pk for tab in tabs]))
    assert (Session.objects.count(), SetLog.objects.count()) == (SESSIONS, SESSIONS * SETS)
    done = Import.objects.order_by("counts__new")
    assert [(one.state, one.counts.get("new")) for one in done] == [("done", 0), ("done", SESSIONS)]


def test_a_client_archived_meanwhile_keeps_the_log_that_was_on_its_way(
    tmp_path: Path, dana: Coach, james: Client, settings: Any
) -> None:
    settings.VAR_DIR = tmp_path
    desk = Browser()
    desk.force_login(dana.user)
    file = SimpleUploadedFile("one.csv", strong(f"{PULL},Chin Up,1,0,8,0,0,,,8.5").encode(), "text/csv")
    desk.post(f"/clients/{james.pk}/import/", {"file": file})
    row = Import.objects.get()
    assert imports.begin(row, at=timezone.now())
    Client.objects.filter(pk=james.pk).update(archived_at=timezone.now())
    imports.run(row.pk, at=timezone.now())
    assert (Import.objects.get().state, SetLog.objects.count()) == ("done", 1)
    assert "1 new session" in " ".join(desk.get(f"/clients/{james.pk}/import/").content.decode().split())
