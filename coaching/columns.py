"""Rows of a query as columns of numbers: what the detectors work on, without an object a row."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

import numpy as np
from django.db.models import Func, IntegerField
from django.db.models.functions import Cast
from numpy.typing import NDArray

BATCH = 20_000  # rows that are Python objects at the same time


class Ordinal(Func):
    """A date as its proleptic ordinal, counted by the database: half of what reading dates costs is making them."""

    output_field = IntegerField()

    def get_db_converters(self, connection: Any) -> list[Any]:
        return []  # what the driver gives is a number already; a call a cell is what costs

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "CAST(julianday(%(expressions)s) - 1721424.5 AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="(%(expressions)s - DATE '0001-01-01' + 1)", **extra
        )


class Plain(Cast):
    """A cast whose value is taken as the driver gives it."""

    def get_db_converters(self, connection: Any) -> list[Any]:
        return []


def columns(rows: Iterable[tuple[Any, ...]], width: int) -> NDArray[np.float64]:
    """An array [width, rows]; NULL is NaN."""
    blocks = [
        np.fromiter(chain.from_iterable(batch), dtype=np.float64, count=len(batch) * width)
        for batch in _batches(rows)
    ]
    if not blocks:
        return np.empty((width, 0))
    return np.ascontiguousarray(np.concatenate(blocks).reshape(-1, width).T)


def _batches(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        yield batch
