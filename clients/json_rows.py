"""Many small reads of one client in one statement: each list of rows comes as a column of JSON.

A verdict needs a dozen short lists of one person. A statement costs more than the rows that it brings, so they travel
together. Dates and times arrive as text: `day` and `moment` read them back.
"""

from datetime import UTC, date, datetime
from typing import Any

from django.db.models import JSONField, QuerySet, Subquery
from django.db.models.functions import JSONObject


class JsonRows(Subquery):
    """The rows of a query as one list of objects, in the query's order."""

    output_field: Any = JSONField()

    def __init__(self, rows: QuerySet[Any, Any], *columns: str) -> None:
        super().__init__(rows.values(json_row=JSONObject(**{column: column for column in columns})))

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "(SELECT json_group_array(json(t.json_row)) FROM (%(subquery)s) t)"
        return self.as_sql(compiler, connection, template=template, **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "(SELECT coalesce(jsonb_agg(t.json_row), '[]'::jsonb) FROM (%(subquery)s) t)"
        return self.as_sql(compiler, connection, template=template, **extra)


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def moment(text: str) -> datetime:
    """SQLite keeps times in UTC without saying so."""
    at = datetime.fromisoformat(text)
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at
