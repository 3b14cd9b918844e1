"""Who changed what, and when. Append-only."""

from typing import Any

from django.db import models


class Change(models.Model):
    actor = models.ForeignKey(
        "clients.User", on_delete=models.SET_NULL, null=True, related_name="+"
    )  # null: a scan
    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, null=True, related_name="changes")
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)  # "flag opened", "set amended", …
    subject = models.CharField(max_length=60)  # "flag:12"
    before: "models.JSONField[dict[str, Any] | None, dict[str, Any] | None]" = models.JSONField(null=True)
    after: "models.JSONField[dict[str, Any] | None, dict[str, Any] | None]" = models.JSONField(null=True)

    class Meta:
        indexes = [
            models.Index("client", "at", name="change_of_client"),
            models.Index("subject", "at", name="change_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject}"
