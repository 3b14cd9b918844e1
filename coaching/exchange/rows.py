"""From what is planned in the spool to rows as the tables hold them, in SQL of the spool, streamed."""

from dataclasses import dataclass

from clients.models.checkin import ITEMS
from coaching.exchange.spool import Spool


@dataclass(frozen=True)
class Made:
    """`always` is given to new rows only, `values` to new and changed ones: column → SQL."""

    table: str
    source: str
    order: str
    always: dict[str, str]
    values: dict[str, str]

    @property
    def columns(self) -> list[str]:
        return [*self.always, *self.values]

    @property
    def changes(self) -> list[str]:
        return list(self.values)

    @property
    def insert(self) -> str:
        return self._select([*self.always.values(), *self.values.values()], "created")

    @property
    def update(self) -> str:
        return self._select([*self.values.values(), "p.id"], "updated")

    @property
    def change(self) -> str:
        """Of rows that another file makes: id last, for new and changed ones alike."""
        return (
            f"SELECT {', '.join([*self.values.values(), self.always['id']])} FROM {self.source}"
            f" WHERE p.state IN ('created', 'updated') ORDER BY {self.order}"
        )

    def _select(self, expressions: list[str], state: str) -> str:
        return f"SELECT {', '.join(expressions)} FROM {self.source} WHERE p.state = '{state}' ORDER BY {self.order}"


def _text(column: str) -> str:
    return f"coalesce(p.{column}, '')"


CLIENTS = Made(
    "clients",
    "planned_clients p",
    "p.line",
    {
        "id": "p.id", "uuid": "new_hex()", "practice_id": ":practice", "coach_id": ":coach", "ref": "p.client_ref",
        "created_at": ":now",
    },
    {
        "name": "coalesce(p.name, p.client_ref)", "email": _text("email"), "timezone": "coalesce(p.timezone, :zone)",
        "units": "coalesce(p.units, 'kg')", "training_since": "p.training_since", "born_on": "p.born_on",
    },
)  # fmt: skip
SESSIONS = Made(
    "sessions",
    "planned_sessions p JOIN ids c ON c.ref = p.client_ref",
    "p.id",
    {
        "id": "p.id", "uuid": "new_hex()", "practice_id": ":practice", "client_id": "c.id",
        "ref": "p.session_ref", "ended_at": "ended_at(p.started_at, p.duration_min)",
        "recorded_at": ":now",
    },
    {
        "started_at": "utc(p.started_at)", "utc_offset_min": "offset_min(p.started_at)",
        "local_day": "local_day(p.started_at)", "duration_min": "hundredths(p.duration_min)",
        "session_rpe": "tenths(p.session_rpe)", "workout_name": _text("workout"), "note": _text("note"),
    },
)  # fmt: skip
SETS = Made(
    "sets",
    "planned_sets p JOIN visited v ON v.ref = p.session_ref LEFT JOIN made m ON m.target = p.exercise",
    "v.id, p.set_no",
    {
        "uuid": "new_hex()", "client_id": "v.client_id", "session_id": "v.id", "day": "v.day",
        "set_no": "p.set_no", "recorded_at": ":now",
    },
    {
        "exercise_id": "coalesce(m.id, p.exercise)", "weight_g": "p.weight_kg", "reps": "p.reps", "rir_halves": "p.rir",
        "ended": _text("ended"), "warm_up": "coalesce(p.warm_up, 0)", "done_at": "p.done_at",
        "source": _text("source"), "note": _text("note"),
    },
)  # fmt: skip
CHECKINS = Made(
    "checkins",
    "planned_checkins p JOIN ids c ON c.ref = p.client_ref",
    "c.id, p.date",
    {"uuid": "new_hex()", "client_id": "c.id", "day": "p.date", "recorded_at": ":now"},
    {
        "sleep_hours": "hundredths(p.sleep_hours)", **{item: f"p.{item}" for item in ITEMS},
        "aches": "aches_json(p.aches)", "note": _text("note"),
    },
)  # fmt: skip
INJURIES = Made(
    "injuries",
    "planned_injuries p JOIN ids c ON c.ref = p.client_ref",
    "c.id, p.onset, p.region",
    {"uuid": "new_hex()", "client_id": "c.id", "region": "p.region", "onset": "p.onset"},
    {
        "resolved": "p.resolved", "severity": _text("severity"), "muscle": _text("muscle"), "note": _text("note"),
    },
)  # fmt: skip
PHASES = Made(
    "phases",
    "planned_phases p JOIN ids c ON c.ref = p.client_ref",
    "c.id, p.starts_on",
    {"id": "p.id", "uuid": "new_hex()", "client_id": "c.id", "starts_on": "p.starts_on"},
    {"ends_on": "p.ends_on", "kind": "p.kind", "name": _text("name")},
)  # fmt: skip

