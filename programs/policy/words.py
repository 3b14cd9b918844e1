"""How verdicts say times, days and numbers."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def day_words(day: date, today: date) -> str:
    """`Thursday` within the coming week, else `Thursday 4 June`, with the year where it is another."""
    ahead = (day - today).days
    if ahead == 0:
        return "today"
    if 0 < ahead < 7:
        return f"{day:%A}"
    year = f" {day.year}" if day.year != today.year else ""
    return f"{day:%A} {day.day} {day:%B}{year}"


def moment_words(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """`today 18:20`, `Thursday 18:20`, in the client's own time."""
    local = at.astimezone(zone)
    return f"{day_words(local.date(), now.astimezone(zone).date())} {local:%H:%M}"


def number_words(value: float) -> str:
    """72, not 72.0; 6.5 as it is."""
    return f"{value:g}"


def list_words(words: list[str]) -> str:
    """`sleep`, `sleep and mood`, `sleep, mood and aches`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
