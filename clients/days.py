"""Instants and local days. A day is the client's own; 72 hours are 72 hours."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

NIGHT_ENDS = time(4)  # a day is judged once it is over: after 04:00 local of the next


def local_day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a local day, in UTC; where midnight is skipped, the first that exists."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def last_whole_day(now: datetime, zone: ZoneInfo) -> date:
    """The newest local day that a scan may judge at `now`."""
    local = now.astimezone(zone)
    yesterday = local.date() - timedelta(days=1)
    return yesterday if local.time() >= NIGHT_ENDS else yesterday - timedelta(days=1)


def full_date(day: date) -> str:
    """`3 June 2026`"""
    return f"{day.day} {day:%B %Y}"
