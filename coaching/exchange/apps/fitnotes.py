"""FitNotes' exports: three forms by day, Android and iOS, and one of iOS with times in UTC. Pure."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from decimal import Decimal
from functools import partial

from clients.body import Muscle
from coaching.exchange.apps.building import Building, reason_for_none
from coaching.exchange.apps.forms import FITNOTES, FITNOTES_TIMED, columns, unit_of
from coaching.exchange.apps.kinds import App, AppSet, Left, Options, Read
from coaching.exchange.apps.naming import equipment_in, equipment_of
from coaching.exchange.apps.numbers import halves, kilograms, minutes_kept, reserve, seconds_of
from coaching.exchange.apps.row import Misread, Row, rows
from coaching.exchange.apps.sheet import Sheet
from coaching.exchange.apps.strong import row_units
from coaching.exchange.apps.times import Unordered, day, day_order, is_iso_day, utc
from coaching.exchange.cells import Wrong, quoted
from coaching.exchange.problems import Broken, Problems

FAILED = "marked failure in FitNotes"
NOON = time(12)
MOST_UNSURE = 200_000  # rows whose day waits for a proof of what comes first
_YES, _NO = {"true", "1", "yes", "y"}, {"false", "0", "no", "n", ""}
_MUSCLES = {
    "chest": Muscle.CHEST, "biceps": Muscle.BICEPS, "triceps": Muscle.TRICEPS, "shoulders": Muscle.SHOULDERS,
    "abs": Muscle.ABS, "forearms": Muscle.FOREARMS, "calves": Muscle.CALVES, "quads": Muscle.QUADS,
    "quadriceps": Muscle.QUADS, "hamstrings": Muscle.HAMSTRINGS, "glutes": Muscle.GLUTES, "lats": Muscle.LATS,
    "traps": Muscle.TRAPS, "lower back": Muscle.LOWER_BACK, "upper back": Muscle.UPPER_BACK,
    "adductors": Muscle.ADDUCTORS,
}  # fmt: skip


def read_fitnotes(sheet: Sheet, options: Options, problems: Problems) -> Read:
    timed = {"starttime", "iswarmup", "status"} <= set(sheet.header)
    names = FITNOTES_TIMED if timed else FITNOTES
    at = columns(sheet, names)
    header = unit_of(sheet.header[at["weight"]])
    building = Building(App.FITNOTES, _form(sheet, timed))
    read = building.read
    read.units_from = "each row" if "unit" in at else "the header" if header else ""
    read.hours_known = timed
    every = {name for known in names.values() for name in known}
    read.unknown_columns = [
        n for n, plain in zip(sheet.written, sheet.header, strict=True) if n and plain not in every
    ]
    joined = partial(_join_names, at=at["exercise"])
    found = rows(sheet, at, problems, joined)
    by_day = _by_day(found, building, options) if not timed else ((row, "") for row in found)
    for row, order in by_day:
        read.rows += 1
        try:
            if timed:
                _timed_row(row, building, header or options.units)
            else:
                _day_row(row, building, header or options.units, order)
        except Misread as wrong:
            if isinstance(wrong.__cause__, Unordered):
                read.dates_asked = True
                raise Broken(sheet.name, str(wrong.why), line=row.line, column=wrong.column) from None
            problems.add(sheet.name, row.line, wrong.column, wrong.why)
    return building.done()


def _form(sheet: Sheet, timed: bool) -> str:
    if timed:
        return "iOS with times"
    if "kind" in sheet.header:
        return "iOS by day"
    return "Android, a unit a row" if "weight unit" in sheet.header else "Android by day"


def _join_names(cells: list[str], width: int, *, at: int) -> list[str]:
    """Old versions wrote commas in exercises' names without quotes: what is too much belongs to the name."""
    if (extra := len(cells) - width) > 0:
        return [*cells[:at], ",".join(cells[at : at + extra + 1]), *cells[at + extra + 1 :]]
    return cells


