"""The article's month: four weeks of one failure set a session, compared with the four before."""

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import F, Q

from clients.models import Client, Coach

DAYS = 28


class MonthQuerySet(models.QuerySet["Month"]):
    def standing(self) -> "MonthQuerySet":
        return self.filter(undone_at=None)

    def begun_anywhere(self, now: datetime) -> "MonthQuerySet":
        """The newest that has begun where the day begins first: in no other zone is it later."""
        first = (now + timedelta(hours=14)).date()
        return self.standing().filter(starts_on__lte=first).order_by("-starts_on")

    def on(self, day: date) -> "MonthQuerySet":
        """Those that run on a client's local day."""
        first = day - timedelta(days=DAYS - 1)
        still = Q(stopped_on=None) | Q(stopped_on__gte=day)
        return self.standing().filter(still, starts_on__range=(first, day))


class Month(models.Model):
    """28 days from a Monday. Only its start, and an end before its time, are kept; everything else is computed."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="months")
    starts_on = models.DateField()  # a Monday of the client's
    by = models.ForeignKey(Coach, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    stopped_on = models.DateField(null=True, blank=True)  # its last day, where it was stopped early
    stopped_by = models.ForeignKey(Coach, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Coach, on_delete=models.PROTECT, null=True, related_name="+")

    objects = MonthQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "client", "starts_on", name="month_one_start", condition=Q(undone_at=None)
            ),
            models.CheckConstraint(
                condition=Q(stopped_on=None, stopped_by=None)
                | Q(stopped_by__isnull=False, stopped_on__gte=F("starts_on")),
                name="month_stopped_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"month from {self.starts_on} of client {self.client_id}"

    @property
    def ends_on(self) -> date:
        """The last day it was meant to have."""
        return self.starts_on + timedelta(days=DAYS - 1)

    @property
    def last_day(self) -> date:
        return self.stopped_on or self.ends_on
