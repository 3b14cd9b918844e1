"""A database of its own for one bundle: read and judged there, so that the live one is locked once, at the end."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakSet

from clients.ids import new_id
from coaching.exchange import stored
from coaching.exchange.files import FILES
from coaching.exchange.layout import File

Row = tuple[Any, ...]


class Spool:
    """Thin over sqlite3: it streams, it forgets on a crash, and it knows how our rows are stored."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.present: set[str] = set()  # tables of the files that the bundle has
        self._reading: WeakSet[sqlite3.Cursor] = WeakSet()
        self.db = sqlite3.connect(path, isolation_level=None)
        # A crash loses the spool and nothing else.
        self.db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;"
            "PRAGMA cache_size=-24000; PRAGMA temp_store=FILE;"
        )
        for name, function in stored.FUNCTIONS.items():
            self.db.create_function(name, -1, function)
        for file in FILES:
            self.run(
                f"CREATE TABLE {file.table} (line INTEGER PRIMARY KEY, {', '.join(_quoted(file.names))})"
            )
            keys = ", ".join(_quoted(file.key))
            self.run(
                f"CREATE TABLE stored_{file.table}"
                f" (id INTEGER, gone INTEGER, {', '.join(_quoted(file.names))}, PRIMARY KEY ({keys})) WITHOUT ROWID"
            )

    def run(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        return self.db.execute(sql, values)

    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """One transaction of its own, streamed."""
        self.run("BEGIN")
        self.db.executemany(sql, rows)
        self.run("COMMIT")

    def release(self) -> None:
        """End every reading that an error broke off: what is still read cannot be dropped."""
        for cursor in list(self._reading):
            cursor.close()
        if self.db.in_transaction:
            self.run("COMMIT")

    def rows(self, sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> Iterator[Row]:
        cursor = self.db.execute(sql, values)
        self._reading.add(cursor)
        return cursor

    def one(self, sql: str, values: Sequence[Any] = ()) -> Any:
        return self.db.execute(sql, values).fetchone()[0]

    def chunks(self, sql: str, size: int = 500) -> Iterator[list[Any]]:
        """The first column of a query, so many at a time."""
        cursor = self.db.execute(sql)
        self._reading.add(cursor)
        while rows := cursor.fetchmany(size):
            yield [row[0] for row in rows]

    def fill(self, file: File, rows: Iterable[Sequence[Any]], *, as_stored: bool = False) -> None:
        """Rows of a file: `line` and values as read; or `id`, `gone` and values as they are stored."""
        marks = ", ".join("?" * (len(file.names) + (2 if as_stored else 1)))
        table = f"stored_{file.table}" if as_stored else file.table
        self.many(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)


@contextmanager
def spool(folder: Path) -> Iterator[Spool]:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{new_id()}.sqlite"
    made = Spool(path)
    try:
        yield made
    finally:
        made.db.close()
        path.unlink(missing_ok=True)


def _quoted(names: Iterable[str]) -> list[str]:
    return [f'"{name}"' for name in names]
