"""Copies into the spool what is stored already under the names that a bundle uses."""

from dataclasses import dataclass, field

from django.db.models import F, QuerySet

from clients.models import Checkin, Client, Coach, Consent, Injury
from coaching.exchange import called, kept, kept_more, same
from coaching.exchange.files import FILES
from coaching.exchange.layout import CHECKINS, CLIENTS, INJURIES, PHASES, SESSIONS, SETS, File
from coaching.exchange.layout_more import (
    ACTIONS,
    APP_EXERCISES,
    COACH,
    EXERCISE_DETAILS,
    FLAGS,
    IMPORTED_SESSIONS,
    IMPORTS,
    MORE,
    NOTES,
    OF_SESSIONS,
    PHASE_DETAILS,
    POLICIES,
    PRESCRIPTIONS,
    PROGRAMS,
    SESSION_DETAILS,
    WORKOUTS,
)
from coaching.exchange.spool import Spool
from programs.models import Phase, Session, SetLog

_PEOPLE = " UNION ".join(
    f"SELECT client_ref FROM {file.table} WHERE client_ref != ''"
    for file in FILES
    if "client_ref" in file.names
)


@dataclass
class Known:
    """The clients that a bundle touches, each with the version of the history that was compared."""

    versions: dict[int, int] = field(default_factory=dict)


def copy_known(spool: Spool, coach: Coach) -> Known:
    """people(ref, id, theirs, keeps, scanned, asked): id null is new, theirs another coach's, keeps 0 health data
    refused, scanned by a scan of this installation, asked for their agreement at any time. Their sets are left to
    `copy_sets`, once it is known what the names of exercises lead to."""
    known = Known()
    same.forget(spool)
    for file in FILES:
        spool.run(f"DELETE FROM stored_{file.table}")
        spool.run(f"DROP TABLE IF EXISTS planned_{file.table}")
    spool.run("DROP TABLE IF EXISTS people")
    spool.run(
        """CREATE TABLE people (ref TEXT PRIMARY KEY, id INTEGER, theirs INTEGER, keeps INTEGER DEFAULT 1,
           scanned INTEGER DEFAULT 0, asked INTEGER DEFAULT 0)"""
    )
    spool.run(f"INSERT INTO people (ref) {_PEOPLE}")
    for refs in list(spool.chunks("SELECT ref FROM people")):
        _people(spool, coach, Client.objects.filter(practice=coach.practice_id, ref__in=refs), known)
    _sessions(spool, coach, known)
    _health(spool)
    for ids in spool.chunks("SELECT id FROM people WHERE id IS NOT NULL", 50):
        spool.fill(
            CHECKINS, kept.checkins(kept.tombs_first(Checkin.objects.filter(client__in=ids))), as_stored=True
        )
        spool.fill(INJURIES, kept.injuries(Injury.objects.filter(client__in=ids)), as_stored=True)
        spool.fill(PHASES, kept.phases(Phase.objects.filter(client__in=ids)), as_stored=True)
    _further(spool, coach)
    return known


def _further(spool: Spool, coach: Coach) -> None:
    """What the files beyond the contract's seven would be compared with, and what they may refer to."""
    if not spool.present.intersection(file.table for file in MORE):
        return
    spool.run("DROP TABLE IF EXISTS colleagues")
    spool.run("CREATE TABLE colleagues (email TEXT PRIMARY KEY, id INTEGER)")
    emails = coach.practice.coaches.exclude(user__email=None).values_list("user__email", "pk")
    spool.many("INSERT INTO colleagues VALUES (?, ?)", list(emails))
    eyes = kept_more.Eyes(coach, called.names(called.finals(coach)), every=True)
    for file in MORE:
        if file is EXERCISE_DETAILS:
            spool.fill(file, called.details(coach, every=True), as_stored=True)
        elif file in (COACH, APP_EXERCISES, POLICIES):
            spool.fill(file, kept_more.rows(file, eyes, None), as_stored=True)
        if file in (COACH, APP_EXERCISES, EXERCISE_DETAILS) or not _wanted(spool, file):
            continue
        for ids in spool.chunks("SELECT id FROM people WHERE id IS NOT NULL", 50):
            spool.fill(file, kept_more.rows(file, eyes, ids), as_stored=True)
    spool.run(
        """UPDATE client_details SET scanned_on = NULL
           WHERE client_ref IN (SELECT ref FROM people WHERE scanned)"""
    )


