"""200 phones that log at once on two cores, and a few that log while a full scan and an import run beside them.

A gunicorn of two workers with four threads, on SQLite or on the server that DATABASE_URL names. Every set must be
stored, and once. `at once`: every phone sends its sets one after the other, as fast as answers come. `beside`: a few
phones, with a pause as between two taps; the worst of a hundred is held against the middle of the same run.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from lab.benchmarks.measure import say
from lab.benchmarks.web import ROOT, Visitor, database, server

EACH = 5  # sets a phone sends in the rush
FEW, SETS, PAUSE_S = 4, 100, 0.05
MOST_WORST = 5.0  # times the middle
HTMX = {"HX-Request": "true"}


class Phone:
    def __init__(self, port: int, told: dict[str, str]) -> None:
        self.page, self.exercise = told["page"], told["exercise"]
        self.visitor = Visitor(port, told["key"])
        self.visitor.get(f"{self.page}?lift={self.exercise}")

    def log(self) -> tuple[float, int]:
        """Seconds, and the status."""
        fields = {
            "id": str(uuid4()), "exercise": self.exercise, "weight": "100", "reps": "8", "rir": "2", "ended": "target",
            "usual": "100000",
        }  # fmt: skip
        before = time.perf_counter()
        status, _ = self.visitor.post(f"{self.page}sets/", fields, **HTMX)
        return time.perf_counter() - before, status


def rush(phones: list[Phone]) -> list[tuple[float, int]]:
    """All at once."""
    gate = threading.Barrier(len(phones))

    def work(phone: Phone) -> list[tuple[float, int]]:
        gate.wait(60)
        return [phone.log() for _ in range(EACH)]

    with ThreadPoolExecutor(len(phones)) as pool:
        return [one for mine in pool.map(work, phones) for one in mine]


def calm(phones: list[Phone]) -> list[tuple[float, int]]:
    def work(phone: Phone) -> list[tuple[float, int]]:
        mine = []
        for _ in range(SETS // len(phones)):
            mine.append(phone.log())
            time.sleep(PAUSE_S)
        return mine

    with ThreadPoolExecutor(len(phones)) as pool:
        return [one for mine in pool.map(work, phones) for one in mine]


@contextmanager
def beside(environment: dict[str, str], *commands: list[str]) -> Iterator[Callable[[], int]]:
    """Run these over and over, each in a process of its own. Answers how often one came to its end."""
    done, leave = [0], threading.Event()

    def repeat(command: list[str]) -> None:
        while not leave.is_set():
            with subprocess.Popen(
                [sys.executable, *command], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
            ) as process:
                while process.poll() is None:
                    if leave.wait(0.05):
                        process.terminate()
            done[0] += process.returncode == 0

    threads = [threading.Thread(target=repeat, args=(command,)) for command in commands]
    for thread in threads:
        thread.start()
    try:
        yield lambda: done[0]
    finally:
        leave.set()
        for thread in threads:
            thread.join()


def main(count: int) -> int:
    with tempfile.TemporaryDirectory() as folder, database(folder) as environment:
        bundle = Path(folder, "bundle")
        seed = [sys.executable, "-m", "lab.benchmarks.phones_data", str(count), str(bundle)]
        told = json.loads(
            subprocess.run(seed, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE).stdout
        )
        kind = "PostgreSQL" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "SQLite"
        scan = ["manage.py", "scan", "--full"]
        load = ["manage.py", "import_bundle", str(bundle), "--coach", told["coach"]]
        with server(environment, workers=2) as port:
            phones = [Phone(port, one) for one in told["phones"]]
            over = told_of(f"{count} phones at once", rush(phones))
            few = phones[:FEW]
            over |= told_of("a few, nothing beside", calm(few), most=MOST_WORST)
            # On SQLite an import holds the lock once, at its end: phones wait for it, and none sees an error.
            waits = MOST_WORST if kind == "PostgreSQL" else None
            for name, commands in (("a full scan", [scan]), ("an import", [load]), ("both", [scan, load])):
                with beside(environment, *commands) as finished:
                    time.sleep(2)  # until it is at work
                    over |= told_of(
                        f"a few, {name} beside", calm(few), most=waits if load in commands else MOST_WORST
                    )
                    print(f"  {name}: {finished()} came to an end meanwhile")
        stored = subprocess.run(
            [sys.executable, "-m", "lab.benchmarks.phones_data", "--count"],
            cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE,
        )  # fmt: skip
        wanted = count * EACH + 4 * SETS
        print(f"{kind}: {int(stored.stdout)} sets stored of {wanted} sent")
        return int(over or int(stored.stdout) != wanted)


def told_of(name: str, logged: list[tuple[float, int]], most: float | None = None) -> bool:
    times = sorted(took for took, _ in logged)
    wrong = [status for _, status in logged if status != 200]
    middle, worst = statistics.median(times), times[int(len(times) * 0.99)]
    words = f"  p50={middle * 1000:.0f} ms p99={worst * 1000:.0f} ms, {len(wrong)} errors of {len(logged)}"
    return say(name, len(logged), worst / middle, "p50", most=most, beside=words) or bool(wrong)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=200)
    sys.exit(main(parser.parse_args().phones))
