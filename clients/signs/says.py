"""The sentences: numbers first, then what is missing. Scales with one decimal, strength in whole percent."""

from collections.abc import Sequence
from datetime import date

NAMELESS = "The client"
NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}
ITEM_WORDS = {
    "energy": "energy",
    "mood": "mood",
    "stress": "calm",
    "soreness": "freshness",
    "sleep_quality": "sleep",
    "anticipation": "looking forward to training",
    "sleep_hours": "hours of sleep",
}


def day_words(ordinal: int) -> str:
    day = date.fromordinal(ordinal)
    return f"{day.day} {day:%B}"


def plural(n: int, noun: str) -> str:
    """`1 check-in`, `2 check-ins`, `2 more sessions with rated sets`."""
    if n == 1:
        return f"1 {noun}"
    head, sep, tail = noun.partition(" with ")
    return f"{n} {head}s{sep}{tail}"


def possessive(name: str) -> str:
    return f"{name}'" if name.endswith(("s", "S")) else f"{name}'s"


def listed(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def whole(x: float) -> int:
    return int(x + 0.5) if x >= 0 else -int(-x + 0.5)


def one(x: float) -> str:
    return f"{round(x, 1) + 0.0:.1f}"


def sentence(words: str) -> str:
    """Capital letter, full stop."""
    words = words.strip()
    return words[:1].upper() + words[1:] + ("" if words.endswith(".") else ".") if words else ""


def gap_words(n: int, missing: int, noun: str) -> str:
    """`(11 check-ins, 4 days missing)`"""
    if not missing:
        return f"({plural(n, noun)})"
    return f"({plural(n, noun)}, {plural(missing, 'day')} missing)"
