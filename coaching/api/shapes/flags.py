"""Flags, and what a coach does about them."""

from typing import Any

from rest_framework import serializers

from clients.models import Action
from coaching.api.shapes.unknown import Unknown


class ActionOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Action.Kind.choices)
    at = serializers.DateTimeField()
    on = serializers.DateField()
    until = serializers.DateField(allow_null=True)
    text = serializers.CharField()
    undone_at = serializers.DateTimeField(allow_null=True)
    outcome = serializers.DictField(allow_null=True)


class FlagOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    client = serializers.UUIDField()
    sign = serializers.CharField()
    level = serializers.CharField()
    since = serializers.DateField()
    opened_on = serializers.DateField()
    level_on = serializers.DateField()
    says = serializers.CharField()
    closed_on = serializers.DateField(allow_null=True)
    resolution = serializers.CharField()


class FlagDetailOut(FlagOut):
    evidence = serializers.DictField()
    actions = ActionOut(many=True)


class ActionIn(Unknown):
    kind = serializers.ChoiceField(choices=Action.Kind.choices)
    until = serializers.DateField(allow_null=True, default=None)
    days = serializers.IntegerField(min_value=1, max_value=400, allow_null=True, default=None)
    text = serializers.CharField(allow_blank=True, allow_null=True, default="", max_length=2000)
    whole = serializers.BooleanField(
        default=False, help_text="Meant for the whole person: their other unanswered flags are answered, too."
    )
