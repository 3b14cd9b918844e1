"""How long a sign-in lasts: longer on a client's phone than at a coach's desk. Touched once a day at most."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from clients.models import Client, Coach

BEGAN = "signed_in_at"
SEEN = "seen_on"
COACH_LONGEST = timedelta(days=90)
CLIENT_LONGEST = timedelta(days=400)


def begin(session: SessionBase, person: Coach | Client, *, at: datetime) -> None:
    """What a sign-in leaves in its session: the zone to read times in, and how long it lasts."""
    session["timezone"] = person.timezone
    session[BEGAN] = at.timestamp()
    session[SEEN] = at.date().isoformat()
    session.set_expiry(_idle_seconds(person))


def still_good(session: SessionBase, person: Coach | Client, *, at: datetime, idle: bool = False) -> bool:
    """Whether the sign-in may go on. A visit renews it once a day; `idle` is a poll that nobody made."""
    began = session.get(BEGAN)
    if began is None:
        return True  # signed in by other means, with the session's own age
    longest = COACH_LONGEST if isinstance(person, Coach) else CLIENT_LONGEST
    if at.timestamp() - began > longest.total_seconds():
        return False
    today = at.date().isoformat()
    if session.get(SEEN) != today and not idle:
        session[SEEN] = today  # saving sends the cookie again, with its full length
        session.set_expiry(_idle_seconds(person))
    return True


def _idle_seconds(person: Coach | Client) -> int:
    days = settings.COACH_SESSION_DAYS if isinstance(person, Coach) else settings.CLIENT_SESSION_DAYS
    return days * 86_400
