"""From a bundle's text into the spool: every cell read, every problem noted, a piece at a time."""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from operator import itemgetter
from typing import Any

from coaching.exchange.cells import Wrong, printable
from coaching.exchange.files import FILES
from coaching.exchange.layout import Column, File
from coaching.exchange.problems import Broken, Problems
from coaching.exchange.records import ROW, Piece, count_lines, pieces
from coaching.exchange.source import Source
from coaching.exchange.spool import Spool

AT_ONCE = 5_000  # rows, until somebody is told
MOST_KNOWN, LONGEST_KNOWN = 2_000, 100  # cells of a column, and characters of a cell, that are remembered

Rows = list[tuple[Any, ...]]
Places = list[tuple[Column, int | None]]
Tell = Callable[[str], None]
Watch = Callable[[str, int], "Callable[[int], Any]"]  # what, how many → call with how many more are done


def read(source: Source, spool: Spool, problems: Problems, *, tell: Tell, watch: Watch) -> None:
    for other in source.others:
        tell(f"{other}: not part of a bundle, left alone")
    for file in FILES:
        if file.name not in source.places:
            continue
        spool.present.add(file.table)
        try:
            with source.open(file.name) as stream:
                lines = count_lines(stream, file.name)
            with source.open(file.name) as stream:
                rows = _rows(file, pieces(stream, file.name), problems, tell)
                spool.fill(file, chain.from_iterable(_watched(rows, watch(file.name, lines))))
        except Broken as broken:
            if spool.db.in_transaction:
                spool.run("COMMIT")  # what was read stays, so that nothing dangles that was there
            problems.unsound.add(file.name)
            problems.add(broken.file, broken.line, broken.column, broken.why)


def _rows(file: File, found: Iterator[Piece], problems: Problems, tell: Tell) -> Iterator[Rows]:
    """The rows of each piece, read together, or one by one where something must be told of one of them."""
    line, (header, *_), faults = next(found, (1, [[]], {}))
    for why in faults.values():
        raise Broken(file.name, why, line=line, column="row")
    places = _places(file, line, header, problems, tell)
    if places is None:
        problems.unsound.add(file.name)
        return
    table = Table(file, header, places, problems)
    for line, every, faults in found:
        rows = None if faults else table.together(line, every)
        yield rows if rows is not None else table.one_by_one(line, every, faults)


class Table:
    """What a file's header says of its rows."""

    def __init__(self, file: File, header: list[str], places: Places, problems: Problems) -> None:
        self.file, self.header, self.places, self.problems = file, header, places, problems
        self.width = len(header)
        self.at = [self.width if place is None else place for _, place in places]
        self.known = [Known(column) for column in file.columns]
        self.keys = [1 + n for n, column in enumerate(file.columns) if column.name in file.key]

    def together(self, line: int, every: list[list[str]]) -> Rows | None:
        """Column by column: quicker by half. None: there is something to be told."""
        if any(len(cells) != self.width for cells in every):
            return None
        said = [*zip(*every, strict=True), ("",) * len(every)]  # last, what a column without a place says
        try:
            read = [[*map(one.__getitem__, said[at])] for one, at in zip(self.known, self.at, strict=True)]
        except Wrong:
            return None
        if any(None in read[key - 1] for key in self.keys):
            return None
        return [*zip(range(line, line + len(every)), *read, strict=True)]

    def one_by_one(self, line: int, every: list[list[str]], faults: Mapping[int, str]) -> Rows:
        rows = (self._row(line + below, cells, faults) for below, cells in enumerate(every))
        return [row for row in rows if row is not None]

    def _row(self, line: int, cells: list[str], faults: Mapping[int, str]) -> tuple[Any, ...] | None:
        if faults:
            _tell_faults(self.file, line, cells, self.header, faults, self.problems)
        if len(cells) != self.width:
            row = _by_its_key(self.file, line, cells, self.width, self.places, self.problems)
        else:
            cells.append("")
            said = zip(self.known, itemgetter(*self.at)(cells), strict=True)
            row = (line, *(_cell(self.file, line, one, cell, self.problems) for one, cell in said))
        named = row and _has_its_key(self.file, row, self.keys, cells, self.places, self.problems)
        return row if named else None


