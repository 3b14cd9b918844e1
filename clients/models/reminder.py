"""The daily word that the check-in is still to come. The row is the outbox."""

from django.db import models
from django.db.models import Q

from clients.models.outbox import Outgoing


class Reminder(Outgoing):
    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="reminders")
    day = models.DateField()  # the client's

    class Meta:
        constraints = [
            models.UniqueConstraint("client", "day", name="reminder_once_a_day"),
            models.CheckConstraint(
                condition=~Q(status="sent") | Q(sent_at__isnull=False), name="reminder_sent_has_its_time"
            ),
        ]
        indexes = [
            # read by outbox.undelivered
            models.Index(
                "next_try_at",
                name="reminder_undelivered",
                condition=Q(status__in=["waiting", "sending", "uncertain"]),
            )
        ]

    def __str__(self) -> str:
        return f"reminder of client {self.client_id} for {self.day}"
