"""Finding an exercise on the phone: what the client did lately first, then whatever the words match."""

from dataclasses import dataclass

from django.db.models import Max, Q

from clients.models import Client
from programs.models import Exercise, LiftDay

RECENT = 12
FOUND = 30


@dataclass(frozen=True, kw_only=True)
class Choice:
    recent: list[Exercise]
    found: list[Exercise]
    more: bool


def usable(client: Client) -> "Q":
    """The library's and the practice's own; one that was merged still has its sets."""
    return Q(practice=None) | Q(practice=client.practice_id)


def choose(client: Client, words: str) -> Choice:
    wanted = words.casefold().split()
    if not wanted:
        newest = (
            LiftDay.objects.filter(client=client)
            .values("exercise")
            .annotate(last=Max("day"))
            .order_by("-last")
        )
        keys = [row["exercise"] for row in newest[:RECENT]]
        rows = Exercise.objects.filter(merged_into=None).in_bulk(keys)
        recent = [rows[key] for key in keys if key in rows]
    else:
        recent = []
    found = [row for row in _known(client) if _fits(row, wanted)]
    return Choice(recent=recent, found=found[:FOUND], more=len(found) > FOUND)


def _known(client: Client) -> list[Exercise]:
    """By name; a practice's own row stands in for the library's of the same name."""
    rows = Exercise.objects.known_to(client.practice_id).only("name", "aliases", "practice")
    own: dict[str, Exercise] = {}
    for row in sorted(rows, key=lambda row: row.practice_id is not None):
        own[row.name.casefold()] = row
    return [own[name] for name in sorted(own)]


def _fits(row: Exercise, wanted: list[str]) -> bool:
    return any(
        all(word in name for word in wanted) for name in map(str.casefold, [row.name, *map(str, row.aliases)])
    )
