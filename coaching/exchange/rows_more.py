"""The further files as rows of the tables, in SQL of the spool: those that make rows, and those that add to others."""

from coaching.exchange import layout_more as files
from coaching.exchange.layout import PHASES, File
from coaching.exchange.rows import Made
from coaching.exchange.spool import Spool

# What other rows of a bundle refer to: refs_*(key…, id).
REFERRED: tuple[File, ...] = (PHASES, files.PROGRAMS, files.WORKOUTS, files.FLAGS, files.IMPORTS)
_C = "JOIN ids c ON c.ref = p.client_ref"


def who(column: str = "by") -> str:
    """The coach whose bundle it is where nobody else is said."""
    return f"""coalesce((SELECT id FROM colleagues WHERE email = p."{column}"), :coach)"""


def perhaps(column: str) -> str:
    return f"""CASE WHEN p."{column}" IS NULL THEN NULL ELSE {who(column)} END"""


def _text(column: str) -> str:
    return f"""coalesce(p."{column}", '')"""


PROGRAMS = Made(
    "programs", f"planned_programs p {_C}", "p.client_ref, p.made_at, p.no",
    {"id": "p.id", "uuid": "new_hex()", "client_id": "c.id", "made_at": "p.made_at"},
    {"name": _text("name"), "made_by_id": perhaps("by"), "ended_at": "p.ended_at"},
)  # fmt: skip
WORKOUTS = Made(
    "workouts",
    "planned_workouts p JOIN refs_phases f ON f.client_ref = p.client_ref AND f.starts_on = p.starts_on",
    "p.client_ref, p.starts_on, p.position",
    {"id": "p.id", "phase_id": "f.id", "position": "p.position"},
    {"name": "p.name", "weekday": "p.weekday"},
)
PRESCRIPTIONS = Made(
    "prescriptions",
    """planned_prescriptions p JOIN refs_workouts w
       ON w.client_ref = p.client_ref AND w.starts_on = p.starts_on AND w.position = p.workout
       LEFT JOIN made m ON m.target = p.exercise""",
    "p.client_ref, p.starts_on, p.workout, p.position",
    {"workout_id": "w.id", "position": "p.position"},
    {
        "exercise_id": "coalesce(m.id, p.exercise)", "sets": "p.sets", "reps_min": "p.reps_min",
        "reps_max": "p.reps_max", "rir_halves": "coalesce(p.rir, 4)", "rest_s": "coalesce(p.rest_s, 120)",
        "failure_on_last": "coalesce(p.failure_on_last, 0)", "with_next": "coalesce(p.with_next, 0)",
        "weight_g": "p.weight_kg", "note": _text("note"),
    },
)  # fmt: skip
FLAGS = Made(
    "flags", f"planned_flags p {_C}", "p.client_ref, p.opened_on, p.sign",
    {"id": "p.id", "client_id": "c.id", "sign": "p.sign", "opened_on": "p.opened_on", "recorded_at": "p.recorded_at"},
    {
        "level": "p.level", "since_on": "p.since_on", "level_on": "p.level_on", "score": "p.score", "says": "p.says",
        "evidence": "coalesce(p.evidence, '{}')", "closed_on": "p.closed_on", "resolution": _text("resolution"),
        "closed_at": "p.closed_at", "seen_at": "p.seen_at",
    },
)  # fmt: skip


def _answers(table: str, **more: str) -> Made:
    return Made(
        table,
        f"""planned_{table} p {_C} LEFT JOIN refs_flags f
            ON f.client_ref = p.client_ref AND f.sign = p.sign AND f.opened_on = p.opened_on""",
        "p.client_ref, p.at, p.no",
        {"client_id": "c.id", "flag_id": "f.id", "at": "p.at"},
        {
            "on": 'p."on"', "kind": "p.kind", "text": _text("text"), "by_id": who(), "undone_at": "p.undone_at",
            "undone_by_id": perhaps("undone_by"), **more,
        },
    )  # fmt: skip


