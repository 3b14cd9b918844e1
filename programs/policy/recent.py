"""What a verdict knows: the set that is asked about, and the client's recent past as plain values."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from clients.days import local_day, monday_of, start_of
from clients.readiness import Readiness
from clients.signs.kinds import Level, Sign
from programs.policy.kinds import Answer, PhaseKind
from programs.policy.limits import Limits
from programs.policy.share import Share
from programs.policy.suitability import ExerciseFacts

SAME_VISIT = timedelta(hours=3)  # records that begin less than this apart are one session
SHARE_DAYS = 28
USUAL_WEEKS, USUAL_WITHIN, USUAL_LEAST = 4, 12, 2  # "usual week": median of the last 4 within 12; at least 2


@dataclass(frozen=True, kw_only=True)
class Question:
    """May this set go to failure? Without a place in its series it is the last set."""

    exercise: ExerciseFacts
    reps: int | None = None
    set_no: int | None = None
    of: int | None = None

    @property
    def last(self) -> bool:
        return self.set_no is None or self.of is None or self.set_no >= self.of


@dataclass(frozen=True, kw_only=True)
class Bout:
    """One exercise within one session: how its working sets counted."""

    session: int
    started_at: datetime
    day: date  # the session's local day
    name: str
    compound: bool
    muscle: str  # empty is unknown
    working: int
    costs: int  # sets that cost as failure
    rated: int
    unrated: int
    form_breaks: int
    hard: int  # sets at up to 4 RIR, failure included
    last_cost_at: datetime | None
    hour_known: bool = True  # else the session stands at noon of its day

    @cached_property
    def key(self) -> str:
        return self.name.casefold()


@dataclass(frozen=True, kw_only=True)
class PhaseNow:
    kind: PhaseKind = PhaseKind.BASE
    week: int | None = None
    name: str = ""
    last_day: date | None = None  # None: open, or nothing planned after it


@dataclass(frozen=True, kw_only=True)
class OpenFlag:
    sign: Sign
    level: Level
    since: date
    answered: bool


@dataclass(frozen=True, kw_only=True)
class Recent:
    at: datetime
    zone: ZoneInfo
    limits: Limits
    bouts: tuple[Bout, ...]  # everything within the windows of the rules that had happened by `at`
    phase: PhaseNow
    planned: int | None  # working sets of this calendar week's programme; None without one
    flags: tuple[OpenFlag, ...]
    scale_back_until: date | None
    readiness: Readiness
    planned_failures: int | None = None  # of the planned sets, those meant for failure

    @cached_property
    def today(self) -> date:
        return local_day(self.at, self.zone)

    @cached_property
    def monday(self) -> date:
        return monday_of(self.today)

    @cached_property
    def visits(self) -> dict[int, int]:
        """Session → visit, numbered in the order of time."""
        starts = sorted({(bout.started_at, bout.session) for bout in self.bouts})
        numbers: dict[int, int] = {}
        visit, before = 0, None
        for started_at, session in starts:
            visit += before is not None and started_at - before >= SAME_VISIT
            before = started_at
            numbers[session] = visit
        return numbers

    @cached_property
    def current(self) -> int | None:
        """The visit under way: one that began, or went on in another record, in the three hours before."""
        newest = max(((bout.started_at, bout.session) for bout in self.bouts), default=None)
        if newest is None or self.at - newest[0] >= SAME_VISIT:
            return None
        return self.visits[newest[1]]

    @cached_property
    def this_week(self) -> tuple[Bout, ...]:
        return tuple(bout for bout in self.bouts if self.monday <= bout.day <= self.today)

    @cached_property
    def week_share(self) -> Share:
        return self._share(self.this_week)

    @cached_property
    def month_share(self) -> Share:
        return self._share(self.month_bouts)

    @cached_property
    def month_bouts(self) -> tuple[Bout, ...]:
        first = self.today - timedelta(days=SHARE_DAYS - 1)
        return tuple(bout for bout in self.bouts if first <= bout.day <= self.today)

    @cached_property
    def usual_week(self) -> int | None:
        """Working sets of a usual week where no programme says so; None while no week is usual yet."""
        weeks: dict[date, int] = {}
        first = self.monday - timedelta(weeks=USUAL_WITHIN)
        for bout in self.bouts:
            if first <= bout.day < self.monday:
                weeks[monday_of(bout.day)] = weeks.get(monday_of(bout.day), 0) + bout.working
        newest = sorted(sets for _, sets in sorted(weeks.items(), reverse=True)[:USUAL_WEEKS])
        if len(newest) < USUAL_LEAST:
            return None
        middle = len(newest) // 2
        return newest[middle] if len(newest) % 2 else (newest[middle - 1] + newest[middle]) // 2

    def begins(self, day: date) -> datetime:
        return start_of(day, self.zone)

    @staticmethod
    def _share(bouts: tuple[Bout, ...]) -> Share:
        return Share(
            failure=sum(bout.costs for bout in bouts),
            rated=sum(bout.rated for bout in bouts),
            unrated=sum(bout.unrated for bout in bouts),
        )


@dataclass(frozen=True, kw_only=True)
class Objection:
    """What one rule has against a set going to failure."""

    code: str
    answer: Answer
    says: str
    opens_at: datetime | None = None  # when time alone lifts it


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The answer, the rules that decided in their order of precedence, a sentence each, and when it opens."""

    answer: Answer
    codes: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    opens_at: datetime | None = None
