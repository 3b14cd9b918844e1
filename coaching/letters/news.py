"""What a week brought, as values: read from rows in `gather`, put into words in `words`. Pure."""

from dataclasses import dataclass, field
from datetime import date, datetime

from programs.policy.limits import Limits


@dataclass(frozen=True, kw_only=True)
class Deed:
    """One thing a coach did."""

    kind: str
    on: date
    until: date | None = None
    by: str = ""  # a colleague's name; empty: the reader


@dataclass(frozen=True, kw_only=True)
class OpenSign:
    sign: str
    level: str
    trend: str  # new, worse, same, better: since the last letter
    since: date
    score: float = 0.0
    settled: bool = False  # somebody has answered


@dataclass(frozen=True, kw_only=True)
class ClosedSign:
    sign: str
    how: str  # a Resolution
    days: int  # how long it was open


@dataclass(frozen=True, kw_only=True)
class Person:
    """One client's week."""

    pk: int
    name: str
    open: tuple[OpenSign, ...] = ()
    closed: tuple[ClosedSign, ...] = ()
    done: tuple[Deed, ...] = ()
    came: tuple[str, ...] = ()  # outcomes that were measured since the last letter
    quiet_since: date | None = None  # last set or check-in, when that is a week ago or more
    never_logged: bool = False
    strength: tuple[float | None, ...] = ()  # eight weeks of the lifts against their own level, per cent

    @property
    def needs_coach(self) -> bool:
        return any(s.level == "act" and not s.settled for s in self.open)


@dataclass(frozen=True, kw_only=True)
class Effort:
    """Sets of all clients in seven days."""

    sets: int = 0
    rated: int = 0
    failure: int = 0
    clients: int = 0  # who logged


@dataclass(frozen=True, kw_only=True)
class News:
    coach: str
    at: datetime
    today: date  # the coach's
    people: tuple[Person, ...]
    clients: int
    effort: Effort = field(default_factory=Effort)
    effort_before: Effort = field(default_factory=Effort)
    limit: float = Limits.failure_share  # of failure sets, %, as the coach's policy has it
    names: bool = True

    @property
    def worth_a_letter(self) -> bool:
        return any(
            p.open or p.closed or p.came or p.quiet_since is not None or p.never_logged for p in self.people
        )
