"""Numbers as phones write them: `62.5`, `62,5`, `8.0`, `1h 5m`, `0:01:30`. Pure."""

import re
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from coaching.exchange.cells import Wrong, quoted

POUND_KG = Decimal("0.45359237")
CENTIGRAM = Decimal("0.01")
MOST_REMEMBERED = 10_000
SHORTEST_MIN, LONGEST_MIN = 5, 240  # workouts are left open: a phone that was never told tells nothing

_NUMBER = re.compile(r"[+-]?\d{1,12}([.,]\d{0,20})?|[+-]?[.,]\d{1,20}")
_LENGTH = re.compile(r"(\d+(?:[.,]\d+)?)\s*([a-z]+)\.?", re.IGNORECASE)
_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,3}):(\d\d)(?:\.\d+)?")
_SECONDS = {"d": 86_400, "j": 86_400, "h": 3_600, "m": 60, "s": 1}


class Numbers:
    """Reads one file's numbers: each column has one sign for its decimals, and keeps to it."""

    def __init__(self) -> None:
        self._signs: dict[str, str] = {}
        self._read: dict[tuple[str, str], Decimal | None] = {}  # people lift the same weights again

    def read(self, column: str, cell: str) -> Decimal | None:
        key = (column, cell)
        if key not in self._read:
            if len(self._read) > MOST_REMEMBERED:
                self._read.clear()
            self._read[key] = self._number(column, cell)
        return self._read[key]

    def _number(self, column: str, cell: str) -> Decimal | None:
        text = cell.strip().replace("\u2212", "-")
        if not text:
            return None
        if not _NUMBER.fullmatch(text):
            raise Wrong(f"{quoted(cell)} is not a number")
        sign = "," if "," in text else "." if "." in text else ""
        if sign and self._signs.setdefault(column, sign) != sign:
            raise Wrong(
                f"{quoted(cell)}: the column mixes decimal points and commas, so neither can be trusted"
            )
        return Decimal(text.replace(",", "."))

    def whole(self, column: str, cell: str) -> int | None:
        value = self.read(column, cell)
        if value is None:
            return None
        if value != value.to_integral_value() or value < 0:
            raise Wrong(f"{quoted(cell)} is not a whole number")
        return int(value)


# Remembered, so that a long file's sets share their few numbers.
@lru_cache(MOST_REMEMBERED)
def kilograms(value: Decimal | None, units: str) -> Decimal | None:
    """To 10 g: pounds of a phone were kilograms once, and 74.99999999999999 was 75. Empty and 0 are alike."""
    if not value:
        return None
    kg = value * POUND_KG if units == "lb" else value
    return kg.quantize(CENTIGRAM, ROUND_HALF_EVEN) or None


@lru_cache(1_000)
def reserve(rpe: Decimal | None) -> Decimal | None:
    """Reps in reserve of an RPE, in halves. 0 is what an app writes where nothing was chosen."""
    if not rpe:
        return None
    if not 0 < rpe <= 10:
        raise Wrong(f"{rpe.normalize():f} is not an RPE: it goes from 1 to 10")
    return halves(10 - rpe)


@lru_cache(1_000)
def halves(value: Decimal) -> Decimal:
    return (value * 2).quantize(Decimal(1), ROUND_HALF_EVEN) / 2


@lru_cache(5_000)
def seconds_of(cell: str) -> int | None:
    """A length of time: `58m`, `1h 5min`, `0:01:30`, or seconds. None where it cannot be read."""
    text = cell.strip()
    if clock := _CLOCK.fullmatch(text):
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        return hours * 3_600 + minutes * 60 + seconds
    if _NUMBER.fullmatch(text):
        return int(Decimal(text.replace(",", ".")))
    parts = _LENGTH.findall(text)
    if (
        not parts
        or _LENGTH.sub("", text).strip()
        or any(unit[0].lower() not in _SECONDS for _, unit in parts)
    ):
        return None
    return int(sum(Decimal(number.replace(",", ".")) * _SECONDS[unit[0].lower()] for number, unit in parts))


def minutes_kept(seconds: int | None) -> Decimal | None:
    if seconds is None or not SHORTEST_MIN * 60 <= seconds <= LONGEST_MIN * 60:
        return None
    return (Decimal(seconds) / 60).quantize(CENTIGRAM)


def units_of(word: str) -> str:
    """`kg` or `lb` of however it is written; empty if it is neither."""
    plain = word.strip().lower().rstrip(".")
    return "kg" if plain in ("kg", "kgs") else "lb" if plain in ("lb", "lbs") else ""
