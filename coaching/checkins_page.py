"""A client's check-ins as a coach reads them: a line a day, newest first, and what is missing between."""

from dataclasses import dataclass
from datetime import date, datetime

from clients import consent
from clients.body import word
from clients.days import local_day
from clients.models import Checkin, Client
from coaching.timelines import HEAT
from coaching.wording import ago, counted

PAGE = 56  # eight weeks of daily ones


@dataclass(frozen=True, kw_only=True)
class Line:
    day: str
    ago: str
    sleep: str
    items: tuple[str, ...]
    aches: str
    note: str
    gap: str  # how many days before it have none


@dataclass(frozen=True, kw_only=True)
class CheckinsPage:
    agreed: bool
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    older: str


def checkins_page(client: Client, *, now: datetime, before: date | None) -> CheckinsPage:
    """Two queries. Without consent in force nothing is read."""
    agreed = consent.in_force(client) is not None
    asked = Checkin.objects.live().filter(client=client).order_by("-day")
    if before is not None:
        asked = asked.filter(day__lt=before)
    found = list(asked[: PAGE + 1]) if agreed else []
    today = local_day(now, client.zone)
    days = [one.day for one in found]
    return CheckinsPage(
        agreed=agreed,
        heads=tuple(said for _, said in HEAT),
        lines=tuple(
            _line(one, earlier, today) for one, earlier in zip(found[:PAGE], [*days[1:], None], strict=False)
        ),
        older=f"?before={found[PAGE - 1].day}" if len(found) > PAGE else "",
    )


def _line(one: Checkin, earlier: date | None, today: date) -> Line:
    missing = (one.day - earlier).days - 1 if earlier else 0
    aches = [f"{word(region)} {severity}/10" for region, severity in one.aches.items()]
    return Line(
        day=f"{one.day:%a} {one.day.day} {one.day:%b %Y}",
        ago=ago(one.day, today),
        sleep=f"{one.sleep_hours:.1f} h" if one.sleep_hours is not None else "",
        items=tuple(str(getattr(one, name) or "") for name, _ in HEAT),
        aches=", ".join(aches),
        note=one.note,
        gap=f"{counted(missing, 'day')} without a check-in" if missing else "",
    )
