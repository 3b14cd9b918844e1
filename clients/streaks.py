"""How long somebody has kept checking in. One missed day a week breaks nothing. Pure."""

from collections.abc import Collection
from datetime import date, timedelta

FORGIVEN = 1  # days of a week, Monday to Sunday


def streak(days: Collection[date], *, today: date) -> int:
    """Check-ins since the run began. A day that is not over yet is not missed."""
    kept, missed, day = 0, 0, today if today in days else today - timedelta(days=1)
    while missed <= FORGIVEN:
        kept, missed = (kept + 1, missed) if day in days else (kept, missed + 1)
        if day.weekday() == 0 and missed <= FORGIVEN:
            missed = 0
        day -= timedelta(days=1)
    return kept
