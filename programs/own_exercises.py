"""A practice's own exercises: made new, or written over the library's row of the same name."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from clients import history
from clients.models import Coach
from clients.problems import Refused
from programs import own_units, rollups, shown_lifts
from programs.models import Exercise, LiftDay, Prescription, Session, SetLog
from programs.names import tidy

FACTS = (
    "name", "equipment", "mechanic", "pattern", "primary_muscle", "secondary_muscles", "loaded_regions", "aliases",
    "overhead", "coordination", "can_trap", "failure_class", "reason", "body_mass_percent",
)  # fmt: skip
LONGEST = 200  # of a name; a bundle takes no longer one
NEEDED = ("equipment", "mechanic", "pattern", "primary_muscle")


@transaction.atomic
def keep(*, exercise: Exercise | None, facts: Mapping[str, Any], by: Coach, at: datetime) -> Exercise:
    """Keep what the coach says of an exercise. The library stays as it is: its row gets a twin of the practice's.

    The twin takes over the practice's history of the exercise, so that a lift stays one lift.
    """
    facts = {**facts, "name": tidy(facts["name"]), "aliases": list(dict.fromkeys(facts["aliases"]))}
    if not facts["name"]:
        raise Refused("name", "Please give it a name that can be read.")
    if any(len(alias) > LONGEST for alias in facts["aliases"]):
        raise Refused("aliases", f"At most {LONGEST} characters each.")
    if facts["failure_class"] and not facts["reason"]:
        raise Refused("reason", "Say why, in a word: the reason is kept with the class.")
    mine = Exercise.objects.filter(practice=by.practice_id)
    known = exercise if exercise and exercise.practice_id == by.practice_id else None
    if exercise and known is None:
        known = mine.filter(name__iexact=exercise.name, merged_into=None).first()
    same = mine.filter(name__iexact=facts["name"]).exclude(pk=known.pk if known else 0).first()
    if same:
        merged = f" It was merged into “{same.merged_into.name}”." if same.merged_into else ""
        raise Refused("name", f"You have an exercise called “{facts['name']}” already.{merged}")
    facts["to_complete"] = not all(facts[name] for name in NEEDED)
    if known is None:
        own = Exercise.objects.create(practice_id=by.practice_id, **facts)
        if exercise:
            _take_over(exercise, own)
        _recorded("exercise added", own, by, at, None)
        return own
    return _changed(known, facts, by, at)


def _changed(own: Exercise, facts: dict[str, Any], by: Coach, at: datetime) -> Exercise:
    before = {name: getattr(own, name) for name in FACTS}
    loads_change = any(before[name] != facts[name] for name in ("equipment", "body_mass_percent"))
    for name, value in facts.items():
        setattr(own, name, value)
    if before == {name: facts[name] for name in FACTS}:
        own.save(update_fields=["to_complete"])
        return own
    own.save(update_fields=[*facts])
    days = LiftDay.objects.filter(exercise=own).values_list("client_id", "exercise_id", "day")
    if loads_change:
        rollups.rebuild_days(list(days))
    _touch_clients_of(own)
    _recorded("exercise changed", own, by, at, before)
    return own


def _take_over(library: Exercise, own: Exercise) -> None:
    """What the practice's clients did and are to do with the library's row, they did with the twin."""
    practice = own.practice_id
    SetLog.objects.filter(exercise=library, client__practice=practice).update(exercise=own)
    LiftDay.objects.filter(exercise=library, client__practice=practice).update(exercise=own)
    Prescription.objects.filter(exercise=library, workout__phase__client__practice=practice).update(
        exercise=own
    )
    rename_in_prescriptions(library, own)
    own_units.hand_over(library, own)
    shown_lifts.hand_over(library, own)
    if (library.equipment, library.body_mass_percent) != (own.equipment, own.body_mass_percent):
        days = LiftDay.objects.filter(exercise=own).values_list("client_id", "exercise_id", "day")
        rollups.rebuild_days(list(days))
    _touch_clients_of(own)


def rename_in_prescriptions(library: Exercise, own: Exercise) -> None:
    """Frozen lines name the exercise by its key; what they prescribe stays as it was."""
    sessions = Session.objects.filter(practice=own.practice_id).exclude(prescribed=[])
    for session in sessions.only("pk", "prescribed").iterator(chunk_size=500):
        if any(line["exercise_id"] == library.pk for line in session.prescribed):
            lines = [
                {**line, "exercise_id": own.pk} if line["exercise_id"] == library.pk else line
                for line in session.prescribed
            ]
            Session.objects.filter(pk=session.pk).update(prescribed=lines)


def _touch_clients_of(own: Exercise) -> None:
    clients = LiftDay.objects.filter(exercise=own).values_list("client_id", flat=True).distinct()
    history.touch(*clients)


def _recorded(kind: str, own: Exercise, by: Coach, at: datetime, before: dict[str, Any] | None) -> None:
    after = {name: getattr(own, name) for name in FACTS}
    history.record(
        kind, subject=f"exercise:{own.pk}", client=None, by=by.user, at=at, before=before, after=after
    )
