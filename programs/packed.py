"""Rows as columns of numbers: the database packs a group's rows into one value, and numpy unpacks it.

What reading costs is a Python object a cell; this makes one object a group. SQLite writes numbers as characters: a
cell is one digit or more to the base 32,768, and a digit is the character of that number. PostgreSQL writes them as
big-endian integers.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from django.db.models import Aggregate, Expression, F, Func, IntegerField, QuerySet, TextField
from django.db.models.expressions import Combinable
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
DIGIT_BITS = 15  # so that no digit is half of a surrogate pair
BASE = 1 << DIGIT_BITS
TOGETHER = 20  # groups that become columns at once: the packed rows are a third as large


class Cell(NamedTuple):
    """A whole number of 1, 2 or 3 digits, or NULL."""

    value: Combinable
    digits: int
    above: int = 1  # what is added to it as characters: 0 is NULL
    is_day: bool = False

    @property
    def characters(self) -> int:
        return len("2026-06-15") if self.is_day else self.digits

    @property
    def width(self) -> int:
        """In bytes."""
        return 1 << self.digits

    @property
    def least(self) -> int:
        """NULL, as bytes."""
        return -(1 << (8 * self.width - 1))


def small(name: str | Combinable) -> Cell:
    """From 0 to 32,767."""
    return Cell(F(name) if isinstance(name, str) else name, 1)


def whole(name: str | Combinable, *, signed: bool = False) -> Cell:
    """Up to a thousand million; signed, half of that on either side of 0."""
    return Cell(F(name) if isinstance(name, str) else name, 2, BASE**2 // 2 if signed else 1)


def dated(name: str) -> Cell:
    """A date as its proleptic ordinal, never NULL. SQLite keeps it as text: sooner handed over than counted."""
    return Cell(_Day(name), 2, is_day=True)


def key(name: str) -> Cell:
    """From 1 to 35 million million; never NULL."""
    return Cell(F(name), 3, 0)


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


class _Day(Ordinal):
    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return compiler.compile(self.get_source_expressions()[0])


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
        days, digits, params = [], [], []
        for cell, source in zip(self.cells, self.get_source_expressions(), strict=False):
            sql, its = compiler.compile(source)
            if cell.is_day:
                days.append(f"{sql} || ")
                continue
            number = f"{sql} + {cell.above}" if cell.above else sql
            for place in reversed(range(cell.digits)):
                digit = f"{number} >> {DIGIT_BITS * place}" if place else number
                digits.append(digit if place == cell.digits - 1 else f"{digit} & {BASE - 1}")
                params += its
        return f"group_concat({''.join(days)}char({', '.join(digits)}), '')", params

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> Any:
        values, params = [], []
        for cell, source in zip(self.cells, self.get_source_expressions(), strict=False):
            sql, its = compiler.compile(source)
            params += its
            known = f"coalesce({sql}, ({cell.least}))" if cell.above else f"({sql})"
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
    groups: list[tuple[int, bytes]] = []
    others: list[tuple[Any, ...]] = []
    form = np.dtype([])
    for client, packed, *rest in asked.iterator(chunk_size=20):
        form = _form(cells, characters=isinstance(packed, str))
        # A digit that is a character is two bytes of UTF-16.
        groups.append((client, packed.encode("utf-16-le") if isinstance(packed, str) else packed))
        others.append((client, *rest))
    found = np.empty((1 + len(cells), sum(len(packed) // form.itemsize for _, packed in groups)))
    at = 0
    for first in range(0, len(groups), TOGETHER):
        some = groups[first : first + TOGETHER]
        end = at + sum(len(packed) // form.itemsize for _, packed in some)
        _unpack(some, form, cells, sort, out=found[:, at:end])
        at = end
    return found, others


def _unpack(
    groups: Sequence[tuple[int, bytes]], form: "np.dtype[np.void]", cells: Sequence[Cell], sort: Sequence[int],
    *, out: FloatArray,
) -> None:  # fmt: skip
    place = np.repeat(np.arange(len(groups)), [len(packed) // form.itemsize for _, packed in groups])
    rows = np.frombuffer(b"".join(packed for _, packed in groups), dtype=form)
    # Only within clients: they stand in order. A row is moved as a whole, which is cheaper than its columns.
    keys = [_numbers(rows[f"c{n}"], cells[n]) for n in reversed(sort)]
    rows = rows.take(np.lexsort([*keys, place]))
    out[0] = np.array([client for client, _ in groups])[place]
    for n, cell in enumerate(cells):
        _numbers(rows[f"c{n}"], cell, out=out[1 + n])


def _form(cells: Sequence[Cell], *, characters: bool) -> "np.dtype[np.void]":
    if characters:
        days_first = sorted(enumerate(cells), key=lambda cell: not cell[1].is_day)
        return np.dtype([(f"c{n}", "<u2", (cell.characters,)) for n, cell in days_first])
    return np.dtype([(f"c{n}", f">i{cell.width}") for n, cell in enumerate(cells)])


def _numbers(column: "NDArray[Any]", cell: Cell, out: FloatArray | None = None) -> FloatArray:
    """NaN for NULL."""
    numbers = np.empty(len(column)) if out is None else out
    if column.ndim == 1:
        numbers[:] = column
        numbers[column == cell.least] = np.nan
        return numbers
    if cell.is_day:
        numbers[:] = _ordinals(column.astype(np.int64) - ord("0"))
        return numbers
    numbers[:] = column[:, 0]
    for place in range(1, cell.digits):
        numbers *= BASE
        numbers += column[:, place]
    numbers[numbers == 0] = np.nan
    numbers -= cell.above
    return numbers


def _ordinals(digits: NDArray[np.int64]) -> NDArray[np.int64]:
    """Of dates written YYYY-MM-DD, a row each."""
    year, month, day = (digits[:, part] @ 10 ** np.arange(part.stop - part.start)[::-1] for part in _DATE)
    first = ((year - 1970) * 12 + month - 1).astype("datetime64[M]").astype("datetime64[D]")
    return first.astype(np.int64) + day - 1 + date(1970, 1, 1).toordinal()


_DATE = slice(0, 4), slice(5, 7), slice(8, 10)
