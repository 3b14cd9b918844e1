"""What only shows between rows, and beside what is stored: doubles, dangling references, overlaps."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain

from coaching.exchange.checks_more import check_more
from coaching.exchange.files import FILES
from coaching.exchange.layout import (
    CHECKINS,
    CLIENTS,
    EXERCISES,
    INJURIES,
    PHASES,
    SESSIONS,
    SETS,
    File,
)
from coaching.exchange.layout_more import MORE, OF_SESSIONS
from coaching.exchange.problems import Problems
from coaching.exchange.same import SAME
from coaching.exchange.spool import Spool
from programs.names import tidy

Found = Iterator[tuple[int, str, str]]  # line, column, why
Rule = Callable[[Spool], Found]

NOBODY = "there is no client {!r}, neither in clients.csv nor among yours"
THEIRS = "{!r} belongs to a client of another coach"


def check(spool: Spool, problems: Problems, *, today: date | None = None) -> None:
    for file in FILES:
        if file in MORE and file.table not in spool.present:
            continue
        found = chain(_doubles(spool, file), *(rule(spool) for rule in _RULES.get(file.table, ())))
        for line, column, why in found:
            problems.add(file.name, line, column, why)
    for file in (SESSIONS, CHECKINS, INJURIES, PHASES):
        for line, column, why in chain(_dangling(spool, file, problems), _needed(spool, file)):
            problems.add(file.name, line, column, why)
    for line, column, why in chain(_no_session(spool, problems), _needed(spool, SETS)):
        problems.add(SETS.name, line, column, why)
    for file in MORE:
        if file.table in spool.present:
            of_client = _dangling(spool, file, problems) if "client_ref" in file.names else ()
            of_session = _session_of_others(spool, file) if file in OF_SESSIONS else ()
            for line, column, why in chain(of_client, of_session, _needed(spool, file)):
                problems.add(file.name, line, column, why)
    if today is not None:
        check_more(spool, problems, today)


def doubled_exercises(spool: Spool, problems: Problems) -> None:
    first: dict[str, int] = {}
    for line, name in spool.rows("SELECT line, name FROM exercises ORDER BY line"):
        if (before := first.setdefault(tidy(name).casefold(), line)) != line:
            problems.add(EXERCISES.name, line, "name", f"{name!r} stands in line {before} already")


def _doubles(spool: Spool, file: File) -> Found:
    if file is EXERCISES:
        return  # there, upper and lower case are the same name
    keys = ", ".join(f'"{key}"' for key in file.key)
    same = " AND ".join(f's."{key}" = f."{key}"' for key in file.key)
    values = ", ".join(f's."{key}"' for key in file.key)
    asked = f"WHERE NOT {SAME}" if file is SETS else ""  # what is here already stands once
    for line, first, *key in spool.rows(
        f"""SELECT s.line, f.first, {values} FROM
            (SELECT {keys}, min(line) AS first FROM {file.table} {asked} GROUP BY {keys} HAVING count(*) > 1) f
            JOIN {file.table} s ON {same} WHERE s.line > f.first ORDER BY s.line"""
    ):
        yield line, file.key[-1], f"{' '.join(map(str, key))!r} stands in line {first} already"


def _needed(spool: Spool, file: File) -> Found:
    for column in (column.name for column in file.columns if column.needed):
        for (line,) in spool.rows(
            f'SELECT line FROM planned_{file.table} WHERE id IS NULL AND "{column}" IS NULL ORDER BY line'
        ):
            yield line, column, "is empty, but a new row needs it"


def _dangling(spool: Spool, file: File, problems: Problems) -> Found:
    unsound = CLIENTS.name in problems.unsound
    for line, ref, theirs in spool.rows(
        f"""SELECT s.line, s.client_ref, p.theirs FROM {file.table} s JOIN people p ON p.ref = s.client_ref
            WHERE p.theirs OR (p.id IS NULL AND p.ref NOT IN (SELECT client_ref FROM clients)) ORDER BY s.line"""
    ):
        if theirs or not unsound:
            yield line, "client_ref", (THEIRS if theirs else NOBODY).format(ref)


def _no_session(spool: Spool, problems: Problems) -> Found:
    if SESSIONS.name in problems.unsound:
        return
    for line, ref in spool.rows(
        """SELECT line, session_ref FROM sets
           WHERE session_ref NOT IN (SELECT ref FROM visits) ORDER BY line"""
    ):
        yield line, "session_ref", f"there is no session {ref!r}, neither in sessions.csv nor among yours"


def _of_another_coach(spool: Spool) -> Found:
    for line, ref in spool.rows(
        "SELECT line, client_ref FROM clients JOIN people ON ref = client_ref WHERE theirs ORDER BY line"
    ):
        yield line, "client_ref", THEIRS.format(ref)


def _session_of_another(spool: Spool) -> Found:
    """A session keeps its client: a ref that is taken cannot mean another one's visit."""
    for line, ref, theirs, client in spool.rows(
        """SELECT s.line, s.session_ref, p.theirs, k.client_ref FROM sessions s
           JOIN stored_sessions k ON k.session_ref = s.session_ref JOIN people p ON p.ref = k.client_ref
           WHERE p.theirs OR (s.client_ref IS NOT NULL AND s.client_ref != k.client_ref) ORDER BY s.line"""
    ):
        yield (
            line,
            "session_ref",
            THEIRS.format(ref) if theirs else f"{ref!r} is a session of client {client!r}",
        )


