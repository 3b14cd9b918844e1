"""The files beyond the seven of the contract: plans, flags, answers and what else a coach has. Pure.

A moment that several rows carry is told apart by `no`: 1 (or empty), 2, … in the order in which they were made.
"""

from clients.readiness import INDICATORS, State
from clients.signs.kinds import Level, Resolution, Sign
from coaching.exchange import cells, documents, words
from coaching.exchange.layout import DAY, LIFT, REF, Column, File
from programs.policy.limits import LIMITS

ANSWERS = ("acknowledge", "snooze", "scale_back", "deload", "wrong_call", "right_call", "resolve")
WORDS_SAID = ("note", "message")
CHANNELS = ("coach_word", "joining", "settings")
ENDED_IMPORTS = ("done", "undone")
ME = "me"

_AT = cells.instant()
_BY = words.colleague(ME)
_NO = Column("no", cells.whole(1, 1_000_000), empty=1)
_CLIENT = Column("client_ref", REF)
_POSITION = cells.whole(0, 32_767)

COACH = File(
    "coach",
    ("coach",),
    (
        Column("coach", words.word((ME,))),
        Column("timezone", words.zone()),
        Column("digest_weekday", cells.whole(0, 6)),
        Column("digest_hour", cells.whole(0, 23)),
        Column("digest_names", cells.flag()),
        Column("digest_when_nothing", cells.flag()),
        Column("digest_stopped_at", _AT),
    ),
)
CLIENT_DETAILS = File(
    "client_details",
    ("client_ref",),
    (
        _CLIENT,
        Column("sensitivity", cells.whole(-1, 1)),
        Column("sensitivity_before", documents.earlier_choices()),
        Column("units_of", documents.units()),
        Column("shown_lifts", documents.names()),
        Column("away_until", DAY),
        Column("created_at", _AT),
        Column("archived_at", _AT),
        Column("scanned_on", DAY),
    ),
)
CONSENTS = File(
    "consents",
    ("client_ref", "given_at", "no"),
    (
        _CLIENT,
        Column("given_at", _AT),
        _NO,
        Column("text_version", cells.name(20), needed=True),
        Column("channel", words.word(CHANNELS), needed=True),
        Column("withdrawn_at", _AT),
    ),
)
EXERCISE_DETAILS = File(
    "exercise_details",
    ("name",),
    (
        Column("name", LIFT),
        Column("body_mass_percent", cells.whole(0, 200)),
        Column("merged_into", LIFT),
    ),
)
APP_EXERCISES = File(
    "app_exercises", ("name",), (Column("name", cells.name(200)), Column("exercise", LIFT, needed=True))
)
PROGRAMS = File(
    "programs",
    ("client_ref", "made_at", "no"),
    (
        _CLIENT,
        Column("made_at", _AT),
        _NO,
        Column("name", cells.text(200)),
        Column("by", _BY),
        Column("ended_at", _AT),
    ),
)
PHASE_DETAILS = File(
    "phase_details",
    ("client_ref", "starts_on"),
    (
        _CLIENT,
        Column("starts_on", DAY),
        Column("program_made_at", _AT),
        Column("program_no", cells.whole(1, 1_000_000)),
        Column("continues", DAY),
    ),
)
WORKOUTS = File(
    "workouts",
    ("client_ref", "starts_on", "position"),
    (
        _CLIENT,
        Column("starts_on", DAY),
        Column("position", _POSITION),
        Column("name", cells.text(200), needed=True),
        Column("weekday", cells.whole(0, 6)),
    ),
)
PRESCRIPTIONS = File(
    "prescriptions",
    ("client_ref", "starts_on", "workout", "position"),
    (
        _CLIENT,
        Column("starts_on", DAY),
        Column("workout", _POSITION),
        Column("position", _POSITION),
        Column("exercise", LIFT, needed=True),
        Column("sets", cells.whole(1, 20), needed=True),
        Column("reps_min", cells.whole(1, 100), needed=True),
        Column("reps_max", cells.whole(1, 100), needed=True),
        Column("rir", cells.scaled(2, 0, 10, exact=True)),
        Column("rest_s", cells.whole(0, 32_767)),
        Column("failure_on_last", cells.flag()),
        Column("with_next", cells.flag()),
        Column("weight_kg", cells.scaled(1_000, -500, 2_000)),
        Column("note", cells.text()),
    ),
)
SESSION_DETAILS = File(
    "session_details",
    ("session_ref",),
    (
        Column("session_ref", REF),
        Column("open", cells.flag()),
        Column("ended_at", _AT),
        Column("phase_starts_on", DAY),
        Column("workout_position", _POSITION),
        Column("prescribed", documents.lines()),
    ),
)
SET_DETAILS = File(
    "set_details",
    ("session_ref", "set_no"),
    (
        Column("session_ref", REF),
        Column("set_no", cells.whole(0, 1_000_000)),
        Column("shown_verdict", documents.verdict()),
    ),
)
DELETED_SESSIONS = File(
    "deleted_sessions",
    ("session_ref",),
    (
        Column("session_ref", REF),
        Column("client_ref", REF, needed=True),
        Column("started_at", cells.moment(), needed=True),
        Column("deleted_at", _AT, needed=True),
    ),
)
FLAGS = File(
    "flags",
    ("client_ref", "sign", "opened_on"),
    (
        _CLIENT,
        Column("sign", words.word(Sign)),
        Column("opened_on", DAY),
        Column("level", words.word((Level.WATCH, Level.ACT)), needed=True),
        Column("since_on", DAY, needed=True),
        Column("level_on", DAY, needed=True),
        Column("score", cells.real(), needed=True),
        Column("says", cells.text(), needed=True),
        Column("evidence", documents.evidence()),
        Column("closed_on", DAY),
        Column("resolution", words.word(Resolution)),
        Column("recorded_at", _AT, needed=True),
        Column("closed_at", _AT),
        Column("seen_at", _AT),
    ),
)


