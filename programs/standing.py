"""Where a client stands: phase, readiness, shares, budget, flags. What pages and `client_status` show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Sum

from clients.models import Client
from clients.readiness import Decision, Indicator, decide
from programs.facts import read_recent
from programs.models import LiftDay
from programs.planned import Plan
from programs.policy.allowance import Allowance, allowance
from programs.policy.limits import Limits
from programs.policy.recent import SHARE_DAYS, OpenFlag, PhaseNow, Recent
from programs.policy.share import Share

__all__ = ["Share", "Standing", "shares", "standing"]


@dataclass(frozen=True, kw_only=True)
class Standing:
    phase: PhaseNow
    readiness: dict[str, Indicator]
    decision: Decision
    week: Share
    days_28: Share
    budget: Allowance
    flags: tuple[OpenFlag, ...]
    scale_back_until: date | None
    limits: Limits


def standing(client: Client, *, at: datetime, plan: Plan | None = None) -> Standing:
    """A plan that the caller has read already is not read again."""
    return standing_of(read_recent(client, at=at, plan=plan))


def standing_of(recent: Recent) -> Standing:
    """The same from facts that have been read already."""
    return Standing(
        phase=recent.phase,
        readiness=recent.readiness.indicators,
        decision=decide(recent.readiness, scaled_back=recent.scale_back_until is not None),
        week=recent.week_share,
        days_28=recent.month_share,
        budget=allowance(recent),
        flags=recent.flags,
        scale_back_until=recent.scale_back_until,
        limits=recent.limits,
    )


def shares(client_ids: Iterable[int], *, on: date) -> dict[int, Share]:
    """The trailing 28 days of many clients, `on` included, in one query. Who logged nothing has an empty share."""
    keys = list(client_ids)
    first = on - timedelta(days=SHARE_DAYS - 1)
    rows = (
        LiftDay.objects.filter(client__in=keys, day__range=(first, on))
        .order_by()
        .values_list("client_id")
        .annotate(
            costs=Sum(F("failure") + F("form_break_at_0")),
            rated=Sum(F("failure") + F("form_break") + F("hold_back") + F("easy")),
            open=Sum("unrated"),
        )
    )
    found = {pk: Share(failure=costs, rated=rated, unrated=unrated) for pk, costs, rated, unrated in rows}
    return {pk: found.get(pk, Share()) for pk in keys}
