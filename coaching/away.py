"""What happened while the coach was away: flags that opened and that recovered since the visit before."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from clients.days import local_day
from clients.models import Coach, Flag
from clients.signs.kinds import Resolution
from coaching.wording import counted, day_said

VISIT_ENDS = timedelta(hours=1)  # without a look at the board
MARK_EVERY = timedelta(minutes=5)
MOST_READ = 500
MOST_NAMES = 3


@dataclass(frozen=True, kw_only=True)
class Away:
    says: tuple[str, ...]
    since: str


def arrive(coach: Coach, *, now: datetime) -> None:
    """Note that the coach looks at the board. After an hour without a look, this is another visit."""
    seen = coach.board_seen_at
    if seen is not None and now - seen < MARK_EVERY:
        return
    if seen is None or now - seen >= VISIT_ENDS:
        coach.board_left_at = seen
    coach.board_seen_at = now
    Coach.objects.filter(pk=coach.pk).update(board_seen_at=now, board_left_at=coach.board_left_at)


def dismiss(coach: Coach) -> None:
    Coach.objects.filter(pk=coach.pk).update(board_left_at=None)


def while_away(coach: Coach, *, now: datetime) -> Away | None:
    """One query; none while there is nothing to look back to."""
    left = coach.board_left_at
    if left is None:
        return None
    since = Q(recorded_at__gt=left) | Q(closed_at__gt=left)
    rows = (
        Flag.objects.visible_to(coach)
        .filter(since, client__archived_at=None)
        .exclude(resolution=Resolution.WITHDRAWN)
        .order_by("-recorded_at", "pk")
        .values_list("client__name", "recorded_at", "closed_on", "resolution")[:MOST_READ]
    )
    opened, recovered, closed = Counter[str](), Counter[str](), Counter[str]()
    for name, recorded_at, closed_on, resolution in rows:
        if closed_on is None:
            opened[name] += recorded_at > left
        elif resolution in (Resolution.RECOVERED, Resolution.NEW_BASELINE):
            recovered[name] += 1
        else:
            closed[name] += 1
    says = [
        said
        for said in (_said(opened, "opened"), _said(recovered, "recovered"), _said(closed, "closed"))
        if said
    ]
    return Away(says=tuple(says), since=_since(left, coach, now)) if says else None


def _said(people: Counter[str], what: str) -> str:
    """`3 flags opened (James Okafor, Sarah Lindqvist)`"""
    number = people.total()
    return f"{counted(number, 'flag')} {what} ({_names(list(+people))})" if number else ""


def _names(names: Iterable[str]) -> str:
    listed = list(names)
    rest = len(listed) - MOST_NAMES
    return ", ".join(listed[:MOST_NAMES]) + (f" and {rest} more" if rest > 0 else "")


def _since(left: datetime, coach: Coach, now: datetime) -> str:
    local, today = left.astimezone(coach.zone), local_day(now, coach.zone)
    days = (today - local.date()).days
    if days <= 0:
        return f"{local:%H:%M}"
    return f"{local:%A}" if days < 7 else day_said(local.date(), today)
