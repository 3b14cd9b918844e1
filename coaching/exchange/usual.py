"""What new rows are given besides what a bundle says of them: ids, and what the model gives."""

import json
from collections.abc import Sequence
from typing import Any

from django.db.models import JSONField, Model

from coaching.exchange.spool import Spool
from programs import bulk

AT_ONCE = 500


def usual(model: type[Model], columns: Sequence[str]) -> dict[str, Any]:
    """What the model gives the columns that a bundle says nothing of, as the database writes it."""
    return {
        str(field.column): json.dumps(field.get_default())
        if isinstance(field, JSONField)
        else field.get_default()
        for field in model._meta.concrete_fields
        if field.column not in columns and not field.primary_key and not field.null
    }


def new_ids(spool: Spool, name: str, table: str, order: str = "line") -> None:
    """Ids for what is new, in the order in which it will be read."""
    new = [
        row[0]
        for row in spool.rows(f"SELECT line FROM planned_{name} WHERE state = 'created' ORDER BY {order}")
    ]
    ids = bulk.reserve_ids(table, len(new))
    spool.run(f"CREATE UNIQUE INDEX IF NOT EXISTS planned_{name}_line ON planned_{name} (line)")
    spool.many(f"UPDATE planned_{name} SET id = ? WHERE line = ?", zip(ids, new, strict=True))
