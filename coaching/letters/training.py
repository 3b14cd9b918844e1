"""What all clients' sets say for the letter: who logged last, the week as a whole, a small picture of strength."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Max, Q, Sum

from clients.models import Checkin, Coach
from coaching.letters.news import Effort, Person
from coaching.sparks import first_monday, strength_lines
from programs.models import LiftDay

WEEK = timedelta(days=7)
MOST_CLIENTS = 25  # with a block of their own; Gmail clips a mail near 102 kB


def last_days(coach: Coach) -> dict[int, date]:
    """The newest day with a set or a check-in of each client."""
    mine = {"client__coach": coach, "client__archived_at": None}
    days: dict[int, date] = {}
    newest = (
        LiftDay.objects.filter(**mine).values_list("client").annotate(Max("day")),
        Checkin.objects.live().filter(**mine).values_list("client").annotate(Max("day")),
    )
    for client_id, day in (row for query in newest for row in query):
        days[client_id] = max(day, days.get(client_id, day))
    return days


def effort(coach: Coach, today: date) -> tuple[Effort, Effort]:
    """All clients' sets: the seven days before today, and the seven before those."""
    rows = (
        LiftDay.objects.filter(
            client__coach=coach, client__archived_at=None, day__lt=today, day__gte=today - 2 * WEEK
        )
        .annotate(newer=ExpressionWrapper(Q(day__gte=today - WEEK), output_field=BooleanField()))
        .values_list("newer")
        .annotate(
            sets=Sum("working"),
            rated=Sum(F("failure") + F("form_break") + F("hold_back") + F("easy")),
            failure=Sum(F("failure") + F("form_break_at_0")),
            clients=Count("client", distinct=True),
        )
        .order_by()
    )
    found = {
        bool(newer): Effort(sets=sets, rated=rated, failure=failure, clients=clients)
        for newer, sets, rated, failure, clients in rows
    }
    return found.get(True, Effort()), found.get(False, Effort())


def with_pictures(people: Sequence[Person], today: date) -> tuple[Person, ...]:
    """Eight weeks of strength for those who get a block of their own, as on the board."""
    shown = [p.pk for p in people if p.open][:MOST_CLIENTS]
    lines = strength_lines({pk: first_monday(today) for pk in shown}) if shown else {}
    return tuple(replace(p, strength=tuple(lines[p.pk])) if p.pk in lines else p for p in people)
