"""The further files of a bundle that goes out, in an order that depends on what they say alone."""

from collections.abc import Iterator, Sequence
from typing import Any

from coaching.exchange import called, kept_more
from coaching.exchange import layout_more as files
from coaching.exchange.kept import Row
from coaching.exchange.kept_more import Eyes
from coaching.exchange.layout import File
from coaching.exchange.lifts import PLACED

# What a coach wrote or chose for themselves: not in the file that a client takes along.
COACHS_OWN = (
    files.COACH, files.CLIENT_DETAILS, files.EXERCISE_DETAILS, files.APP_EXERCISES, files.FLAGS, files.ACTIONS,
    files.NOTES, files.OVERRULES, files.POLICIES,
)  # fmt: skip
_NOT_OF_ONE = (files.COACH, files.APP_EXERCISES, files.EXERCISE_DETAILS)


def more_rows(file: File, eyes: Eyes, clients: Sequence[int], *, alone: bool) -> Iterator[Row]:
    if file in _NOT_OF_ONE:
        found = [] if alone else list(_of_the_coach(file, eyes))
        return iter(sorted(found, key=lambda row: _order(file, row)))
    if file is files.POLICIES and not alone:
        return iter([*_sorted(file, kept_more.rows(file, eyes, None)), *_of_clients(file, eyes, clients)])
    return _of_clients(file, eyes, clients)


def _of_the_coach(file: File, eyes: Eyes) -> Iterator[Row]:
    if file is files.EXERCISE_DETAILS:
        return called.details(eyes.coach)
    return _named(file, kept_more.rows(file, eyes, None), eyes)


def _of_clients(file: File, eyes: Eyes, clients: Sequence[int]) -> Iterator[Row]:
    """By client in the order given, which is that of their refs, a few of them in memory at once."""
    for pk in clients:
        yield from _sorted(file, _named(file, kept_more.rows(file, eyes, [pk]), eyes))


def _named(file: File, rows: Iterator[Row], eyes: Eyes) -> Iterator[Row]:
    if file not in PLACED:
        return rows
    place = 2 + file.names.index("exercise")
    return ((*row[:place], eyes.names[row[place]], *row[place + 1 :]) for row in rows)


def _sorted(file: File, rows: Iterator[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: _order(file, row))


def _order(file: File, row: Row) -> tuple[Any, ...]:
    return tuple(
        "" if value is None else value
        for key, value in zip(file.names, row[2:], strict=True)
        if key in file.key
    )
