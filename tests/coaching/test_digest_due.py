"""When the weekly letter is due: once a coach and local week, whatever the clocks do."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clients.days import monday_of
from coaching.letters.timing import Timetable

AWKWARD = (
    "America/Havana", "America/Santiago", "Africa/Cairo", "Australia/Lord_Howe", "Antarctica/Troll",
    "Pacific/Chatham", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia", "Pacific/Kiritimati",
)  # fmt: skip
FIRST, LAST = datetime(2024, 1, 1), datetime(2030, 12, 31)  # noqa: DTZ001
ZONES = sorted(zone for zone in available_timezones() if "/" in zone)


def slots(times: Timetable, start: datetime, weeks: int) -> list[datetime]:
    found = [times.next_after(start)]
    for _ in range(weeks - 1):
        found.append(times.next_after(found[-1]))
    return found


def weeks_are_consecutive(times: Timetable, start: datetime, weeks: int) -> bool:
    mondays = [times.week_of(slot) for slot in slots(times, start, weeks)]
    return all(b - a == timedelta(days=7) for a, b in zip(mondays, mondays[1:], strict=False))


@given(
    zone=st.sampled_from(ZONES) | st.sampled_from(AWKWARD),
    weekday=st.integers(0, 6),
    hour=st.integers(0, 23),
    start=st.datetimes(FIRST, LAST),
)
@example(zone="Pacific/Apia", weekday=4, hour=7, start=datetime(2011, 12, 20))  # noqa: DTZ001  a Friday that never was
@settings(max_examples=200, deadline=None)
def test_every_local_week_has_one_slot(zone: str, weekday: int, hour: int, start: datetime) -> None:
    times = Timetable(zone=ZoneInfo(zone), weekday=weekday, hour=hour)
    assert weeks_are_consecutive(times, start.replace(tzinfo=UTC), 10)


@pytest.mark.parametrize("zone", AWKWARD)
@pytest.mark.parametrize("hour", [0, 1, 2, 3, 23])
def test_clock_changes_neither_lose_nor_double_a_week(zone: str, hour: int) -> None:
    for weekday in range(7):
        times = Timetable(zone=ZoneInfo(zone), weekday=weekday, hour=hour)
        assert weeks_are_consecutive(times, datetime(2024, 1, 1, tzinfo=UTC), 366)


@given(
    zone=st.sampled_from(AWKWARD),
    weekday=st.integers(0, 6),
    hour=st.integers(0, 23),
    at=st.datetimes(FIRST, LAST),
)
@settings(max_examples=200, deadline=None)
def test_the_newest_slot_and_the_next_lie_on_both_sides_of_now(
    zone: str, weekday: int, hour: int, at: datetime
) -> None:
    times, now = Timetable(zone=ZoneInfo(zone), weekday=weekday, hour=hour), at.replace(tzinfo=UTC)
    last, following = times.last_until(now), times.next_after(now)
    assert last <= now < following
    assert times.next_after(last) == following


def test_an_hour_that_the_clocks_skip_comes_after_the_change() -> None:
    # In Havana the clocks go from 00:00 to 01:00 on Sunday 8 March 2026.
    times = Timetable(zone=ZoneInfo("America/Havana"), weekday=6, hour=0)
    slot = times.next_after(datetime(2026, 3, 7, tzinfo=UTC))
    assert slot.astimezone(times.zone).isoformat() == "2026-03-08T01:00:00-04:00"
    assert times.week_of(slot) == date(2026, 3, 2)


def test_an_hour_that_comes_twice_counts_the_first_time() -> None:
    # In London the clocks go back from 02:00 to 01:00 on Sunday 25 October 2026.
    times = Timetable(zone=ZoneInfo("Europe/London"), weekday=6, hour=1)
    slot = times.next_after(datetime(2026, 10, 24, tzinfo=UTC))
    assert slot == datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
    assert times.next_after(slot) == datetime(2026, 11, 1, 1, 0, tzinfo=UTC)


def test_a_slot_is_at_the_hour_of_the_coachs_own_clock() -> None:
    times = Timetable(zone=ZoneInfo("America/New_York"), weekday=4, hour=17)
    slot = times.next_after(datetime(2026, 6, 15, 10, tzinfo=UTC))
    assert slot == datetime(2026, 6, 19, 21, tzinfo=UTC)
    assert monday_of(slot.date()) == times.week_of(slot)
