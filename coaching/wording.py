"""How a coach's screens say days, signs and shares."""

from datetime import date

from clients.signs.kinds import Level, Sign

SIGN_WORDS = {
    Sign.STRENGTH_DECLINE: "strength decline",
    Sign.FATIGUE_MOOD: "fatigue or mood",
    Sign.ACHES: "aches",
    Sign.DREAD: "dread",
    Sign.SLEEP_DECLINE: "sleep",
}
SHAPES = {Level.ACT: "●", Level.WATCH: "◐", Level.NONE: "○"}
PHASE_SHORT = {"strength": "str", "hypertrophy": "hyp", "deload": "deload", "base": "base"}


def sign_word(sign: str) -> str:
    return SIGN_WORDS[Sign(sign)]


def day_said(day: date, today: date) -> str:
    """`3 June`; with the year where it is another."""
    return f"{day.day} {day:%B}" if day.year == today.year else f"{day.day} {day:%B %Y}"


def ago(day: date, today: date) -> str:
    days = (today - day).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    return f"{days} days ago" if days < 60 else f"{days // 7} weeks ago"


def since(day: date, today: date) -> str:
    days = max((today - day).days, 0)
    return "since today" if days == 0 else f"since {counted(days, 'day')}"


def counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def percent(share: float) -> str:
    return f"{share * 100:.0f} %"
