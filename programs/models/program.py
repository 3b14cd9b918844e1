"""Programme → phases → workouts → prescriptions."""

from django.db import models
from django.db.models import F, Q

from clients.body import choices
from clients.ids import new_id
from clients.models import Client, Coach
from programs.models.exercise import Exercise
from programs.policy.kinds import PhaseKind


class Program(models.Model):
    """What a coach planned for one client."""

    uuid = models.UUIDField(default=new_id, editable=False, unique=True)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="programs")
    name = models.CharField(max_length=200)
    made_by = models.ForeignKey(Coach, on_delete=models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Phase(models.Model):
    """A stretch of days with one aim. Phases of a client never overlap; days without one are `base`."""

    uuid = models.UUIDField(default=new_id, editable=False, unique=True)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="phases")
    program = models.ForeignKey(
        Program, on_delete=models.CASCADE, null=True, blank=True, related_name="phases"
    )
    kind = models.CharField(max_length=11, choices=choices(PhaseKind))
    name = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # inclusive; empty lasts until the next
    # The part before a deload week, whose workouts this part goes on with (a deload: lighter).
    continues = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint("client", "starts_on", name="phase_one_start"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="phase_dates"
            ),
        ]
        ordering = ["starts_on"]

    def __str__(self) -> str:
        return f"{self.kind} from {self.starts_on}"


class Workout(models.Model):
    """A day's plan within a phase. Without a weekday the workouts rotate in order."""

    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="workouts")
    name = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)  # Monday is 0

    class Meta:
        constraints = [
            models.UniqueConstraint("phase", "position", name="workout_position"),
            models.CheckConstraint(
                condition=Q(weekday__isnull=True) | Q(weekday__lte=6), name="workout_weekday"
            ),
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class Prescription(models.Model):
    """Exercise, sets × reps, where to stop, and whether the last set may go to failure."""

    workout = models.ForeignKey(Workout, on_delete=models.CASCADE, related_name="prescriptions")
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    sets = models.PositiveSmallIntegerField()
    reps_min = models.PositiveSmallIntegerField()
    reps_max = models.PositiveSmallIntegerField()
    rir_halves = models.PositiveSmallIntegerField(default=4)  # target reps in reserve, in halves
    rest_s = models.PositiveSmallIntegerField(default=120)
    failure_on_last = models.BooleanField(default=False)
    with_next = models.BooleanField(default=False)  # a superset: in turn with the line after it
    weight_g = models.IntegerField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("workout", "position", name="prescription_position"),
            models.CheckConstraint(
                condition=Q(
                    sets__range=(1, 20), reps_min__gte=1, reps_max__gte=F("reps_min"), reps_max__lte=100
                ),
                name="prescription_sets_and_reps",
            ),
            models.CheckConstraint(condition=Q(rir_halves__lte=20), name="prescription_rir"),
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.sets} × {self.reps_min}–{self.reps_max}"

    @property
    def failures(self) -> int:
        """Sets meant for failure. A target of 0 in reserve sends every set there."""
        return self.sets if self.rir_halves == 0 else int(self.failure_on_last)
