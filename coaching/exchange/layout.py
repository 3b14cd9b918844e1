"""The contract's seven files, their columns and what may stand in them: `docs/formats.md` in code. Pure."""

from dataclasses import dataclass
from functools import lru_cache

from clients.body import Muscle, Region, Severity
from coaching.exchange import cells, words
from coaching.exchange.cells import Kept, Kind
from programs.names import tidy
from programs.policy.kinds import EndedBy, Equipment, FailureClass, Mechanic, Pattern, PhaseKind

KINDS_OF_UNITS = ("kg", "lb")
SCALE = cells.whole(1, 5)


@dataclass(frozen=True)
class Column:
    name: str
    kind: Kind
    needed: bool = False  # a new row cannot be made without it
    empty: Kept | None = None  # what an empty cell stands for; None: nothing is said


@dataclass(frozen=True)
class File:
    table: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]  # none called line, id, state or gone: those are the spool's

    @property
    def name(self) -> str:
        return f"{self.table}.csv"

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def values(self) -> tuple[str, ...]:
        """The columns that say something of what the key names."""
        return tuple(name for name in self.names if name not in self.key)


REF = cells.name(200)
LIFT = cells.name(200, lru_cache(20_000)(tidy))  # few names, in many rows
DAY = cells.day()

CLIENTS = File(
    "clients",
    ("client_ref",),
    (
        Column("client_ref", REF),
        Column("name", cells.name(200)),
        Column("email", cells.email()),
        Column("timezone", words.zone()),
        Column("units", words.word(KINDS_OF_UNITS)),
        Column("training_since", DAY),
        Column("born_on", DAY),
    ),
)
SESSIONS = File(
    "sessions",
    ("session_ref",),
    (
        Column("session_ref", REF),
        Column("client_ref", REF, needed=True),
        Column("started_at", cells.moment(), needed=True),
        Column("duration_min", cells.scaled(100, 0, 9_999)),
        Column("session_rpe", cells.scaled(10, 0, 10, exact=True)),
        Column("workout", cells.text(200)),
        Column("note", cells.text()),
    ),
)
SETS = File(
    "sets",
    ("session_ref", "set_no"),
    (
        Column("session_ref", REF),
        Column("set_no", cells.whole(0, 1_000_000)),
        Column("exercise", LIFT, needed=True),
        Column("weight_kg", cells.scaled(1_000, -500, 2_000)),
        Column("reps", cells.whole(0, 100)),
        Column("rir", cells.scaled(2, 0, 10, exact=True)),
        Column("ended", words.word(EndedBy)),
        Column("warm_up", cells.flag()),
        Column("done_at", cells.instant()),
        Column("source", cells.text(20)),
        Column("note", cells.text()),
    ),
)
CHECKINS = File(
    "checkins",
    ("client_ref", "date"),
    (
        Column("client_ref", REF),
        Column("date", DAY),
        Column("sleep_hours", cells.scaled(100, 0, 24)),
        Column("sleep_quality", SCALE),
        Column("energy", SCALE),
        Column("mood", SCALE),
        Column("stress", SCALE),
        Column("soreness", SCALE),
        Column("anticipation", SCALE),
        Column("aches", words.aches(Region)),
        Column("note", cells.text()),
    ),
)
INJURIES = File(
    "injuries",
    ("client_ref", "region", "onset"),
    (
        Column("client_ref", REF),
        Column("region", words.word(Region)),
        Column("onset", DAY),
        Column("resolved", DAY),
        Column("severity", words.word(Severity)),
        Column("muscle", words.word(Muscle)),
        Column("note", cells.text()),
    ),
)
PHASES = File(
    "phases",
    ("client_ref", "starts_on"),
    (
        Column("client_ref", REF),
        Column("starts_on", DAY),
        Column("ends_on", DAY),
        Column("kind", words.word(PhaseKind), needed=True),
        Column("name", cells.text(200)),
    ),
)
EXERCISES = File(
    "exercises",
    ("name",),
    (
        Column("name", LIFT),
        Column("equipment", words.word(Equipment)),
        Column("mechanic", words.word(Mechanic)),
        Column("pattern", words.word(Pattern)),
        Column("primary_muscle", words.word(Muscle)),
        Column("secondary_muscles", words.words(Muscle)),
        Column("loaded_regions", words.words(Region)),
        Column("aliases", words.names(200)),
        Column("overhead", cells.flag()),
        Column("coordination", cells.flag()),
        Column("can_trap", cells.flag()),
        Column("failure_class", words.word(FailureClass)),
        Column("reason", cells.text()),
    ),
)
CORE = (CLIENTS, SESSIONS, SETS, CHECKINS, INJURIES, PHASES, EXERCISES)
