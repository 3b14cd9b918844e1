"""An export beside what is stored: which sessions are new, changed, the same, or were edited here since."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from zoneinfo import ZoneInfo

from clients.models import Client
from coaching.exchange import checks, compare
from coaching.exchange.apps.kinds import AppSession, Read
from coaching.exchange.apps.matching import Match, match
from coaching.exchange.apps.reading import OneFile
from coaching.exchange.apps.stamps import untouched
from coaching.exchange.apps.weights import reps_kept, weight_and_note
from coaching.exchange.apps.zones import instant
from coaching.exchange.cells import Wrong
from coaching.exchange.known import Known, copy_known, copy_sets
from coaching.exchange.layout import SESSIONS, SETS, File
from coaching.exchange.spool import Row, Spool
from programs.policy.kinds import EndedBy

LONGEST_REF = 120
# A bundle's column as a person finds it in an export.
SHOWN = {"session_ref": "date", "started_at": "date", "weight_kg": "weight", "exercise": "exercise name"}


@dataclass(kw_only=True)
class Plan:
    """Refs of sessions by what the import would do with them."""

    new: list[str] = field(default_factory=list)
    changed: dict[str, int] = field(default_factory=dict)  # ref → id
    same: int = 0
    edited: list[str] = field(default_factory=list)  # left alone: changed or deleted here since
    sets: dict[str, int] = field(default_factory=dict)
    matches: dict[str, Match] = field(default_factory=dict)
    known: Known = field(default_factory=Known)

    def sessions(self) -> dict[str, int]:
        return {
            "new": len(self.new), "changed": len(self.changed), "same": self.same, "edited": len(self.edited)
        }  # fmt: skip


def fill(spool: Spool, read: Read, client: Client, zone: ZoneInfo, problems: OneFile) -> dict[str, Match]:
    """The export as a bundle's sessions and sets. Its exercises are known by name, as in any bundle."""
    matches = match(client.practice_id, read.exercises)
    spool.fill(SESSIONS, _kept(SESSIONS, _sessions(read, client, zone), problems))
    spool.fill(SETS, _kept(SETS, _sets(read, client, matches), problems))
    return matches


def plan(spool: Spool, matches: dict[str, Match], client: Client, problems: OneFile) -> Plan:
    """Compare, and leave in the spool what is to be written: whole sessions, new or changed."""
    found = Plan(matches=matches, known=copy_known(spool, client.coach))
    copy_sets(spool)
    _lifts(spool, matches)
    every = spool.one("SELECT count(*) FROM sets")
    _sort(spool, found)
    left = every - spool.one("SELECT count(*) FROM sets")
    spool.run(
        "DELETE FROM stored_sets WHERE gone"
    )  # what an earlier import took away does not stand in the way
    compare.compare(spool, zone=client.timezone)
    _whole(spool)
    found.sets = compare.counts(spool, SETS)
    found.sets["unchanged"] += left
    found.sets["removed"] = spool.one("SELECT count(*) FROM dropped")
    checks.check(spool, problems)
    return found


def ref_of(session: AppSession, read: Read, client: Client) -> str:
    who = client.ref if len(client.ref) <= LONGEST_REF else sha256(client.ref.encode()).hexdigest()[:32]
    return f"{read.app}:{who}:{session.ref}"


Cells = Iterator[tuple[int, dict[str, str]]]


def _sessions(read: Read, client: Client, zone: ZoneInfo) -> Cells:
    for one in read.sessions:
        yield (
            one.line,
            {
                "session_ref": ref_of(one, read, client),
                "client_ref": client.ref,
                "started_at": _iso(instant(one.start, zone)),
                "duration_min": "" if one.minutes is None else str(one.minutes),
                "workout": one.name,
                "note": "\n".join(one.notes),
            },
        )


def _sets(read: Read, client: Client, matches: dict[str, Match]) -> Cells:
    for session in read.sessions:
        ref = ref_of(session, read, client)
        for number, one in enumerate(session.sets, 1):
            lift = matches[one.exercise]
            weight, note = weight_and_note(one, bodyweight=lift.bodyweight, assisted=lift.assisted)
            reps = reps_kept(one)
            yield (
                one.line,
                {
                    "session_ref": ref,
                    "set_no": str(number),
                    "exercise": one.exercise,
                    "weight_kg": "" if weight is None else f"{weight:f}",
                    "reps": "" if reps is None else str(reps),
                    "rir": "" if one.rir is None else f"{one.rir:f}",
                    "ended": EndedBy.MUSCULAR_FAILURE if one.failed else "",
                    "warm_up": "1" if one.warm_up else "0",
                    "source": read.app,
                    "note": note,
                },
            )


def _iso(moment: datetime) -> str:
    return moment.isoformat()


