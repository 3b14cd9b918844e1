"""Rows as columns of numbers: the database packs a group's rows into one value, and numpy unpacks it.

What reading costs is a Python object a cell; this makes one object a group. Numbers are big-endian and of fixed
width, the least one of their width is NULL.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from django.db.models import Aggregate, Expression, F, Func, IntegerField, QuerySet, TextField
from django.db.models.expressions import Combinable
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BATCH_BYTES = 12_000_000  # packed, before they become columns


class Cell(NamedTuple):
    """A whole number of so many bytes. `signed`: it may be below 0."""

    value: Combinable
    width: int
    signed: bool = False

    @property
    def empty(self) -> int:
        return -(1 << (8 * self.width - 1))


def small(name: str | Combinable) -> Cell:
    return Cell(F(name) if isinstance(name, str) else name, 2)


def whole(name: str | Combinable, *, signed: bool = False) -> Cell:
    return Cell(F(name) if isinstance(name, str) else name, 4, signed)


def key(name: str) -> Cell:
    return Cell(F(name), 8)


class Ordinal(Func):
    """A date as its proleptic ordinal, counted by the database."""

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "CAST(julianday(%(expressions)s) - 1721424.5 AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="(%(expressions)s - DATE '0001-01-01' + 1)", **extra
        )


class Parts(Func):
    """A decimal as a whole number of its parts: hundredths, tenths."""

    output_field = IntegerField()

    def __init__(self, name: str, per_unit: int) -> None:
        super().__init__(F(name), per_unit=per_unit)

    template = "CAST(round(%(expressions)s * %(per_unit)s) AS INTEGER)"


class _Packed(Aggregate):
    output_field = TextField()

    def __init__(self, cells: Sequence[Cell], **extra: Any) -> None:
        self.cells = tuple(cells)
        super().__init__(*(cell.value for cell in cells), **extra)

    def get_db_converters(self, connection: Any) -> list[Any]:
        return []

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> Any:
        form, values, params = "", [], []
        for cell, source in zip(self.cells, self.get_source_expressions(), strict=False):
            sql, its = compiler.compile(source)
            params += its
            form += f"%%0{2 * cell.width}x"
            value = f"coalesce({sql}, {-cell.empty})" if cell.width < 8 else sql
            values.append(f"{value} & {(1 << 8 * cell.width) - 1}" if cell.signed else value)
        return f"group_concat(printf('{form}', {', '.join(values)}), '')", params

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> Any:
        values, params = [], []
        for cell, source in zip(self.cells, self.get_source_expressions(), strict=False):
            sql, its = compiler.compile(source)
            params += its
            known = f"coalesce({sql}, ({cell.empty}))" if cell.width < 8 else f"({sql})"
            values.append(f"int{cell.width}send({known}::int{cell.width})")
        return f"string_agg({' || '.join(values)}, ''::bytea)", params


def table(
    rows: "QuerySet[Any]", cells: Sequence[Cell], *, sort: Sequence[int], beside: Sequence[Expression] = ()
) -> tuple[FloatArray, list[tuple[Any, ...]]]:
    """An array [1 + cells, rows], NULL as NaN, sorted by client, row 0, then by the cells numbered in `sort`.

    `beside`: other aggregates, answered client by client as (client, …).
    """
    asked = rows.order_by("client_id").values_list("client_id").annotate(
        packed=_Packed(cells), **{f"beside_{n}": other for n, other in enumerate(beside)}
    )  # fmt: skip
    others: list[tuple[Any, ...]] = []

    def read() -> Iterator[tuple[int, bytes]]:
        for group, packed, *rest in asked.iterator(chunk_size=20):
            others.append((group, *rest))
            yield group, bytes.fromhex(packed) if isinstance(packed, str) else packed

    blocks = [_columns(batch, cells, sort) for batch in _batches(read())]
    if len(blocks) == 1:  # the usual chunk: no copy of what is the largest thing in a scan
        return blocks[0], others
    return np.concatenate(blocks or [np.empty((1 + len(cells), 0))], axis=1), others


def _batches(groups: Iterable[tuple[int, bytes]]) -> Iterator[list[tuple[int, bytes]]]:
    batch, size = [], 0
    for group in groups:
        batch.append(group)
        size += len(group[1])
        if size > BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _columns(batch: list[tuple[int, bytes]], cells: Sequence[Cell], sort: Sequence[int]) -> FloatArray:
    form = np.dtype([(f"c{n}", f">i{cell.width}") for n, cell in enumerate(cells)])
    rows = np.frombuffer(b"".join(packed for _, packed in batch), dtype=form)
    clients = [client for client, _ in batch]
    place = np.repeat(np.arange(len(batch)), [len(packed) // form.itemsize for _, packed in batch])
    # Only within clients: they stand in order. A row is moved as a whole, which is cheaper than its columns.
    rows = rows[np.lexsort([*(rows[f"c{n}"].astype(np.int64) for n in reversed(sort)), place])]
    out = np.empty((1 + len(cells), len(rows)))
    out[0] = np.array(clients)[place]
    for n, cell in enumerate(cells):
        column = rows[f"c{n}"]
        out[1 + n] = column
        if cell.width < 8:
            out[1 + n][column == cell.empty] = np.nan
    return out
