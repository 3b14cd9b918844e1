"""What a session is done under: the plan's lines, held back by a scale back or arranged by the trial month."""

from datetime import datetime
from typing import Any

from clients.answers import scaled_back_until
from clients.days import local_day
from clients.models import Client
from programs import months, plans
from programs.facts import read_recent
from programs.holding import Hold
from programs.models import Workout
from programs.month_plan import month_lines
from programs.policy.kinds import PhaseKind
from programs.policy.recent import Recent


def lines_for(
    client: Client, workout: Workout, *, phase: PhaseKind, at: datetime, recent: Recent | None = None
) -> list[dict[str, Any]]:
    """Frozen for a session that begins at `at`. Facts that were read already are not read again."""
    deload = phase == PhaseKind.DELOAD
    if recent.scale_back_until if recent else scaled_back_until(client, at):
        return plans.freeze(workout, deload=deload, hold=Hold.SCALE_BACK)
    lines = plans.freeze(workout, deload=deload)
    month = months.running(client, local_day(at, client.zone))
    if month is None or not lines:
        return lines
    return month_lines(lines, client, month, recent or read_recent(client, at=at))
