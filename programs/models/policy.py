"""A coach's or a client's own limit. Append-only: the latest at the time asked about wins.

An empty value is the way back: to the coach's limit for a client, to the default for a coach.
"""

from django.db import models

from clients.models import Client, Coach


class PolicyValue(models.Model):
    coach = models.ForeignKey(Coach, on_delete=models.CASCADE, related_name="policy_values")
    client = models.ForeignKey(
        Client, on_delete=models.CASCADE, null=True, blank=True, related_name="policy_values"
    )
    key = models.CharField(max_length=40)
    value = models.FloatField(null=True, blank=True)
    by = models.ForeignKey(Coach, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index("coach", "client", "key", "at", name="policy_latest")]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"
