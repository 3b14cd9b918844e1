"""A flag as a scan would have left it."""

from datetime import UTC, date, datetime
from typing import Any

from clients.models import Client, Flag

SAYS = {
    "strength_decline": "Strength is down about 6 % (4 to 8) over the last 5 sessions.",
    "fatigue_mood": "Energy has averaged 2.3 since about 28 April; usual is 3.4.",
    "aches": "4 new aches on the last 14 check-in days; usual is 1.",
    "dread": "Looks forward to training less: 2.6 since about 1 May, usually 4.0.",
    "sleep_decline": "Rates sleep 2.5 since about 30 April, usually 3.6.",
}


def a_flag(client: Client, sign: str = "strength_decline", level: str = "act", **fields: Any) -> Flag:
    opened = fields.pop("opened_on", date(2026, 6, 10))
    given: dict[str, Any] = {
        "since_on": date(2026, 6, 6) if opened >= date(2026, 6, 6) else opened,
        "level_on": opened,
        "score": 6.0,
        "says": SAYS[sign],
        "recorded_at": datetime(2026, 6, 11, 4, 10, tzinfo=UTC),
        **fields,
    }
    return Flag.objects.create(client=client, sign=sign, level=level, opened_on=opened, **given)
