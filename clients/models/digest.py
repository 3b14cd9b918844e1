"""The weekly letter."""

from typing import Any

from django.db import models
from django.db.models import Q

from clients.models.outbox import Outgoing


class DigestQuerySet(models.QuerySet["Digest"]):
    def weekly(self) -> "DigestQuerySet":
        """Those that came by themselves."""
        return self.filter(asked_at=None)


class Digest(Outgoing):
    coach = models.ForeignKey("clients.Coach", on_delete=models.CASCADE, related_name="digests")
    week = models.DateField()  # the Monday of the coach's local week in which it was due
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField()
    images: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        default=dict
    )  # content id → PNG, base64
    composed_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)  # the coach asked for it; it is not the week's

    objects = DigestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("coach", "week", name="digest_once_a_week", condition=Q(asked_at=None)),
            models.CheckConstraint(
                condition=~Q(status="sent") | Q(sent_at__isnull=False), name="digest_sent_has_its_time"
            ),
        ]
        indexes = [
            # read by outbox.undelivered
            models.Index(
                "next_try_at",
                name="digest_undelivered",
                condition=Q(status__in=["waiting", "sending", "uncertain"]),
            )
        ]

    def __str__(self) -> str:
        return f"digest of coach {self.coach_id} for {self.week}"
