"""The words in which a year is told: spells of feeling worse, ways of training. Days count from the demo's first."""

from dataclasses import dataclass, field

from coaching.demo.plans import FULL_BODY, Day

FIRST_DAY = -365
ALWAYS = 10_000


@dataclass(frozen=True, kw_only=True)
class Spell:
    """Days on which a person is worse than usual: in steps of the answers, hours of sleep, per cent of strength."""

    first: int
    last: int
    energy: float = 0
    mood: float = 0
    stress: float = 0
    sleep_quality: float = 0
    anticipation: float = 0
    soreness: float = 0
    sleep_hours: float = 0
    strength: float = 0
    ramp: int = 7

    def share(self, day: int) -> float:
        """How much of it is felt: rising over `ramp` days, whole until the end, then gone within five."""
        if day < self.first:
            return 0.0
        if day <= self.last:
            return min((day - self.first + 1) / max(self.ramp, 1), 1.0)
        return max(1 - (day - self.last) / 5, 0.0)


@dataclass(frozen=True, kw_only=True)
class Effort:
    """How a person trains from a day on: which sets go to failure, how often the form breaks on hinges."""

    since: int
    compounds: float = 0.0  # share of compound sets taken to failure
    isolation: float = 0.0
    last_isolation: float = 0.0  # of the last set of isolation exercises, besides
    form_breaks: float = 0.0  # of hinge sets
    growth: float = 0.15  # per cent a week


@dataclass(frozen=True, kw_only=True)
class Ache:
    """A region that hurts now and then between two days: `often` is the chance that a new one begins."""

    region: str
    first: int
    last: int
    often: float = 0.2
    severity: int = 3


@dataclass(frozen=True, kw_only=True)
class Hurt:
    region: str
    onset: int
    resolved: int | None
    severity: str
    note: str = ""


HELD = Effort(since=FIRST_DAY, last_isolation=0.25)


@dataclass(frozen=True, kw_only=True)
class Person:
    ref: str
    name: str
    born: int
    trains_for: float  # years before the first demo day
    plan: tuple[Day, ...] = FULL_BODY
    weekdays: tuple[int, ...] = (0, 2, 4)
    hour: int = 18
    level: float = 0.8  # of the average lifter
    first: int = FIRST_DAY
    last: int = ALWAYS  # the last day on which anything is logged
    answers: float = 0.85  # of days with a check-in
    usual: dict[str, float] = field(default_factory=dict)
    efforts: tuple[Effort, ...] = (HELD,)
    spells: tuple[Spell, ...] = ()
    aches: tuple[Ache, ...] = ()
    hurts: tuple[Hurt, ...] = ()
    away: tuple[tuple[int, int], ...] = ()  # holidays: nothing is logged
    away_until: int | None = None
    cycle: int = (
        3  # whole weeks since the cycle of phases began: 0–6 hypertrophy, 7 deload, 8–13 strength, 14 deload
    )
    scaled_back: int | None = None  # when the coach scales back, if there is an open flag then
    left_open: bool = False  # the coach has not answered yet

    def effort(self, day: int) -> Effort:
        return next(e for e in reversed(self.efforts) if e.since <= day or e is self.efforts[0])