_ANSWER = (
    _CLIENT,
    Column("at", _AT),
    _NO,
    Column("on", DAY, needed=True),
)
_TO_FLAG = (
    Column("sign", words.word(Sign)),
    Column("opened_on", DAY),
    Column("text", cells.text()),
    Column("by", _BY),
    Column("undone_at", _AT),
    Column("undone_by", _BY),
)
ACTIONS = File(
    "actions",
    ("client_ref", "at", "no"),
    (
        *_ANSWER,
        Column("kind", words.word(ANSWERS), needed=True),
        *_TO_FLAG,
        Column("until", DAY),
        Column("outcome_due_on", DAY),
        Column("outcome", documents.outcome()),
        Column("measured_at", _AT),
    ),
)
NOTES = File(
    "notes",
    ("client_ref", "at", "no"),
    (*_ANSWER, Column("kind", words.word(WORDS_SAID), needed=True), *_TO_FLAG),
)
OVERRULES = File(
    "overrules",
    ("client_ref", "at", "no"),
    (
        _CLIENT,
        Column("at", _AT),
        _NO,
        Column("indicator", words.word(INDICATORS), needed=True),
        Column("counts_as", words.word((State.MET, State.NOT_MET)), needed=True),
        Column("until", DAY, needed=True),
        Column("reason", cells.text(), needed=True),
        Column("by", _BY),
        Column("withdrawn_at", _AT),
        Column("withdrawn_by", _BY),
    ),
)
MONTHS = File(
    "months",
    ("client_ref", "at", "no"),
    (
        _CLIENT,
        Column("at", _AT),
        _NO,
        Column("starts_on", DAY, needed=True),
        Column("by", _BY),
        Column("stopped_on", DAY),
        Column("stopped_by", _BY),
        Column("undone_at", _AT),
        Column("undone_by", _BY),
    ),
)
POLICIES = File(
    "policies",
    ("client_ref", "key", "at", "no"),
    (
        Column("client_ref", REF, empty=""),  # empty: the coach's own, for all
        Column("key", words.word(limit.key for limit in LIMITS)),
        Column("at", _AT),
        _NO,
        Column("value", cells.real()),  # empty: back to what held before
        Column("by", _BY),
    ),
)
IMPORTS = File(
    "imports",
    ("client_ref", "made_at", "no"),
    (
        _CLIENT,
        Column("made_at", _AT),
        _NO,
        Column("app", words.word(("strong", "hevy", "fitnotes"))),
        Column("file_name", cells.text(200), needed=True),
        Column("options", documents.any_object()),
        Column("counts", documents.counts()),
        Column("exercises", documents.names()),
        Column("done_at", _AT, needed=True),
        Column("undone_at", _AT),
    ),
)
IMPORTED_SESSIONS = File(
    "imported_sessions",
    ("session_ref", "made_at", "no"),
    (
        Column("session_ref", REF),
        Column("made_at", _AT),
        _NO,
        Column("stands", cells.flag(), needed=True),
        Column("before", documents.session_before()),
    ),
)
MORE = (
    COACH, CLIENT_DETAILS, CONSENTS, EXERCISE_DETAILS, APP_EXERCISES, PROGRAMS, PHASE_DETAILS, WORKOUTS,
    PRESCRIPTIONS, SESSION_DETAILS, SET_DETAILS, DELETED_SESSIONS, FLAGS, ACTIONS, NOTES, OVERRULES, MONTHS, POLICIES,
    IMPORTS, IMPORTED_SESSIONS,
)  # fmt: skip
OF_SESSIONS = (SESSION_DETAILS, SET_DETAILS, DELETED_SESSIONS, IMPORTED_SESSIONS)  # known by a session's ref
