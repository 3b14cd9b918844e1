"""Many rows at once: COPY on PostgreSQL, `executemany` on SQLite. Rows are streamed and never all in memory."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

Rows = Iterable[Sequence[Any]]
READ_AT_ONCE = 2_000
A_STATEMENT = 100  # rows, on SQLite: a statement a row costs half as much again
FEW = 20  # not worth a table beside


def insert(table: str, columns: Sequence[str], rows: Rows) -> None:
    """Insert rows into an existing table, every value as the database writes it."""
    if connection.vendor == "postgresql":
        with (
            connection.cursor() as cursor,
            connection.wrap_database_errors,  # Django's cursor knows nothing of COPY
            cursor.copy(f"COPY {name(table)} ({names(columns)}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)
    else:
        _many(f"INSERT INTO {name(table)} ({names(columns)}) VALUES ({marks(columns)})", rows)


def update(table: str, columns: Sequence[str], rows: Rows) -> None:
    """Set `columns` of the rows named by the last value of each, their id."""
    if connection.vendor == "postgresql":
        with _staged(table, [*columns, "id"], rows) as staged, connection.cursor() as cursor:
            changes = ", ".join(f"{name(column)} = s.{name(column)}" for column in columns)
            cursor.execute(f"UPDATE {name(table)} t SET {changes} FROM {staged} s WHERE t.id = s.id")
    else:
        changes = ", ".join(f"{name(column)} = ?" for column in columns)
        _many(f"UPDATE {name(table)} SET {changes} WHERE id = ?", rows)


def read(found: "QuerySet[Any, tuple[Any, ...]]") -> Iterator[tuple[Any, ...]]:
    """Rows as the driver gives them: Django would look at each cell of a whole number once more."""
    chunks = found.query.get_compiler(found.db).execute_sql(chunked_fetch=True, chunk_size=READ_AT_ONCE)
    return chain.from_iterable(chunks)


def upsert(table: str, key: Sequence[str], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows of `key` and `columns`, or set the columns of those that are there."""
    every = [*key, *columns]
    changes = ", ".join(f"{name(column)} = excluded.{name(column)}" for column in columns)
    insert_into = f"INSERT INTO {name(table)} ({names(every)})"
    otherwise = f"ON CONFLICT ({names(key)}) DO UPDATE SET {changes}"
    if len(rows) <= FEW:
        with connection.cursor() as cursor:
            cursor.executemany(f"{insert_into} VALUES ({', '.join(['%s'] * len(every))}) {otherwise}", rows)
    elif connection.vendor == "postgresql":
        with _staged(table, every, rows) as staged, connection.cursor() as cursor:
            cursor.execute(f"{insert_into} SELECT {names(every)} FROM {staged} {otherwise}")
    else:
        for at in range(0, len(rows), A_STATEMENT):
            some = rows[at : at + A_STATEMENT]
            values = ", ".join([f"({marks(every)})"] * len(some))
            run(f"{insert_into} VALUES {values} {otherwise}", list(chain.from_iterable(some)))


def look_anew(*tables: str) -> None:
    """Tell PostgreSQL how much there is now. Until it knows, it takes any id for one of two hundred and reads all."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {names(tables)}")


def reserve_ids(table: str, count: int) -> list[int]:
    """Ids that nobody else will be given, whether they are used in the end or not."""
    if not count:
        return []
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [count, table])
        if not cursor.rowcount:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, count])
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()[0]
    return list(range(last + 1 - count, last + 1))


@contextmanager
def _staged(table: str, columns: Sequence[str], rows: Rows) -> Iterator[str]:
    """Rows beside the table they are meant for, in a table that only this transaction sees."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE staged ON COMMIT DROP AS SELECT {names(columns)} FROM {name(table)} WITH NO DATA"
        )
    insert("staged", columns, rows)
    yield "staged"
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE staged")


def _many(sql: str, rows: Rows) -> None:
    """Straight to the driver: Django's own cursor keeps every row that it has passed on."""
    connection.ensure_connection()
    with connection.wrap_database_errors:
        connection.connection.executemany(sql, rows)


def run(sql: str, values: Sequence[Any] = ()) -> None:
    connection.ensure_connection()
    with connection.wrap_database_errors:
        connection.connection.execute(sql, values)


def marks(columns: Sequence[str]) -> str:
    return ", ".join("?" * len(columns))


def name(plain: str) -> str:
    return str(connection.ops.quote_name(plain))


def names(plain: Sequence[str]) -> str:
    return ", ".join(map(name, plain))
