"""One exercise under two names: the second is merged into the first, with all that was done and planned of it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from clients import history
from clients.models import Coach
from clients.problems import Refused
from programs import own_exercises, own_units, rollups, shown_lifts
from programs.models import Exercise, LiftDay, Prescription, SetLog
from programs.policy.kinds import Equipment


def target_of(exercise: Exercise) -> Exercise:
    """Where a merge, or several, led; the exercise itself where there was none."""
    while exercise.merged_into is not None:
        exercise = exercise.merged_into
    return exercise


@transaction.atomic
def merge(*, exercise: Exercise, into: Exercise, by: Coach, at: datetime) -> Exercise:
    """Hand everything over, and keep the old name as another name of the one that stays. Of a library's row the
    practice gets a twin, which keeps that name. A second time changes nothing; answers the row that stays."""
    exercise, into = _locked(exercise), _own_of(target_of(into), by)
    if exercise.merged_into_id is not None and target_of(exercise) == into:
        return into
    _check(exercise, into, by)
    names = [name for name in [exercise.name, *exercise.aliases] if name.casefold() not in _names_of(into)]
    facts = {name: getattr(into, name) for name in own_exercises.FACTS}
    stays = own_exercises.keep(
        exercise=into, facts={**facts, "aliases": [*into.aliases, *names]}, by=by, at=at
    )
    _hand_over(exercise, stays)
    Exercise.objects.filter(merged_into=exercise).update(merged_into=stays)
    exercise.merged_into, exercise.to_complete = stays, False
    exercise.save(update_fields=["merged_into", "to_complete"])
    history.record(
        "exercise merged", subject=f"exercise:{exercise.pk}", client=None, by=by.user, at=at,
        before={"name": exercise.name}, after={"into": stays.pk, "name": stays.name},
    )  # fmt: skip
    return stays


def _own_of(row: Exercise, by: Coach) -> Exercise:
    """The practice's row of that name, where it has one beside the library's."""
    twin = Exercise.objects.filter(practice=by.practice_id, name__iexact=row.name).first()
    return row if row.practice_id is not None or twin is None else target_of(twin)


def _locked(exercise: Exercise) -> Exercise:
    return Exercise.objects.select_for_update(no_key=True, of=("self",)).get(pk=exercise.pk)


def _check(exercise: Exercise, into: Exercise, by: Coach) -> None:
    if exercise.practice_id != by.practice_id or exercise.merged_into_id is not None:
        raise Refused("into", "Only an exercise of your own can be merged into another.")
    twin = into.practice_id is None and into.name.casefold() == exercise.name.casefold()
    if into.pk == exercise.pk or twin:
        raise Refused("into", "That is the exercise itself. Choose another one.")
    if into.practice_id not in (None, by.practice_id):
        raise Refused("into", "No exercise of yours is chosen.")
    helped = SetLog.objects.filter(exercise=exercise, weight_g__lt=0)
    if into.equipment != Equipment.BODYWEIGHT and helped.exists():
        raise Refused(
            "into", f"It has sets with help (less than 0 kg), and {into.name} is not a bodyweight exercise."
        )


def _names_of(row: Exercise) -> set[str]:
    return {name.casefold() for name in [row.name, *row.aliases]}


def _hand_over(exercise: Exercise, stays: Exercise) -> None:
    days = {
        (client, day)
        for client, day in LiftDay.objects.filter(exercise=exercise).values_list("client_id", "day")
    } | set(SetLog.objects.filter(exercise=exercise).order_by().values_list("client_id", "day").distinct())
    SetLog.objects.filter(exercise=exercise).update(exercise=stays)
    Prescription.objects.filter(exercise=exercise).update(exercise=stays)
    own_exercises.rename_in_prescriptions(exercise, stays)
    own_units.hand_over(exercise, stays)
    shown_lifts.hand_over(exercise, stays)
    keys: list[Any] = [(client, row.pk, day) for client, day in sorted(days) for row in (exercise, stays)]
    rollups.rebuild_days(keys)
    history.touch(*sorted({client for client, _ in days}))