VERSIONED = (SESSIONS, SETS, CHECKINS)
CHANGED_ONLY = "state IN ('created', 'updated')"
_CHANGED = f"p.{CHANGED_ONLY}"
MOVED = """SELECT p.id, local_day(p.started_at) FROM planned_sessions p JOIN stored_sessions k ON k.id = p.id
    WHERE p.state = 'updated' AND local_day(p.started_at) != local_day(k.started_at)"""
# Where they began or how long they took has changed: id, what it was and is, and the minutes where they are known.
MOVED_ENDS = """SELECT p.id, utc(k.started_at), utc(p.started_at), p.duration_min FROM planned_sessions p
    JOIN stored_sessions k ON k.id = p.id WHERE p.state = 'updated'
    AND (utc(p.started_at) != utc(k.started_at) OR p.duration_min IS NOT k.duration_min)"""
TOUCHED = " UNION ".join(
    [
        f"SELECT c.id FROM planned_{table} p JOIN ids c ON c.ref = p.client_ref WHERE {_CHANGED}"
        for table in ("clients", "sessions", "checkins", "injuries", "phases")
    ]
    + [f"SELECT v.client_id FROM planned_sets p JOIN visited v ON v.ref = p.session_ref WHERE {_CHANGED}"]
)
EVERYBODY = "SELECT id FROM ids ORDER BY id"
KEYS = """SELECT DISTINCT k.client_id, coalesce(m.id, k.exercise), k.day
    FROM keys k LEFT JOIN made m ON m.target = k.exercise ORDER BY 1, 3, 2"""


def no_lifts_made(spool: Spool) -> None:
    """made(target, id): what became of the lifts that were still to be made."""
    spool.run("DROP TABLE IF EXISTS made")
    spool.run("CREATE TABLE made (target INTEGER PRIMARY KEY, id INTEGER)")


def join(spool: Spool) -> None:
    """What rows refer to, once it has ids: ids of clients, visited sessions, and the keys of their rollups."""
    for name in ("ids", "visited", "keys"):
        spool.run(f"DROP TABLE IF EXISTS {name}")
    spool.run("CREATE TABLE ids (ref TEXT PRIMARY KEY, id INTEGER)")
    spool.run("INSERT INTO ids SELECT ref, id FROM people WHERE id IS NOT NULL")
    spool.run("INSERT OR REPLACE INTO ids SELECT client_ref, id FROM planned_clients")
    spool.run("CREATE TABLE visited (ref TEXT PRIMARY KEY, id INTEGER, client_id INTEGER, day TEXT)")
    spool.run(
        """INSERT INTO visited SELECT v.ref, coalesce(v.id, p.id), c.id, local_day(v.started_at)
           FROM visits v JOIN ids c ON c.ref = v.client_ref LEFT JOIN planned_sessions p ON p.session_ref = v.ref"""
    )
    spool.run("CREATE TABLE keys (client_id INTEGER, exercise INTEGER, day TEXT)")
    spool.run(
        f"""INSERT INTO keys SELECT DISTINCT v.client_id, {SETS.values["exercise_id"]}, v.day
            FROM {SETS.source} WHERE {_CHANGED}"""
    )
    # A set that changed its exercise leaves one lift and joins another.
    spool.run(
        """INSERT INTO keys SELECT v.client_id, k.exercise, v.day FROM planned_sets p
           JOIN visited v ON v.ref = p.session_ref JOIN stored_sets k ON k.id = p.id
           WHERE p.state = 'updated' AND k.exercise > 0 AND k.exercise != p.exercise"""
    )
