"""An export comes in: read, judged and compared beside the live tables, then written at once or not at all."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, transaction

from clients import history
from clients.models import Client, User
from clients.problems import Refused
from coaching.exchange import writing
from coaching.exchange.apps import matching, planning
from coaching.exchange.apps.before import as_before
from coaching.exchange.apps.kinds import Read
from coaching.exchange.apps.planning import Plan
from coaching.exchange.apps.reading import OneFile
from coaching.exchange.apps.stamps import AT_ONCE, stamps
from coaching.exchange.importing import TRIES, Busy, Rejected
from coaching.exchange.laying_out import LaidOut, laid_out
from coaching.exchange.lifts import Lifts
from coaching.exchange.spool import Spool, spool
from programs import bulk, rollups
from programs.models import Import, ImportedSession, SetLog

Tick = Callable[[str], Any]


@dataclass(frozen=True, kw_only=True)
class Brought:
    plan: Plan
    exercises: tuple[int, ...]  # made
    imported: Import | None  # none: a dry run, or there was nothing to write


def look(read: Read, problems: OneFile, *, client: Client, zone: ZoneInfo) -> Plan:
    """What the import would do. Writes nothing; `Rejected` with every reason why it cannot be."""
    with _planned(read, problems, client, zone) as (_, found):
        return found


def bring(
    read: Read, problems: OneFile, *, client: Client, zone: ZoneInfo, by: User | None, at: datetime, into: Import,
    tick: Tick = lambda what: None,
) -> Brought:  # fmt: skip
    """Write it, all of it or nothing. `into` is the import's row: it knows afterwards what it made and changed."""
    fresh = into.pk is None
    reason: Exception | None = None
    for _ in range(TRIES):
        if fresh:
            into.pk, into._state.adding = None, True  # a try that failed left no row behind
        try:
            with _planned(read, problems, client, zone) as (beside, found):
                if fresh and not found.new and not found.changed:
                    return Brought(plan=found, exercises=(), imported=None)
                with laid_out(beside, coach=client.coach, now=at) as laid:
                    return _write(laid, found, client=client, by=by, at=at, into=into, tick=tick)
        except (writing.Moved, IntegrityError, Refused) as moved:
            reason = moved  # what it was compared with has moved on: compare again
    if isinstance(reason, IntegrityError):
        raise reason
    raise Busy from reason


@contextmanager
def _planned(read: Read, problems: OneFile, client: Client, zone: ZoneInfo) -> Iterator[tuple[Spool, Plan]]:
    with spool(settings.VAR_DIR / "imports") as beside:
        matches = planning.fill(beside, read, client, zone, problems)
        if problems.count:
            raise Rejected(problems)
        found = planning.plan(beside, matches, client, problems)
        if problems.count:
            raise Rejected(problems)
        yield beside, found


@transaction.atomic
def _write(
    laid: LaidOut, found: Plan, *, client: Client, by: User | None, at: datetime, into: Import, tick: Tick
) -> Brought:
    tick("exercises")
    if into.pk is None:
        into.save()
    made = (
        matching.make_missing(found.matches, client=client, by=by, at=at)
        if found.new or found.changed
        else []
    )
    ids, lifts = _lift_ids(found, made)
    before = as_before([*found.changed.values()])
    if found.new or found.changed:
        writing.write(
            laid, Lifts(made=lifts), versions=found.known.versions, counts={}, tick=tick, agreed=False
        )
        _drop(laid.spool, at)
        matching.remember(client, found.matches, ids)
    _sign(laid, found, before, into)
    counts = found.sessions()
    Import.objects.filter(pk=into.pk).update(
        state=Import.State.DONE, done_at=at, exercises=made, counts={**into.counts, **counts}
    )
    if found.new or found.changed:
        history.record(
            "export imported", subject=f"import:{into.pk}", client=client, by=by, at=at, after=counts
        )
    into.refresh_from_db()
    return Brought(plan=found, exercises=tuple(made), imported=into)


def _lift_ids(found: Plan, made: list[int]) -> tuple[dict[str, int], dict[int, int]]:
    """Every name with the exercise that it leads to; and what became of those that are below 0 in the spool."""
    fresh = iter(made)
    ids, lifts = {}, {}
    for number, (name, one) in enumerate(found.matches.items(), 1):
        pk = one.exercise.pk if one.exercise else next(fresh, None)
        if pk is None:
            continue
        ids[name] = pk
        if one.exercise is None:
            lifts[-number] = pk
    return ids, lifts


def _drop(beside: Spool, at: datetime) -> None:
    """Sets of changed sessions that the newer export no longer has."""
    for ids in list(beside.chunks("SELECT id FROM dropped", AT_ONCE)):
        gone = SetLog.objects.live().filter(pk__in=ids)
        keys = sorted(set(gone.order_by().values_list("client_id", "exercise_id", "day")))
        gone.update(deleted_at=at)
        rollups.rebuild_days(keys)


def _sign(laid: LaidOut, found: Plan, before: dict[int, Any], into: Import) -> None:
    new = laid.spool.rows("SELECT id FROM planned_sessions WHERE state = 'created' ORDER BY id")
    ids = [*found.changed.values(), *(row[0] for row in new)]
    now = stamps(ids)
    signed = ((into.pk, pk, json.dumps(before[pk]) if pk in before else None, now[pk]) for pk in ids)
    bulk.insert(ImportedSession._meta.db_table, ("made_by_id", "session_id", "before", "stamp"), signed)
