"""The limits that hold for a client: the client's own, else the coach's, else the article's."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet

from clients.models import Client, Coach
from clients.prepared import Given
from programs.models import PolicyValue
from programs.policy.limits import Limits


def limits_of(client: Client, *, at: datetime) -> Limits:
    theirs = values_for(client.pk, client.coach_id, at)
    return limits_from(theirs.values("key", "value", "client_id"))


def limits_of_coach(coach: Coach, *, at: datetime) -> Limits:
    """What holds for the coach's clients that have no value of their own."""
    theirs = PolicyValue.objects.filter(coach=coach, client=None, at__lte=at).order_by("at", "pk")
    return limits_from(theirs.values("key", "value", "client_id"))


def values_of_each(at: datetime) -> QuerySet[PolicyValue, PolicyValue]:
    """The values that bear on each row of an outer query over clients, oldest first."""
    mine = Q(client=None, coach=OuterRef("coach")) | Q(client=OuterRef("pk"))
    return PolicyValue.objects.filter(mine, at__lte=at).order_by("at", "pk")


def values_for(
    client_id: int | Given, coach_id: int | Given, at: datetime | Given
) -> QuerySet[PolicyValue, PolicyValue]:
    """Every value that bears on the client, oldest first. The client's own stay when the coach changes."""
    known = PolicyValue.objects.filter(at__lte=at)
    return known.filter(Q(client=None, coach=coach_id) | Q(client=client_id)).order_by("at", "pk")


def limits_from(rows: Iterable[Mapping[str, Any]]) -> Limits:
    """The latest value of a key wins; one of the client's own beats the coach's, however old."""
    coach: dict[str, float] = {}
    own: dict[str, float] = {}
    for row in rows:
        values = coach if row["client_id"] is None else own
        if row["value"] is None:
            values.pop(row["key"], None)
        else:
            values[row["key"]] = row["value"]
    return Limits.of(coach | own)
