"""How kept values become what the tables hold, as functions that the spool's SQL can call. Pure."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from clients.ids import new_hex


def utc(moment: str) -> str:
    return str(datetime.fromisoformat(moment).astimezone(UTC).replace(tzinfo=None))


def on_a_clock(moment: str | None, stored: str | None, zone: str) -> str | None:
    """A time that names no clock was read from the client's; one that is stored keeps the clock it has."""
    if moment is None or not moment.endswith("Z"):
        return moment
    at = datetime.fromisoformat(moment)
    if stored is not None and datetime.fromisoformat(stored) == at:
        return stored
    return at.astimezone(ZoneInfo(zone)).isoformat()


def local_day(moment: str) -> str:
    return moment[:10]


def offset_min(moment: str) -> int:
    offset = datetime.fromisoformat(moment).utcoffset() or timedelta()
    return int(offset.total_seconds()) // 60


def ended_at(moment: str, hundredths: int | None) -> str:
    """A session that comes from elsewhere is over: after its duration, where that is known."""
    begun = datetime.fromisoformat(moment).astimezone(UTC).replace(tzinfo=None)
    return str(begun + timedelta(minutes=(hundredths or 0) / 100))


def hundredths(value: int | None) -> str | None:
    return None if value is None else str(Decimal(value) / 100)


def tenths(value: int | None) -> str | None:
    return None if value is None else str(Decimal(value) / 10)


def aches_json(kept: str | None) -> str:
    pairs = (part.split(":") for part in (kept or "").split(";") if part)
    return json.dumps({region: int(severity) for region, severity in pairs})


FUNCTIONS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        new_hex,
        utc,
        on_a_clock,
        local_day,
        offset_min,
        ended_at,
        hundredths,
        tenths,
        aches_json,
    )
}
