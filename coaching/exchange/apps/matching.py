"""Which exercise each name of an export leads to. Nothing is guessed: what nobody knows becomes a row to complete."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from clients import history
from clients.models import Client, User
from coaching.exchange.apps.before import target_of
from coaching.exchange.apps.kinds import Hint
from coaching.exchange.apps.naming import equipment_in, is_assisted
from programs.exercises import Book, find_or_make
from programs.models import AppExercise, Exercise
from programs.names import tidy
from programs.policy.kinds import Equipment


@dataclass(frozen=True, kw_only=True)
class Match:
    name: str  # as the export writes it
    exercise: Exercise | None  # none: nobody knows it yet
    kept: bool  # somebody said so before
    hint: Hint

    @property
    def bodyweight(self) -> bool:
        equipment = self.exercise.equipment if self.exercise else _facts(self.name, self.hint)["equipment"]
        return bool(equipment == Equipment.BODYWEIGHT)

    @property
    def assisted(self) -> bool:
        return is_assisted(self.name)


def match(practice_id: int, found: Mapping[str, Hint]) -> dict[str, Match]:
    """A mapping that was kept; the name; the name with its equipment; the same words in any order."""
    book = Book(practice_id)
    kept = {
        row.name.casefold(): row.exercise
        for row in AppExercise.objects.filter(practice=practice_id).select_related("exercise")
    }
    matches = {}
    for name, hint in found.items():
        known = kept.get(tidy(name).casefold())
        exercise = _today(known, book) if known else book.find(name)
        matches[name] = Match(name=name, exercise=exercise, kept=known is not None, hint=hint)
    return matches


def make_missing(matches: Mapping[str, Match], *, client: Client, by: User | None, at: datetime) -> list[int]:
    """Rows of the practice for the names that nobody knows; answers which. In the transaction that writes."""
    made = []
    for one in matches.values():
        if one.exercise is None:
            exercise = find_or_make(client.practice_id, one.name)
            facts = _facts(one.name, one.hint)
            Exercise.objects.filter(pk=exercise.pk, equipment="").update(**facts)
            history.record(
                "exercise added", subject=f"exercise:{exercise.pk}", client=None, by=by, at=at,
                after={"name": exercise.name, "to_complete": True, **facts},
            )  # fmt: skip
            made.append(exercise.pk)
    return made


@transaction.atomic
def keep(client: Client, said: Mapping[str, Exercise], *, by: User | None, at: datetime) -> None:
    """What somebody says that a name means, from now on."""
    for name, exercise in said.items():
        key = {"practice_id": client.practice_id, "name__iexact": tidy(name)}
        row = AppExercise.objects.filter(**key).first()
        if row is None:
            row = AppExercise(practice_id=client.practice_id, name=tidy(name)[:200])
        elif row.exercise_id == exercise.pk:
            continue
        before, row.exercise = row.exercise_id, exercise
        row.save()
        history.record(
            "exercise mapped", subject=f"exercise:{exercise.pk}", client=None, by=by, at=at,
            before={"exercise": before} if before else None, after={"name": row.name},
        )  # fmt: skip


def remember(client: Client, names: Iterable[str], ids: Mapping[str, int]) -> None:
    """What the names led to this time, so that another export of them leads to the same lifts."""
    known = set(
        AppExercise.objects.filter(practice=client.practice_id).values_list("name", flat=True)
    )  # fmt: skip
    known = {name.casefold() for name in known}
    AppExercise.objects.bulk_create(
        [
            AppExercise(practice_id=client.practice_id, name=tidy(name)[:200], exercise_id=ids[name])
            for name in names
            if tidy(name).casefold() not in known
        ],
        ignore_conflicts=True,
    )


def _today(exercise: Exercise, book: Book) -> Exercise:
    """Where it was merged into another, that one; where the practice has its own of the name, that one."""
    exercise = target_of(exercise)
    return book.find(exercise.name) or exercise


def _facts(name: str, hint: Hint) -> dict[str, Any]:
    """What the export tells of an exercise. Help is something that only bodyweight lifts have."""
    equipment = equipment_in(name)
    if equipment is None and (hint.helped or is_assisted(name)):
        equipment = Equipment.BODYWEIGHT
    return {"equipment": equipment or "", "primary_muscle": hint.muscle or ""}