_MEASURED = {name: f"p.{name}" for name in ("until", "outcome_due_on", "outcome", "measured_at")}
ACTIONS, NOTES = _answers("actions", **_MEASURED), _answers("notes")
OVERRULES = Made(
    "overrules", f"planned_overrules p {_C}", "p.client_ref, p.at, p.no",
    {"client_id": "c.id", "at": "p.at"},
    {
        "indicator": "p.indicator", "state": "p.counts_as", "until": "p.until", "reason": "p.reason", "by_id": who(),
        "withdrawn_at": "p.withdrawn_at", "withdrawn_by_id": perhaps("withdrawn_by"),
    },
)  # fmt: skip
MONTHS = Made(
    "months", f"planned_months p {_C}", "p.client_ref, p.at, p.no",
    {"client_id": "c.id", "at": "p.at"},
    {
        "starts_on": "p.starts_on", "by_id": who(), "stopped_on": "p.stopped_on",
        "stopped_by_id": perhaps("stopped_by"), "undone_at": "p.undone_at", "undone_by_id": perhaps("undone_by"),
    },
)  # fmt: skip
POLICIES = Made(
    "policies", "planned_policies p LEFT JOIN ids c ON c.ref = p.client_ref", "p.client_ref, p.at, p.key, p.no",
    {"coach_id": ":coach", "client_id": "c.id", "key": "p.key", "at": "p.at"},
    {"value": "p.value", "by_id": who()},
)  # fmt: skip
CONSENTS = Made(
    "consents", f"planned_consents p {_C}", "p.client_ref, p.given_at, p.no",
    {"client_id": "c.id", "given_at": "p.given_at", "given_by_id": "given_by(p.channel)"},
    {"text_version": "p.text_version", "channel": "p.channel", "withdrawn_at": "p.withdrawn_at"},
)  # fmt: skip
IMPORTS = Made(
    "imports", f"planned_imports p {_C}", "p.client_ref, p.made_at, p.no",
    {"id": "p.id", "uuid": "new_hex()", "client_id": "c.id", "made_at": "p.made_at"},
    {
        "state": "CASE WHEN p.undone_at IS NULL THEN 'done' ELSE 'undone' END", "app": _text("app"),
        "file_name": "p.file_name", "options": "coalesce(p.options, '{}')",
        "counts": "coalesce(p.counts, '{}')", "exercises": "made_ids(p.exercises)", "done_at": "p.done_at",
        "undone_at": "p.undone_at",
    },
)  # fmt: skip
IMPORTED_SESSIONS = Made(
    "imported_sessions",
    """planned_imported_sessions p JOIN visited v ON v.ref = p.session_ref JOIN visits n ON n.ref = p.session_ref
       JOIN refs_imports i ON i.client_ref = n.client_ref AND i.made_at = p.made_at AND i.no = p.no""",
    "i.id, v.id",
    {"made_by_id": "i.id", "session_id": "v.id"},
    {"before": "before_with_ids(p.before)", "stamp": "p.stands"},
)
DELETED_SESSIONS = Made(
    "deleted_sessions", f"planned_deleted_sessions p {_C}", "p.client_ref, p.session_ref",
    {
        "uuid": "new_hex()", "practice_id": ":practice", "client_id": "c.id", "ref": "p.session_ref",
        "recorded_at": ":now", "started_at": "utc(p.started_at)", "utc_offset_min": "offset_min(p.started_at)",
        "local_day": "local_day(p.started_at)", "ended_at": "utc(p.started_at)",
    },
    {"deleted_at": "p.deleted_at"},
)  # fmt: skip
APP_EXERCISES = Made(
    "app_exercises", "planned_app_exercises p LEFT JOIN made m ON m.target = p.exercise", "p.name",
    {"practice_id": ":practice", "name": "p.name"}, {"exercise_id": "coalesce(m.id, p.exercise)"},
)  # fmt: skip

# Additions to rows that another file makes.
CLIENT_DETAILS = Made(
    "client_details", f"planned_client_details p {_C}", "c.id", {"id": "c.id"},
    {
        "sensitivity": "coalesce(p.sensitivity, 0)", "sensitivity_before": "coalesce(p.sensitivity_before, '[]')",
        "units_of": "units_with_ids(p.units_of)", "shown_lifts": "made_ids(p.shown_lifts)",
        "away_until": "p.away_until", "created_at": "coalesce(p.created_at, :now)", "archived_at": "p.archived_at",
    },
)  # fmt: skip
SCANNED = Made(
    "client_details", f"(SELECT * FROM planned_client_details WHERE scanned_on IS NOT NULL) p {_C}", "c.id",
    {"id": "c.id"}, {"scanned_on": "p.scanned_on"},
)  # fmt: skip
PHASE_DETAILS = Made(
    "phase_details",
    """planned_phase_details p JOIN refs_phases f ON f.client_ref = p.client_ref AND f.starts_on = p.starts_on
       LEFT JOIN refs_programs g
         ON g.client_ref = p.client_ref AND g.made_at = p.program_made_at AND g.no = p.program_no
       LEFT JOIN refs_phases b ON b.client_ref = p.client_ref AND b.starts_on = p.continues""",
    "f.id", {"id": "f.id"}, {"program_id": "g.id", "continues_id": "b.id"},
)  # fmt: skip
SESSION_DETAILS = Made(
    "session_details",
    """planned_session_details p JOIN visited v ON v.ref = p.session_ref JOIN visits n ON n.ref = p.session_ref
       LEFT JOIN refs_workouts w ON w.client_ref = n.client_ref AND w.starts_on = p.phase_starts_on
         AND w.position = p.workout_position""",
    "v.id", {"id": "v.id"}, {"workout_id": "w.id", "prescribed": "lines_with_ids(p.prescribed)"},
)  # fmt: skip
ENDS = Made(
    "session_details",
    """(SELECT * FROM planned_session_details WHERE open = 1 OR ended_at IS NOT NULL) p
       JOIN visited v ON v.ref = p.session_ref""",
    "v.id", {"id": "v.id"}, {"ended_at": "CASE WHEN p.open = 1 THEN NULL ELSE p.ended_at END"},
)  # fmt: skip
# Sets whose prescription changed under them are counted anew.
PRESCRIBED = """SELECT v.id FROM planned_session_details p JOIN visited v ON v.ref = p.session_ref
    JOIN stored_session_details k ON k.session_ref = p.session_ref
    WHERE p.state = 'updated' AND p.prescribed IS NOT k.prescribed"""


def refer(spool: Spool, file: File) -> None:
    """What of this file others may refer to, once it has ids."""
    keys = ", ".join(f'"{key}"' for key in file.key)
    spool.run(f"DROP TABLE IF EXISTS refs_{file.table}")
    spool.run(f"CREATE TABLE refs_{file.table} ({keys}, id INTEGER, PRIMARY KEY ({keys}))")
    sources = [f"stored_{file.table}"]
    if file is PHASES or file.table in spool.present:
        sources.append(f"planned_{file.table}")
    for source in sources:
        spool.run(
            f"INSERT OR REPLACE INTO refs_{file.table} SELECT {keys}, id FROM {source} WHERE id IS NOT NULL"
        )
