"""Where a client stands: verdicts, readiness and what a coach says of it, limits."""

from typing import Any

from rest_framework import serializers

from clients.readiness import INDICATORS, Decision, State
from coaching.api.resource import Instant
from programs.policies import BY_KEY

STATES = [(state.value, state.value) for state in State]
NAMES = [(name, name) for name in INDICATORS]
KEYS = [(key, key) for key in BY_KEY]


class VerdictIn(serializers.Serializer[Any]):
    client = serializers.UUIDField(required=False, help_text="A client's own token may leave it out.")
    exercise = serializers.CharField(max_length=200, required=False, help_text="By any of its names.")
    line = serializers.IntegerField(
        min_value=1, max_value=2**63 - 1, required=False,
        help_text="Instead of an exercise: a planned line's `id`, which brings its sets and reps.",
    )  # fmt: skip
    at = Instant(required=False, help_text="Now, unless said otherwise.")
    reps = serializers.IntegerField(min_value=0, max_value=100, allow_null=True, default=None)
    set_no = serializers.IntegerField(min_value=1, max_value=1000, allow_null=True, default=None)
    of = serializers.IntegerField(min_value=1, max_value=1000, allow_null=True, default=None)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("exercise" in attrs) == ("line" in attrs):
            raise serializers.ValidationError({"exercise": "Name an exercise, or the id of a planned line."})
        return attrs


class VerdictOut(serializers.Serializer[Any]):
    verdict = serializers.ChoiceField(choices=["yes", "caution", "no"])
    codes = serializers.ListField(child=serializers.CharField())
    says = serializers.ListField(child=serializers.CharField())
    opens_at = serializers.DateTimeField(allow_null=True)
    exercise = serializers.CharField()
    set_no = serializers.IntegerField(allow_null=True, help_text="Which set was judged; null: the last.")
    of = serializers.IntegerField(allow_null=True)
    reps = serializers.IntegerField(allow_null=True)


class IndicatorOut(serializers.Serializer[Any]):
    indicator = serializers.ChoiceField(choices=NAMES)
    state = serializers.ChoiceField(choices=STATES)
    says = serializers.CharField()
    changes_on = serializers.DateField(allow_null=True, help_text="The day on which it may be another.")
    changes = serializers.CharField(help_text="What that takes.")
    computed = serializers.ChoiceField(
        choices=STATES, allow_null=True, help_text="What the log says, where a coach has overruled it."
    )
    computed_says = serializers.CharField()


class ReadinessOut(serializers.Serializer[Any]):
    decision = serializers.ChoiceField(choices=[(one.value, one.value) for one in Decision])
    scale_back_until = serializers.DateField(allow_null=True)
    indicators = IndicatorOut(many=True)


class OverruleIn(serializers.Serializer[Any]):
    indicator = serializers.ChoiceField(choices=NAMES)
    state = serializers.ChoiceField(choices=STATES)
    until = serializers.DateField(help_text="The last day of it.")
    reason = serializers.CharField(max_length=2000, help_text="For coaches' eyes.")


class OverruleOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    indicator = serializers.ChoiceField(choices=NAMES)
    state = serializers.ChoiceField(choices=STATES)
    at = serializers.DateTimeField()
    until = serializers.DateField()
    reason = serializers.CharField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)


class LimitIn(serializers.Serializer[Any]):
    value = serializers.FloatField()


class LimitOut(serializers.Serializer[Any]):
    key = serializers.ChoiceField(choices=KEYS)
    value = serializers.FloatField(help_text="What holds.")
    own = serializers.FloatField(allow_null=True, help_text="Set here; null: it comes from above.")
    default = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()
    step = serializers.FloatField()
    unit = serializers.CharField()
    says = serializers.CharField()


class LimitsOut(serializers.Serializer[Any]):
    results = LimitOut(many=True)