class Known(dict[str, Any]):
    """What the cells of a column came to. Few are new, and an empty one is nothing."""

    def __init__(self, column: Column) -> None:
        self.name, self.reader, self.empty = column.name, column.kind.read, column.empty
        super().__init__({"": column.empty})

    def __missing__(self, cell: str) -> Any:
        value = self.empty if cell.isspace() else self.reader(cell)
        if len(self) >= MOST_KNOWN:
            self.clear()
            self[""] = self.empty
        if len(cell) <= LONGEST_KNOWN:
            self[cell] = value
        return value


def _cell(file: File, line: int, known: Known, cell: str, problems: Problems) -> Any:
    try:
        return known[cell]
    except Wrong as wrong:
        problems.add(file.name, line, known.name, wrong)
        return known.empty


def _tell_faults(
    file: File, line: int, cells: list[str], header: list[str], faults: Mapping[int, str], problems: Problems
) -> None:
    """A cell that is spoilt says nothing from here on."""
    for place, why in faults.items():
        name = header[place].strip() if ROW < place < len(header) else ""
        problems.add(file.name, line, printable(name[:60]) or "row", why)
        if place != ROW:
            cells[place] = ""
        if name in file.key:
            problems.unsound.add(file.name)


def _by_its_key(
    file: File,
    line: int,
    cells: list[str],
    width: int,
    places: Places,
    problems: Problems,
) -> tuple[Any, ...] | None:
    """Of a row of another length only what names it is used, so that what refers to it does not dangle."""
    problems.add(file.name, line, "row", f"{len(cells)} cells, but the header has {width}")
    row: list[Any] = [line]
    for column, place in places:
        try:
            wanted = column.name in file.key and place is not None and place < len(cells)
            row.append(
                column.kind.read(cells[place])
                if wanted and place is not None and cells[place]
                else column.empty
            )
        except Wrong:
            row.append(None)
    if any(
        value is None for value, (column, _) in zip(row[1:], places, strict=True) if column.name in file.key
    ):
        problems.unsound.add(file.name)  # what the row would have named is not known
        return None
    return tuple(row)


def _places(file: File, line: int, header: list[str], problems: Problems, tell: Tell) -> Places | None:
    """Where each column stands; None if the file cannot be read by its header."""
    names, count = [name.strip() for name in header], problems.count
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            problems.add(
                file.name, line, printable(name[:60]) or "header", "the column stands twice in the header"
            )
        elif name not in file.names:
            tell(f"{file.name}: the column {name[:60]!r} is not known, left out")
    for column in file.columns:
        if column.name in file.key and column.empty is None and column.name not in names:
            problems.add(file.name, line, column.name, "the column is missing")
    if problems.count > count:
        return None
    return [(column, names.index(column.name) if column.name in names else None) for column in file.columns]


def _has_its_key(
    file: File,
    row: tuple[Any, ...],
    keys: list[int],
    cells: list[str],
    places: Places,
    problems: Problems,
) -> bool:
    """A row whose key is empty names nothing; one whose key cannot be read was reported already."""
    named = True
    for key in keys:
        if row[key] is None:
            named = False
            column, place = places[key - 1]
            if place is not None and not cells[place].strip():
                problems.add(file.name, row[0], column.name, "is empty, but the row is known by it")
    return named


def _watched(found: Iterator[Rows], done: Callable[[int], Any]) -> Iterator[Rows]:
    told = 0
    for rows in found:
        yield rows  # at once: what stands before a line that breaks the file is kept
        told += len(rows)
        if told >= AT_ONCE:
            done(told)
            told = 0
