"""The one transaction of an import: everything that a bundle says, sorted, and what follows from it."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Model

from clients import history
from clients.consent import TEXT_VERSION
from clients.models import Change, Client, Coach, Consent
from coaching.exchange import rows
from coaching.exchange.laying_out import LaidOut
from coaching.exchange.layout_more import CONSENTS, MORE
from coaching.exchange.lifts import Lifts
from coaching.exchange.spool import Spool
from coaching.exchange.usual import AT_ONCE
from coaching.exchange.writing_more import touched as touched_more
from coaching.exchange.writing_more import write_more
from programs import bulk, own_exercises, rollups
from programs.models import LiftDay, Session, SetLog

MANY = 5_000  # sets that change how a database best looks for them
LONGEST = "15min"  # of one statement on PostgreSQL: a million rows are one
Tick = Callable[[str], Any]


class Moved(Exception):
    """Somebody wrote what the bundle was compared with, in the meantime."""


def write(
    laid: LaidOut,
    lifts: Lifts,
    *,
    versions: dict[int, int],
    counts: dict[str, dict[str, int]],
    tick: Tick,
    agreed: bool = True,
) -> None:
    """`agreed`: the coach's word that these clients agreed is recorded. Sets alone need none."""
    spool, coach, now = laid.spool, laid.coach, laid.now
    with transaction.atomic():
        _patient()
        _unmoved(versions)
        tick("exercises")
        lifts_made = _exercises(spool, lifts, coach, now)
        for model, made, new in laid.tables:
            tick(made.table)
            new.insert(lifts_made)
            bulk.update(model._meta.db_table, made.changes, spool.rows(made.update, laid.given))
            if made in rows.VERSIONED:
                _next_version(spool, model, made)
        _moved_days(spool)
        _moved_ends(spool)
        if spool.present.intersection(file.table for file in MORE):
            tick("plans, flags and answers")
            write_more(spool, coach=coach, now=now, given=laid.given)
        tick("days")
        rollups.rebuild_days(_keys(spool))
        _people(laid, agreed and CONSENTS.table not in spool.present)
        if spool.one("SELECT count(*) FROM planned_sets WHERE state = 'created'") > MANY:
            filled = [model._meta.db_table for model, _, _ in laid.tables]
            bulk.look_anew(LiftDay._meta.db_table, *filled)
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


def _exercises(spool: Spool, lifts: Lifts, coach: Coach, now: datetime) -> dict[int, int]:
    """What became of the lifts that were still to be made: ids by target, in made(target, id) too."""
    made = dict(lifts.made)
    for n, lift in enumerate(lifts.found, 1):
        if lift.state != "unchanged":
            made[-n] = own_exercises.keep(exercise=lift.base, facts=lift.facts, by=coach, at=now).pk
    spool.many("INSERT INTO made VALUES (?, ?)", made.items())
    return made


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


def _people(laid: LaidOut, agreed: bool) -> None:
    """The coach's word that these clients agreed, where nobody was ever asked; and what the scan must look at."""
    touched = laid.touched | touched_more(laid.spool)
    for ids in list(laid.spool.chunks(rows.EVERYBODY, AT_ONCE)) if agreed else []:
        asked = set(Consent.objects.filter(client__in=ids).values_list("client_id", flat=True))
        touched.update(_agreed([pk for pk in ids if pk not in asked], laid.coach, laid.now))
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
