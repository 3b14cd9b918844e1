"""An injury: a region, perhaps a muscle, and its dates."""

from django.db import models
from django.db.models import F, Q

from clients.body import Muscle, Region, Severity, choices
from clients.ids import new_id


class Injury(models.Model):
    uuid = models.UUIDField(default=new_id, editable=False, unique=True)
    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="injuries")
    region = models.CharField(max_length=12, choices=choices(Region))
    onset = models.DateField()
    resolved = models.DateField(null=True, blank=True)
    severity = models.CharField(max_length=8, choices=choices(Severity), blank=True)
    muscle = models.CharField(max_length=12, choices=choices(Muscle), blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("client", "region", "onset", name="injury_once"),
            models.CheckConstraint(
                condition=Q(resolved__isnull=True) | Q(resolved__gte=F("onset")), name="injury_dates"
            ),
        ]
        verbose_name_plural = "injuries"

    def __str__(self) -> str:
        return f"injury of client {self.client_id}"