def _wanted(spool: Spool, file: File) -> bool:
    """The file itself, or one that refers to it."""
    users = {
        PROGRAMS: (PHASE_DETAILS,), WORKOUTS: (PRESCRIPTIONS, SESSION_DETAILS), FLAGS: (ACTIONS, NOTES),
        IMPORTS: (IMPORTED_SESSIONS,),
    }  # fmt: skip
    return any(one.table in spool.present for one in (file, *users.get(file, ())))


def _people(spool: Spool, coach: Coach, found: "QuerySet[Client]", known: Known) -> None:
    spool.fill(CLIENTS, list(kept.clients(found)), as_stored=True)
    rows = list(found.values_list("ref", "id", "coach_id", "history_version", "scanned_on"))
    spool.many(
        "INSERT OR REPLACE INTO people (ref, id, theirs, scanned) VALUES (?, ?, ?, ?)",
        [(ref, pk, int(coach_id != coach.pk), int(last is not None)) for ref, pk, coach_id, _, last in rows],
    )
    known.versions |= {pk: version for _, pk, _, version, _ in rows}


def _sessions(spool: Spool, coach: Coach, known: Known) -> None:
    """Sessions that the bundle names, and their clients too where only sets name them."""
    wanted = " UNION ".join(
        f"SELECT session_ref FROM {file.table}" for file in (SESSIONS, SETS, *OF_SESSIONS)
    )
    for refs in spool.chunks(wanted):
        found = Session.objects.filter(practice=coach.practice_id, ref__in=refs)
        spool.fill(SESSIONS, list(kept.sessions(found)), as_stored=True)
    strangers = (
        "SELECT DISTINCT client_ref FROM stored_sessions WHERE client_ref NOT IN (SELECT ref FROM people)"
    )
    for refs in list(spool.chunks(strangers)):
        _people(spool, coach, Client.objects.filter(practice=coach.practice_id, ref__in=refs), known)


def copy_sets(spool: Spool) -> None:
    """The sets of sessions that the bundle names sets of, but for those that are known to be the same."""
    with_sets = """SELECT id FROM stored_sessions WHERE session_ref IN (SELECT session_ref FROM sets)
        AND id NOT IN (SELECT id FROM same)
        OR session_ref IN (SELECT session_ref FROM set_details) ORDER BY session_ref"""
    for ids in spool.chunks(with_sets, 200):
        # In the order of the spool's key: what comes in order is added at the end.
        tombs = F("deleted_at").asc(nulls_last=True)
        found_sets = SetLog.objects.filter(session__in=ids).order_by("session__ref", "set_no", tombs)
        spool.fill(SETS, kept.sets(found_sets), as_stored=True)


def _health(spool: Spool) -> None:
    """Who took their agreement back: nothing about their health is added or changed."""
    for ids in list(spool.chunks("SELECT id FROM people WHERE id IS NOT NULL")):
        asked = set(Consent.objects.filter(client__in=ids).values_list("client_id", flat=True))
        agreed = set(
            Consent.objects.filter(client__in=ids, withdrawn_at=None).values_list("client_id", flat=True)
        )
        spool.many("UPDATE people SET keeps = 0 WHERE id = ?", [(pk,) for pk in asked - agreed])
        spool.many("UPDATE people SET asked = 1 WHERE id = ?", [(pk,) for pk in asked])
