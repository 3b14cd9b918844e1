"""Dates and times as each app and phone writes them, without offset unless they say UTC. Pure."""

import re
import unicodedata
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TypeVar

from coaching.exchange.cells import FIRST_MOMENT_YEAR, LAST_YEAR, Wrong, quoted

When = TypeVar("When", date, datetime)

_MONTHS = (
    "january janeiro enero janvier januar gennaio januari",
    "february fevereiro febrero fevrier februar febbraio februari",
    "march marco marzo mars marz maerz maart mrt",
    "april abril avril aprile",
    "may maio mayo mai maggio mei",
    "june junho junio juin juni giugno",
    "july julho julio juillet juli luglio",
    "august agosto aout augustus",
    "september setembro septiembre setiembre septembre settembre",
    "october outubro octubre octobre oktober ottobre",
    "november novembro noviembre novembre",
    "december dezembro diciembre decembre dezember dicembre",
)
_BETWEEN = {"de", "del", "di", "a", "at", "um", "uhr", "om", "alle", "as", "le", "la", "el", "las"}
_CLOCK = r"(\d{1,2})[:.h](\d\d)(?:[:.](\d\d))?(?:\.\d+)?\s*([ap])?\.?\s?(?:m\b)?\.?"
_ISO = re.compile(rf"(\d{{4}})-(\d\d?)-(\d\d?)[ t,]+{_CLOCK}", re.IGNORECASE)
_AT_END = re.compile(rf"[ ,]{_CLOCK}$", re.IGNORECASE)
_UTC = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(:\d\d)?(\.\d+)?\s*(Z|UTC|[+-]00:?00)", re.IGNORECASE)
_DAY = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})\.?")


class StrangeMonth(Wrong):
    """A month's name in a language that is not known here: no other row can be trusted either."""


def _prefixes() -> dict[str, int]:
    """Every beginning of three letters or more that belongs to one month alone."""
    found: dict[str, set[int]] = {}
    for number, names in enumerate(_MONTHS, 1):
        for name in names.split():
            for length in range(3, len(name) + 1):
                found.setdefault(name[:length], set()).add(number)
    return {prefix: months.pop() for prefix, months in found.items() if len(months) == 1}


_MONTH_OF = _prefixes()


@lru_cache(5_000)  # a session's rows repeat it
def iso_local(cell: str) -> datetime:
    """`2024-03-04 18:30:05`, also `6:30:05 PM` with whatever space the phone puts there."""
    found = _ISO.fullmatch(_plain_spaces(cell))
    if not found:
        raise Wrong(f"{quoted(cell)} is not a date with a time (as 2024-03-04 18:30:05)")
    year, month, day, *clock = found.groups()
    return _moment(cell, int(year), int(month), int(day), clock)


@lru_cache(5_000)
def worded_local(cell: str) -> datetime:
    """`4 Mar 2024, 18:30`, `Mar 4, 2024, 6:30 PM`, `3 févr. 2024 à 7:07`; ISO as well."""
    text = _plain_spaces(cell)
    if _ISO.fullmatch(text):
        return iso_local(cell)
    clock = _AT_END.search(text)
    words = re.findall(r"\d+|[^\W\d_]+", _no_accents(text[: clock.start()] if clock else ""))
    numbers = [word for word in words if word.isdigit()]
    names = [word for word in words if not word.isdigit() and word not in _BETWEEN]
    if clock is None or len(numbers) != 2 or len(names) != 1:
        raise Wrong(f"{quoted(cell)} is not a date with a time (as 4 Mar 2024, 18:30)")
    if (month := _MONTH_OF.get(names[0])) is None:
        raise StrangeMonth(f"{quoted(cell)}: {quoted(names[0])} is no month in a language that is known here")
    day, year = sorted(numbers, key=len) if len(numbers[0]) != len(numbers[1]) else numbers
    return _moment(cell, int(year), month, int(day), clock.groups())


@lru_cache(5_000)
def utc(cell: str) -> datetime:
    """`2025-06-02T17:00:05Z`."""
    found = _UTC.fullmatch(_plain_spaces(cell))
    if not found:
        raise Wrong(f"{quoted(cell)} is not a time in UTC (as 2025-06-02T17:00:05Z)")
    day, clock, seconds, *_ = found.groups()
    try:
        found_at = datetime.fromisoformat(f"{day}T{clock}{seconds or ':00'}").replace(tzinfo=UTC)
        return _believable(cell, found_at)
    except Wrong:
        raise
    except ValueError:
        raise Wrong(f"{quoted(cell)} is a time that no calendar has") from None


class Unordered(Wrong):
    """Day and month could be either, and nobody has said which comes first."""


def day_order(cell: str) -> str:
    """`dmy` or `mdy` where a number above 12 proves it; empty where this cell does not."""
    found = _DAY.fullmatch(cell.strip())
    if not found or len(found[1]) == 4 or len(found[3]) != 4:
        return ""
    return "dmy" if int(found[1]) > 12 else "mdy" if int(found[2]) > 12 else ""


def is_iso_day(cell: str) -> bool:
    found = _DAY.fullmatch(cell.strip())
    return bool(found and len(found[1]) == 4)


def day(cell: str, order: str) -> date:
    """`2024-03-04`; `04/03/2024` in the order given."""
    found = _DAY.fullmatch(cell.strip())
    if not found or 4 not in (len(found[1]), len(found[3])):
        raise Wrong(f"{quoted(cell)} is not a date (as 2024-03-04)")
    first, second, third = (int(part) for part in found.groups())
    if len(found[1]) == 4:
        year, month, number = first, second, third
    elif not order:
        raise Unordered(f"{quoted(cell)} could be day/month or month/day, and no date of the file proves it")
    else:
        year, month, number = (third, second, first) if order == "dmy" else (third, first, second)
    try:
        return _believable(cell, date(year, month, number))
    except Wrong:
        raise
    except ValueError:
        raise Wrong(f"{quoted(cell)} is a date that no calendar has") from None


def _moment(
    cell: str, year: int, month: int, day: int, clock: "tuple[str | None, ...] | list[str | None]"
) -> datetime:
    hour, minute, second = (int(part or 0) for part in clock[:3])
    if half := (clock[3] or "").lower():
        if not 1 <= hour <= 12:
            raise Wrong(f"{quoted(cell)} has an hour that no clock has")
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        local = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  # as written
        return _believable(cell, local)
    except Wrong:
        raise
    except ValueError:
        raise Wrong(f"{quoted(cell)} is a time that no calendar has") from None


def _believable(cell: str, when: When) -> When:
    if not FIRST_MOMENT_YEAR < when.year <= LAST_YEAR:
        raise Wrong(f"{quoted(cell)} is not in the years {FIRST_MOMENT_YEAR + 1} to {LAST_YEAR}")
    return when


def _plain_spaces(cell: str) -> str:
    """Phones put narrow and unbreakable spaces, and marks of direction, into times."""
    return " ".join("".join(c for c in cell if unicodedata.category(c) != "Cf").split())


def _no_accents(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))
