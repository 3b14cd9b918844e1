"""Who the clients are, what hurts them, and what they lift."""

from enum import StrEnum
from typing import Any

from rest_framework import serializers

from clients.body import Muscle, Region, Severity, choices
from clients.models import Client
from programs.policy.kinds import Equipment, FailureClass, Mechanic, Pattern

REGIONS, MUSCLES = choices(Region), choices(Muscle)


class ClientOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    ref = serializers.CharField()
    name = serializers.CharField()
    email = serializers.CharField()
    timezone = serializers.CharField()
    units = serializers.ChoiceField(choices=Client.Units.choices)
    training_since = serializers.DateField(allow_null=True)
    born_on = serializers.DateField(allow_null=True)
    away_until = serializers.DateField(allow_null=True)
    sensitivity = serializers.IntegerField(
        allow_null=True, help_text="-1 alert, 0 normal, 1 calm; null to a client's own token."
    )
    archived_at = serializers.DateTimeField(allow_null=True)


class ClientIn(serializers.Serializer[Any]):
    """A field that is not sent keeps what it is; a new client needs a name."""

    name = serializers.CharField(max_length=200, required=False)
    ref = serializers.CharField(
        max_length=200, required=False, help_text="Your own stable name; given once, with a new client."
    )
    email = serializers.CharField(max_length=254, allow_blank=True, allow_null=True, required=False)
    timezone = serializers.CharField(max_length=64, required=False, help_text="Like Europe/London.")
    units = serializers.ChoiceField(choices=Client.Units.choices, required=False)
    training_since = serializers.DateField(allow_null=True, required=False)
    away_until = serializers.DateField(allow_null=True, required=False)
    sensitivity = serializers.IntegerField(min_value=-1, max_value=1, allow_null=True, required=False)


class InvitationOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    made_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    used_at = serializers.DateTimeField(allow_null=True)


class InvitationMade(InvitationOut):
    link = serializers.CharField(help_text="Shown this once: only a digest of it is kept.")
    mailed = serializers.BooleanField(allow_null=True, help_text="null: no mail was asked for.")


class InvitationIn(serializers.Serializer[Any]):
    mail = serializers.BooleanField(default=False, help_text="Send the link to the client's address.")


class InjuryOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    region = serializers.ChoiceField(choices=choices(Region))
    severity = serializers.CharField(help_text="mild, moderate, severe, or empty.")
    muscle = serializers.CharField()
    onset = serializers.DateField()
    resolved = serializers.DateField(allow_null=True)
    note = serializers.CharField(help_text="The coach's; empty to a client's own token.")


class InjuryIn(serializers.Serializer[Any]):
    region = serializers.ChoiceField(choices=choices(Region))
    severity = serializers.ChoiceField(
        choices=choices(Severity), allow_blank=True, allow_null=True, default=""
    )
    muscle = serializers.ChoiceField(choices=choices(Muscle), allow_blank=True, allow_null=True, default="")
    onset = serializers.DateField()
    resolved = serializers.DateField(allow_null=True, default=None)
    note = serializers.CharField(allow_blank=True, allow_null=True, default="", max_length=2000)


def _one_of(kind: type[StrEnum]) -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=choices(kind), allow_blank=True, default="")


def _some_of(kind: type[StrEnum]) -> serializers.ListField:
    one = serializers.ChoiceField(choices=choices(kind))
    return serializers.ListField(child=one, max_length=len(kind), default=list)


class ExerciseIn(serializers.Serializer[Any]):
    """What is not known is empty or null, and leaves its rule to say caution."""

    name = serializers.CharField(max_length=200)
    equipment = _one_of(Equipment)
    mechanic = _one_of(Mechanic)
    pattern = _one_of(Pattern)
    primary_muscle = _one_of(Muscle)
    secondary_muscles = _some_of(Muscle)
    loaded_regions = _some_of(Region)
    aliases = serializers.ListField(
        child=serializers.CharField(max_length=200), max_length=50, default=list, help_text="Other names."
    )
    overhead = serializers.BooleanField(
        allow_null=True, default=None, help_text="The load ends above the head."
    )
    coordination = serializers.BooleanField(allow_null=True, default=None, help_text="It needs much of it.")
    can_trap = serializers.BooleanField(
        allow_null=True, default=None, help_text="A failed rep can leave someone under the load."
    )
    failure_class = serializers.ChoiceField(
        choices=choices(FailureClass),
        allow_blank=True,
        default="",
        help_text="The coach's own; empty: the rule's.",
    )
    reason = serializers.CharField(
        max_length=2000,
        allow_blank=True,
        default="",
        help_text="Why that class; empty to a client's own token.",
    )
    body_mass_percent = serializers.IntegerField(
        min_value=0, max_value=100, default=0, help_text="Share of body mass lifted: pull-up 100, push-up 64."
    )


class ExerciseOut(ExerciseIn):
    id = serializers.IntegerField()
    own = serializers.BooleanField(help_text="The practice's own, not the library's.")
