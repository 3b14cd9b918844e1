"""Statements whose SQL is written once and run with other values each time.

Django writes the SQL of a query anew for each run. For one with a dozen subqueries that takes ten times what the
database takes to answer it, and the logger asks two of those after every set.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Expression, Field, Model, QuerySet

Row = dict[str, Any]
M = TypeVar("M", bound=Model)


class Given(Expression):
    """A value that a statement is given when it is run. Stands wherever a query takes an expression."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", (self,)


class Prepared:
    """A query of `values(…)` over `Given` ones, made and compiled at its first run for a kind of database."""

    def __init__(self, query: Callable[[], "QuerySet[Any, Any]"]) -> None:
        self.query = query
        self._compiled: dict[str, _Compiled] = {}

    def run(self, **given: Any) -> list[Row]:
        """The rows by the names of their columns. A value that is not given raises KeyError."""
        compiled = self._compiled.get(connection.vendor)
        if compiled is None:
            compiled = self._compiled[connection.vendor] = _Compiled(self.query())
        return compiled.run(given)


class PreparedObjects(Generic[M]):
    """The same for a query of whole objects."""

    def __init__(self, query: Callable[[], "QuerySet[M]"]) -> None:
        self._query = query
        self._rows = Prepared(lambda: query().values(*self._names))

    def run(self, **given: Any) -> list[M]:
        rows = self._rows.run(**given)
        return [self._model.from_db(connection.alias, self._names, tuple(row.values())) for row in rows]

    @cached_property
    def _model(self) -> type[M]:
        return self._query().model

    @cached_property
    def _names(self) -> list[str]:
        return [field.attname for field in self._model._meta.concrete_fields]


class _Compiled:
    def __init__(self, rows: "QuerySet[Any, Any]") -> None:
        compiler = rows.query.get_compiler(connection=connection)
        self.sql, self.params = compiler.as_sql()
        self.names = list(rows.query.selected or ())
        self.columns = [column for column, _, _ in compiler.select[: compiler.col_count]]

    def run(self, given: Mapping[str, Any]) -> list[Row]:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [_bound(param, given) for param in self.params])
            rows = cursor.fetchall()
        columns = zip(self.columns, zip(*rows, strict=True), strict=bool(rows))
        read = [_converted(column, values) for column, values in columns]
        return [dict(zip(self.names, row, strict=True)) for row in zip(*read, strict=True)]


def _bound(param: Any, given: Mapping[str, Any]) -> Any:
    if not isinstance(param, Given):
        return param
    return param.output_field.get_db_prep_value(given[param.name], connection)


def _converters(column: Any) -> list[Callable[..., Any]]:
    return [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]


def _converted(column: Any, values: tuple[Any, ...]) -> Sequence[Any]:
    """Each different value once: a column of days holds few."""
    for convert in _converters(column):
        known = {value: convert(value, column, connection) for value in set(values)}
        values = tuple(known[value] for value in values)
    return values
