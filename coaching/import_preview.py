"""What a person sees before anything is written: plain values, as they are kept with the import."""

from typing import Any
from zoneinfo import ZoneInfo

from clients.models import Client
from coaching.exchange.apps import saying
from coaching.exchange.apps.kinds import TITLES, App, Options
from coaching.exchange.apps.planning import Plan
from coaching.exchange.apps.reading import Reading

MOST_EDITED = 20
RECORD, CHOICE = "the client’s record", "your choice"


def preview_of(
    client: Client, reading: Reading, plan: Plan | None, zone: ZoneInfo, said: Options
) -> dict[str, Any]:
    read = reading.read
    shown: dict[str, Any] = {
        "asks": reading.asks,
        "zone": zone.key,
        "zone_from": RECORD if zone.key == client.timezone else CHOICE,
        "units_from": RECORD if said.units == client.units else CHOICE,
        "units": said.units,
        "dates": said.dates,
    }
    if read is None or plan is None:
        return shown
    lifts = [
        {
            "name": one.name,
            "sets": one.hint.sets,
            "exercise": one.exercise.name if one.exercise else "",
            "kept": one.kept,
        }
        for one in plan.matches.values()
    ]
    return {
        **shown,
        "title": TITLES[App(read.app)],
        "understood": saying.understood(read, zone, said),
        "left": saying.left_out(read),
        "sessions": plan.sessions(),
        "edited": [_day_of(ref) for ref in plan.edited[:MOST_EDITED]],
        "units_asked": not read.units_from,
        "dates_asked": read.dates_asked,
        "unknown": [one for one in lifts if not one["exercise"]],
        "known": [one for one in lifts if one["exercise"]],
        "nothing": not plan.new and not plan.changed,
    }


def _day_of(ref: str) -> str:
    """The local time in a session's ref: what stands after the client's."""
    return ref[-25:].split(":", 1)[-1].replace("T", " ") if "T" in ref[-25:] else ref[-10:]
