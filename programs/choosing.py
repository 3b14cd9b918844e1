"""Finding an exercise by what somebody types. On the phone, what the client did lately comes first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max

from clients.models import Client, Practice
from programs.catalogue import catalogue_of
from programs.models import Exercise, LiftDay
from programs.policy.kinds import Equipment

RECENT = 12
FOUND = 30
# Of two that fit as well, the one that stands in more gyms.
USUAL = (
    Equipment.BARBELL, Equipment.DUMBBELL, Equipment.MACHINE, Equipment.CABLE, Equipment.BODYWEIGHT, Equipment.SMITH,
    Equipment.KETTLEBELL, Equipment.BAND, Equipment.OTHER, "",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Choice:
    recent: list[Exercise]
    found: list[Exercise]
    more: bool


def known(practice: Practice | int, *fields: str) -> list[Exercise]:
    """By name; a practice's own row stands in for the library's of the same name."""
    rows = Exercise.objects.of(practice)
    if fields:
        rows = rows.only("name", "practice", "merged_into", *fields)
    own: dict[str, Exercise] = {}
    for row in sorted(rows, key=lambda row: row.practice_id is not None):
        own[row.name.casefold()] = row
    return [own[name] for name in sorted(own) if own[name].merged_into_id is None]


def nearest(rows: Sequence[Exercise], text: str) -> list[Exercise]:
    """Those of the rows that were meant, most likely first."""
    ordered = sorted(rows, key=lambda row: (USUAL.index(row.equipment), len(row.name), row.name.casefold()))
    catalogue = catalogue_of(tuple((row.name, *map(str, row.aliases)) for row in ordered))
    return [ordered[place] for place in catalogue.find(text)]


def choose(client: Client, text: str, *, most: int | None = FOUND) -> Choice:
    rows = known(client.practice_id, "aliases", "equipment")
    if text.strip():
        recent, found = [], nearest(rows, text)
    else:
        recent, found = _lately(client), rows
    return Choice(recent=recent, found=found[:most], more=most is not None and len(found) > most)


def _lately(client: Client) -> list[Exercise]:
    newest = (
        LiftDay.objects.filter(client=client).values("exercise").annotate(last=Max("day")).order_by("-last")
    )
    keys = [row["exercise"] for row in newest[:RECENT]]
    rows = Exercise.objects.filter(merged_into=None).in_bulk(keys)
    return [rows[key] for key in keys if key in rows]
