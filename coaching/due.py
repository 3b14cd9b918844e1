"""Who is due for a look: the queue of the scan is the clients table itself."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from clients.days import last_whole_day
from clients.models import Client

FIRST_ZONE = ZoneInfo("Pacific/Kiritimati")  # where each day ends first


def due(now: datetime, *, as_of: date | None = None, among: Sequence[int] | None = None) -> list[int]:
    """Clients for whom something was written since the last look, or whose next day has come."""
    rows = Client.objects.due(as_of or last_whole_day(now, FIRST_ZONE)).order_by("pk")
    if among is not None:
        rows = rows.filter(pk__in=among)
    return [
        pk
        for pk, zone, version, scanned, next_look in rows.values_list(
            "pk", "timezone", "history_version", "scanned_version", "next_look_on"
        )
        if version != scanned
        or next_look is not None
        and next_look <= (as_of or last_whole_day(now, ZoneInfo(zone)))
    ]
