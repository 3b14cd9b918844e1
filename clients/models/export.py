"""A bundle that somebody asked for: written by the worker, fetched by them, forgotten after a day."""

from django.db import models
from django.db.models import Q

from clients.ids import new_id


class Export(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting"
        WRITING = "writing"
        READY = "ready"
        FAILED = "failed"

    uuid = models.UUIDField(default=new_id, unique=True, editable=False)
    coach = models.ForeignKey("clients.Coach", on_delete=models.CASCADE, related_name="exports")
    client = models.ForeignKey(
        "clients.Client", on_delete=models.CASCADE, null=True, blank=True, related_name="exports"
    )  # null: all of the coach's
    for_client = models.BooleanField(
        default=False
    )  # asked for by the client: without what is for coaches' eyes
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    claimed_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    counts: "models.JSONField[dict[str, int], dict[str, int]]" = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(done_at__isnull=False), name="export_ready_has_its_time"
            ),
            models.CheckConstraint(
                condition=Q(for_client=False) | Q(client__isnull=False), name="export_for_client_names_them"
            ),
        ]
        indexes = [
            # read by exports.unwritten
            models.Index("asked_at", name="export_unwritten", condition=Q(state__in=["waiting", "writing"]))
        ]

    def __str__(self) -> str:
        return f"export {self.pk} of coach {self.coach_id}"
