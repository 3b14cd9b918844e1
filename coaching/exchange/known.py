"""Copies into the spool what is stored already under the names that a bundle uses."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from clients.models import Checkin, Client, Coach, Consent, Injury
from coaching.exchange import kept
from coaching.exchange.layout import CHECKINS, CLIENTS, FILES, INJURIES, PHASES, SESSIONS, SETS
from coaching.exchange.spool import Spool
from programs.models import Phase, Session, SetLog

_PEOPLE = " UNION ".join(
    f"SELECT client_ref FROM {file.table} WHERE client_ref IS NOT NULL"
    for file in FILES
    if "client_ref" in file.names
)


@dataclass
class Known:
    """The clients that a bundle touches, each with the version of the history that was compared."""

    versions: dict[int, int] = field(default_factory=dict)


def copy_known(spool: Spool, coach: Coach) -> Known:
    """people(ref, id, theirs, keeps): id null is new, theirs another coach's, keeps 0 health data refused."""
    known = Known()
    for file in FILES:
        spool.run(f"DELETE FROM stored_{file.table}")
        spool.run(f"DROP TABLE IF EXISTS planned_{file.table}")
    spool.run("DROP TABLE IF EXISTS people")
    spool.run(
        "CREATE TABLE people (ref TEXT PRIMARY KEY, id INTEGER, theirs INTEGER, keeps INTEGER DEFAULT 1)"
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
    return known


def _people(spool: Spool, coach: Coach, found: "QuerySet[Client]", known: Known) -> None:
    spool.fill(CLIENTS, list(kept.clients(found)), as_stored=True)
    rows = list(found.values_list("ref", "id", "coach_id", "history_version"))
    spool.many(
        "INSERT OR REPLACE INTO people (ref, id, theirs) VALUES (?, ?, ?)",
        [(ref, pk, int(coach_id != coach.pk)) for ref, pk, coach_id, _ in rows],
    )
    known.versions |= {pk: version for _, pk, _, version in rows}


def _sessions(spool: Spool, coach: Coach, known: Known) -> None:
    """Sessions that the bundle names, their clients too where only sets name them, and the sets they have."""
    wanted = "SELECT session_ref FROM sessions UNION SELECT session_ref FROM sets"
    for refs in spool.chunks(wanted):
        found = Session.objects.filter(practice=coach.practice_id, ref__in=refs)
        spool.fill(SESSIONS, list(kept.sessions(found)), as_stored=True)
    strangers = (
        "SELECT DISTINCT client_ref FROM stored_sessions WHERE client_ref NOT IN (SELECT ref FROM people)"
    )
    for refs in list(spool.chunks(strangers)):
        _people(spool, coach, Client.objects.filter(practice=coach.practice_id, ref__in=refs), known)
    with_sets = "SELECT id FROM stored_sessions WHERE session_ref IN (SELECT session_ref FROM sets)"
    for ids in spool.chunks(with_sets, 200):
        found_sets = kept.tombs_first(SetLog.objects.filter(session__in=ids))
        spool.fill(SETS, kept.sets(found_sets), as_stored=True)


def _health(spool: Spool) -> None:
    """Who took their agreement back: nothing about their health is added or changed."""
    for ids in list(spool.chunks("SELECT id FROM people WHERE id IS NOT NULL")):
        asked = set(Consent.objects.filter(client__in=ids).values_list("client_id", flat=True))
        agreed = set(
            Consent.objects.filter(client__in=ids, withdrawn_at=None).values_list("client_id", flat=True)
        )
        spool.many("UPDATE people SET keeps = 0 WHERE id = ?", [(pk,) for pk in asked - agreed])
