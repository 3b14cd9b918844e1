"""A coach logs sets for a client: what was done on the floor together, or told on the telephone."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from clients.days import local_day
from clients.ids import new_id
from clients.models import Client, Coach
from programs import sessions
from programs.models import Exercise, Session, SetLog

COACH = "coach"  # where such a set comes from
MOST_AT_ONCE = 20
NOON = time(12)


@transaction.atomic
def log_sets(
    *,
    client: Client,
    exercise: Exercise,
    day: Any,
    count: int,
    first_id: UUID,
    by: Coach,
    at: datetime,
    **values: Any,
) -> list[SetLog]:
    """`count` like sets, all or none, into the client's session of that day, or a new one that is over with it.

    The same `first_id` again is the same sets.
    """
    if known := SetLog.objects.filter(client=client, uuid=first_id).select_related("session").first():
        made_then = SetLog.objects.filter(session=known.session, source=COACH, set_no__gte=known.set_no)
        return list(made_then.order_by("set_no")[:count])
    session, ours = _session(client, day, by, at)
    made = [
        sessions.log_set(
            id=first_id if number == 0 else new_id(), session=session, exercise=exercise, by=by.user, at=at,
            source=COACH, **values,
        )
        for number in range(count)
    ]  # fmt: skip
    if ours:
        sessions.finish(
            session=session, at=at, session_rpe=None, duration_min=None, note="", by=by.user, done_at=session.started_at
        )  # fmt: skip
    return made


def _session(client: Client, day: Any, by: Coach, at: datetime) -> tuple[Session, bool]:
    """The newest session of the day; where there is none, one at noon, or now if that has not come yet."""
    found = Session.objects.live().filter(client=client, local_day=day).order_by("-started_at").first()
    if found:
        return found, False
    noon = datetime.combine(day, NOON, client.zone)
    begun = min(noon, at) if local_day(at, client.zone) == day else noon
    if local_day(begun, client.zone) != day:  # a zone that skips noon
        begun += timedelta(hours=1)
    return sessions.start(client=client, at=at, by=by.user, started_at=begun), True
