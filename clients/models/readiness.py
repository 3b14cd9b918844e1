"""A coach's own word on an indicator of readiness. Append-only: ended by its last day, or withdrawn, never erased."""

from django.db import models
from django.db.models import Q

from clients.body import choices
from clients.readiness import INDICATORS, State


class Overrule(models.Model):
    """In force from `at` to the end of `until`, unless withdrawn. The reason is for coaches' eyes only."""

    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="overrules")
    indicator = models.CharField(max_length=10, choices=[(name, name) for name in INDICATORS])
    state = models.CharField(max_length=8, choices=choices(State))
    reason = models.TextField()
    by = models.ForeignKey("clients.Coach", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateField()  # the client's last local day of it
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("clients.Coach", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="overrule_has_its_reason"),
            models.CheckConstraint(condition=Q(indicator__in=INDICATORS), name="overrule_indicator"),
            models.CheckConstraint(condition=~Q(state="unknown"), name="overrule_says_something"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="overrule_withdrawn_by_somebody",
            ),
        ]
        indexes = [
            # read by every verdict
            models.Index("client", "until", name="overrule_of_client")
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.state} for client {self.client_id}"
