"""Where a client stands: phase, readiness, shares, budget, flags. What pages and `client_status` show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Sum

from clients.json_rows import JsonRows
from clients.models import Client
from clients.readiness import Decision, Indicator, decide
from programs.facts import read_facts
from programs.limits_of import limits_from, values_of_each
from programs.models import LiftDay
from programs.policy.allowance import Allowance, allowance
from programs.policy.limits import Limits
from programs.policy.recent import SHARE_DAYS, OpenFlag, PhaseNow, Recent
from programs.policy.share import Share

__all__ = ["Share", "Standing", "shares", "shares_and_limits", "standing"]


@dataclass(frozen=True, kw_only=True)
class Standing:
    phase: PhaseNow
    readiness: dict[str, Indicator]
    decision: Decision
    week: Share
    days_28: Share
    week_form_breaks: int  # sets that ended because form broke, whatever they cost
    month_form_breaks: int
    done_sets: int  # working sets of this calendar week
    planned_sets: int | None  # None without a programme
    planned_failures: int | None
    budget: Allowance
    flags: tuple[OpenFlag, ...]
    scale_back_until: date | None
    limits: Limits


def standing(client: Client, *, at: datetime) -> Standing:
    return standing_of(read_facts(client, at=at, dated=True).recent)


def standing_of(recent: Recent) -> Standing:
    """The same from facts that have been read already."""
    return Standing(
        phase=recent.phase,
        readiness=recent.readiness.indicators,
        decision=decide(recent.readiness, scaled_back=recent.scale_back_until is not None),
        week=recent.week_share,
        days_28=recent.month_share,
        week_form_breaks=sum(bout.form_breaks for bout in recent.this_week),
        month_form_breaks=sum(bout.form_breaks for bout in recent.month_bouts),
        done_sets=sum(bout.working for bout in recent.this_week),
        planned_sets=recent.planned,
        planned_failures=recent.planned_failures,
        budget=allowance(recent),
        flags=recent.flags,
        scale_back_until=recent.scale_back_until,
        limits=recent.limits,
    )


def shares_and_limits(
    client_ids: Iterable[int], *, on: date, at: datetime
) -> dict[int, tuple[Share, Limits]]:
    """`shares`, each with the limits that it is held against, in one query."""
    mine = _counted(LiftDay.objects.filter(client=OuterRef("pk")), on)
    rows = Client.objects.filter(pk__in=list(client_ids)).values_list(
        "pk",
        JsonRows(mine, "costs", "rated", "open"),
        JsonRows(values_of_each(at), "key", "value", "client_id"),
    )
    return {
        pk: (
            _share(counts[0]["costs"], counts[0]["rated"], counts[0]["open"]) if counts else Share(),
            limits_from(values),
        )
        for pk, counts, values in rows
    }


def shares(client_ids: Iterable[int], *, on: date) -> dict[int, Share]:
    """The trailing 28 days of many clients, `on` included, in one query. Who logged nothing has an empty share."""
    keys = list(client_ids)
    rows = _counted(LiftDay.objects.filter(client__in=keys), on)
    found = {row["client_id"]: _share(row["costs"], row["rated"], row["open"]) for row in rows}
    return {pk: found.get(pk, Share()) for pk in keys}


def _counted(days: QuerySet[LiftDay, LiftDay], on: date) -> QuerySet[LiftDay, Any]:
    first = on - timedelta(days=SHARE_DAYS - 1)
    return (
        days.filter(day__range=(first, on))
        .order_by()
        .values("client_id")
        .annotate(
            costs=Sum(F("failure") + F("form_break_at_0")),
            rated=Sum(F("failure") + F("form_break") + F("hold_back") + F("easy")),
            open=Sum("unrated"),
        )
    )


def _share(costs: int, rated: int, unrated: int) -> Share:
    return Share(failure=costs, rated=rated, unrated=unrated)
