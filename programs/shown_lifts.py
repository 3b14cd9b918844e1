"""The lifts whose strength a client wants to see; while none is chosen, those they train most."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from clients import history
from clients.digits import whole
from clients.models import Client, User
from clients.problems import Refused
from programs.models import Exercise, LiftDay

MOST_LIFTS = 6


@transaction.atomic
def choose(*, client: Client, lifts: Collection[str], by: User | None, at: datetime) -> Client:
    """Show these from now on, on every phone; with none of them, those that are trained most."""
    keys = sorted({_key(text) for text in lifts})
    if len(keys) > MOST_LIFTS:
        raise Refused("lift", f"Choose up to {MOST_LIFTS} lifts: {len(keys)} are ticked.")
    logged = LiftDay.objects.filter(client=client, exercise__in=keys).order_by()
    if logged.values("exercise").distinct().count() < len(keys):
        raise _unknown()
    stored = Client.objects.select_for_update(no_key=True).get(pk=client.pk)
    before = stored.shown_lifts
    if before == keys:
        return stored
    stored.shown_lifts = keys
    stored.save(update_fields=["shown_lifts"])
    history.record(
        "lifts chosen", subject=f"client:{client.pk}", client=stored, by=by, at=at,
        before={"lifts": before}, after={"lifts": keys},
    )  # fmt: skip
    return stored


def hand_over(exercise: Exercise, stays: Exercise) -> None:
    """Who wanted to see an exercise sees the one that took its place."""
    for client in Client.objects.filter(practice=stays.practice_id).exclude(shown_lifts=[]):
        if exercise.pk in client.shown_lifts:
            keys = sorted({*client.shown_lifts, stays.pk} - {exercise.pk})
            Client.objects.filter(pk=client.pk).update(shown_lifts=keys)


def _key(text: str) -> int:
    key = whole(text)
    if key is None:
        raise _unknown()
    return key


def _unknown() -> Refused:
    return Refused("lift", "Choose among the lifts below: one that was sent is not one that you have logged.")
