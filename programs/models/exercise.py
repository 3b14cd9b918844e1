"""Exercises: the library that everybody shares, and each practice's own rows."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from clients.body import Muscle, choices
from clients.models import Practice
from programs.policy.kinds import Equipment, FailureClass, Mechanic, Pattern


class ExerciseQuerySet(models.QuerySet["Exercise"]):
    def of(self, practice: Practice | int | models.Expression) -> "ExerciseQuerySet":
        """The library and the practice's own, those that were merged into another as well."""
        return self.filter(Q(practice=None) | Q(practice=practice))

    def known_to(self, practice: Practice | int) -> "ExerciseQuerySet":
        """The library and the practice's own. A practice's row stands before the library's of the same name."""
        return self.of(practice).filter(merged_into=None)


class Exercise(models.Model):
    """`practice` null is the library. Unknown facts are null or empty, never a guess that looks like knowledge."""

    practice = models.ForeignKey(
        Practice, on_delete=models.CASCADE, null=True, blank=True, related_name="exercises"
    )
    name = models.CharField(max_length=200)
    equipment = models.CharField(max_length=10, choices=choices(Equipment), blank=True)
    mechanic = models.CharField(max_length=9, choices=choices(Mechanic), blank=True)
    pattern = models.CharField(max_length=15, choices=choices(Pattern), blank=True)
    primary_muscle = models.CharField(max_length=12, choices=choices(Muscle), blank=True)
    secondary_muscles: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list, blank=True)
    loaded_regions: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list, blank=True)
    aliases: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list, blank=True)
    overhead = models.BooleanField(null=True, blank=True)  # the load ends above the head
    coordination = models.BooleanField(null=True, blank=True)  # high demand
    can_trap = models.BooleanField(null=True, blank=True)
    failure_class = models.CharField(
        max_length=7, choices=choices(FailureClass), blank=True
    )  # the coach's override
    reason = models.TextField(blank=True)  # why overridden
    body_mass_percent = models.PositiveSmallIntegerField(
        default=0
    )  # of body mass lifted: pull-up 100, push-up 64
    to_complete = models.BooleanField(
        default=False
    )  # made from a name alone; the coach is asked for the rest
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ExerciseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "practice",
                Lower("name"),
                name="exercise_name_in_practice",
                condition=Q(practice__isnull=False),
            ),
            models.UniqueConstraint(
                Lower("name"), name="exercise_name_in_library", condition=Q(practice=None)
            ),
            models.CheckConstraint(
                condition=Q(failure_class="") | ~Q(reason=""), name="exercise_override_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.name
