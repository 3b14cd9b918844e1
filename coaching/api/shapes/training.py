"""What a client did and how they were: sessions, sets, check-ins."""

from typing import Any

from rest_framework import serializers

from clients.body import Region
from coaching.api.resource import Instant
from coaching.api.shapes.unknown import Unknown
from programs.policy.kinds import EndedBy


class SessionOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    version = serializers.IntegerField()
    started_at = serializers.DateTimeField()
    day = serializers.DateField(help_text="The client's local day of the start.")
    ended_at = serializers.DateTimeField(allow_null=True)
    workout = serializers.CharField()
    session_rpe = serializers.FloatField(allow_null=True)
    duration_min = serializers.FloatField(allow_null=True)
    note = serializers.CharField()


class SessionIn(serializers.Serializer[Any]):
    started_at = Instant()


class EndIn(Unknown):
    session_rpe = serializers.DecimalField(
        max_digits=3, decimal_places=1, min_value=0, max_value=10, allow_null=True, default=None
    )
    duration_min = serializers.DecimalField(
        max_digits=6, decimal_places=2, min_value=0, max_value=1440, allow_null=True, default=None
    )
    note = serializers.CharField(allow_blank=True, allow_null=True, default="", max_length=2000)


ENDINGS = [(ending.value, ending.value) for ending in EndedBy]


class SetOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    version = serializers.IntegerField()
    session = serializers.UUIDField()
    day = serializers.DateField()
    set_no = serializers.IntegerField()
    exercise = serializers.CharField()
    weight_kg = serializers.FloatField(allow_null=True)
    reps = serializers.IntegerField(allow_null=True)
    rir = serializers.FloatField(allow_null=True)
    ended = serializers.CharField(help_text="target, muscular_failure, technical_failure, stopped, or empty.")
    warm_up = serializers.BooleanField()
    done_at = serializers.DateTimeField(allow_null=True)
    source = serializers.CharField()  # type: ignore[assignment]
    note = serializers.CharField()
    deleted_at = serializers.DateTimeField(allow_null=True)


class SetIn(Unknown):
    session = serializers.UUIDField()
    exercise = serializers.CharField(max_length=200)
    weight_kg = serializers.DecimalField(
        max_digits=8, decimal_places=3, min_value=-500, max_value=2000, allow_null=True, default=None
    )
    reps = serializers.IntegerField(min_value=0, max_value=100, allow_null=True, default=None)
    rir = serializers.DecimalField(
        max_digits=3, decimal_places=1, min_value=0, max_value=10, allow_null=True, default=None
    )
    ended = serializers.ChoiceField(choices=ENDINGS, allow_blank=True, allow_null=True, default="")
    warm_up = serializers.BooleanField(default=False)
    done_at = Instant(allow_null=True, default=None)
    set_no = serializers.IntegerField(min_value=1, max_value=1000, allow_null=True, default=None)
    note = serializers.CharField(allow_blank=True, allow_null=True, default="", max_length=2000)
    source = serializers.CharField(  # type: ignore[assignment]
        allow_blank=True, allow_null=True, default="reserve", max_length=20
    )
    version = serializers.IntegerField(
        min_value=1, max_value=10**6, required=False, help_text="1, unless it is known: then the next one."
    )

    def validate_rir(self, value: Any) -> Any:
        if value is not None and value * 2 != int(value * 2):
            raise serializers.ValidationError("Reps in reserve come in halves: 1, 1.5, 2 …")
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["ended"] == EndedBy.MUSCULAR_FAILURE and attrs["rir"]:
            says = "A rep that could not be completed leaves none in reserve: send rir 0, or leave it out."
            raise serializers.ValidationError({"rir": says})
        return attrs


def _item(**more: Any) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=1, max_value=5, allow_null=True, **more)


class CheckinIn(Unknown):
    sleep_hours = serializers.DecimalField(
        max_digits=4, decimal_places=2, min_value=0, max_value=24, allow_null=True, default=None
    )
    sleep_quality = _item(default=None)
    energy = _item(default=None)
    mood = _item(default=None)
    stress = _item(default=None)
    soreness = _item(default=None)
    anticipation = _item(default=None)
    aches = serializers.DictField(
        child=serializers.IntegerField(min_value=0, max_value=10), allow_null=True, default=dict,
        help_text=f"region: severity. Regions: {', '.join(Region)}.",
    )  # fmt: skip
    note = serializers.CharField(allow_blank=True, allow_null=True, default="", max_length=2000)
    version = serializers.IntegerField(min_value=1, max_value=10**6, required=False)

    def validate_aches(self, value: dict[str, int] | None) -> dict[str, int]:
        return value or {}


class CheckinOut(serializers.Serializer[Any]):
    date = serializers.DateField()
    version = serializers.IntegerField()
    sleep_hours = serializers.FloatField(allow_null=True)
    sleep_quality = _item()
    energy = _item()
    mood = _item()
    stress = _item()
    soreness = _item()
    anticipation = _item()
    aches = serializers.DictField(child=serializers.IntegerField())
    note = serializers.CharField()
    deleted_at = serializers.DateTimeField(allow_null=True)
