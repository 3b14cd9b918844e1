"""What was done: sessions and their sets."""

from typing import Any

from django.db import models
from django.db.models import Q

from clients.body import choices
from clients.ids import new_id
from clients.models import Client, Practice
from programs.models.exercise import Exercise
from programs.models.program import Workout
from programs.policy.kinds import EndedBy


class SessionQuerySet(models.QuerySet["Session"]):
    def live(self) -> "SessionQuerySet":
        return self.filter(deleted_at=None)


class Session(models.Model):
    """One visit. Start, offset and local day are written once and never recomputed."""

    uuid = models.UUIDField(default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="sessions")
    ref = models.CharField(max_length=200)  # the sender's own name for it; ours is the uuid
    workout = models.ForeignKey(Workout, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    workout_name = models.CharField(max_length=200, blank=True)
    # The prescription that it was done under, frozen: a list of lines as programs.plans.freeze writes them.
    prescribed: "models.JSONField[list[dict[str, Any]], list[dict[str, Any]]]" = models.JSONField(
        default=list, blank=True
    )
    started_at = models.DateTimeField()
    utc_offset_min = models.SmallIntegerField()
    local_day = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)
    duration_min = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    session_rpe = models.DecimalField(max_digits=3, decimal_places=1, null=True, blank=True)
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("practice", "ref", name="session_ref_once_a_practice"),
            models.UniqueConstraint("client", "uuid", name="session_id_once"),
            models.CheckConstraint(
                condition=Q(session_rpe__isnull=True) | Q(session_rpe__range=(0, 10)), name="session_rpe_0_10"
            ),
            models.CheckConstraint(
                condition=Q(duration_min__isnull=True) | Q(duration_min__gte=0), name="session_duration"
            ),
        ]
        indexes = [models.Index("client", "local_day", name="session_of_client")]

    def __str__(self) -> str:
        return f"session {self.pk} of client {self.client_id}"


class SetLogQuerySet(models.QuerySet["SetLog"]):
    def live(self) -> "SetLogQuerySet":
        return self.filter(deleted_at=None)

    def working(self) -> "SetLogQuerySet":
        return self.live().filter(warm_up=False)


class SetLog(models.Model):
    """One set. Its id is made where it is logged, so a resent set is the same set."""

    uuid = models.UUIDField(default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="sets")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="sets")
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="sets")
    day = models.DateField()  # the session's local day
    set_no = models.PositiveIntegerField()  # order within the session
    weight_g = models.IntegerField(
        null=True, blank=True
    )  # on bodyweight lifts what was added; help is negative
    reps = models.PositiveSmallIntegerField(null=True, blank=True)
    rir_halves = models.PositiveSmallIntegerField(null=True, blank=True)
    ended = models.CharField(max_length=17, choices=choices(EndedBy), blank=True)
    warm_up = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True, blank=True)  # null: the session's start
    source = models.CharField(max_length=20, default="reserve", blank=True)
    note = models.TextField(blank=True)
    # The verdict that stood there before the set, as it was shown.
    shown_verdict: "models.JSONField[dict[str, Any] | None, dict[str, Any] | None]" = models.JSONField(
        null=True, blank=True
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = SetLogQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("session", "set_no", name="set_no_once", condition=Q(deleted_at=None)),
            models.UniqueConstraint("client", "uuid", name="set_id_once"),
            models.CheckConstraint(
                condition=Q(rir_halves__isnull=True) | Q(rir_halves__lte=20), name="set_rir_0_10"
            ),
            models.CheckConstraint(condition=Q(reps__isnull=True) | Q(reps__lte=100), name="set_reps_0_100"),
            models.CheckConstraint(
                condition=~Q(reps=0) | ~Q(ended__in=["", "target"]), name="set_no_reps_only_failed"
            ),
        ]
        indexes = [models.Index("client", "day", name="set_of_client_day", condition=Q(deleted_at=None))]

    def __str__(self) -> str:
        return f"set {self.pk} of client {self.client_id}"
