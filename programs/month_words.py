"""The trial month in a client's words. Pure."""

from datetime import date, timedelta

from programs.models.month import DAYS

ENDED_SHOWN = 14  # days for which today's page still leads to how it went
PROMISE = (
    "One exercise a session may go to failure, where the phone says yes; everything else stops 1–3 short."
)
HELD = "Every set of this month stops 1–3 short, none goes to failure."


def month_line(starts_on: date | None, last_day: date | None, today: date) -> str:
    """What today's page says of a month: which week, or that it has ended; nothing long after."""
    if starts_on is None or last_day is None or today < starts_on:
        return ""
    if today > last_day:
        return "The month has ended: how it went" if today <= last_day + timedelta(days=ENDED_SHOWN) else ""
    return f"The month: week {(today - starts_on).days // 7 + 1} of {DAYS // 7}"
