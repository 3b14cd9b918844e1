"""An example client for who has none yet: a year of James from the article, as real as any, and gone by one press."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from clients import history
from clients.days import local_day
from clients.models import Client, Coach
from coaching.demo import programme, timeline, write
from coaching.demo.cast import ARTICLE
from programs.models import Exercise

REF = "example"
PERSON = replace(next(person for person in ARTICLE if person.ref == "james"), ref=REF, name="James Example")
SEED = 1


def add(coach: Coach, *, now: datetime) -> Client:
    """Written and scanned at once. A second press finds the first one's client."""
    with transaction.atomic():
        Coach.objects.select_for_update().get(pk=coach.pk)
        known = Client.objects.filter(practice=coach.practice_id, ref=REF).first()
        client = known or _written(coach, now)
    timeline.catch_up([client.pk], now=now)
    return client


@transaction.atomic
def remove(client: Client, *, by: Coach, at: datetime) -> None:
    """The example alone is erased; real clients are archived."""
    assert client.ref == REF
    history.record("example removed", subject=f"client:{client.pk}", client=None, by=by.user, at=at)
    client.delete()


def _written(coach: Coach, now: datetime) -> Client:
    anchor = local_day(now, coach.zone)
    library = {exercise.name: exercise for exercise in Exercise.objects.filter(practice=None)}
    client = write.people(coach, [PERSON], anchor=anchor, at=now)[REF]
    Client.objects.filter(pk=client.pk).update(email="")
    plan = programme.plan(PERSON, client, coach, library, anchor=anchor, at=now)
    spans = [(PERSON, client, PERSON.first, -1)]
    write.days(spans, library, anchor=anchor, seed=SEED, plans={client.pk: plan}, at=now)
    return client
