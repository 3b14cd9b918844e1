"""What an export holds once it is read, whichever app wrote it. Pure."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from clients.body import Muscle


class App(StrEnum):
    STRONG = "strong"
    HEVY = "hevy"
    FITNOTES = "fitnotes"


TITLES: dict[str, str] = {App.STRONG: "Strong", App.HEVY: "Hevy", App.FITNOTES: "FitNotes"}


class Left(StrEnum):
    """Why a row became no set."""

    TIMED = "timed"
    EMPTY = "empty"
    REST_TIMER = "rest_timer"
    NOTE = "note"
    NOT_STARTED = "not_started"
    UNKNOWN_MARK = "unknown_mark"


@dataclass(frozen=True, kw_only=True)
class Options:
    """What a file does not say and a person does. Empty: not said."""

    app: str = ""
    units: str = "kg"
    dates: str = ""  # `dmy` or `mdy`, where the file's dates could be either


@dataclass(kw_only=True, slots=True)
class AppSet:
    line: int
    exercise: str
    reps: int
    weight_kg: Decimal | None = None  # empty and 0 alike: what it means depends on the exercise
    rir: Decimal | None = None
    failed: bool = False
    warm_up: bool = False
    notes: tuple[str, ...] = ()  # none on most sets: a list each would be most of a long file's memory


@dataclass(kw_only=True, slots=True)
class AppSession:
    line: int
    start: datetime  # as written: without offset, or UTC
    ref: str  # after `app:CLIENT:`
    name: str = ""
    minutes: Decimal | None = None
    dropped: bool = False  # its length, as nobody trains so short or so long
    notes: list[str] = field(default_factory=list)
    sets: list[AppSet] = field(default_factory=list)
    timed: bool = False  # something was done, though it is no set


@dataclass(kw_only=True)
class Hint:
    """What an export says of an exercise besides its name."""

    muscle: Muscle | None = None
    helped: bool = False  # a weight below 0, or "Assisted": help, as only bodyweight lifts have
    line: int = 0
    sets: int = 0


@dataclass(kw_only=True)
class Read:
    app: App
    form: str  # which of the app's forms, in a person's words
    rows: int = 0
    sessions: list[AppSession] = field(default_factory=list)
    exercises: dict[str, Hint] = field(default_factory=dict)  # by name as first written
    left: Counter[Left] = field(default_factory=Counter)
    marks: Counter[str] = field(default_factory=Counter)  # words in the set order that nobody knows
    unknown_columns: list[str] = field(default_factory=list)
    units_from: str = ""  # "the header", "each row"; empty: the file does not say
    dates_asked: bool = False  # the order of day and month was needed from outside
    hours_known: bool = True
    rated_failures: int = 0  # marked as failure, with an RPE below 10
    durations_dropped: int = 0
    reps_unknown: int = 0  # more than a set can have: kept without them

    def counts(self) -> dict[str, int]:
        sets = [one for session in self.sessions for one in session.sets]
        return {
            "sessions": len(self.sessions),
            "sets": len(sets),
            "warm_ups": sum(one.warm_up for one in sets),
            "failure_marks": sum(one.failed for one in sets),
            "drop_sets": sum("drop set" in one.notes for one in sets),
            "rated": sum(one.rir is not None or one.failed for one in sets if not one.warm_up),
        }

    def left_out(self) -> dict[str, int]:
        return {str(reason): self.left[reason] for reason in Left}
