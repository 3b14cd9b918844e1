"""What only shows between the rows of the further files: references to nothing, two of what can only be one."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import chain

from coaching.exchange import layout_more as files
from coaching.exchange.layout import PHASES, SESSIONS, SETS, File
from coaching.exchange.problems import Problems
from coaching.exchange.spool import Spool
from programs.policy.limits import LIMITS

Found = Iterator[tuple[int, str, str]]  # line, column, why
Rule = Callable[[Spool], Found]
COMES = "state IN ('created', 'updated')"


def check_more(spool: Spool, problems: Problems, today: date) -> None:
    for reference in REFERENCES:
        if reference[0].table in spool.present and not _unsound(reference, problems):
            for line, column, why in _dangling(spool, *reference):
                problems.add(reference[0].name, line, column, why)
    for file in filter(lambda file: file.table in spool.present, files.MORE):
        found = [rule(spool) for rule in RULES.get(file, ())]
        found += [_ahead(spool, file, column, today) for column in JUDGED.get(file, ())]
        for line, column, why in chain.from_iterable(found):
            problems.add(file.name, line, column, why)


MOST_AHEAD = 366  # days; a scan may be told to look ahead, but not through a century of them
JUDGED = {files.CLIENT_DETAILS: ("scanned_on",), files.FLAGS: ("opened_on", "closed_on")}


def _ahead(spool: Spool, file: File, column: str, today: date) -> Found:
    latest = today + timedelta(days=MOST_AHEAD)
    for line, day in spool.rows(
        f"SELECT line, {column} FROM planned_{file.table} WHERE {COMES} AND {column} > ? ORDER BY line",
        [latest.isoformat()],
    ):
        yield line, column, f"{day} is too far ahead: no scan has judged it"


Reference = tuple[File, Sequence[str], File, Sequence[str], str]
REFERENCES: tuple[Reference, ...] = (
    (files.PHASE_DETAILS, ("client_ref", "starts_on"), PHASES, ("client_ref", "starts_on"), "phase"),
    (files.PHASE_DETAILS, ("client_ref", "continues"), PHASES, ("client_ref", "starts_on"), "phase"),
    (
        files.PHASE_DETAILS, ("client_ref", "program_made_at", "program_no"), files.PROGRAMS,
        ("client_ref", "made_at", "no"), "programme",
    ),
    (files.WORKOUTS, ("client_ref", "starts_on"), PHASES, ("client_ref", "starts_on"), "phase"),
    (
        files.PRESCRIPTIONS, ("client_ref", "starts_on", "workout"), files.WORKOUTS,
        ("client_ref", "starts_on", "position"), "workout",
    ),
    (files.SESSION_DETAILS, ("session_ref",), SESSIONS, ("session_ref",), "session"),
    (files.IMPORTED_SESSIONS, ("session_ref",), SESSIONS, ("session_ref",), "session"),
    (files.SET_DETAILS, ("session_ref", "set_no"), SETS, ("session_ref", "set_no"), "set"),
    (files.ACTIONS, ("client_ref", "sign", "opened_on"), files.FLAGS, ("client_ref", "sign", "opened_on"), "flag"),
    (files.NOTES, ("client_ref", "sign", "opened_on"), files.FLAGS, ("client_ref", "sign", "opened_on"), "flag"),
)  # fmt: skip


def _unsound(reference: Reference, problems: Problems) -> bool:
    return reference[2].name in problems.unsound or SESSIONS.name in problems.unsound


def _dangling(
    spool: Spool, file: File, columns: Sequence[str], target: File, keys: Sequence[str], what: str
) -> Found:
    named = ", ".join(f'"{key}"' for key in keys)
    there = f"SELECT {named} FROM stored_{target.table} WHERE NOT gone"
    if target.table in spool.present or target in (PHASES, SESSIONS, SETS):
        there += f" UNION ALL SELECT {named} FROM planned_{target.table} WHERE state != 'left'"
    mine = ", ".join(f'"{column}"' for column in columns)
    said = " AND ".join(f'"{column}" IS NOT NULL' for column in columns)
    for line, *key in spool.rows(
        f"""SELECT line, {mine} FROM planned_{file.table}
            WHERE {COMES} AND {said} AND ({mine}) NOT IN ({there}) ORDER BY line"""
    ):
        yield (
            line,
            columns[-1],
            f"there is no {what} {' '.join(map(str, key))!r}, neither in {target.name} nor here",
        )


def _in_the_plan_of(spool: Spool) -> Found:
    for line, day, position in spool.rows(
        f"""SELECT d.line, d.phase_starts_on, d.workout_position FROM planned_session_details d
            JOIN visits v ON v.ref = d.session_ref WHERE d.{COMES} AND d.phase_starts_on IS NOT NULL
            AND (v.client_ref, d.phase_starts_on, d.workout_position) NOT IN ({_workouts(spool)}) ORDER BY d.line"""
    ):
        yield (
            line,
            "workout_position",
            f"the session's client has no workout {position} in the phase from {day}",
        )


def _workouts(spool: Spool) -> str:
    there = "SELECT client_ref, starts_on, position FROM stored_workouts"
    if files.WORKOUTS.table in spool.present:
        there += " UNION ALL SELECT client_ref, starts_on, position FROM planned_workouts"
    return there


def _of_an_import(spool: Spool) -> Found:
    there = "SELECT client_ref, made_at, no FROM stored_imports"
    if files.IMPORTS.table in spool.present:
        there += " UNION ALL SELECT client_ref, made_at, no FROM planned_imports"
    for line, at in spool.rows(
        f"""SELECT i.line, i.made_at FROM planned_imported_sessions i JOIN visits v ON v.ref = i.session_ref
            WHERE i.{COMES} AND (v.client_ref, i.made_at, i.no) NOT IN ({there}) ORDER BY i.line"""
    ):
        yield line, "made_at", f"the session's client has no import of {at}"


def _together(file: File, *columns: str) -> Rule:
    """Both or neither."""

    def rule(spool: Spool) -> Found:
        for one in columns:
            others = " OR ".join(f'"{other}" IS NOT NULL' for other in columns if other != one)
            for (line,) in spool.rows(
                f'SELECT line FROM planned_{file.table} WHERE {COMES} AND "{one}" IS NULL AND ({others}) ORDER BY line'
            ):
                yield line, one, f"is empty, but {' and '.join(columns)} belong together"

    return rule


def _not(file: File, column: str, where: str, why: str) -> Rule:
    def rule(spool: Spool) -> Found:
        for (line,) in spool.rows(
            f"SELECT line FROM planned_{file.table} WHERE {COMES} AND ({where}) ORDER BY line"
        ):
            yield line, column, why

    return rule


def _only_one(file: File, column: str, key: Sequence[str], where: str, why: str) -> Rule:
    """Of the rows here and those that come, as they would stand beside each other."""
    keys = ", ".join(f'"{name}"' for name in file.key)
    same = ", ".join(f'"{name}"' for name in key)

    def rule(spool: Spool) -> Found:
        for (line,) in spool.rows(
            f"""WITH every AS (
                  SELECT line, {same} FROM planned_{file.table} WHERE state != 'left' AND {where}
                  UNION ALL SELECT NULL, {same} FROM stored_{file.table} WHERE {where}
                    AND ({keys}) NOT IN (SELECT {keys} FROM planned_{file.table} WHERE state != 'left'))
                SELECT line FROM (SELECT line, count(*) OVER (PARTITION BY {same}) AS n,
                  row_number() OVER (PARTITION BY {same} ORDER BY line) AS place FROM every)
                WHERE n > 1 AND line IS NOT NULL AND (place > 1) ORDER BY line"""
        ):
            yield line, column, why

    return rule


def _answered_once(file: File) -> Rule:
    return _only_one(
        file, "kind", ("client_ref", "sign", "opened_on", "kind", "on"),
        "undone_at IS NULL AND sign IS NOT NULL", "that answer to that flag stands already on that day",
    )  # fmt: skip


def _mondays(spool: Spool) -> Found:
    for line, day in spool.rows(f"SELECT line, starts_on FROM planned_months WHERE {COMES} ORDER BY line"):
        if day is not None and date.fromisoformat(day).weekday():
            yield line, "starts_on", f"{day} is no Monday"


def _within_limits(spool: Spool) -> Found:
    known = {limit.key: limit for limit in LIMITS}
    for line, key, value in spool.rows(
        f"SELECT line, key, value FROM planned_policies WHERE {COMES} AND value IS NOT NULL ORDER BY line"
    ):
        if why := known[key].against(float(value)):
            yield line, "value", why


_LATER = "is before the day that it opened"
_INJURED = "an injury is a row of injuries.csv, with its region"
_OPEN, _BEGUN = "another flag of that sign is open", "a month starts then already"
RULES: dict[File, tuple[Rule, ...]] = {
    files.CONSENTS: (
        _only_one(files.CONSENTS, "given_at", ("client_ref",), "withdrawn_at IS NULL", "another agreement is in force"),
        _not(files.CONSENTS, "withdrawn_at", "withdrawn_at < given_at", "is before it was given"),
    ),
    files.PHASE_DETAILS: (_together(files.PHASE_DETAILS, "program_made_at", "program_no"),),
    files.PRESCRIPTIONS: (
        _not(files.PRESCRIPTIONS, "reps_max", "reps_max < reps_min", "is less than reps_min"),
    ),
    files.SESSION_DETAILS: (
        _in_the_plan_of,
        _together(files.SESSION_DETAILS, "phase_starts_on", "workout_position"),
        _not(files.SESSION_DETAILS, "ended_at", "open = 1 AND ended_at IS NOT NULL", "an open session has not ended"),
    ),
    files.IMPORTED_SESSIONS: (_of_an_import,),
    files.FLAGS: (
        _together(files.FLAGS, "closed_on", "closed_at", "resolution"),
        _not(files.FLAGS, "since_on", "since_on > opened_on", "is after the day that it opened"),
        _not(files.FLAGS, "level_on", "level_on < opened_on", _LATER),
        _not(files.FLAGS, "closed_on", "closed_on < opened_on", _LATER),
        _only_one(files.FLAGS, "opened_on", ("client_ref", "sign"), "closed_on IS NULL", _OPEN),
    ),
    files.ACTIONS: (
        _answered_once(files.ACTIONS),
        _together(files.ACTIONS, "sign", "opened_on"),
        _together(files.ACTIONS, "undone_at", "undone_by"),
        _together(files.ACTIONS, "outcome", "measured_at"),
        _not(
            files.ACTIONS, "until", "kind IN ('snooze', 'scale_back', 'deload') AND until IS NULL",
            "a snooze, a scale back and a deload have a last day",
        ),
    ),
    files.NOTES: (
        _answered_once(files.NOTES),
        _together(files.NOTES, "sign", "opened_on"),
        _together(files.NOTES, "undone_at", "undone_by"),
    ),
    files.OVERRULES: (
        _together(files.OVERRULES, "withdrawn_at", "withdrawn_by"),
        _not(files.OVERRULES, "counts_as", "indicator = 'injury' AND counts_as = 'not_met'", _INJURED),
    ),
    files.MONTHS: (
        _mondays,
        _together(files.MONTHS, "stopped_on", "stopped_by"),
        _together(files.MONTHS, "undone_at", "undone_by"),
        _not(files.MONTHS, "stopped_on", "stopped_on < starts_on", "is before it starts"),
        _only_one(files.MONTHS, "starts_on", ("client_ref", "starts_on"), "undone_at IS NULL", _BEGUN),
    ),
    files.POLICIES: (_within_limits,),
}  # fmt: skip
