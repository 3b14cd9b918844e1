"""Instants of a bundle: kept as the text of their UTC, whatever clock they were written by."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.exchange import cells

INSTANT = cells.instant()
FIRST, LAST = datetime(1970, 1, 2), datetime(2199, 12, 30)  # noqa: DTZ001  # hypothesis wants them bare
MOMENTS = st.datetimes(FIRST, LAST)
OFFSETS = st.integers(-18 * 60, 18 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(MOMENTS, OFFSETS)
def test_an_instant_is_the_same_on_every_clock(moment: datetime, clock: timezone) -> None:
    at = moment.replace(tzinfo=UTC)
    kept = str(at.replace(tzinfo=None))
    assert INSTANT.read(at.isoformat()) == kept
    assert INSTANT.read(at.isoformat().replace("+00:00", "Z")) == kept
    assert INSTANT.read(f" {at.astimezone(clock).isoformat()} ") == kept
    assert INSTANT.read(INSTANT.show(kept)) == kept


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("2026-02-29T10:00:00Z", "is not a time"),
        ("2026-02-28T24:00:01Z", "is not a time"),
        ("2026-02-28T10:60:00+00:00", "is not a time"),
        ("٢٠٢٦-02-28T10:00:00Z", "is not a time"),
        ("2026-02-28T10:00:00", "has no offset"),
        ("2026-02-28T10:00:00+19:00", "has an offset that no clock has"),
        ("1969-12-31T23:59:59Z", "is not in the years 1970 to 2199"),
        ("2200-01-01T00:00:00+00:00", "is not in the years 1970 to 2199"),
    ],
)
def test_what_is_no_instant_says_why(cell: str, why: str) -> None:
    with pytest.raises(cells.Wrong, match=why):
        INSTANT.read(cell)
