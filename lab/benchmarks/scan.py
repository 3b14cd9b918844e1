"""The scan against yardstick R: reading every raw column that detection needs, in chunks, and throwing it away.

Sizes n/4, n/2, n, each in a process and a database of its own (SQLite in a folder that is thrown away, or the server
that DATABASE_URL names, in a database made for this). Yardstick and scan take turns; the best of each counts.
`--memory` measures only what a first scan takes: its lines for three sizes should be alike.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from lab.benchmarks import cohort
from lab.benchmarks.measure import forget_peak, own_database, peak_mb, say, timed

ROOT = Path(__file__).resolve().parents[2]
MOST = {"first": None, "everyone": 1.2, "full": 2.5, "tenth": 0.15, "nothing": 0.005}  # times R
MOST_SCANS = 4  # a replay of the whole time, in scans of everyone
MOST_GROWTH = 2.2  # for twice the size
MOST_MB = 150
TRIES, FULL_TRIES = 5, 2
RAW = (
    "SELECT client_id, exercise_id, day, weight_g, reps, rir_halves, ended FROM programs_setlog ORDER BY client_id, id",
    "SELECT client_id, local_day, started_at, session_rpe, duration_min FROM programs_session ORDER BY client_id, id",
    "SELECT client_id, day, sleep_hours, sleep_quality, energy, mood, stress, anticipation FROM clients_checkin "
    "ORDER BY client_id, day",
)


def main(clients: int, days: int, *, memory: bool) -> int:
    over, before = False, 0.0
    for part in (4, 2, 1):
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "lab.benchmarks.scan", "--once", folder]
            size = ["--clients", str(clients // part), "--days", str(days), *["--memory"] * memory]
            environment = {**os.environ, "RESERVE_VAR": folder}
            ran = subprocess.run(
                [*command, *size], cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True
            )
        said = json.loads(ran.stdout.splitlines()[-1])
        n, last = clients // part, part == 1
        over |= say("scan memory", n, said["mb"], "MB", most=MOST_MB)
        over |= say("scan memory, full", n, said["full_mb"], "MB", most=MOST_MB)
        if not memory:
            over |= _say_times(said, n, before, last=last)
            before = said["everyone"]
    return int(over)


def _say_times(said: dict[str, float], n: int, before: float, *, last: bool) -> bool:
    """Small sizes are printed for the curve; the target is that of the whole."""
    over, beside = False, f"  R={said['yardstick']:.2f} s ±{said['spread']:.2f}"
    for name, most in MOST.items():
        ratio = said[name] / said["yardstick"]
        over |= say(f"scan {name}", n, ratio, "R", most=most if last else None, beside=beside)
    for name in ("replay", "daily"):
        scans = said[name] / said["everyone"]
        over |= say(f"replay of a year, {name}", n, scans, "scans", most=MOST_SCANS if last else None)
    if before:
        over |= say("scan growth", n, said["everyone"] / before, "×", most=MOST_GROWTH)
    return over


def once(folder: Path, clients: int, days: int, *, memory: bool) -> dict[str, float]:
    """One size, measured in this process; what is measured was written by another, whose memory is its own."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "coaching.settings"
    import django

    django.setup()
    with own_database():
        writing = get_context("fork").Process(target=_write, args=(folder, clients, days))
        writing.start()
        writing.join()
        if writing.exitcode:
            raise SystemExit("The clients could not be written.")
        now = datetime.combine(cohort.LAST, time_of_day(12), UTC) + timedelta(days=1)
        first = _first(now)
        return first if memory else {**first, **_scans(now)}


def _write(folder: Path, clients: int, days: int) -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from clients.coaches import found_practice
    from coaching.exchange.importing import import_bundle

    call_command("migrate", verbosity=0)
    now = timezone.now()
    coach = found_practice(email="bench@example.com", password=None, name="Bench", timezone="UTC", at=now)
    cohort.write(folder / "bundle", clients=clients, days=days)
    import_bundle(folder / "bundle", coach=coach, now=now)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as autovacuum would have done by the night
    connection.close()


def _first(now: datetime) -> dict[str, float]:
    """Seconds and megabytes of a first scan, as the command runs it: a chunk is told and forgotten."""
    from coaching.due import due
    from coaching.scan import scan_chunks

    def scan(ids: list[int], *, full: bool) -> None:
        for _ in scan_chunks(ids, now=now, full=full):
            pass

    raw_read()  # warm
    forget_peak()
    idle, everybody = peak_mb(), list(due(now))
    took = {"first": timed(lambda: scan(everybody, full=False)), "mb": peak_mb() - idle}
    scan(everybody, full=True)
    return {**took, "full_mb": peak_mb() - idle}


def _scans(now: datetime) -> dict[str, float]:
    from clients import history
    from clients.models import Client
    from coaching.due import due
    from coaching.scan import scan

    ids = list(Client.objects.order_by("pk").values_list("pk", flat=True))
    took: dict[str, list[float]] = {"yardstick": [], "everyone": [], "tenth": [], "nothing": [], "full": []}
    for n in range(TRIES):
        took["yardstick"].append(timed(raw_read))
        history.touch(*ids)
        took["everyone"].append(timed(lambda: scan(due(now), now=now)))
        history.touch(*ids[::10])
        took["tenth"].append(timed(lambda: scan(due(now), now=now)))
        took["nothing"].append(timed(lambda: scan(due(now), now=now)))
        if n < FULL_TRIES:
            took["full"].append(timed(lambda: scan(ids, now=now, full=True)))
    best = {name: min(values) for name, values in took.items()}
    best |= _replays(ids, now)
    return {**best, "spread": max(took["yardstick"]) - best["yardstick"]}


def _replays(ids: list[int], now: datetime) -> dict[str, float]:
    """Seconds for everyone's last year as on each of its days: changes of level alone, and every day's state."""
    from coaching.replay import replay

    last = now.date() - timedelta(days=1)

    def read(daily: bool) -> None:
        for _ in replay(ids, first=last - timedelta(days=364), last=last, daily=daily):
            pass

    return {"replay": timed(lambda: read(False)), "daily": timed(lambda: read(True))}


def raw_read() -> None:
    """R: the driver's own cursor, tuples in chunks of 2,000."""
    from django.db import connection

    connection.ensure_connection()
    for sql in RAW:
        with connection.connection.cursor() if connection.vendor == "postgresql" else _closing() as cursor:
            cursor.execute(sql)
            while cursor.fetchmany(2_000):
                pass


def _closing() -> Any:
    from contextlib import closing

    from django.db import connection

    return closing(connection.connection.cursor())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m lab.benchmarks.scan", description=__doc__)
    parser.add_argument("--clients", type=int, default=400)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--once", type=Path, metavar="FOLDER")
    given = parser.parse_args()
    if given.once:
        print(json.dumps(once(given.once, given.clients, given.days, memory=given.memory)))
        sys.exit(0)
    sys.exit(main(given.clients, given.days, memory=given.memory))
