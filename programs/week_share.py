"""The 80/20 bar of calendar weeks, in a client's words."""

from dataclasses import dataclass
from datetime import date, timedelta

from clients.models import Client
from programs.models import LiftDay
from programs.policy.share import Share


@dataclass(frozen=True, kw_only=True)
class WeekShare:
    monday: date
    percent: int | None  # None: nothing was rated
    limit: int
    over: bool
    says: str


def week_share(client: Client, *, day: date, limit: float) -> WeekShare:
    """The week of that day, Monday to Sunday, against the client's own limit in percent."""
    return week_shares(client, until=day, weeks=1, limit=limit)[0]


def week_shares(client: Client, *, until: date, weeks: int, limit: float) -> list[WeekShare]:
    """The week of that day and those before it, newest first, in one query."""
    mondays = [_monday(until) - timedelta(weeks=back) for back in range(weeks)]
    rows = LiftDay.objects.filter(client=client, day__range=(mondays[-1], mondays[0] + timedelta(days=6)))
    counts = {monday: [0, 0, 0] for monday in mondays}
    for day, failure, at_0, form_break, hold_back, easy, unrated in rows.values_list(
        "day", "failure", "form_break_at_0", "form_break", "hold_back", "easy", "unrated"
    ):
        count = counts[_monday(day)]
        count[0] += failure + at_0
        count[1] += failure + form_break + hold_back + easy
        count[2] += unrated
    return [
        _week(monday, Share(failure=failure, rated=rated, unrated=unrated), limit)
        for monday, (failure, rated, unrated) in counts.items()
    ]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _week(monday: date, share: Share, limit: float) -> WeekShare:
    percent = None if share.share is None else round(100 * share.share)
    over = share.over(limit)
    says = "No set says how many reps were left."
    if percent is not None:
        sets = f"{share.failure} of {share.rated} rated sets went to failure: {percent} %."
        says = f"{sets} {'That is over' if over else 'The most is'} {limit:.0f} %."
    return WeekShare(monday=monday, percent=percent, limit=round(limit), over=over, says=says)
