"""Kilograms or pounds: a client's own unit, and for an exercise another one where its plates are marked so."""

from datetime import datetime

from django.db import transaction

from clients import history
from clients.models import Client, User
from clients.problems import Refused
from programs.models import Exercise


def units_for(client: Client, exercise: Exercise | int) -> str:
    key = exercise if isinstance(exercise, int) else exercise.pk
    return client.units_of.get(str(key), client.units)


def other(units: str) -> str:
    return Client.Units.LB if units == Client.Units.KG else Client.Units.KG


@transaction.atomic
def choose(*, client: Client, exercise: Exercise, units: str, by: User | None, at: datetime) -> Client:
    """Read and type this exercise in these units from now on. What is stored stays as it is."""
    if units not in Client.Units.values:
        raise Refused("units", "Weights are in kg or in lb.")
    stored = Client.objects.select_for_update(no_key=True).get(pk=client.pk)
    before = units_for(stored, exercise)
    if before == units:
        return stored
    stored.units_of = {**stored.units_of, str(exercise.pk): units}
    stored.save(update_fields=["units_of"])
    history.record(
        "unit chosen", subject=f"exercise:{exercise.pk}", client=stored, by=by, at=at,
        before={"units": before}, after={"units": units},
    )  # fmt: skip
    return stored


def hand_over(exercise: Exercise, stays: Exercise) -> None:
    """An exercise that was merged is read in the unit that it had."""
    key = str(exercise.pk)
    for client in Client.objects.filter(practice=stays.practice_id, units_of__has_key=key):
        mine = dict(client.units_of)
        mine.setdefault(str(stays.pk), mine.pop(key))
        mine.pop(key, None)
        Client.objects.filter(pk=client.pk).update(units_of=mine)
