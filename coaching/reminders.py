"""The daily reminder of the check-in: due by the client's clock, written once a day, sent once, or visibly not."""

from datetime import date, datetime

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from clients import consent
from clients.days import local_day
from clients.message_ids import new_message_id
from clients.models import Checkin, Client, Reminder
from clients.reminders import address_of, next_slot
from coaching.letters import post as postman
from coaching.outbox import Outbox

SALT = "reminder.stop"


def due(now: datetime) -> list[Client]:
    waiting = Client.objects.active().filter(reminder_hour__isnull=False, next_reminder_at__lte=now)
    return list(waiting.select_related("user").order_by("next_reminder_at", "pk"))


def write(client: Client, *, now: datetime) -> Reminder | None:
    """Write today's reminder and move the schedule on, together and once. None: not due, or not needed today.

    After a silence of days there is one reminder, for the day that it is.
    """
    due_at = client.next_reminder_at
    if due_at is None or due_at > now:
        return None
    day = local_day(now, client.zone)
    with transaction.atomic():
        mine = Client.objects.filter(
            pk=client.pk, next_reminder_at=due_at, reminder_hour=client.reminder_hour
        )
        if not mine.update(next_reminder_at=next_slot(client, now)) or _needless(client, day):
            return None
        made, new = Reminder.objects.get_or_create(
            client=client,
            day=day,
            defaults={
                "message_id": new_message_id(f"reminder.{client.pk}.{day}"),
                "next_try_at": now,
            },
        )
        return made if new else None


def client_of(token: str) -> Client | None:
    """Whose reminder a signed link stops; None if we did not sign it."""
    try:
        return Client.objects.filter(pk=signing.loads(token, salt=SALT)).first()
    except (signing.BadSignature, ValueError, TypeError):
        return None


def stop_url(client: Client) -> str:
    return f"{settings.SITE_URL}{reverse('reminder-stop', args=[signing.dumps(client.pk, salt=SALT)])}"


def _needless(client: Client, day: date) -> str:
    if client.archived_at or not address_of(client):
        return "Not sent: the record is closed, or has no address."
    if client.away_until is not None and client.away_until >= day:
        return "Not sent: the client is away."
    if not consent.in_force(client):
        return "Not sent: the client has not agreed to check-ins."
    if Checkin.objects.live().filter(client=client, day=day).exists():
        return "Not sent: the check-in was there already."
    return ""


def _unwanted(reminder: Reminder) -> str:
    client = reminder.client
    if client.reminder_hour is None:
        return "Not sent: the reminder was stopped before."
    if reminder.claimed_at and local_day(reminder.claimed_at, client.zone) != reminder.day:
        return "Not sent: the day was over."
    return _needless(client, reminder.day)


def _mail_of(reminder: Reminder) -> postman.Message:
    client = reminder.client
    words = {
        "name": client.first_name,
        "link": f"{settings.SITE_URL}{reverse('checkin')}",
        "stop": stop_url(client),
    }
    return postman.message_of(
        subject="Your check-in for today",
        text=render_to_string("emails/reminder.txt", words),
        html=render_to_string("emails/reminder.html", words),
        images={},
        to=address_of(client),
        message_id=reminder.message_id,
        unsubscribe_url=words["stop"],
    )


OUTBOX = Outbox(model=Reminder, related=("client__user",), unwanted=_unwanted, message=_mail_of)
undelivered, deliver = OUTBOX.undelivered, OUTBOX.deliver
