"""Where a coach wants to be told of flags by machine, and each thing that was told. The delivery is the outbox."""

from django.db import models
from django.db.models import Q

from clients.ids import new_id


class Webhook(models.Model):
    uuid = models.UUIDField(default=new_id, unique=True, editable=False)
    coach = models.ForeignKey("clients.Coach", on_delete=models.CASCADE, related_name="webhooks")
    url = models.CharField(max_length=500)
    secret = models.CharField(max_length=64)  # kept as it is: signing takes the secret itself
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("coach", "url", name="webhook_once_a_coach")]

    def __str__(self) -> str:
        return f"webhook {self.pk}"


class Delivery(models.Model):
    """One event for one address: written in the transaction in which it happened, told at least once."""

    class Kind(models.TextChoices):
        OPENED = "flag.opened"
        RESOLVED = "flag.resolved"
        TEST = "test"

    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"

    uuid = models.UUIDField(default=new_id, unique=True, editable=False)  # the receiver's key against doubles
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    change = models.ForeignKey(
        "clients.Change", on_delete=models.CASCADE, null=True, related_name="deliveries"
    )  # what happened; null: a test
    kind = models.CharField(max_length=13, choices=Kind)
    body = models.TextField()  # as it is sent, byte for byte
    queued_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)  # the receiver's last answer
    answer = models.TextField(blank=True)  # its first words
    problem = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint("webhook", "change", name="delivery_once_an_event"),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="delivery_sent_has_its_time"
            ),
        ]
        indexes = [
            # read by webhooks.undelivered
            models.Index(
                "next_try_at", name="delivery_undelivered", condition=Q(state__in=["waiting", "sending"])
            ),
            models.Index(fields=["webhook", "-queued_at"], name="delivery_of_webhook"),
            models.Index("queued_at", name="delivery_by_age"),  # read by webhooks.sweep
        ]

    def __str__(self) -> str:
        return f"{self.kind} for webhook {self.webhook_id}"
