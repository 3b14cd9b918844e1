"""The scan against yardstick R: reading every raw column that detection needs, in chunks, and throwing it away.

Sizes n/4, n/2, n, each in a process and a database of its own (SQLite in a folder that is thrown away, or the empty
one that DATABASE_URL names, for `--once`). Yardstick and scan take turns; the best of each counts.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
MOST = {
    "everyone": 2.0,
    "full": 2.5,
    "tenth": 0.15,
    "nothing": 0.005,
    "growth": 2.2,
}  # times R; times the half
MOST_MB = 150
TRIES = 5
RAW = (
    "SELECT client_id, exercise_id, day, weight_g, reps, rir_halves, ended FROM programs_setlog ORDER BY client_id, id",
    "SELECT client_id, local_day, started_at, session_rpe, duration_min FROM programs_session ORDER BY client_id, id",
    "SELECT client_id, day, sleep_hours, sleep_quality, energy, mood, stress, anticipation FROM clients_checkin "
    "ORDER BY client_id, day",
)


def main(clients: int, days: int) -> int:
    over, before = False, 0.0
    for part in (4, 2, 1):
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "lab.benchmarks.scan", "--once", folder]
            size = ["--clients", str(clients // part), "--days", str(days)]
            environment = {**os.environ, "RESERVE_VAR": folder}
            ran = subprocess.run(
                [*command, *size], cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True
            )
        said = json.loads(ran.stdout.splitlines()[-1])
        growth = said["everyone"] / before if before else 0.0
        before = said["everyone"]
        ratios = {
            name: said[name] / said["yardstick"] for name in ("first", "everyone", "full", "tenth", "nothing")
        }
        wrong = [name for name, most in MOST.items() if {**ratios, "growth": growth}[name] > most]
        wrong += ["memory"] if said["mb"] > MOST_MB else []
        over = over or bool(wrong)
        print(
            f"scan n={clients // part:<5} "
            + "  ".join(f"{name} {ratio:.3f} R" for name, ratio in ratios.items())
            + f"  R={said['yardstick']:.2f} s ±{said['spread']:.2f}  memory +{said['mb']:.0f} MB  ×{growth:.2f}"
            + (f"  OVER {', '.join(wrong)}" if wrong else ""),
            flush=True,
        )
    return int(over)


def once(folder: Path, clients: int, days: int) -> dict[str, float]:
    """One size, measured in this process."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "coaching.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from clients import history
    from clients.coaches import found_practice
    from clients.models import Client
    from coaching.due import due
    from coaching.exchange.importing import import_bundle
    from coaching.scan import scan
    from lab.benchmarks import cohort

    call_command("migrate", verbosity=0)
    now = timezone.now()
    coach = found_practice(email="bench@example.com", password=None, name="Bench", timezone="UTC", at=now)
    cohort.write(folder / "bundle", clients=clients, days=days)
    import_bundle(folder / "bundle", coach=coach, now=now)
    ids = list(Client.objects.order_by("pk").values_list("pk", flat=True))
    now = datetime.combine(cohort.LAST, time_of_day(12), UTC) + timedelta(days=1)
    raw_read()  # warm
    _forget_peak()
    idle = _peak_mb()
    first = _timed(lambda: scan(due(now), now=now))
    mb = _peak_mb() - idle
    took: dict[str, list[float]] = {"yardstick": [], "everyone": [], "tenth": [], "nothing": []}
    for _ in range(TRIES):
        took["yardstick"].append(_timed(raw_read))
        history.touch(*ids)
        took["everyone"].append(_timed(lambda: scan(due(now), now=now)))
        history.touch(*ids[::10])
        took["tenth"].append(_timed(lambda: scan(due(now), now=now)))
        took["nothing"].append(_timed(lambda: scan(due(now), now=now)))
    full = _timed(lambda: scan(ids, now=now, full=True))
    best = {name: min(values) for name, values in took.items()}
    return {
        **best,
        "first": first,
        "full": full,
        "mb": mb,
        "spread": max(took["yardstick"]) - best["yardstick"],
    }


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


def _timed(work: Callable[[], Any]) -> float:
    before = time.perf_counter()
    work()
    return time.perf_counter() - before


def _forget_peak() -> None:
    """The import before this took more than a scan does: let the kernel count anew."""
    Path("/proc/self/clear_refs").write_text("5")


def _peak_mb() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m lab.benchmarks.scan", description=__doc__)
    parser.add_argument("--clients", type=int, default=400)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--once", type=Path, metavar="FOLDER")
    given = parser.parse_args()
    if given.once:
        print(json.dumps(once(given.once, given.clients, given.days)))
        sys.exit(0)
    sys.exit(main(given.clients, given.days))
