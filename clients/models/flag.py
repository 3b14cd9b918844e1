"""Flags that scans raised, and what a coach did about them."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from clients.body import choices
from clients.signs.kinds import Level, Resolution, Sign


class FlagQuerySet(models.QuerySet["Flag"]):
    def open(self) -> "FlagQuerySet":
        return self.filter(closed_on=None)

    def visible_to(self, coach: Any) -> "FlagQuerySet":
        if coach.is_head:
            return self.filter(client__practice=coach.practice_id)
        return self.filter(client__coach=coach)


class Flag(models.Model):
    """One episode of one sign. Rows equal what the detectors say of the history; a scan makes them so."""

    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="flags")
    sign = models.CharField(max_length=16, choices=choices(Sign))
    level = models.CharField(max_length=5, choices=[(Level.WATCH.value, "watch"), (Level.ACT.value, "act")])
    opened_on = models.DateField()  # the day in the history on which it opened
    since_on = models.DateField()  # about when it began
    level_on = models.DateField()  # the day of the present level
    score = models.FloatField()
    says = models.TextField()
    evidence: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    closed_on = models.DateField(null=True, blank=True)
    resolution = models.CharField(max_length=12, choices=choices(Resolution), blank=True)
    recorded_at = models.DateTimeField()  # the clock, when a scan first wrote it
    closed_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    objects = FlagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("client", "sign", name="flag_one_open", condition=Q(closed_on=None)),
            models.UniqueConstraint("client", "sign", "opened_on", name="flag_once_a_day"),
            models.CheckConstraint(
                condition=Q(closed_on=None, resolution="", closed_at=None)
                | Q(closed_on__isnull=False, closed_at__isnull=False) & ~Q(resolution=""),
                name="flag_closed_with_reason",
            ),
            models.CheckConstraint(condition=Q(since_on__lte=F("opened_on")), name="flag_since_before_open"),
        ]
        indexes = [
            # read by the board and by the policy
            models.Index("client", name="flag_open", condition=Q(closed_on=None)),
            models.Index("client", "opened_on", name="flag_of_client"),
        ]

    def __str__(self) -> str:
        return f"flag {self.pk}: {self.sign} of client {self.client_id}"


class ActionQuerySet(models.QuerySet["Action"]):
    def standing(self) -> "ActionQuerySet":
        return self.filter(undone_at=None)


class Action(models.Model):
    """What a coach did, when, and what came of it."""

    class Kind(models.TextChoices):
        ACKNOWLEDGE = "acknowledge"
        SNOOZE = "snooze"
        SCALE_BACK = "scale_back", "scale back"
        DELOAD = "deload"
        NOTE = "note"
        MESSAGE = "message"
        WRONG_CALL = "wrong_call", "wrong call"
        RIGHT_CALL = "right_call", "right call"
        RESOLVE = "resolve"

    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="actions")
    flag = models.ForeignKey(Flag, on_delete=models.CASCADE, null=True, blank=True, related_name="actions")
    kind = models.CharField(max_length=12, choices=Kind)
    by = models.ForeignKey("clients.Coach", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    on = models.DateField()  # the client's local day of `at`
    until = models.DateField(null=True, blank=True)  # last day, included: of a snooze, scale back or deload
    text = models.TextField(blank=True)  # the coach's; never shown to the client but for a message
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey("clients.Coach", on_delete=models.PROTECT, null=True, related_name="+")
    outcome_due_on = models.DateField(null=True, blank=True)
    outcome: "models.JSONField[dict[str, Any] | None, dict[str, Any] | None]" = models.JSONField(
        null=True, blank=True
    )
    measured_at = models.DateTimeField(null=True, blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "flag",
                "kind",
                "on",
                name="action_once_a_day",
                condition=Q(undone_at=None, flag__isnull=False) & ~Q(kind="message"),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["snooze", "scale_back", "deload"]) | Q(until__isnull=False),
                name="action_has_its_end",
            ),
        ]
        indexes = [
            models.Index("client", "kind", "until", name="action_of_client", condition=Q(undone_at=None)),
            # read by outcomes.due
            models.Index(
                "outcome_due_on", name="action_outcome_due", condition=Q(undone_at=None, measured_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for client {self.client_id}"
