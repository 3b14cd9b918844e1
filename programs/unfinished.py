"""Exercises that were made from a name alone: what their words tell, until the coach has said what they are."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from clients.models import Coach, Practice
from clients.problems import Refused
from programs import own_exercises
from programs.guess import guess
from programs.models import Exercise


def unfinished(practice: Practice | int) -> QuerySet[Exercise, Exercise]:
    """What the coach is asked to complete."""
    return Exercise.objects.filter(practice=practice, to_complete=True, merged_into=None).order_by("name")


def guessed(exercise: Exercise) -> dict[str, Any]:
    """The facts that nobody has said and the name tells. A finished exercise has none."""
    if not exercise.to_complete:
        return {}
    found = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(guess(exercise.name)).items()
    }
    return {
        name: value
        for name, value in found.items()
        if not _unknown(value) and _unknown(getattr(exercise, name))
    }


def _unknown(value: Any) -> bool:
    """A plain no is known."""
    return value is not False and not value


def complete(exercise: Exercise) -> bool:
    """Together with the guess all is known that an exercise must have."""
    told = guessed(exercise)
    return all(getattr(exercise, name) or told.get(name) for name in own_exercises.NEEDED)


def confirm(*, exercise: Exercise, by: Coach, at: datetime) -> Exercise:
    """The coach says that the guess is right: from here on it is what the practice knows."""
    if not complete(exercise):
        raise Refused("name", "The name does not tell enough: please fill in what is missing.")
    facts = {name: getattr(exercise, name) for name in own_exercises.FACTS} | guessed(exercise)
    return own_exercises.keep(exercise=exercise, facts=facts, by=by, at=at)
