"""That a scan happened: rows, so that silence can be told from health."""

from django.db import models


class ScanRun(models.Model):
    """One run over a set of due clients."""

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    clients = models.PositiveIntegerField(default=0)
    changes = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["-finished_at"], name="scanrun_newest")]

    def __str__(self) -> str:
        return f"scan {self.pk}"
