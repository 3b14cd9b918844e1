"""Finds an exercise by the name that somebody gave it, and makes the ones that nobody knows."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from clients.models import Practice
from programs.facts import facts_of
from programs.merging import target_of
from programs.models import Exercise
from programs.names import tidy, words
from programs.policy.kinds import FailureClass
from programs.policy.suitability import exercise_class

__all__ = ["Book", "class_of", "facts_of", "find", "find_or_make"]

LONGEST_NAME = 200


class Book:
    """All names that a practice knows, read once: the way to look up many."""

    def __init__(self, practice: Practice | int) -> None:
        every = list(Exercise.objects.of(practice))
        # The practice's own rows last: of two exercises with one name the own one wins.
        rows = sorted(
            (row for row in every if row.merged_into_id is None),
            key=lambda row: (row.practice_id is not None, -row.pk),
        )
        self._names: dict[str, Exercise] = {}
        self._aliases: dict[str, Exercise] = {}
        self._words: dict[frozenset[str], Exercise] = {}
        self._alias_words: dict[frozenset[str], Exercise] = {}
        for row in rows:
            self.add(row)
        by_key = {row.pk: row for row in every}
        for row in every:
            stays = row
            while stays.merged_into_id is not None:
                stays = by_key[stays.merged_into_id]
            held = self._names.get(row.name.casefold())
            # A merged name leads on; so does the library's of that name, which the practice's row had stood in for.
            if stays is not row and (held is None or held.practice_id is None):
                self._names[row.name.casefold()] = stays

    def add(self, row: Exercise) -> None:
        self._names[row.name.casefold()] = row
        self._words.update(dict.fromkeys(_spellings(row, [row.name]), row))
        self._aliases.update(dict.fromkeys((alias.casefold() for alias in row.aliases), row))
        self._alias_words.update(dict.fromkeys(_spellings(row, row.aliases), row))

    def find(self, name: str) -> Exercise | None:
        """By name, by alias, then by the same words in any order, with or without the equipment in brackets."""
        key = tidy(name).casefold()
        said = words(name)
        found = (
            self._names.get(key)
            or self._aliases.get(key)
            or (self._words.get(said) or self._alias_words.get(said) if said else None)
        )
        # An alias may lead to the library's row where the practice has one of that name itself.
        return found and self._names[found.name.casefold()]


def _spellings(row: Exercise, names: Iterable[str]) -> set[frozenset[str]]:
    """The words of each name, and those with the equipment said as well: `Leg Press (Machine)`."""
    plain = {words(name) for name in names}
    return plain | {said | words(row.equipment) for said in plain}


def find(practice: Practice | int, name: str) -> Exercise | None:
    """The exercise that a practice means by this name, if it knows one."""
    return _exactly(practice, tidy(name)) or Book(practice).find(name)


def find_or_make(practice: Practice | int, name: str) -> Exercise:
    """A name nobody knows becomes a row of the practice: class caution, marked to be completed."""
    found = find(practice, name)
    if found:
        return found
    key = practice.pk if isinstance(practice, Practice) else practice
    try:
        with transaction.atomic():
            return Exercise.objects.create(practice_id=key, name=tidy(name)[:LONGEST_NAME], to_complete=True)
    except IntegrityError:  # somebody else made it in the same moment
        return target_of(Exercise.objects.get(practice=key, name__iexact=tidy(name)[:LONGEST_NAME]))


def class_of(exercise: Exercise) -> tuple[FailureClass, str]:
    """Class and reason, for a coach's eyes: an override's reason is the coach's own."""
    return exercise_class(facts_of(exercise))


def _exactly(practice: Practice | int, name: str) -> Exercise | None:
    rows = Exercise.objects.of(practice).filter(name__iexact=name)
    found = max(rows, key=lambda row: row.practice_id is not None, default=None)
    return found and target_of(found)
