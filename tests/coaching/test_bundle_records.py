"""A CSV file's records: read many at a time or one by one, they are the same records on the same lines."""

import csv
import io
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from coaching.exchange.records import pieces, records

LINES = ("a,b,c", "é,,ü", '"a ""quoted"" one",2,3', '"two\nlines",2,3', "", "ragged", "\ufeff,\x0b,\u2028")
LONG = 200  # times a few lines are more than what is read at once


def by_the_book(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    for cells in reader:
        if cells:
            yield begins, cells
        begins = reader.line_num + 1


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(LINES), min_size=1, max_size=40), st.lists(st.sampled_from(LINES), max_size=40),
    st.sampled_from(("\n", "\r\n")), st.booleans(),
)  # fmt: skip
def test_records_are_those_of_the_book(first: list[str], then: list[str], end: str, ends: bool) -> None:
    text = end.join(["head,er,s", *first * LONG, *then * LONG]) + (end if ends else "")
    found = [
        (line, cells) for line, cells, faults in records(io.BytesIO(text.encode()), "x.csv") if not faults
    ]
    assert found == list(by_the_book(text))


def test_lines_without_quotes_come_together() -> None:
    text = "a,b\n" + "1,2\n" * 50_000
    found = [len(rows) for _, rows, _ in pieces(io.BytesIO(text.encode()), "x.csv")]
    assert (found[0], sum(found)) == (1, 50_001)
    assert len(found) < 20


def test_one_spoilt_byte_spoils_one_cell() -> None:
    data = b"a,b\n" + b"1,2\n" * 10_000 + b"1,\xff\n" + b"1,2\n" * 10_000
    faults = [(line, found) for line, _, found in records(io.BytesIO(data), "x.csv") if found]
    assert [(line, list(found)) for line, found in faults] == [(10_002, [1])]
