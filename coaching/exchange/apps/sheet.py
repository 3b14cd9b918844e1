"""An export as a table: its delimiter, its header in any order and spelling, its rows with their lines. Pure."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from coaching.exchange.problems import Broken
from coaching.exchange.records import Record, records

DELIMITERS = (",", ";", "\t")
_NOT_TEXT = (
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip or a spreadsheet: give the .csv that is in it"),
    (b"\x1f\x8b", "packed: give the .csv that is in it"),
    (b"SQLite format 3", "a database, an app's backup: give its CSV export"),
    (b"<", "a web page"),
    (b"{", "JSON"),
)
_HEIC = b"ftyp"

Stream = Callable[[], BinaryIO]


@dataclass(frozen=True)
class Sheet:
    name: str
    written: tuple[str, ...]  # the header as it stands there
    header: tuple[str, ...]  # the same, to compare with
    line: int
    delimiter: str
    first: tuple[str, ...]  # cells of the first row
    rows: Iterator[Record]

    def shown(self, column: str) -> str:
        """A column as the file writes it."""
        return self.written[self.header.index(column)] if column in self.header else column


def opened(stream: BinaryIO, name: str) -> Sheet:
    """The header read, the rows to come. `Broken` where this is no table."""
    start = stream.read(65_536)
    stream.seek(0)
    for mark, what in _NOT_TEXT:
        if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(mark):
            raise Broken(name, f"this is no CSV export but {what}")
    if start[4:8] == _HEIC:
        raise Broken(name, "this is no CSV export but a picture or a film")
    if not start.removeprefix(b"\xef\xbb\xbf").strip():
        raise Broken(name, "the file is empty")
    delimiter = _delimiter(start.lstrip().partition(b"\n")[0])
    found = records(stream, name, delimiter)
    line, cells, faults = next(found, (1, [], {}))
    if faults:
        raise Broken(name, next(iter(faults.values())), line=line, column="header")
    written = tuple(cell.strip()[:200] for cell in cells)
    first = next(found, None)
    rows = found if first is None else chain((first,), found)
    return Sheet(
        name, written, tuple(map(plain, cells)), line, delimiter, tuple(first[1] if first else ()), rows
    )


def plain(text: str) -> str:
    """Lower case, one space, no accents, one apostrophe: to compare headers by."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("’", "'").replace("`", "'"))
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).split())


def header_said(written: Sequence[str]) -> str:
    """The header for a sentence, however long it is."""
    shown = ", ".join(name[:40] for name in written[:20])
    return f"“{shown}{' …' if len(written) > 20 else ''}”"


def _delimiter(line: bytes) -> str:
    """The most frequent one of the header, outside of quotes."""
    outside = b"".join(line.split(b'"')[::2])
    return max(DELIMITERS, key=lambda mark: outside.count(mark.encode()))
