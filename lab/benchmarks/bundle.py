"""Bundles against yardstick B: the bare insert of the same sets into the same indexed table, in one transaction.

Sizes n/4, n/2, n, each in a process and a database of its own (SQLite in a folder that is thrown away, or the server
that DATABASE_URL names, in a database made for this). Printed: first import, the same again, export, and the memory
over what an idle Django takes.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
MOST = {"import": 6.0, "again": 2.0, "growth": 2.2}  # times B; times the half size
MOST_MB = 150
YARDSTICKS = 5


def main(clients: int, days: int) -> int:
    over, before = False, 0.0
    for part in (4, 2, 1):
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "lab.benchmarks.bundle", "--once", folder]
            size = ["--clients", str(clients // part), "--days", str(days)]
            environment = {**os.environ, "RESERVE_VAR": folder}
            ran = subprocess.run(
                [*command, *size], cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True
            )
        said = json.loads(ran.stdout)
        growth = said["import"] / before if before else 0.0
        before = said["import"]
        ratios = {name: said[name] / said["yardstick"] for name in ("import", "again", "export")}
        wrong = [name for name, most in MOST.items() if {**ratios, "growth": growth}[name] > most]
        wrong += [name for name in ("import_mb", "export_mb") if said[name] > MOST_MB]
        over = over or bool(wrong)
        print(
            f"bundle n={said['sets']:<8} import {ratios['import']:.2f} B  again {ratios['again']:.2f} B  "
            f"export {ratios['export']:.2f} B  B={said['yardstick']:.2f} s ±{said['spread']:.2f}  "
            f"memory +{said['import_mb']:.0f} MB in, +{said['export_mb']:.0f} MB out  ×{growth:.2f}"
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
    from django.db import connection
    from django.utils import timezone

    from clients.coaches import found_practice
    from coaching.exchange.exporting import export_bundle
    from coaching.exchange.importing import import_bundle
    from lab.benchmarks import cohort

    own = _own_database()
    try:
        call_command("migrate", verbosity=0)
        now = timezone.now()
        coach = found_practice(email="bench@example.com", password=None, name="Bench", timezone="UTC", at=now)
        bundle = folder / "bundle"
        counts = cohort.write(bundle, clients=clients, days=days)
        idle = _peak_mb()
        first = _timed(lambda: import_bundle(bundle, coach=coach, now=now))
        again = _timed(lambda: import_bundle(bundle, coach=coach, now=now))
        import_mb = _peak_mb() - idle
        export = _timed(lambda: export_bundle(folder / "out", coach=coach))
        export_mb = _peak_mb() - idle
        tries = yardstick()
        return {
            "sets": counts["sets"], "import": first, "again": again, "export": export, "import_mb": import_mb,
            "export_mb": export_mb, "yardstick": min(tries), "spread": max(tries) - min(tries),
        }  # fmt: skip
    finally:
        connection.close()
        if own:
            own()


def yardstick() -> list[float]:
    """B: the rows of the sets, ready in memory, into an empty twin of their table with every index and reference."""
    from django.db import connection, transaction

    from programs import bulk
    from programs.models import SetLog

    table = SetLog._meta.db_table
    columns = [str(field.column) for field in SetLog._meta.concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(_as_text(column) for column in columns)} FROM {table} ORDER BY id")
        rows = cursor.fetchall()
    tries = []
    for _ in range(YARDSTICKS):
        _twin(table)

        def insert() -> None:
            with transaction.atomic():
                bulk.insert("twin", columns, rows)

        tries.append(_timed(insert))
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE twin")
    return tries


def _as_text(column: str) -> str:
    """Times and documents as the driver would be given them."""
    return (
        f"CAST({column} AS text)"
        if column in {"uuid", "day", "done_at", "recorded_at", "shown_verdict"}
        else column
    )


def _twin(table: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"CREATE TABLE twin (LIKE {table} INCLUDING ALL)")
            cursor.execute(
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass",
                [table],
            )
            for (reference,) in cursor.fetchall():
                cursor.execute(f"ALTER TABLE twin ADD {reference}")
            return
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL ORDER BY type DESC",
            [table],
        )
        for n, (sql,) in enumerate(cursor.fetchall()):
            if sql.startswith("CREATE TABLE"):
                cursor.execute(sql.replace(f'CREATE TABLE "{table}"', 'CREATE TABLE "twin"', 1))
            else:
                name, _, rest = sql.partition(" ON ")
                kind = name[: name.index("INDEX") + 5]
                cursor.execute(f"{kind} twin_{n} ON {rest.replace(table, 'twin', 1)}")


def _own_database() -> Callable[[], Any] | None:
    """On a server: a database for this alone. Answers how to be rid of it."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return None
    name, home = f"bench_reserve_{os.getpid()}", connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    connection.close()
    connection.settings_dict["NAME"] = name

    def drop() -> None:
        connection.settings_dict["NAME"] = home
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name}")
        connection.close()

    return drop


def _timed(what: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    what()
    return time.perf_counter() - begun


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--days", type=int, default=300)
    parser.add_argument("--once", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once:
        print(json.dumps(once(options.once, options.clients, options.days)))
        sys.exit(0)
    sys.exit(main(options.clients, options.days))
