"""When a coach's letter is due: a weekday and an hour of the coach's own clock, once a local week. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clients.days import local_day, monday_of

WEEK = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Timetable:
    zone: ZoneInfo
    weekday: int  # Monday is 0
    hour: int

    def next_after(self, at: datetime) -> datetime:
        """The first slot later than `at`."""
        monday = monday_of(local_day(at, self.zone))
        return next(s for s in (self._slot(monday + k * WEEK) for k in range(3)) if s > at)

    def last_until(self, at: datetime) -> datetime:
        """The newest slot that has come. After a long silence one letter is due, not one a missed week."""
        monday = monday_of(local_day(at, self.zone))
        return next(s for s in (self._slot(monday - k * WEEK) for k in range(3)) if s <= at)

    def week_of(self, slot: datetime) -> date:
        """The Monday of the local week that a slot belongs to."""
        return monday_of(local_day(slot, self.zone))

    def _slot(self, monday: date) -> datetime:
        # An hour that the clocks skip comes as late as they are put forward; of one that comes twice, the first.
        day = monday + timedelta(days=self.weekday)
        return datetime.combine(day, time(self.hour), self.zone).astimezone(UTC)
