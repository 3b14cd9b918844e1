"""A mail on its way. The row is the outbox: what is sent stands in it before anything is sent."""

from django.db import models


class Outgoing(models.Model):
    class Status(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        UNCERTAIN = "uncertain"  # the answer was lost after the text was handed over
        FAILED = "failed"
        WITHDRAWN = "withdrawn"  # taken back before it left
        NO_MAIL = "no_mail", "no mail"  # there is no address: it stands on the client's page alone

    status = models.CharField(max_length=9, choices=Status, default=Status.WAITING)
    message_id = models.CharField(max_length=250, unique=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(blank=True)

    class Meta:
        abstract = True
