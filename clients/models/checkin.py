"""One check-in a day and client: how they slept, feel, and look forward to training."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from clients.ids import new_id

ITEMS = ("sleep_quality", "energy", "mood", "stress", "soreness", "anticipation")


def _item() -> "models.PositiveSmallIntegerField[int | None, int | None]":
    return models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )


class CheckinQuerySet(models.QuerySet["Checkin"]):
    def live(self) -> "CheckinQuerySet":
        return self.filter(deleted_at=None)


class Checkin(models.Model):
    """All items are 1–5 and 5 is good: 5 for stress is "relaxed", for soreness "none"."""

    uuid = models.UUIDField(default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="checkins")
    day = models.DateField()  # the client's local date; sleep is the night that ended on it
    sleep_hours = models.DecimalField(
        max_digits=4, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(24)],
    )  # fmt: skip
    sleep_quality = _item()
    energy = _item()
    mood = _item()
    stress = _item()
    soreness = _item()
    anticipation = _item()
    aches: "models.JSONField[dict[str, int], dict[str, int]]" = models.JSONField(default=dict, blank=True)
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = CheckinQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("client", "day", name="checkin_once_a_day", condition=Q(deleted_at=None)),
            models.UniqueConstraint("client", "uuid", name="checkin_id_once"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{item}__isnull": True}) | Q(**{f"{item}__range": (1, 5)}),
                    name=f"checkin_{item}",
                )
                for item in ITEMS
            ),
            models.CheckConstraint(
                condition=Q(sleep_hours__isnull=True) | Q(sleep_hours__range=(0, 24)),
                name="checkin_sleep_hours",
            ),
        ]

    def __str__(self) -> str:
        return f"check-in of client {self.client_id} on {self.day}"
