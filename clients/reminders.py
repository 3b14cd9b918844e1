"""Whether and when a client is reminded of the check-in: by their own clock, to their own address."""

from datetime import UTC, datetime, time, timedelta

from django.db import transaction

from clients import history
from clients.days import local_day
from clients.models import Client, User
from clients.problems import Refused


def address_of(client: Client) -> str:
    return (client.user.email if client.user else None) or client.email


@transaction.atomic
def arrange(*, client: Client, hour: int | None, by: User | None, at: datetime) -> None:
    """Remind at this hour of the client's day; None: not at all. Twice is once."""
    if hour is not None and not address_of(client):
        raise Refused("hour", "There is no e-mail address of yours. Ask your coach to enter it first.")
    if hour is not None and not 0 <= hour <= 23:
        raise Refused("hour", "Choose an hour of the list.")
    stored = Client.objects.select_for_update(no_key=True).get(pk=client.pk)
    if stored.reminder_hour == hour:
        return
    before, stored.reminder_hour = stored.reminder_hour, hour
    stored.next_reminder_at = None if hour is None else next_slot(stored, at)
    stored.save(update_fields=["reminder_hour", "next_reminder_at"])
    history.record(
        "reminder arranged", subject=f"client:{client.pk}", client=client, by=by, at=at,
        before={"hour": before}, after={"hour": hour},
    )  # fmt: skip


def next_slot(client: Client, at: datetime) -> datetime:
    """The first time later than `at` that the client's clock shows the hour."""
    today = local_day(at, client.zone)
    hour = time(client.reminder_hour or 0)
    slots = (datetime.combine(today + timedelta(days=k), hour, client.zone).astimezone(UTC) for k in range(3))
    return next(slot for slot in slots if slot > at)
