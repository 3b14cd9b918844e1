"""Plain values for the tests of the rules: a client of whom everything speaks for failure, unless said otherwise."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from clients.days import local_day
from clients.readiness import Indicator, Readiness, State
from programs.policy.kinds import PhaseKind
from programs.policy.limits import Limits
from programs.policy.recent import Bout, PhaseNow, Question, Recent
from programs.policy.suitability import ExerciseFacts

AT = datetime(2026, 6, 18, 17, 0, tzinfo=UTC)  # a Thursday, 18:00 in London
LONDON = ZoneInfo("Europe/London")

PUSHDOWN = ExerciseFacts(
    name="Triceps pushdown", equipment="cable", mechanic="isolation", pattern="isolation",
    primary_muscle="triceps", overhead=False, coordination=False, can_trap=False,
)  # fmt: skip
CURL = replace(PUSHDOWN, name="Dumbbell curl", equipment="dumbbell", primary_muscle="biceps")
LEG_PRESS = ExerciseFacts(
    name="Leg press", equipment="machine", mechanic="compound", pattern="squat",
    primary_muscle="quads", loaded_regions=("knee",), overhead=False, coordination=False, can_trap=False,
)  # fmt: skip
CHEST_PRESS = replace(
    LEG_PRESS, name="Chest press", pattern="horizontal_push", primary_muscle="chest", loaded_regions=()
)
DEADLIFT = replace(
    LEG_PRESS, name="Deadlift", equipment="barbell", pattern="hinge", primary_muscle="lower_back",
    loaded_regions=("lower_back",),
)  # fmt: skip


def indicator(state: str = "met", says: str = "It was said.") -> Indicator:
    return Indicator(state=State(state), says=says)


def readiness(**states: Any) -> Readiness:
    """All five met and ten years of training, but for what is named."""
    names = ("experience", "form", "recovery", "injury", "plateau")
    found: dict[str, Any] = {name: indicator(states.pop(name, "met"), f"About {name}.") for name in names}
    return Readiness(**found, **{"years": 10.0, **states})


def a_bout(
    exercise: ExerciseFacts = PUSHDOWN, *, ago: timedelta, session: int | None = None, **counts: Any
) -> Bout:
    """A session that began `ago`; by default three hold-back sets of the exercise."""
    at = AT - ago
    fields: dict[str, Any] = {
        "working": 3, "costs": 0, "rated": 3, "unrated": 0, "form_breaks": 0, "hard": 3, "last_cost_at": None,
    }  # fmt: skip
    if counts.get("costs"):
        fields["last_cost_at"] = at
    return Bout(
        session=session if session is not None else int(at.timestamp()), started_at=at, day=local_day(at, LONDON),
        name=exercise.name, compound=exercise.compound, muscle=exercise.primary_muscle,
        **{**fields, **counts},
    )  # fmt: skip


def recent(*bouts: Bout, **changes: Any) -> Recent:
    """Thursday of a hypertrophy phase, 100 sets planned, nothing against failure."""
    fields: dict[str, Any] = {
        "at": AT, "zone": LONDON, "limits": Limits(), "phase": PhaseNow(kind=PhaseKind.HYPERTROPHY, week=3),
        "planned": 100, "flags": (), "scale_back_until": None, "readiness": readiness(),
    }  # fmt: skip
    return Recent(bouts=tuple(bouts), **{**fields, **changes})


def ask(exercise: ExerciseFacts = PUSHDOWN, **changes: Any) -> Question:
    return Question(exercise=exercise, **changes)
