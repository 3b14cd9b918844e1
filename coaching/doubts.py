"""Entries that look wrong: told to the coach, for a slip of the finger is no sign."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from clients.signs.says import day_words

DAYS = 28  # of entries that are still worth a hint
MOST = 5  # hints, latest first
POUNDS, BOTH_SIDES = 2.205, 2.0
NEAR = 1.04
LEAST_HOURS, MOST_HOURS = 1.0, 16.0  # of a night


class Odd(NamedTuple):
    """A lift of a day that is so many times what the last ones were."""

    client: int
    day: int
    lift: str
    times: float


class Night(NamedTuple):
    client: int
    day: int
    hours: float


def doubts(
    odd: Iterable[Odd], nights: Iterable[Night], last: Mapping[int, int]
) -> dict[int, tuple[str, ...]]:
    """Client → sentences, of the four weeks up to the last judged day."""
    found: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for one in odd:
        found[one.client].append((one.day, _lifted(one)))
    for night in nights:
        counted = "unknown" if night.hours > MOST_HOURS else "a very short night"
        words = f"{night.hours:g} hours of sleep on {day_words(night.day)}: counted as {counted}."
        found[night.client].append((night.day, words))
    return {
        client: tuple(
            says for day, says in sorted(rows, key=lambda row: (-row[0], row[1])) if last[client] - day < DAYS
        )[:MOST]
        for client, rows in found.items()
    }


def _lifted(one: Odd) -> str:
    times = f"{one.times:.1f} times" if one.times >= 0.1 else "a small part of"
    says = f"{one.lift} on {day_words(one.day)} is {times} what was usual"
    factor = max(one.times, 1 / one.times)
    if abs(factor / POUNDS - 1) < NEAR - 1:
        return f"{says}: pounds entered as kilograms, or the other way round? It is left out of the trend."
    if abs(factor / BOTH_SIDES - 1) < NEAR - 1:
        return f"{says}: one side entered for both, or the other way round? It is left out of the trend."
    return f"{says}: a slip of the finger? It is left out of the trend."
