"""Programmes, phases, workouts and prescriptions."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from clients.body import choices
from programs.plan_forms import FIRST, LAST
from programs.policy.kinds import PhaseKind
from programs.workouts import MOST_LINES, MOST_WORKOUTS

MOST_PHASES = 60
KINDS = choices(PhaseKind)


class Dated(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=KINDS)
    name = serializers.CharField(max_length=200, allow_blank=True, default="")
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(
        allow_null=True, default=None, help_text="Last day, included; null: until the next phase."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        for name in ("starts_on", "ends_on"):
            day = attrs[name]
            if day is not None and not FIRST <= day <= LAST:
                raise serializers.ValidationError({name: "Choose a day between 1970 and 2100."})
        return attrs


class PhaseIn(Dated):
    programme = serializers.UUIDField(
        allow_null=True, default=None, help_text="The programme that a new phase belongs to."
    )


class PhaseOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=KINDS)
    name = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)
    programme = serializers.UUIDField(allow_null=True)
    continues = serializers.UUIDField(
        allow_null=True, help_text="The phase whose workouts this one goes on with; a deload: lighter."
    )


class DeloadIn(serializers.Serializer[Any]):
    days = serializers.IntegerField(min_value=1, max_value=28, default=7)


class LineIn(serializers.Serializer[Any]):
    exercise = serializers.CharField(max_length=200, help_text="By any of its names.")
    sets = serializers.IntegerField(min_value=1, max_value=20)
    reps_min = serializers.IntegerField(min_value=1, max_value=100)
    reps_max = serializers.IntegerField(min_value=1, max_value=100)
    rir = serializers.DecimalField(
        max_digits=3, decimal_places=1, min_value=0, max_value=10, default=Decimal(2)
    )
    rest_s = serializers.IntegerField(min_value=0, max_value=1800, default=120)
    failure_on_last = serializers.BooleanField(default=False, help_text="The last set may go to failure.")
    weight_kg = serializers.DecimalField(
        max_digits=8, decimal_places=3, min_value=-500, max_value=2000, allow_null=True, default=None
    )
    note = serializers.CharField(max_length=2000, allow_blank=True, default="")

    def validate_rir(self, value: Any) -> Any:
        if value * 2 != int(value * 2):
            raise serializers.ValidationError("Reps in reserve come in halves: 1, 1.5, 2 …")
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["reps_max"] < attrs["reps_min"]:
            says = f"At least {attrs['reps_min']}, or lower the first number."
            raise serializers.ValidationError({"reps_max": says})
        return attrs


class LineOut(serializers.Serializer[Any]):
    id = serializers.IntegerField(
        help_text="Of this line as it is planned now: a verdict may be asked for it."
    )
    exercise = serializers.CharField()
    sets = serializers.IntegerField()
    reps_min = serializers.IntegerField()
    reps_max = serializers.IntegerField()
    rir = serializers.FloatField()
    rest_s = serializers.IntegerField()
    failure_on_last = serializers.BooleanField()
    weight_kg = serializers.FloatField(allow_null=True)
    note = serializers.CharField()


class WorkoutIn(serializers.Serializer[Any]):
    id = serializers.IntegerField(
        min_value=1,
        max_value=2**63 - 1,
        required=False,
        help_text="Of a workout that is there; else by its name.",
    )
    name = serializers.CharField(max_length=200)
    weekday = serializers.IntegerField(
        min_value=0,
        max_value=6,
        allow_null=True,
        default=None,
        help_text="Monday is 0; null: workouts rotate.",
    )
    lines = LineIn(many=True, max_length=MOST_LINES)  # type: ignore[call-arg]  # a list takes it


class WorkoutOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    weekday = serializers.IntegerField(allow_null=True)
    lines = LineOut(many=True)


class PlannedPhaseIn(Dated):
    id = serializers.UUIDField(required=False, help_text="Of a phase that is there; else by its first day.")
    workouts = WorkoutIn(many=True, max_length=MOST_WORKOUTS)  # type: ignore[call-arg]  # a list takes it


class PlannedPhaseOut(PhaseOut):
    workouts = WorkoutOut(many=True)


class ProgrammeIn(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=200)
    phases = PlannedPhaseIn(many=True, max_length=MOST_PHASES)  # type: ignore[call-arg]  # a list takes it


class ProgrammeOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    made_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)


class ProgrammeDetailOut(ProgrammeOut):
    phases = PlannedPhaseOut(many=True)


class AssignmentIn(serializers.Serializer[Any]):
    client = serializers.UUIDField(help_text="Who is to train by it.")
    starts_on = serializers.DateField(help_text="The first day of its first phase; the others move along.")

    def validate_starts_on(self, value: Any) -> Any:
        if not FIRST <= value <= LAST:
            raise serializers.ValidationError("Choose a day between 1970 and 2100.")
        return value
