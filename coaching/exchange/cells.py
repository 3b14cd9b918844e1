"""What stands in a cell, and what is kept of it: pairs of reading and showing that undo each other. Pure.

A kept value is a whole number or text, so that two of them can be compared by `=` in any database: weights in
grams, reserves in halves, hours in hundredths, instants as UTC text, lists in the order of their vocabulary.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from math import inf, isfinite
from typing import NamedTuple

Kept = str | int

_WHOLE = re.compile(r"[+-]?\d{1,12}(\.0+)?")
_NUMBER = re.compile(r"[+-]?(\d{1,12}(\.\d{0,12})?|\.\d{1,12})")
_REAL = re.compile(r"[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})([eE][+-]?\d{1,3})?")
_UTC = re.compile(r"\d{4}-\d\d-\d\dT([01]\d|2[0-3])(:[0-5]\d){2}(Z|\+00:00)", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_EMAIL = re.compile(r"""(?:[^@\s,;<>"]+|"[^"\s]+")@(?:[^@\s,;<>"]+\.[^@\s.,;<>"]+|localhost|\[[^\]\s]+\])""")
FIRST_YEAR, LAST_YEAR = 1900, 2199
FIRST_MOMENT_YEAR = 1970


class Wrong(ValueError):
    """A cell that cannot be read. Its text says why, to the person who wrote it."""


class Kind(NamedTuple):
    """How a cell is read and how what is kept is shown again. `read` never sees an empty cell."""

    read: Callable[[str], Kept]
    show: Callable[[Kept], str] = str


def text(most: int | None = None) -> Kind:
    """Kept letter by letter, formulas too: what a spreadsheet makes of it is not ours to change."""

    def read(cell: str) -> str:
        if most is not None and len(cell) > most:
            raise Wrong(f"longer than {most} characters")
        return cell

    return Kind(read)


def name(most: int, tidied: Callable[[str], str] = str.strip) -> Kind:
    """Text that stands for something: without spaces around it."""

    def read(cell: str) -> str:
        if not (found := tidied(cell)):
            raise Wrong("nothing that can be read")
        return str(text(most).read(found))

    return Kind(read)


def whole(least: int, most: int) -> Kind:
    @lru_cache(10_000)
    def read(cell: str) -> int:
        if not _WHOLE.fullmatch(cell.strip()):
            raise Wrong(f"{quoted(cell)} is not a whole number")
        return _within(int(Decimal(cell.strip())), least, most, cell)

    return Kind(read)


def scaled(per_unit: int, least: int, most: int, *, exact: bool = False) -> Kind:
    """A number kept as a whole multiple of a part: grams of kilograms, halves of repetitions."""
    places = Decimal(1)

    @lru_cache(10_000)
    def read(cell: str) -> int:
        if not _NUMBER.fullmatch(cell.strip()):
            comma = "; decimals are written with a point" if "," in cell else ""
            raise Wrong(f"{quoted(cell)} is not a number{comma}")
        value = Decimal(cell.strip()) * per_unit
        kept = int(value.quantize(places, ROUND_HALF_EVEN))
        if exact and kept != value:
            raise Wrong(f"{cell.strip()} is not a multiple of {_plain(Decimal(1) / per_unit)}")
        return _within(kept, least * per_unit, most * per_unit, cell, per_unit)

    return Kind(read, lambda kept: _plain(Decimal(kept) / per_unit))


def real() -> Kind:
    """Any finite number, kept as the shortest text that means it."""

    def read(cell: str) -> str:
        try:
            found = float(cell.strip()) if _REAL.fullmatch(cell.strip()) else inf
        except ValueError:
            found = inf
        if not isfinite(found):
            raise Wrong(f"{quoted(cell)} is not a number")
        return shortest(found)

    return Kind(read)


def shortest(number: float) -> str:
    return repr(number + 0.0).removesuffix(".0")


def day() -> Kind:
    @lru_cache(10_000)
    def read(cell: str) -> str:
        try:
            found = date.fromisoformat(cell.strip()) if _DAY.fullmatch(cell.strip()) else None
        except ValueError:
            found = None
        if found is None:
            raise Wrong(f"{quoted(cell)} is not a date (as 2026-03-09)")
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise Wrong(f"{found} is not in the years {FIRST_YEAR} to {LAST_YEAR}")
        return found.isoformat()

    return Kind(read)


def moment() -> Kind:
    """An instant together with the offset of the clock that it was read from. `Z` tells of no clock (RFC 9557)."""

    def read(cell: str) -> str:
        found = _moment(cell)
        return (
            f"{found.replace(tzinfo=None).isoformat()}Z" if cell.strip().endswith("Z") else found.isoformat()
        )

    return Kind(read)


def instant() -> Kind:
    """An instant alone, kept as the text of its UTC."""
    return Kind(
        _instant,
        lambda kept: datetime.fromisoformat(str(kept)).replace(tzinfo=UTC).isoformat(),
    )


def flag() -> Kind:
    def read(cell: str) -> int:
        if cell.strip() not in ("0", "1"):
            raise Wrong(f"{quoted(cell)} is neither 0 nor 1")
        return int(cell)

    return Kind(read)


def email() -> Kind:
    def read(cell: str) -> str:
        if not _EMAIL.fullmatch(cell.strip()) or len(cell.strip()) > 254:
            raise Wrong(f"{quoted(cell)} is not an e-mail address")
        return cell.strip()

    return Kind(read)


def _within(kept: int, least: int, most: int, cell: str, per_unit: int = 1) -> int:
    if not least <= kept <= most:
        raise Wrong(f"{cell.strip()} is not between {least // per_unit} and {most // per_unit}")
    return kept


def _moment(cell: str) -> datetime:
    try:
        found = datetime.fromisoformat(cell.strip())
    except ValueError:
        raise Wrong(f"{quoted(cell)} is not a time (as 2026-03-09T18:30:00+01:00)") from None
    if found.tzinfo is None:
        raise Wrong(f"{quoted(cell)} has no offset (as +01:00, or Z)")
    if not _of_a_clock(found.tzinfo):
        raise Wrong(f"{quoted(cell)} has an offset that no clock has")
    if not FIRST_MOMENT_YEAR <= found.year <= LAST_YEAR:
        raise Wrong(f"{found.date()} is not in the years {FIRST_MOMENT_YEAR} to {LAST_YEAR}")
    return found


def _instant(cell: str) -> str:
    if _UTC.fullmatch(cell) and _is_a_day(cell[:10]):  # most are, and are kept as they stand
        return f"{cell[:10]} {cell[11:19]}"
    found = _moment(cell)
    if offset := found.utcoffset():
        found -= offset
    return found.isoformat(" ")[: -len("+00:00")]


@lru_cache(20_000)
def _is_a_day(text: str) -> bool:
    try:
        return FIRST_MOMENT_YEAR <= date.fromisoformat(text).year <= LAST_YEAR
    except ValueError:
        return False


@lru_cache(1_000)
def _of_a_clock(zone: tzinfo) -> bool:
    offset = zone.utcoffset(None) or timedelta()
    return not offset.total_seconds() % 60 and abs(offset.total_seconds()) <= 18 * 3600


def _plain(value: Decimal) -> str:
    """Without exponent or trailing zeros: 100, 62.5, -20."""
    shown = f"{value:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def quoted(cell: str) -> str:
    return f'"{printable(cell if len(cell) <= 60 else cell[:60] + "…")}"'


def printable(text: str) -> str:
    """On one line, and harmless to a terminal: a problem is a line, whatever stood in the cell."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
