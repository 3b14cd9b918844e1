"""What a coach wrote to a client: on the client's page, and by e-mail where there is an address."""

from django.db import models
from django.db.models import Q

from clients.models.outbox import Outgoing


class MessageQuerySet(models.QuerySet["Message"]):
    def standing(self) -> "MessageQuerySet":
        """What the client sees: not what the coach took back."""
        return self.filter(action__undone_at=None)


class Message(Outgoing):
    """The words are the action's text."""

    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="messages")
    action = models.OneToOneField("clients.Action", on_delete=models.CASCADE, related_name="message")
    to = models.EmailField(blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)  # when the client opened their page of messages

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(to="") | Q(status="no_mail"), name="message_without_address_is_no_mail"
            ),
            models.CheckConstraint(
                condition=~Q(status="sent") | Q(sent_at__isnull=False), name="message_sent_has_its_time"
            ),
        ]
        indexes = [
            models.Index("client", "at", name="message_of_client"),
            # read by outbox.undelivered
            models.Index(
                "next_try_at",
                name="message_undelivered",
                condition=Q(status__in=["waiting", "sending", "uncertain"]),
            ),
        ]

    def __str__(self) -> str:
        return f"message to client {self.client_id}"