def _by_day(found: Iterable[Row], building: Building, options: Options) -> Iterator[tuple[Row, str]]:
    """Each row with the order of day and month: of the first date that proves it, else as somebody said."""
    waiting: list[Row] = []
    order = ""
    for row in found:
        if order or is_iso_day(row.text("date")):
            yield row, order
            continue
        order = day_order(row.text("date"))
        if order or len(waiting) > MOST_UNSURE:
            yield from ((one, order) for one in waiting)
            waiting.clear()
            yield row, order
        else:
            waiting.append(row)
    building.read.dates_asked = bool(waiting)
    yield from ((one, options.dates) for one in waiting)


def _day_row(row: Row, building: Building, units: str, order: str) -> None:
    on = row.read("date", lambda cell: day(cell, order))
    start = datetime.combine(on, NOON)
    session = building.session(on, line=row.line, start=start, ref=on.isoformat(), name="")
    weight, reps = row.number("weight"), row.whole("reps")
    instead = reason_for_none(row.read("seconds", _length), row.number("distance"))
    one = None
    if reps:
        one = building.add(
            session,
            AppSet(
                line=row.line, exercise=row.needed("exercise"), reps=reps,
                weight_kg=kilograms(weight, row_units(row, weight, units)),
            ),
        )  # fmt: skip
        building.read.exercises[one.exercise].muscle = _MUSCLES.get(row.text("category").casefold())
    else:
        building.leave(instead, session)
    building.note(session, row.text("exercise"), row.text("note"), one)


def _timed_row(row: Row, building: Building, units: str) -> None:
    status, reps = row.text("order").casefold().replace(" ", ""), row.whole("reps")
    start = row.read("date", utc)
    if status == "notstarted":
        building.leave(Left.NOT_STARTED)
        return
    if status not in ("done", "failed", "completed", ""):
        row.read("order", lambda cell: building.unknown_mark(cell, reps))
        return
    name = row.text("workout")
    ref = f"{start:%Y-%m-%dT%H:%M:%S}Z"
    session = building.session((start, name), line=row.line, start=start, ref=ref, name=name)
    if row.text("ended") and session.minutes is None and not session.dropped:
        lasted = (row.read("ended", utc) - start).total_seconds()
        building.length(session, True, minutes_kept(int(lasted)))
    exercise = _with_equipment(row)
    one = _timed_set(row, exercise, reps, status == "failed", units)
    instead = reason_for_none(row.read("seconds", _length), row.number("distance"))
    if one is None:
        building.leave(instead, session)
    else:
        hint = building.read.exercises[building.add(session, one).exercise]
        hint.muscle = hint.muscle or _MUSCLES.get(row.text("category").casefold())
    building.note(session, exercise, row.text("note"), one)


def _with_equipment(row: Row) -> str:
    """As the other apps write it: what it is done with makes it another exercise."""
    name, word = row.text("exercise"), row.text("equipment")
    return f"{name} ({word})" if name and equipment_of(word) and not equipment_in(name) else name


def _timed_set(row: Row, exercise: str, reps: int | None, failed: bool, units: str) -> AppSet | None:
    weight, warm_up = row.number("weight"), row.read("warm_up", _truth)
    rir = _reserve(row)
    if not reps:
        return None
    row.needed("exercise")
    return AppSet(
        line=row.line, exercise=exercise, reps=reps, weight_kg=kilograms(weight, units), rir=rir,
        failed=failed, warm_up=warm_up, notes=(FAILED,) if failed else (),
    )  # fmt: skip


def _reserve(row: Row) -> Decimal | None:
    """The reserve goes before the RPE; where both are 0, nothing was chosen."""
    rir, rpe = row.number("rir"), row.number("rpe")
    if rir is None or (not rir and rpe == 0):
        return row.read("rpe", lambda _: reserve(rpe))
    if not 0 <= rir <= 10:
        raise Misread("RIR", f"{rir.normalize():f} is not between 0 and 10")
    return halves(rir)


def _length(cell: str) -> int | None:
    if not cell:
        return None
    if (seconds := seconds_of(cell)) is None:
        raise Wrong(f"{quoted(cell)} is not a length of time (as 0:01:30)")
    return seconds


def _truth(cell: str) -> bool:
    if (word := cell.casefold()) in _YES | _NO:
        return word in _YES
    raise Wrong(f"{quoted(cell)} is neither true nor false")
