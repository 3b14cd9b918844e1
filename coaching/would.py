"""What a scale back or a deload would change, said before it is pressed."""

from datetime import date, datetime, timedelta

from clients.days import local_day
from clients.models import Action, Flag
from coaching.respond import DELOAD_DAYS, deload_starts, end_of, last_day
from coaching.wording import counted, day_said
from programs.planned import Plan, plan_of


def would_at_least(today: date, days: int) -> str:
    """Without looking at the plan."""
    return f"Until {day_said(last_day(days=days, first=today), today)}: no failure sets, a budget of 0 everywhere."


def would(flag: Flag, *, days: int | None, now: datetime) -> str:
    today = local_day(now, flag.client.zone)
    until = end_of(flag, Action.Kind.SCALE_BACK, now, None, days)
    assert until is not None
    plan = plan_of(flag.client)
    return f"{_scaled_back(plan, today, until)} {_deload(plan, deload_starts(flag, now), today)}".strip()


def _scaled_back(plan: Plan, today: date, until: date) -> str:
    held = plan.between(today, until)
    said = f"Scaling back until {day_said(until, today)}:"
    if held is None:
        return f"{said} no failure sets, a budget of 0 everywhere; no workouts are planned."
    if not held.failures:
        return f"{said} no set was meant for failure; the {counted(held.sets, 'planned set')} stay."
    who = "set meant for failure stops" if held.failures == 1 else "sets meant for failure stop"
    return f"{said} {held.failures} {who} 2–3 short, all {counted(held.sets, 'planned set')} stay."


def _deload(plan: Plan, first: date, today: date) -> str:
    last = first + timedelta(days=DELOAD_DAYS - 1)
    planned = plan.between(first, last)
    if planned is None:
        return ""
    return f"A deload week until {day_said(last, today)}: about half of {counted(planned.sets, 'set')}."
