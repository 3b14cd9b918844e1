"""Records of a CSV file with the line on which each begins: RFC 4180, UTF-8, bounded. Pure."""

import csv
from collections.abc import Iterator
from typing import BinaryIO

from coaching.exchange.problems import Broken

MOST_IN_A_CELL = 65_536
MOST_IN_A_LINE = 2_000_000
MOST_LINES = 5_000_000
_BLOCK = 1 << 20
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_UTF_8_MARK = b"\xef\xbb\xbf"

csv.field_size_limit(MOST_IN_A_CELL)  # of the whole process: nothing here reads larger cells


def records(stream: BinaryIO, name: str) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of each record, the header first. Blank lines are nothing."""
    reader = csv.reader(_lines(stream, name), strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Broken(name, _said(error), line=begins, column="row") from None
        if cells:
            yield begins, cells


def count_lines(stream: BinaryIO, name: str) -> int:
    """How many lines there are, before any of them is trusted."""
    lines = 1
    while block := stream.read(_BLOCK):
        lines += block.count(b"\n")
        if lines > MOST_LINES + 2:
            raise Broken(name, f"more than {MOST_LINES:,} rows", line=MOST_LINES + 2, column="row")
    return lines


def _lines(stream: BinaryIO, name: str) -> Iterator[str]:
    number = 0
    while line := stream.readline(MOST_IN_A_LINE + 1):
        number += 1
        if number == 1:
            if line.startswith(_UTF_16):
                raise Broken(name, "this is UTF-16; save it as UTF-8")
            line = line.removeprefix(_UTF_8_MARK)
        if len(line) > MOST_IN_A_LINE:
            raise Broken(name, "the line does not end", line=number, column="row")
        if b"\0" in line:
            why = "there is a NUL character; save it as UTF-8 text"
            raise Broken(name, why, line=number, column="row")
        try:
            yield line.decode()
        except UnicodeDecodeError as error:
            bad = line[error.start]
            raise Broken(
                name,
                f"byte 0x{bad:02x} is not UTF-8; the file may be Latin-1 or Windows-1252: save it as UTF-8",
                line=number,
                column="row",
            ) from None


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
