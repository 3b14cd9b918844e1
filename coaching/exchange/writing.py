"""The one transaction of an import: everything that a bundle says, sorted, and what follows from it."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Model

from clients import history
from clients.consent import TEXT_VERSION
from clients.models import Change, Checkin, Client, Coach, Consent, Injury
from coaching.exchange import rows
from coaching.exchange.layout import CLIENTS, PHASES, SESSIONS
from coaching.exchange.layout_more import CONSENTS, MORE
from coaching.exchange.lifts import Lifts
from coaching.exchange.spool import Spool
from coaching.exchange.usual import AT_ONCE, new_ids, usual
from coaching.exchange.writing_more import touched as touched_more
from coaching.exchange.writing_more import write_more
from programs import bulk, own_exercises, rollups
from programs.models import Phase, Session, SetLog

LONGEST = "15min"  # of one statement on PostgreSQL: a million rows are one
Tick = Callable[[str], Any]


class Moved(Exception):
    """Somebody wrote what the bundle was compared with, in the meantime."""


def write(
    spool: Spool,
    lifts: Lifts,
    *,
    coach: Coach,
    now: datetime,
    versions: dict[int, int],
    counts: dict[str, dict[str, int]],
    tick: Tick,
    agreed: bool = True,
) -> None:
    """`agreed`: the coach's word that these clients agreed is recorded. Sets alone need none."""
    with transaction.atomic():
        _patient()
        _unmoved(versions)
        tick("exercises")
        _exercises(spool, lifts, coach, now)
        given = _given(coach, now)
        new_ids(spool, CLIENTS.table, Client._meta.db_table)
        new_ids(spool, SESSIONS.table, Session._meta.db_table, "client_ref, started_at, session_ref")
        new_ids(spool, PHASES.table, Phase._meta.db_table, "client_ref, starts_on")
        rows.join(spool)
        for model, made in (
            (Client, rows.CLIENTS), (Session, rows.SESSIONS), (SetLog, rows.SETS), (Checkin, rows.CHECKINS),
            (Injury, rows.INJURIES), (Phase, rows.PHASES),
        ):  # fmt: skip
            tick(made.table)
            table = model._meta.db_table
            defaults = usual(model, made.columns)
            rest = tuple(defaults.values())
            values = (row + rest for row in spool.rows(made.insert, given))
            bulk.insert(table, [*made.columns, *defaults], values)
            bulk.update(table, made.changes, spool.rows(made.update, given))
            if made in rows.VERSIONED:
                _next_version(spool, model, made)
        _moved_days(spool)
        _moved_ends(spool)
        if spool.present.intersection(file.table for file in MORE):
            tick("plans, flags and answers")
            write_more(spool, coach=coach, now=now, given=given)
        tick("days")
        rollups.rebuild_days(_keys(spool))
        _people(spool, coach, now, agreed and CONSENTS.table not in spool.present)
        if any(count["created"] or count["updated"] for count in counts.values()):
            history.record(
                "bundle imported", subject=f"import:{spool.path.stem}", client=None, by=coach.user, at=now,
                after={file: count for file, count in counts.items() if any(count.values())},
            )  # fmt: skip


def _patient() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [LONGEST])


def _unmoved(versions: dict[int, int]) -> None:
    """Take the clients' rows, as every verb does that writes their history, and see that nobody did meanwhile."""
    ids = sorted(versions)
    for at in range(0, len(ids), AT_ONCE):
        locked = Client.objects.select_for_update(no_key=True).order_by("pk")
        found = dict(locked.filter(pk__in=ids[at : at + AT_ONCE]).values_list("pk", "history_version"))
        if any(found.get(pk) != versions[pk] for pk in ids[at : at + AT_ONCE]):
            raise Moved


def _exercises(spool: Spool, lifts: Lifts, coach: Coach, now: datetime) -> None:
    """made(target, id): what became of the lifts that were still to be made."""
    spool.run("DROP TABLE IF EXISTS made")
    spool.run("CREATE TABLE made (target INTEGER PRIMARY KEY, id INTEGER)")
    for n, lift in enumerate(lifts.found, 1):
        if lift.state != "unchanged":
            kept = own_exercises.keep(exercise=lift.base, facts=lift.facts, by=coach, at=now)
            spool.run("INSERT INTO made VALUES (?, ?)", (-n, kept.pk))


def _given(coach: Coach, now: datetime) -> dict[str, Any]:
    """What every new row is given."""
    return {
        "practice": coach.practice_id,
        "coach": coach.pk,
        "zone": coach.timezone,
        "now": str(now.astimezone(UTC).replace(tzinfo=None)),
    }


def _next_version(spool: Spool, model: type[Model], made: rows.Made) -> None:
    """A phone that still shows the row as it was is told so when it changes it."""
    for ids in spool.chunks(f"SELECT id FROM planned_{made.table} WHERE state = 'updated'", AT_ONCE):
        model._default_manager.filter(pk__in=ids).update(version=F("version") + 1)


def _moved_days(spool: Spool) -> None:
    """Sets lie on their session's day: where a session moved, so do they, named by the bundle or not."""
    for session_id, day in list(spool.rows(rows.MOVED)):
        sets = SetLog.objects.filter(session_id=session_id).exclude(day=day)
        before = sets.order_by().values_list("client_id", "exercise_id", "day").distinct()
        keys = [(client, exercise, at) for client, exercise, old in before for at in (str(old), day)]
        spool.many("INSERT INTO keys VALUES (?, ?, ?)", keys)
        sets.update(day=day)


def _moved_ends(spool: Spool) -> None:
    """A session that is over ends after its minutes, or as long after its start as before. One that goes on goes on."""
    rows_of = Session.objects.exclude(ended_at=None)
    for session_id, was, began, hundredths in list(spool.rows(rows.MOVED_ENDS)):
        start = datetime.fromisoformat(began).replace(tzinfo=UTC)
        shift = start - datetime.fromisoformat(was).replace(tzinfo=UTC)
        known = None if hundredths is None else start + timedelta(minutes=hundredths / 100)
        rows_of.filter(pk=session_id).update(ended_at=known or F("ended_at") + shift)


def _keys(spool: Spool) -> Iterator[rollups.Key]:
    for client, exercise, day in spool.rows(rows.KEYS):
        yield client, exercise, date.fromisoformat(day)


def _people(spool: Spool, coach: Coach, now: datetime, agreed: bool) -> None:
    """The coach's word that these clients agreed, where nobody was ever asked; and what the scan must look at."""
    touched = {row[0] for row in spool.rows(rows.TOUCHED)} | touched_more(spool)
    for ids in list(spool.chunks(rows.EVERYBODY, AT_ONCE)) if agreed else []:
        asked = set(Consent.objects.filter(client__in=ids).values_list("client_id", flat=True))
        touched.update(_agreed([pk for pk in ids if pk not in asked], coach, now))
    every = sorted(touched)
    for at in range(0, len(every), AT_ONCE):
        history.touch(*every[at : at + AT_ONCE])


def _agreed(ids: Sequence[int], coach: Coach, now: datetime) -> Sequence[int]:
    channel = Consent.Channel.COACH_WORD
    Consent.objects.bulk_create(
        Consent(client_id=pk, text_version=TEXT_VERSION, channel=channel, given_at=now, given_by=coach.user)
        for pk in ids
    )
    Change.objects.bulk_create(
        Change(
            client_id=pk, actor=coach.user, at=now, kind="consent given", subject=f"client:{pk}",
            after={"text_version": TEXT_VERSION, "channel": str(channel)},
        )
        for pk in ids
    )  # fmt: skip
    return ids
