"""The limits that hold for a client: the client's own, else the coach's, else the article's."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from clients.models import Client
from programs.models import PolicyValue
from programs.policy.limits import Limits


def limits_of(client: Client, *, at: datetime) -> Limits:
    return limits_from(values_for(client, at).values("key", "value", "client_id"))


def values_for(client: Client, at: datetime) -> QuerySet[PolicyValue, PolicyValue]:
    """Every value that bears on the client, oldest first."""
    theirs = PolicyValue.objects.filter(coach=client.coach_id, at__lte=at)
    return theirs.filter(Q(client=None) | Q(client=client.pk)).order_by("at", "pk")


def limits_from(rows: Iterable[Mapping[str, Any]]) -> Limits:
    """The latest value of a key wins; one of the client's own beats the coach's, however old."""
    coach: dict[str, float] = {}
    own: dict[str, float] = {}
    for row in rows:
        (coach if row["client_id"] is None else own)[row["key"]] = row["value"]
    return Limits.of(coach | own)
