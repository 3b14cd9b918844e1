"""What an import can do before its one transaction: ids, every new row as its table will hold it, who is touched."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.db.models import Model

from clients.models import Checkin, Client, Coach, Injury
from coaching.exchange import rows
from coaching.exchange.layout import CLIENTS, PHASES, SESSIONS
from coaching.exchange.rows import Made
from coaching.exchange.spool import Row, Spool
from coaching.exchange.usual import new_ids, usual
from programs.laid_rows import LaidRows, laid_rows
from programs.models import Phase, Session, SetLog

_TABLES: tuple[tuple[type[Model], Made], ...] = (
    (Client, rows.CLIENTS), (Session, rows.SESSIONS), (SetLog, rows.SETS), (Checkin, rows.CHECKINS),
    (Injury, rows.INJURIES), (Phase, rows.PHASES),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class LaidOut:
    spool: Spool
    coach: Coach
    now: datetime
    given: dict[str, Any]  # what every new row is given
    tables: list[tuple[type[Model], Made, LaidRows]]
    touched: set[int]  # clients


@contextmanager
def laid_out(spool: Spool, *, coach: Coach, now: datetime) -> Iterator[LaidOut]:
    """Nothing of it shows anywhere. It holds for as long as the clients' histories stand as they were compared."""
    rows.no_lifts_made(spool)
    new_ids(spool, CLIENTS.table, Client._meta.db_table)
    new_ids(spool, SESSIONS.table, Session._meta.db_table, "client_ref, started_at, session_ref")
    new_ids(spool, PHASES.table, Phase._meta.db_table, "client_ref, starts_on")
    rows.join(spool)
    given = {
        "practice": coach.practice_id,
        "coach": coach.pk,
        "zone": coach.timezone,
        "now": str(now.astimezone(UTC).replace(tzinfo=None)),
    }
    with ExitStack() as until_written:
        tables = [
            (model, made, until_written.enter_context(_laid(spool, model, made, given)))
            for model, made in _TABLES
        ]
        touched = {row[0] for row in spool.rows(rows.TOUCHED)}
        yield LaidOut(spool=spool, coach=coach, now=now, given=given, tables=tables, touched=touched)


def _laid(spool: Spool, model: type[Model], made: Made, given: dict[str, Any]) -> Any:
    defaults = usual(model, made.columns)
    values = partial(_values, spool, made, given, tuple(defaults.values()))
    later = "exercise_id" if "exercise_id" in made.columns else None
    return laid_rows(model._meta.db_table, [*made.columns, *defaults], values, later=later)


def _values(spool: Spool, made: Made, given: dict[str, Any], rest: Row) -> Iterator[Row]:
    return (row + rest for row in spool.rows(made.insert, given))
