"""What every benchmark does alike: time, memory, a database of its own, a line a figure.

A line is `name n ratio yardstick spread`. On SQLite all work is done by this process, and its CPU time is what is
held against the target: other work on the machine leaves it alone. On PostgreSQL it is the time on the wall.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def timed(work: Callable[[], Any]) -> float:
    """Seconds: of CPU on SQLite, on the wall else."""
    from django.db import connection

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    before = clock()
    work()
    return clock() - before


def forget_peak() -> None:
    """What ran before took memory too: let the kernel count anew."""
    Path("/proc/self/clear_refs").write_text("5")


def peak_mb() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def say(name: str, n: int, value: float, unit: str, *, most: float | None = None, beside: str = "") -> bool:
    """Print a figure; answers whether it is over its target."""
    over = most is not None and value > most
    target = f"  (≤ {most:g})" if most is not None else ""
    print(f"{name:28} n={n:<8} {value:8.3f} {unit:<3}{beside}{target}{'  OVER' if over else ''}", flush=True)
    return over


@contextmanager
def own_database() -> Iterator[str]:
    """On a server: a database for this alone, thrown away after. Answers which kind it is."""
    from django.db import connection

    if connection.vendor != "postgresql":
        yield "SQLite"
        connection.close()
        return
    name, home = f"bench_reserve_{os.getpid()}", connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    connection.close()
    connection.settings_dict["NAME"] = name
    connection.settings_dict["OPTIONS"]["options"] = "-c statement_timeout=0"
    try:
        yield "PostgreSQL"
    finally:
        connection.close()
        connection.settings_dict["NAME"] = home
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
        connection.close()
