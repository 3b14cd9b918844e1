"""What a lift came to on a day. Derived from sets; may be rebuilt at any time."""

from django.db import models

from clients.models import Client
from programs.models.exercise import Exercise


class LiftDay(models.Model):
    """client × exercise × local day. Integers only, so that recomputed is equal, not near.

    Loads include the share of body mass that a bodyweight lift moves (75 kg where the mass is unknown).
    `reps_left2` is twice (reps + reps in reserve): halves stay integers.
    """

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="lift_days")
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()

    # Counts by the class of SCIENCE 1.1; `working` is their sum.
    working = models.PositiveSmallIntegerField()
    failure = models.PositiveSmallIntegerField()  # muscular failure or 0 RIR
    form_break = models.PositiveSmallIntegerField()
    form_break_at_0 = models.PositiveSmallIntegerField()  # of those, at 0 RIR: they cost as failure
    hold_back = models.PositiveSmallIntegerField()
    easy = models.PositiveSmallIntegerField()
    unrated = models.PositiveSmallIntegerField()
    stopped = models.PositiveSmallIntegerField()
    hard = models.PositiveSmallIntegerField()  # RIR ≤ 4 or failure, and unrated target sets prescribed ≤ 4
    volume_g = models.BigIntegerField()  # Σ load × reps

    # The two best rated sets by e1RM, fit for trends: load, 2 × (reps + RIR), 2 × RIR.
    best_load_g = models.IntegerField(null=True)
    best_reps2 = models.PositiveSmallIntegerField(null=True)
    best_rir2 = models.PositiveSmallIntegerField(null=True)
    next_load_g = models.IntegerField(null=True)
    next_reps2 = models.PositiveSmallIntegerField(null=True)
    next_rir2 = models.PositiveSmallIntegerField(null=True)
    # The best set that says nothing of its reserve: used only with a habit (SCIENCE 1.2), or a prescription.
    open_load_g = models.IntegerField(null=True)
    open_reps = models.PositiveSmallIntegerField(null=True)
    open_prescribed_rir2 = models.PositiveSmallIntegerField(null=True)
    # What "usual" is made of.
    median_load_g = models.IntegerField(null=True)
    median_reps2 = models.PositiveSmallIntegerField(null=True)
    median_rir2 = models.PositiveSmallIntegerField(null=True)
    least_rir2 = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("client", "exercise", "day", name="lift_day_once")]
        indexes = [models.Index("client", "day", name="lift_day_of_client")]

    def __str__(self) -> str:
        return f"exercise {self.exercise_id} of client {self.client_id} on {self.day}"
