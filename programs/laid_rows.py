"""Rows laid out before the transaction that inserts them, so that SQLite's one lock is held for little else.

There they lie in a temporary table, which is the connection's own and needs nobody's lock. One statement takes them
over, at a third of what a statement a row costs. On PostgreSQL nobody waits meanwhile: COPY streams them when asked.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice

from django.db import connection

from programs import bulk
from programs.bulk import Rows


class LaidRows:
    """Rows for `table`. Where `later` is given, values below 0 in that column stand for ids still to be given."""

    def __init__(
        self, table: str, columns: Sequence[str], rows: Callable[[], Rows], later: str | None
    ) -> None:
        self.table, self.columns, self.rows, self.later = table, columns, rows, later
        self.beside = f"temp.{bulk.name(f'laid_{table}')}"

    def lay_out(self) -> None:
        bulk.run(f"CREATE TABLE {self.beside} ({bulk.names(self.columns)})")
        rows, one = iter(self.rows()), f"({bulk.marks(self.columns)})"
        while some := list(islice(rows, bulk.A_STATEMENT)):
            values = ", ".join([one] * len(some))
            bulk.run(f"INSERT INTO {self.beside} VALUES {values}", list(chain.from_iterable(some)))

    def insert(self, given: Mapping[int, int]) -> None:
        """In the transaction. `given`: ids by what stood for them; `rows` of PostgreSQL know them by then."""
        if connection.vendor == "postgresql":
            bulk.insert(self.table, self.columns, self.rows())
            return
        bulk.run("CREATE TABLE temp.given (was INTEGER PRIMARY KEY, id INTEGER)")
        bulk.insert("given", ("was", "id"), given.items())
        taken = ", ".join(map(self._value, self.columns))
        bulk.run(
            f"INSERT INTO {bulk.name(self.table)} ({bulk.names(self.columns)})"
            f" SELECT {taken} FROM {self.beside} ORDER BY rowid"
        )
        bulk.run("DROP TABLE temp.given")

    def clear(self) -> None:
        bulk.run("DROP TABLE IF EXISTS temp.given")
        bulk.run(f"DROP TABLE IF EXISTS {self.beside}")

    def _value(self, column: str) -> str:
        name = bulk.name(column)
        later = f"CASE WHEN {name} < 0 THEN (SELECT id FROM temp.given WHERE was = {name}) ELSE {name} END"
        return later if column == self.later else name


@contextmanager
def laid_rows(
    table: str, columns: Sequence[str], rows: Callable[[], Rows], *, later: str | None = None
) -> Iterator[LaidRows]:
    laid = LaidRows(table, columns, rows, later)
    if connection.vendor == "postgresql":
        yield laid
        return
    try:
        laid.lay_out()
        yield laid
    finally:
        laid.clear()
