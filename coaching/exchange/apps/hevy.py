"""Hevy's exports: a row a set, times in the phone's language, notes repeated on every row. Pure."""

from coaching.exchange.apps.building import Building, reason_for_none
from coaching.exchange.apps.forms import HEVY, columns, unit_of
from coaching.exchange.apps.kinds import App, AppSession, AppSet, Options, Read
from coaching.exchange.apps.numbers import kilograms, minutes_kept, reserve
from coaching.exchange.apps.row import Misread, Row, rows
from coaching.exchange.apps.sheet import Sheet
from coaching.exchange.apps.times import StrangeMonth, worded_local
from coaching.exchange.problems import Broken, Problems

FAILED = "marked failure in Hevy"
_MARKS = {"": "", "normal": "", "warmup": "w", "failure": "f", "dropset": "d"}


def read_hevy(sheet: Sheet, options: Options, problems: Problems) -> Read:
    at = columns(sheet, HEVY)
    units = unit_of(sheet.header[at["weight"]])
    building = Building(App.HEVY, "with supersets" if "superset" in at else "without supersets")
    building.read.units_from = "the header"
    building.read.unknown_columns = [
        name for n, name in enumerate(sheet.written)
        if name and n not in at.values() and not any(sheet.header[n] in names for names in HEVY.values())
    ]  # fmt: skip
    supersets: dict[str, dict[str, int]] = {}
    for row in rows(sheet, at, problems):
        building.read.rows += 1
        try:
            _row(row, building, units or options.units, supersets)
        except Misread as wrong:
            if isinstance(wrong.__cause__, StrangeMonth):
                raise Broken(sheet.name, str(wrong.why), line=row.line, column=wrong.column) from None
            problems.add(sheet.name, row.line, wrong.column, wrong.why)
    return building.done()


def _row(row: Row, building: Building, units: str, supersets: dict[str, dict[str, int]]) -> None:
    start = row.read("date", worded_local).replace(second=0)
    name, ended = row.text("workout"), row.text("ended")
    session = building.session(
        (start, name), line=row.line, start=start, ref=f"{start:%Y-%m-%dT%H:%M}", name=name
    )
    if ended and session.minutes is None and not session.dropped:
        lasted = (row.read("ended", worded_local).replace(second=0) - start).total_seconds()
        building.length(session, True, minutes_kept(int(lasted)))
    building.say(session, row.text("session_note"))
    mark, reps = _MARKS.get(row.text("order").casefold().replace("_", "")), row.whole("reps")
    if mark is None:
        row.read("order", lambda cell: building.unknown_mark(cell, reps))
        return
    one = _set(row, reps, mark, units, _superset(row, session, supersets))
    instead = reason_for_none(row.number("seconds"), row.number("distance"))
    if one is None:
        building.leave(instead, session)
    else:
        building.add(session, one)
    building.note(session, row.text("exercise"), row.text("note"), one)


def _set(row: Row, reps: int | None, mark: str, units: str, superset: str) -> AppSet | None:
    weight = row.number("weight")
    rir = row.read("rpe", lambda _: reserve(row.number("rpe")))
    if not reps:
        return None
    said = {"f": FAILED, "d": "drop set"}.get(mark, "")
    return AppSet(
        line=row.line,
        exercise=row.needed("exercise"),
        reps=reps,
        weight_kg=kilograms(weight, units),
        rir=rir,
        failed=mark == "f",
        warm_up=mark == "w",
        notes=tuple(text for text in (said, superset) if text),
    )


def _superset(row: Row, session: AppSession, supersets: dict[str, dict[str, int]]) -> str:
    """Numbered within the workout as they come, from 1."""
    if not (written := row.text("superset")):
        return ""
    known = supersets.setdefault(session.ref, {})
    return f"superset {known.setdefault(written, len(known) + 1)}"
