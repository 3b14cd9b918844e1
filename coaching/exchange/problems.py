"""What is wrong with a bundle: every problem counted, the first ones kept. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field

MOST_SHOWN = 200
MOST_KNOWN = 300_000  # told apart from what follows from them


class Broken(Exception):
    """A file, or the whole bundle, that cannot be read any further."""

    def __init__(self, file: str, why: str, *, line: int = 1, column: str = "file") -> None:
        super().__init__(f"{file}:{line}: {column}: {why}")
        self.file, self.line, self.column, self.why = file, line, column, why


@dataclass(frozen=True, order=True)
class Problem:
    order: int  # of the file in the bundle
    line: int
    column: int
    says: str


@dataclass
class Problems:
    """Kept in the order of files and lines, however they were found."""

    files: tuple[str, ...]
    columns: dict[str, tuple[str, ...]]
    found: list[Problem] = field(default_factory=list)
    count: int = 0
    unsound: set[str] = field(default_factory=set)  # files that could not be read to their end
    _last: tuple[int, int, int] | None = None  # of those kept, once there are enough
    _cells: set[int] = field(default_factory=set)  # hashes: enough to know a cell again

    def add(self, file: str, line: int, column: str, why: object) -> None:
        """Count it, and keep it if it is among the first. A cell's second problem follows from its first, and every
        other problem of a row from that of the whole row."""
        if hash((file, line, column)) in self._cells or hash((file, line, "row")) in self._cells:
            return
        if len(self._cells) < MOST_KNOWN:
            self._cells.add(hash((file, line, column)))
        self.count += 1
        names = self.columns.get(file, ())
        place = names.index(column) if column in names else -1
        order = self.files.index(file) if file in self.files else -1
        if self._last is not None and (order, line, place) > self._last:
            return
        shown = column.replace(":", " ")  # a header may hold a time of day; what follows the colon is why
        self.found.append(Problem(order, line, place, f"{file}:{line}: {shown}: {why}"))
        if len(self.found) >= 2 * MOST_SHOWN:
            self._keep_the_first()
            last = self.found[-1]
            self._last = (last.order, last.line, last.column)

    def lines(self) -> Iterator[str]:
        self._keep_the_first()
        yield from (problem.says for problem in self.found)
        if self.count > len(self.found):
            yield f"and {self.count - len(self.found)} more: {self.count} in all"

    def _keep_the_first(self) -> None:
        self.found = sorted(self.found)[:MOST_SHOWN]
