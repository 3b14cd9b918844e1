"""Whether the scan is awake: the failure nobody sees is a scan that stopped."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from clients.days import NIGHT_ENDS, last_whole_day, start_of
from clients.models import Client, ScanRun
from coaching.due import FIRST_ZONE

ASLEEP = timedelta(hours=26)  # a night and a little
TOO_LONG = timedelta(hours=2)
MAY_WAIT = 0.01  # of those who are due


@dataclass(frozen=True, kw_only=True)
class Vigil:
    """When a scan last finished, how many clients are due, and how many of them have waited too long."""

    well: bool
    says: str
    last: datetime | None
    due: int
    waiting: int


def vigil(now: datetime) -> Vigil:
    newest = ScanRun.objects.exclude(finished_at=None).order_by("-finished_at").first()
    last = newest.finished_at if newest else None
    since = _due_since(now)
    waiting = sum(1 for at in since if at <= now - TOO_LONG)
    if last is None:
        says = "No scan has finished yet."
    elif now - last > ASLEEP:
        says = f"The last scan finished {_hours(now - last)} hours ago."
    elif waiting > MAY_WAIT * len(since):
        says = f"{waiting} of {len(since)} clients that are due have waited for more than two hours."
    else:
        return Vigil(well=True, says="The scan is awake.", last=last, due=len(since), waiting=waiting)
    return Vigil(well=False, says=says, last=last, due=len(since), waiting=waiting)


def _due_since(now: datetime) -> list[datetime]:
    """Since when each due client waits: from the first unseen write, or from 04:00 after the day to be judged."""
    rows = Client.objects.due(last_whole_day(now, FIRST_ZONE)).values_list(
        "timezone", "history_version", "scanned_version", "waiting_since", "next_look_on"
    )
    since = []
    for name, version, scanned, waiting_since, next_look in rows:
        zone, waits = ZoneInfo(name), []
        if version != scanned:
            waits.append(waiting_since or now)
        if next_look is not None and next_look <= last_whole_day(now, zone):
            night = timedelta(days=1, hours=NIGHT_ENDS.hour)
            waits.append(start_of(next_look, zone) + night)
        if waits:
            since.append(min(waits))
    return since


def _hours(span: timedelta) -> int:
    return int(span.total_seconds() // 3600)