def _set_of_another(spool: Spool) -> Found:
    for line, ref in spool.rows(
        """SELECT s.line, s.session_ref FROM sets s JOIN visits v ON v.ref = s.session_ref
           JOIN people p ON p.ref = v.client_ref
           WHERE p.theirs AND v.id IS NOT NULL ORDER BY s.line"""
    ):
        yield line, "session_ref", THEIRS.format(ref)


def _session_of_others(spool: Spool, file: File) -> Found:
    for line, ref in spool.rows(
        f"""SELECT s.line, s.session_ref FROM {file.table} s JOIN stored_sessions k ON k.session_ref = s.session_ref
            JOIN people p ON p.ref = k.client_ref WHERE p.theirs ORDER BY s.line"""
    ):
        yield line, "session_ref", THEIRS.format(ref)


def _nothing_done(spool: Spool) -> Found:
    for (line,) in spool.rows(
        """SELECT line FROM planned_sets WHERE reps = 0 AND coalesce(ended, 'target') = 'target'
           AND state != 'unchanged' ORDER BY line"""
    ):
        yield line, "reps", "0 only fits a set that ended in failure or was stopped"


def _below_zero(spool: Spool) -> Found:
    for line, name in spool.rows(
        """SELECT s.line, s.exercise FROM sets s JOIN lifts ON lifts.name = s.exercise
           WHERE s.weight_kg < 0 AND NOT lifts.bodyweight ORDER BY s.line"""
    ):
        yield (
            line,
            "weight_kg",
            f"below 0 is help, and only on a bodyweight exercise; {name!r} is not known as one",
        )


def _ends_before(file: File, begins: str, ends: str) -> Rule:
    def rule(spool: Spool) -> Found:
        for line, first, last in spool.rows(
            f"SELECT line, {begins}, {ends} FROM planned_{file.table} WHERE {ends} < {begins} ORDER BY line"
        ):
            yield line, ends, f"{last} is before {begins} {first}"

    return rule


def _overlaps(spool: Spool) -> Found:
    """Phases of the bundle and stored ones, as they would stand beside each other; an open one ends by the next."""
    person, last, last_line, began = None, "", None, ""
    for line, client, starts, ends in spool.rows(
        """SELECT line, client_ref, starts_on, ends_on FROM planned_phases
           UNION ALL SELECT NULL, client_ref, starts_on, ends_on FROM stored_phases
           WHERE (client_ref, starts_on) NOT IN (SELECT client_ref, starts_on FROM phases)
           ORDER BY 2, 3, 1"""
    ):
        if client != person:
            person, last, last_line, began = client, "", None, ""
        if starts <= last and starts != began:
            if line is not None:
                yield line, "starts_on", f"{starts} lies in the phase from {began} to {last}"
            elif last_line is not None:
                yield last_line, "ends_on", f"{last} reaches into the phase from {starts}"
        if ends is not None and ends > last:
            last, last_line = ends, line
        began = starts


_RULES: dict[str, tuple[Rule, ...]] = {
    "clients": (_of_another_coach,),
    "sessions": (_session_of_another,),
    "sets": (_set_of_another, _nothing_done, _below_zero),
    "injuries": (_ends_before(INJURIES, "onset", "resolved"),),
    "phases": (_ends_before(PHASES, "starts_on", "ends_on"), _overlaps),
}
