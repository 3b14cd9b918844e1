"""Local times as apps write them, as instants of a zone. Pure."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def instant(start: datetime, zone: ZoneInfo) -> datetime:
    """With the offset of the zone's clock. An hour that spring leaves out: forward; one that comes twice: the first."""
    known = start if start.tzinfo is not None else start.replace(tzinfo=zone, fold=0)
    return known.astimezone(UTC).astimezone(zone)
