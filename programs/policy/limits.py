"""Every limit of a policy: default, bounds, unit, and where it comes from. A coach or a client may have their own."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

ARTICLE = "the article"
CONVENTION = "convention: our choice within the article's words"


def _limit(
    default: float, low: float, high: float, unit: str, rule: str, says: str, source: str, step: float = 1
) -> Any:
    facts = {
        "low": low,
        "high": high,
        "unit": unit,
        "rule": rule,
        "says": says,
        "source": source,
        "step": step,
    }
    return field(default=default, metadata=facts)


@dataclass(frozen=True, kw_only=True)
class Limits:
    form_break_sessions: float = _limit(
        2,
        1,
        2,
        "of the last 3 sessions",
        "F1",
        "Sessions with broken form that close an exercise",
        CONVENTION,
    )
    clean_sessions: float = _limit(2, 1, 4, "sessions", "F1", "Clean sessions that open it again", CONVENTION)
    failure_share: float = _limit(
        20, 5, 25, "%", "F2", "Share of sets that may go to failure",
        "the article's 80/20 rule: a coach's experience, no study",
    )  # fmt: skip
    recovery_hours: float = _limit(
        72, 48, 120, "hours", "F3", "Recovery after a failure set",
        "the article; a margin, not a finding: studies see recovery slowed by up to 24–48 h (Morán-Navarro 2017)",
    )  # fmt: skip
    reps_least: float = _limit(5, 3, 8, "reps", "F5", "Fewest reps of a failure set that pays", ARTICLE)
    reps_most: float = _limit(15, 10, 20, "reps", "F5", "Most reps of a failure set that pays", ARTICLE)
    strength_phase_sets: float = _limit(
        1, 0, 2, "sets a week", "F5", "Isolation sets to failure in a strength phase", CONVENTION
    )
    compound_sessions: float = _limit(
        1, 1, 2, "sessions a week", "F5", "Sessions in which a compound exercise may go to failure", ARTICLE
    )
    exercise_sessions: float = _limit(
        2, 1, 2, "sessions a week", "F6", "Sessions in which any exercise may go to failure", ARTICLE
    )
    experience_years: float = _limit(
        2, 2, 5, "years", "F7", "Training experience before failure work", ARTICLE, step=0.5
    )
    compound_years: float = _limit(
        3,
        2,
        6,
        "years",
        "F7",
        "Training experience before failure on compounds",
        "the article's upper figure",
        step=0.5,
    )
    sleep_hours: float = _limit(
        7, 6.5, 9, "hours", "F7", "Sleep that recovery needs",
        "the article; sleep societies (Watson 2015)", step=0.25,
    )  # fmt: skip
    scale_back_days: float = _limit(
        14, 7, 42, "days", "F8", "Length of a scale back, unless chosen otherwise", CONVENTION
    )

    @classmethod
    def of(cls, values: Mapping[str, float]) -> "Limits":
        """Own values over the defaults, each held within its bounds; a key that nobody knows is left out."""
        known = {limit.key: limit for limit in LIMITS}
        return cls(**{key: known[key].held(value) for key, value in values.items() if key in known})


@dataclass(frozen=True, kw_only=True)
class Limit:
    """What is to be known of one limit."""

    key: str
    default: float
    low: float
    high: float
    unit: str
    rule: str
    says: str
    source: str
    step: float

    def held(self, value: float) -> float:
        return min(max(value, self.low), self.high)

    def against(self, value: float) -> str:
        """Why a value cannot be one's own: a sentence, empty where it can. Not a number is outside, too."""
        if not self.low <= value <= self.high:
            return f"Choose from {self.low:g} to {self.high:g} {self.unit}; the default is {self.default:g}."
        if (value / self.step) % 1:
            return "Give a whole number." if self.step == 1 else f"Give it in steps of {self.step:g}."
        return ""


LIMITS: tuple[Limit, ...] = tuple(
    Limit(key=f.name, default=getattr(Limits, f.name), **f.metadata) for f in fields(Limits)
)
