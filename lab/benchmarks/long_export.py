"""A long export of another app: memory of taking it in, and how long a small write waits beside.

A Strong file of n sets for one client is taken in as a worker takes it in. A thread with a connection of its own does
what a phone does all the while: it writes one small row, again and again. The longest of its waits is printed.
"""

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from lab.benchmarks.measure import forget_peak, own_database, peak_mb, say

ROOT = Path(__file__).resolve().parents[2]
SIZES = (100_000, 450_000)  # a file of more than half a million lines is refused
MOST_MB, MOST_WAIT_S = 150, 2.0
SETS_A_SESSION = 20
HEADER = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE"
)


def main(sizes: tuple[int, ...]) -> int:
    over = False
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            command = [
                sys.executable,
                "-m",
                "lab.benchmarks.long_export",
                "--once",
                folder,
                "--sets",
                str(size),
            ]
            environment = {**os.environ, "RESERVE_VAR": folder}
            ran = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
        said = json.loads(ran.stdout)
        for name in ("first", "again"):
            took = f"  took {said[f'{name}_s']:.1f} s"
            over |= say(
                f"long export {name}, memory", size, said[f"{name}_mb"], "MB", most=MOST_MB, beside=took
            )
            over |= say(
                f"long export {name}, a small write waits", size, said[f"{name}_wait"], "s", most=MOST_WAIT_S
            )
    return int(over)


def once(folder: Path, sets: int) -> dict[str, float]:
    os.environ["DJANGO_SETTINGS_MODULE"] = "coaching.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from clients.coaches import found_practice
    from clients.models import Client

    found: dict[str, float] = {}
    with own_database():
        call_command("migrate", verbosity=0)
        now = timezone.now()
        coach = found_practice(email="bench@example.com", password=None, name="Bench", timezone="UTC", at=now)
        for ref in ("long", "beside"):
            Client.objects.create(practice=coach.practice, coach=coach, ref=ref, name=ref, timezone="UTC")
        path = folder / "strong.csv"
        write(path, sets)
        for name in ("first", "again"):
            forget_peak()
            idle, began = peak_mb(), time.perf_counter()
            with Beside() as beside:
                call_command(
                    "import_export",
                    str(path),
                    coach="bench@example.com",
                    client="long",
                    stdout=io.StringIO(),
                )
            found |= {
                f"{name}_s": time.perf_counter() - began, f"{name}_mb": peak_mb() - idle, f"{name}_wait": beside.longest
            }  # fmt: skip
    return found


class Beside:
    """Somebody else's small writes, while the long one runs."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._write)

    def __enter__(self) -> "Beside":
        self._thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._over.set()
        self._thread.join()

    def _write(self) -> None:
        from django.db import OperationalError, connection, transaction

        from clients.models import Client

        while not self._over.wait(0.02):
            began = time.perf_counter()
            # In vain, where it waited for as long as it may.
            with suppress(OperationalError), transaction.atomic():
                Client.objects.filter(ref="beside").update(name="beside")
            self.longest = max(self.longest, time.perf_counter() - began)
        connection.close()


def write(path: Path, sets: int) -> None:
    lifts = (
        "Leg Press",
        "Lat Pulldown (Cable)",
        "Leg Extension (Machine)",
        "Bench Press (Barbell)",
        "Zorp press",
    )
    with path.open("w", encoding="utf-8") as text:
        text.write(HEADER + "\n")
        for n in range(sets):
            session, number = divmod(n, SETS_A_SESSION)
            day = session // 3
            date = time.strftime("%Y-%m-%d", time.gmtime(day * 86_400 + 400_000_000))
            weight, reps = 20 + (n * 7 % 320) / 2, 5 + n % 10
            rpe = 7 + n % 6 / 2
            lift = lifts[number * len(lifts) // SETS_A_SESSION]
            start = f"{date} {6 + session % 3 * 6:02}:30:05"
            text.write(f"{start},Full,58m,{lift},{number % 4 + 1},{weight},{reps},0,0,,,{rpe}\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, action="append")
    parser.add_argument("--once", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once:
        print(json.dumps(once(options.once, options.sets[0])))
        sys.exit(0)
    sys.exit(main(tuple(options.sets) if options.sets else SIZES))
