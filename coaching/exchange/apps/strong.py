"""Strong's exports since 2016: a row a set, marks in the set order, rest timers and notes in between. Pure."""

from decimal import Decimal

from coaching.exchange.apps.building import Building, reason_for_none
from coaching.exchange.apps.forms import STRONG, STRONG_BY_PLACE, columns, foreign_strong, unit_of
from coaching.exchange.apps.kinds import App, AppSet, Left, Options, Read
from coaching.exchange.apps.numbers import kilograms, minutes_kept, reserve, seconds_of, units_of
from coaching.exchange.apps.row import Misread, Row, rows
from coaching.exchange.apps.sheet import Sheet
from coaching.exchange.apps.times import iso_local
from coaching.exchange.problems import Problems

FAILED = "marked failure in Strong"
_NO_SETS = {"rest timer": Left.REST_TIMER, "note": Left.NOTE}


def read_strong(sheet: Sheet, options: Options, problems: Problems) -> Read:
    foreign = foreign_strong(sheet)
    at = dict(zip(STRONG_BY_PLACE, range(12), strict=True)) if foreign else columns(sheet, STRONG)
    header = "" if foreign else unit_of(sheet.header[at["weight"]])
    building = Building(App.STRONG, _form(sheet, at, foreign))
    building.read.units_from = "each row" if "unit" in at else "the header" if header else ""
    building.read.unknown_columns = [
        name for n, name in enumerate(sheet.written) if n not in at.values() and name
    ]
    for row in rows(sheet, at, problems):
        building.read.rows += 1
        try:
            _row(row, building, header or options.units)
        except Misread as wrong:
            problems.add(sheet.name, row.line, wrong.column, wrong.why)
    return building.done()


def _form(sheet: Sheet, at: dict[str, int], foreign: bool) -> str:
    if foreign:
        return "a phone in another language, by place"
    if "number" in at:
        return "with workout numbers"
    if "unit" in at:
        return "Android"
    if "ordre de la serie" in sheet.header:
        return "a French phone"
    return "2016" if sheet.header[at["weight"]] in ("kg", "lb", "lbs") else "the usual form"


def _row(row: Row, building: Building, units: str) -> None:
    start = row.read("date", iso_local)
    name = row.text("workout")
    session = building.session(
        (start, row.text("number") or name), line=row.line, start=start, ref=start.isoformat(), name=name
    )
    written = row.text("duration")
    building.length(session, bool(written), minutes_kept(seconds_of(written)) if written else None)
    building.say(session, row.text("session_note"))
    mark = row.needed("order").casefold()
    if (left := _NO_SETS.get(mark)) is not None:
        building.leave(left)
        building.note(session, row.text("exercise"), row.text("note"), None)
        return
    reps = row.whole("reps")
    if mark not in ("w", "f", "d") and not _is_number(mark):
        row.read("order", lambda cell: building.unknown_mark(cell, reps))
        return
    one, instead = (
        _set(row, reps, mark, units),
        reason_for_none(row.number("seconds"), row.number("distance")),
    )
    if one is None:
        building.leave(instead, session)
    else:
        building.add(session, one)
    building.note(session, row.text("exercise"), row.text("note"), one)


def _set(row: Row, reps: int | None, mark: str, units: str) -> AppSet | None:
    weight = row.number("weight")
    rir = row.read("rpe", lambda _: reserve(row.number("rpe")))
    if not reps:
        return None
    return AppSet(
        line=row.line,
        exercise=row.needed("exercise"),
        reps=reps,
        weight_kg=kilograms(weight, row_units(row, weight, units)),
        rir=rir,
        failed=mark == "f",
        warm_up=mark == "w",
        notes=(FAILED,) if mark == "f" else ("drop set",) if mark == "d" else (),
    )


def row_units(row: Row, weight: Decimal | None, units: str) -> str:
    """A unit that the row itself names counts, row by row."""
    if not weight or not (word := row.text("unit")):
        return units
    if found := units_of(word):
        return found
    raise Misread("Weight Unit", f"“{word[:20]}” is neither kg nor lb")


def _is_number(mark: str) -> bool:
    whole, _, zeros = mark.partition(".")
    return whole.isdecimal() and not zeros.strip("0")
