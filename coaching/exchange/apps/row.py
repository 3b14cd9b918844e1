"""One row of an export, its cells by what they are and its problems by where they stand. Pure."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import TypeVar

from coaching.exchange.apps.numbers import Numbers
from coaching.exchange.apps.sheet import Sheet
from coaching.exchange.cells import Wrong
from coaching.exchange.problems import Problems

T = TypeVar("T")
Fix = Callable[[list[str], int], list[str]]


class Misread(Exception):
    """A cell that cannot be read, with the column that it stands in."""

    def __init__(self, column: str, why: object) -> None:
        super().__init__(f"{column}: {why}")
        self.column, self.why = column, why


class Row:
    __slots__ = ("_at", "_cells", "_numbers", "_sheet", "line")

    def __init__(
        self, line: int, cells: list[str], at: Mapping[str, int], numbers: Numbers, sheet: Sheet
    ) -> None:
        self.line, self._cells, self._at, self._numbers, self._sheet = line, cells, at, numbers, sheet

    def text(self, column: str) -> str:
        at = self._at.get(column)
        return "" if at is None else self._cells[at].strip()

    def number(self, column: str) -> Decimal | None:
        return self.read(column, lambda cell: self._numbers.read(column, cell)) if self.text(column) else None

    def whole(self, column: str) -> int | None:
        return (
            self.read(column, lambda cell: self._numbers.whole(column, cell)) if self.text(column) else None
        )

    def needed(self, column: str) -> str:
        if not (text := self.text(column)):
            raise Misread(self._shown(column), "is empty")
        return text

    def read(self, column: str, reader: Callable[[str], T]) -> T:
        try:
            return reader(self.text(column))
        except Wrong as wrong:
            raise Misread(self._shown(column), wrong) from wrong

    def _shown(self, column: str) -> str:
        return self._sheet.written[self._at[column]] if column in self._at else column


def without_empty_ends(cells: list[str], width: int) -> list[str]:
    """Some lines end with delimiters more than the header has."""
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    return cells


def rows(
    sheet: Sheet, at: Mapping[str, int], problems: Problems, fix: Fix = without_empty_ends
) -> Iterator[Row]:
    """Rows with as many cells as the header; any other is a problem."""
    numbers, width = Numbers(), len(sheet.header)
    for line, cells, faults in sheet.rows:
        if faults:
            for place, why in faults.items():
                known = 0 <= place < width
                problems.add(sheet.name, line, sheet.written[place] if known else "row", why)
            continue
        cells = fix(cells, width)
        if len(cells) == 1 and not cells[0].strip():
            continue
        if len(cells) != width:
            problems.add(sheet.name, line, "row", f"{len(cells)} cells, but the header has {width}")
            continue
        yield Row(line, cells, at, numbers, sheet)
