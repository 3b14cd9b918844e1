"""Records of a CSV file with the line on which each begins: RFC 4180, UTF-8, bounded. Pure."""

import csv
import re
from collections import deque
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from coaching.exchange.problems import Broken

MOST_IN_A_CELL = 65_536
MOST_IN_A_LINE = 2_000_000
MOST_LINES = 5_000_000
ROW = -1  # the place of a fault that lies in no single cell
Record = tuple[
    int, list[str], Mapping[int, str]
]  # its first line, its cells, what is wrong with which of them
Piece = tuple[int, list[list[str]], Mapping[int, str]]  # records below one another, as many lines as records
_BLOCK = 1 << 20
_TOGETHER = 1 << 15
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_UTF_8_MARK = b"\xef\xbb\xbf"
_STRAY_BYTE = re.compile("[\udc80-\udcff]")  # as `surrogateescape` writes a byte that is not UTF-8
_NONE: Mapping[int, str] = {}

csv.field_size_limit(MOST_IN_A_LINE)  # of the whole process: nothing here reads larger cells


def records(stream: BinaryIO, name: str, delimiter: str = ",") -> Iterator[Record]:
    """Every record, the header first. Blank lines are nothing. One that is spoilt does not hide the next."""
    for line, rows, faults in pieces(stream, name, delimiter):
        for below, cells in enumerate(rows):
            yield line + below, cells, faults


def pieces(stream: BinaryIO, name: str, delimiter: str = ",") -> Iterator[Piece]:
    """The same, many at a time where each is a line without quotes and nothing is wrong with it; the header alone."""
    lines = _Lines(stream, name)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    begun = False
    while True:
        begins = lines.number + 1
        if begun and (bare := lines.bare()):
            yield begins, [line.split(delimiter) for line in bare], _NONE
            continue
        lines.size, lines.odd = 0, False
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if not _over_with_its_line(error):
                raise Broken(name, _said(error), line=begins, column="row") from None
            begun = True
            yield begins, [[]], {ROW: _said(error)}
            continue
        if cells:
            begun = True
            yield begins, [cells], _faults(cells) if lines.odd or lines.size > MOST_IN_A_CELL else _NONE


def count_lines(stream: BinaryIO, name: str) -> int:
    """How many lines there are, before any of them is trusted."""
    lines = 1
    while block := stream.read(_BLOCK):
        lines += block.count(b"\n")
        if lines > MOST_LINES + 2:
            raise Broken(name, f"more than {MOST_LINES:,} rows", line=MOST_LINES + 2, column="row")
    return lines


class _Lines:
    """The lines of a file as text. Of the record that is read: how long it is, and whether it has odd bytes."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self.stream, self.name, self.number = stream, name, 0
        self.size, self.odd = 0, False
        self._waiting: deque[bytes] = deque()  # read, but to be taken one by one

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else self.stream.readline(MOST_IN_A_LINE + 1)
        if not line:
            raise StopIteration
        self.number += 1
        if self.number == 1:
            if line.startswith(_UTF_16):
                raise Broken(self.name, "this is UTF-16; save it as UTF-8")
            line = line.removeprefix(_UTF_8_MARK)
        if len(line) > MOST_IN_A_LINE:
            raise Broken(self.name, "the line does not end", line=self.number, column="row")
        self.size += len(line)
        self.odd |= b"\0" in line
        try:
            return line.decode()
        except UnicodeDecodeError:
            self.odd = True
            return line.decode(errors="surrogateescape")

    def bare(self) -> list[str]:
        """The next lines, if every one of them is a record as it stands. None: take them one by one."""
        if self._waiting:
            return []
        block = self.stream.read(_TOGETHER)
        if block and not block.endswith(b"\n"):
            block += self.stream.readline(MOST_IN_A_LINE + 1)
        lines = _bare(block)
        self.number += len(lines)
        if not lines:
            self._waiting.extend(line + b"\n" for line in block.split(b"\n"))
            last = self._waiting.pop().removesuffix(b"\n")
            self._waiting.extend([last] if last else [])
        return lines


def _bare(block: bytes) -> list[str]:
    plain = block.replace(b"\r\n", b"\n").removesuffix(b"\n")
    if not plain or any(mark in plain for mark in (b'"', b"\0", b"\r", b"\n\n")) or plain.startswith(b"\n"):
        return []
    try:
        lines = plain.decode().split("\n")
    except UnicodeDecodeError:
        return []
    return [] if len(block) > MOST_IN_A_CELL else lines


def _faults(cells: list[str]) -> dict[int, str]:
    return {place: why for place, cell in enumerate(cells) if (why := _fault(cell))}


def _fault(cell: str) -> str:
    if len(cell) > MOST_IN_A_CELL:
        return f"a cell has more than {MOST_IN_A_CELL // 1024} kB"
    if "\0" in cell:
        return "there is a NUL character; save it as UTF-8 text"
    if stray := _STRAY_BYTE.search(cell):
        byte = ord(stray[0]) - 0xDC00
        return f"byte 0x{byte:02x} is not UTF-8; the file may be Latin-1 or Windows-1252: save it as UTF-8"
    return ""


def _over_with_its_line(error: csv.Error) -> bool:
    """Whether what follows can be read as if nothing had been."""
    return "expected after" in str(error) or "new-line" in str(error)


def _said(error: csv.Error) -> str:
    says = str(error)
    if "field limit" in says:
        return f"a cell has more than {MOST_IN_A_CELL // 1024} kB"
    if "unexpected end" in says:
        return "a quoted cell does not end"
    if "expected after" in says:
        return "there is text after a closing quote; a quote within a cell is written twice"
    if "new-line" in says:
        return "a lone carriage return stands outside of quotes"
    return says
