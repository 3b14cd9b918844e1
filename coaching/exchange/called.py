"""What exercises are called in a bundle: one exercise a name, so that a name leads back to it."""

from collections.abc import Iterator

from django.db.models import Q

from clients.models import Coach
from coaching.exchange.kept import Row
from coaching.exchange.shares import share_of
from programs.models import Exercise


def finals(coach: Coach) -> dict[int, Exercise]:
    """Every exercise that the practice may know, with the one that it leads to by now."""
    every = Exercise.objects.filter(Q(practice=None) | Q(practice=coach.practice_id))
    known = {row.pk: row for row in every}
    own = {row.name.casefold(): row for row in known.values() if row.practice_id and not row.merged_into_id}
    final = {}
    for pk, row in known.items():
        while row.merged_into_id is not None:
            row = known[row.merged_into_id]
        final[pk] = own.get(row.name.casefold(), row)
    return final


def details(coach: Coach, *, every: bool = False) -> Iterator[Row]:
    """Of the practice's own exercises what exercises.csv has no column for: a share of body mass that does not follow
    from the pattern, and names that were merged into others."""
    library = {row.name.casefold(): row for row in Exercise.objects.filter(practice=None)}
    final = finals(coach)
    for row in sorted(
        Exercise.objects.filter(practice=coach.practice_id), key=lambda row: row.name.casefold()
    ):
        if row.merged_into_id is not None:
            yield row.pk, 0, row.name, None, final[row.pk].name
            continue
        expected = share_of(row.equipment, row.pattern, library.get(row.name.casefold()))
        if every or row.body_mass_percent != expected:
            yield row.pk, 0, row.name, row.body_mass_percent, None


def names(found: dict[int, Exercise]) -> dict[int, str]:
    return {pk: row.name for pk, row in found.items()}