def _kept(file: File, cells: Cells, problems: OneFile) -> Iterator[Row]:
    """Through the same readers as a bundle's own cells."""
    for line, said in cells:
        row: list[str | int | None] = [line]
        for column in file.columns:
            cell = said.get(column.name, "")
            try:
                row.append(column.kind.read(cell) if cell and not cell.isspace() else None)
            except Wrong as wrong:
                problems.add("", line, SHOWN.get(column.name, column.name), wrong)
                row.append(None)
        yield tuple(row)


def _lifts(spool: Spool, matches: dict[str, Match]) -> None:
    """A name that nobody knows yet is a number below 0, in the order of the file."""
    spool.run("DROP TABLE IF EXISTS lifts")
    spool.run("CREATE TABLE lifts (name TEXT PRIMARY KEY, target INTEGER, bodyweight INTEGER)")
    spool.many(
        "INSERT INTO lifts VALUES (?, ?, ?)",
        [
            (name.strip(), one.exercise.pk if one.exercise else -number, int(one.bodyweight))
            for number, (name, one) in enumerate(matches.items(), 1)
        ],
    )


def _sort(spool: Spool, found: Plan) -> None:
    stored = {
        ref: (pk, gone) for ref, pk, gone in spool.rows("SELECT session_ref, id, gone FROM stored_sessions")
    }
    here, said = _prints(spool, "stored_"), _prints(spool, "")
    differ = [ref for ref in said if ref in stored and (stored[ref][1] or here.get(ref) != said[ref])]
    free = untouched([stored[ref][0] for ref in differ if not stored[ref][1]])
    for ref in said:
        if ref not in stored:
            found.new.append(ref)
        elif ref not in differ:
            found.same += 1
        elif stored[ref][0] in free:
            found.changed[ref] = stored[ref][0]
        else:
            found.edited.append(ref)
    spool.run("DROP TABLE IF EXISTS wanted")
    spool.run("CREATE TABLE wanted (ref TEXT PRIMARY KEY)")
    spool.many("INSERT INTO wanted VALUES (?)", ((ref,) for ref in [*found.new, *found.changed]))
    for table in ("sessions", "sets"):
        spool.run(f"DELETE FROM {table} WHERE session_ref NOT IN (SELECT ref FROM wanted)")


def _prints(spool: Spool, prefix: str) -> dict[str, bytes]:
    """What each session and its living sets say, in short; the exercise is what its name leads to."""
    exercise = "exercise" if prefix else "(SELECT target FROM lifts WHERE name = exercise)"
    values = [name for name in SETS.values if name not in ("exercise", "done_at")]
    rows = spool.rows(
        f"""SELECT session_ref, set_no, {exercise}, {", ".join(values)} FROM {prefix}sets
            {"WHERE NOT gone" if prefix else ""} ORDER BY session_ref, set_no"""
    )
    sets = {
        ref: sha256(repr([row[1:] for row in group]).encode()).digest()
        for ref, group in groupby(rows, key=lambda row: row[0])
    }
    heads = ", ".join(SESSIONS.values)
    return {
        ref: sha256(f"{head} {sets.get(ref)!r}".encode()).digest()
        for ref, *head in spool.rows(f"SELECT session_ref, {heads} FROM {prefix}sessions")
    }


def _whole(spool: Spool) -> None:
    """A session is what the export says, all of it: what it leaves empty is empty, what it lacks goes."""
    spool.run("CREATE INDEX IF NOT EXISTS sets_by_key ON sets (session_ref, set_no)")
    spool.run("CREATE INDEX IF NOT EXISTS sessions_by_key ON sessions (session_ref)")
    spool.run("CREATE INDEX IF NOT EXISTS stored_sets_by_id ON stored_sets (id)")
    for file in (SESSIONS, SETS):
        names = [name for name in file.values if name not in ("exercise", "client_ref")]
        keys = " AND ".join(f"s.{key} = p.{key}" for key in file.key)
        marks = ", ".join(names)
        spool.run(
            f"""UPDATE planned_{file.table} AS p SET ({marks}) =
                (SELECT {marks} FROM {file.table} s WHERE {keys}) WHERE true"""
        )
    spool.run("UPDATE planned_sessions SET state = 'updated' WHERE id IS NOT NULL")
    differs = " OR ".join(f"k.{name} IS NOT p.{name}" for name in SETS.values)
    spool.run(
        f"""UPDATE planned_sets AS p SET state = CASE WHEN p.id IS NULL THEN 'created' WHEN EXISTS
            (SELECT 1 FROM stored_sets k WHERE k.id = p.id AND ({differs})) THEN 'updated' ELSE 'unchanged' END"""
    )
    spool.run("DROP TABLE IF EXISTS dropped")
    spool.run(
        """CREATE TABLE dropped AS SELECT k.id FROM stored_sets k JOIN sessions s ON s.session_ref = k.session_ref
           WHERE NOT EXISTS (SELECT 1 FROM sets n WHERE n.session_ref = k.session_ref AND n.set_no = k.set_no)"""
    )
