"""The published method, read from the running one: the rules' own words and the constants that they use."""

import sys
from dataclasses import dataclass
from inspect import cleandoc

from clients import indicators, plateau
from clients.body import word
from clients.loading import TABLE
from clients.signs import aches, dread, fatigue, sleep, strength
from clients.signs.judged import ACT_MORE, WATCH
from clients.signs.kinds import Sign
from coaching.measures import LEAST_ANSWERS, LEAST_SESSIONS
from coaching.wording import sign_word
from programs.models.month import DAYS
from programs.policy import offer
from programs.policy.kinds import PRECEDENCE
from programs.policy.limits import LIMITS, Limit
from programs.policy.rules import RULES
from programs.policy.share import LEAST_RATED, LEAST_RATED_PART
from programs.policy.words import number_words


@dataclass(frozen=True, kw_only=True)
class LimitLine:
    says: str
    default: str
    bounds: str
    source: str


@dataclass(frozen=True, kw_only=True)
class RulePart:
    code: str
    title: str
    article: str  # the sentence of the article that the rule stands for
    reading: str  # how it is read, where a sentence leaves room
    limits: tuple[LimitLine, ...]


@dataclass(frozen=True, kw_only=True)
class IndicatorPart:
    name: str
    says: str


@dataclass(frozen=True, kw_only=True)
class SignPart:
    name: str
    article: str
    reading: str
    watch: str
    act: str


_SIGNS = {
    Sign.STRENGTH_DECLINE: strength,
    Sign.FATIGUE_MOOD: fatigue,
    Sign.ACHES: aches,
    Sign.DREAD: dread,
    Sign.SLEEP_DECLINE: sleep,
}


def signs() -> list[SignPart]:
    """The detectors in their modules' own words, and the evidence from which each level begins."""
    return [_sign(sign, *_said(module.__doc__)) for sign, module in _SIGNS.items()]


def _sign(sign: Sign, article: str, reading: str) -> SignPart:
    watch = WATCH[sign]
    return SignPart(
        name=sign_word(sign),
        article=article,
        reading=reading,
        watch=f"{watch:.1f}",
        act=f"{watch + ACT_MORE:.1f}",
    )


def _said(docstring: str | None) -> tuple[str, str]:
    """The first paragraph, and the rest, as a page shows them."""
    first, _, rest = cleandoc(docstring or "").replace("`", "").partition("\n\n")
    return " ".join(first.split()), " ".join(rest.split())


def _percent(part: float) -> str:
    return f"{100 * part:.0f} %"


def rules() -> list[RulePart]:
    return [_rule(code) for code in sorted(RULES)]


def _amount(limit: Limit) -> str:
    unit = limit.unit
    if limit.default == 1:
        unit = unit.replace("sets", "set").replace("sessions", "session")
    return f"{number_words(limit.default)} {unit}"


def precedence() -> str:
    return " · ".join(PRECEDENCE)


def _rule(code: str) -> RulePart:
    rule = RULES[code]
    title, reading = _said(sys.modules[rule.__module__].__doc__)
    title = title.removeprefix(f"{code}: ").rstrip(".")
    lines = tuple(
        LimitLine(
            says=limit.says,
            default=_amount(limit),
            bounds=f"{number_words(limit.low)}–{number_words(limit.high)}",
            source=limit.source,
        )
        for limit in LIMITS
        if limit.rule == code
    )
    return RulePart(
        code=code,
        title=title[:1].upper() + title[1:],
        article=_said(rule.__doc__)[0],
        reading=reading,
        limits=lines,
    )


def readiness() -> list[IndicatorPart]:
    """What makes each indicator met. The numbers are the ones that are computed with."""
    i, p = indicators, plateau
    return [
        IndicatorPart(
            name="experience",
            says=f"{number_words(i.MIN_YEARS)} years declared or logged; a month counts with {i.TRAINED_MONTH} "
            "sessions. Two logged years with fewer than half such months contradict what was declared.",
        ),
        IndicatorPart(
            name="form under fatigue",
            says=f"Of the last 30 hard sets in 12 weeks, at least {i.FORM_LEAST}, form breaks in about "
            f"{_percent(i.FORM_GOOD)} at most (before anything is logged: one in ten); not met above "
            f"{_percent(i.FORM_BAD)}, or while {i.FORM_CLOSED} exercises are closed for broken form.",
        ),
        IndicatorPart(
            name="recovery",
            says=f"At least {number_words(i.SLEEP_HOURS)} h of sleep on average over {i.NIGHTS_LEAST} or more of the "
            f"last {i.NIGHTS} nights, stress at {i.STRESS_FINE} of 5 or better on {i.STRESS_LEAST} answers, and no "
            f"sleep sign open. Not met where sleep is surely below, or stress below {number_words(i.STRESS_BAD)}.",
        ),
        IndicatorPart(
            name="no injury", says="None open. One that is open closes just the exercises that load it."
        ),
        IndicatorPart(
            name="plateau",
            says=f"Training was steady for six weeks ({_percent(p.PLANNED_PART)} of the plan, or {p.A_WEEK} sessions "
            f"in {p.STEADY_WEEKS} of {p.WEEKS} weeks, no gap over {p.LONGEST_GAP} days), and at least half of the "
            f"muscles that can be told gain less than {p.GAIN_TRAINED} % a week ({p.GAIN_NEW} % in the first "
            f"{p.TRAINED_YEARS} years).",
        ),
    ]


def loads() -> list[tuple[str, str, str]]:
    """Region, what loads it, what loads it too: what an injury closes and what it cautions."""
    return [
        (word(region), _traits(direct), _traits(also)) for region, (direct, also) in TABLE.items() if direct
    ]


def _traits(traits: set[str]) -> str:
    return ", ".join(sorted(word(trait).removeprefix("muscle:") for trait in traits))


def month() -> dict[str, str]:
    """What the trial month goes by."""
    held = ", ".join(f"{word(kind)} {points}" for kind, points in offer.EQUIPMENT.items())
    return {
        "days": str(DAYS),
        "points": f"isolation {offer.ISOLATION} points, {held}, reps that pay {offer.PAYS}, a rested muscle up to "
        f"{offer.RESTED_MOST}, a caution −{offer.CAUTION} (nothing in a strength phase)",
        "answers": str(LEAST_ANSWERS),
        "sessions": str(LEAST_SESSIONS),
    }


def enough_rated() -> str:
    return f"{LEAST_RATED} rated sets, and {_percent(LEAST_RATED_PART)} of the sets rated"
