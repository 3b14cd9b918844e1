"""The 80/20 bar of a calendar week, in a client's words."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Sum

from clients.models import Client
from programs.models import LiftDay
from programs.policy.share import Share

__all__ = ["WeekShare", "week_share"]


@dataclass(frozen=True, kw_only=True)
class WeekShare:
    percent: int | None  # None: nothing was rated
    limit: int
    over: bool
    says: str


def week_share(client: Client, *, day: date, limit: float) -> WeekShare:
    """The week of that day, Monday to Sunday, against the client's own limit in percent."""
    monday = day - timedelta(days=day.weekday())
    rows = LiftDay.objects.filter(client=client, day__range=(monday, monday + timedelta(days=6)))
    counts = rows.aggregate(
        costs=Sum(F("failure") + F("form_break_at_0")),
        all_rated=Sum(F("failure") + F("form_break") + F("hold_back") + F("easy")),
        open=Sum("unrated"),
    )
    share = Share(failure=counts["costs"] or 0, rated=counts["all_rated"] or 0, unrated=counts["open"] or 0)
    percent = None if share.share is None else round(100 * share.share)
    return WeekShare(
        percent=percent, limit=round(limit), over=share.over(limit), says=_says(share, percent, limit)
    )


def _says(share: Share, percent: int | None, limit: float) -> str:
    if percent is None:
        return "No set of this week says how many reps were left."
    sets = f"{share.failure} of {share.rated} rated sets of this week went to failure: {percent} %."
    return f"{sets} {'That is over' if share.over(limit) else 'The most is'} {limit:.0f} %."
