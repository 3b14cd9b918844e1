"""Bundles against yardstick B: the bare insert of the same sets into the same indexed table, in one transaction.

Sizes n/4, n/2, n, each in a process and a database of its own (SQLite in a folder that is thrown away, or the server
that DATABASE_URL names, in a database made for this). Printed: first import, the same again, export, the memory of
each over what an idle Django takes, and the growth of the import from the size before.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from lab.benchmarks.measure import forget_peak, own_database, peak_mb, say, timed

ROOT = Path(__file__).resolve().parents[2]
MOST = {"import": 5.0, "again": 2.0, "export": None}  # times B
MOST_GROWTH = 2.2  # for twice the size
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
        n, last = int(said["sets"]), part == 1
        beside = f"  B={said['yardstick']:.2f} s ±{said['spread']:.2f}"
        for name, most in MOST.items():
            # Small sizes are printed for the curve; the target is that of the whole.
            most = most if last else None
            over |= say(f"bundle {name}", n, said[name] / said["yardstick"], "B", most=most, beside=beside)
        for name in ("import_mb", "export_mb"):
            over |= say(f"bundle {name.replace('_mb', ' memory')}", n, said[name], "MB", most=MOST_MB)
        if before:
            over |= say("bundle growth", n, said["import"] / before, "×", most=MOST_GROWTH)
        before = said["import"]
    return int(over)


def once(folder: Path, clients: int, days: int) -> dict[str, float]:
    """One size, measured in this process."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "coaching.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from clients.coaches import found_practice
    from coaching.exchange.exporting import export_bundle
    from coaching.exchange.importing import import_bundle
    from lab.benchmarks import cohort

    with own_database():
        call_command("migrate", verbosity=0)
        now = timezone.now()
        coach = found_practice(email="bench@example.com", password=None, name="Bench", timezone="UTC", at=now)
        bundle = folder / "bundle"
        counts = cohort.write(bundle, clients=clients, days=days)
        forget_peak()
        idle = peak_mb()
        first = timed(lambda: import_bundle(bundle, coach=coach, now=now))
        again = timed(lambda: import_bundle(bundle, coach=coach, now=now))
        import_mb = peak_mb() - idle
        forget_peak()
        idle = peak_mb()
        export = timed(lambda: export_bundle(folder / "out", coach=coach))
        export_mb = peak_mb() - idle
        tries = yardstick()
        return {
            "sets": counts["sets"], "import": first, "again": again, "export": export, "import_mb": import_mb,
            "export_mb": export_mb, "yardstick": min(tries), "spread": max(tries) - min(tries),
        }  # fmt: skip


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

        tries.append(timed(insert))
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
