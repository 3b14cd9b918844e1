"""LiftDay rows, recomputed from sets and never incremented.

One day is the small case of many: the phone's single set and a bundle of a million go through `rebuild_days`.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, islice
from typing import NamedTuple

from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from clients.models import Client
from programs import bulk, lift_sets
from programs.lift_day import LiftDayValues, LoggedSet, lift_day
from programs.models import LiftDay, SetLog
from programs.policy.kinds import Equipment
from programs.prescribed import prescribed_rir

AT_ONCE = 5_000  # rows written together
DAYS_AT_ONCE = 90  # of one client, read together
COLUMNS_AT_ONCE = 1_000  # days of one client, computed as columns
FEW_DAYS = 10  # more of one client are computed as columns
MENDED_AT_ONCE = 50  # clients whose sets are read as columns

Key = tuple[int, int, date]  # client, exercise, day
KEY = ("client_id", "exercise_id", "day")


class Lift(NamedTuple):
    bodyweight: bool
    body_mass_percent: int


def rebuild(client_id: int, exercise_id: int, day: date) -> None:
    """Make one row equal to its sets. Call it in the transaction that wrote them, after taking the client's row."""
    rebuild_days([(client_id, exercise_id, day)])


def rebuild_days(keys: Iterable[Key]) -> int:
    """Make these rows equal to their sets; answers how many there are now. Keys may come in any
    order; a client's own should stand together."""
    rebuilt, gone = 0, []
    with transaction.atomic(savepoint=False):
        values = compute(keys)
        while chunk := list(islice(values, AT_ONCE)):
            rows = [
                (client, exercise, day.isoformat(), *value)
                for (client, exercise, day), value in chunk
                if value is not None
            ]
            gone += [key for key, value in chunk if value is None]
            rebuilt += len(rows)
            if rows:
                bulk.upsert(LiftDay._meta.db_table, KEY, LiftDayValues._fields, rows)
        _delete(gone)
    return rebuilt


def compute(keys: Iterable[Key]) -> Iterator[tuple[Key, LiftDayValues | None]]:
    """What the rows should be, read from the live sets, one client at a time. None: there should be no row."""
    lifts: dict[int, Lift] = {}
    for client_id, group in groupby(keys, key=lambda key: key[0]):
        wanted: dict[date, set[int]] = defaultdict(set)
        for _, exercise, day in group:
            wanted[day].add(exercise)
        days = sorted(wanted)
        if len(days) > FEW_DAYS:
            yield from _together(client_id, wanted)
            continue
        for at in range(0, len(days), DAYS_AT_ONCE):
            together = days[at : at + DAYS_AT_ONCE]
            sets = _sets(client_id, together, lifts)
            for key in [(exercise, day) for day in together for exercise in sorted(wanted[day])]:
                lift = lifts.get(key[0], Lift(False, 0))
                yield (client_id, *key), lift_day(sets.get(key, ()), **lift._asdict())


def _together(client_id: int, wanted: Mapping[date, set[int]]) -> Iterator[tuple[Key, LiftDayValues | None]]:
    """The same, read and computed as columns; of many years some at a time."""
    days = sorted(wanted)
    for at in range(0, len(days), COLUMNS_AT_ONCE):
        some = days[at : at + COLUMNS_AT_ONCE]
        found = lift_sets.computed([client_id], first=some[0], last=some[-1])
        rows = dict(zip(map(tuple, found.keys[1:].T.tolist()), found.rows(), strict=True))
        for day in some:
            for exercise in sorted(wanted[day]):
                row = rows.get((exercise, day.toordinal()))
                yield (client_id, exercise, day), None if row is None else LiftDayValues._make(row)


def _sets(
    client_id: int, days: list[date], lifts: dict[int, Lift]
) -> Mapping[tuple[int, date], list[LoggedSet]]:
    """The live sets of a client on these days, by lift and day, with what the plan asked of each."""
    found: dict[tuple[int, date], list[LoggedSet]] = defaultdict(list)
    done: dict[tuple[int, int], int] = defaultdict(int)  # working sets so far, by session and exercise
    for row in (
        SetLog.objects.live()
        .filter(client_id=client_id, session__deleted_at=None, day__in=days)
        .order_by("session_id", "set_no")
        .values_list(
            "exercise_id", "day", "session_id", Cast("session__prescribed", TextField()), "exercise__equipment",
            "exercise__body_mass_percent", "weight_g", "reps", "rir_halves", "ended", "warm_up",
        )
    ):  # fmt: skip
        exercise, day, session, lines, equipment, percent, weight, reps, rir, ended, warm_up = row
        lifts[exercise] = Lift(equipment == Equipment.BODYWEIGHT, percent)
        asked = None
        if lines != "[]" and not warm_up:
            asked = prescribed_rir(json.loads(lines), exercise, done[session, exercise])
            done[session, exercise] += 1
        found[exercise, day].append(LoggedSet(weight, reps, rir, ended, warm_up, asked))
    return found


def _delete(keys: list[Key]) -> None:
    by_client: dict[tuple[int, int], list[date]] = defaultdict(list)
    for client, exercise, day in keys:
        by_client[client, exercise].append(day)
    for (client, exercise), days in by_client.items():
        for at in range(0, len(days), 500):
            LiftDay.objects.filter(
                client_id=client, exercise_id=exercise, day__in=days[at : at + 500]
            ).delete()


def mended(client_ids: Sequence[int]) -> lift_sets.Days:
    """Make the rows of these clients equal to their sets, where they are not; answers what the sets come to."""
    parts = [
        _mended(client_ids[first : first + MENDED_AT_ONCE])
        for first in range(0, max(len(client_ids), 1), MENDED_AT_ONCE)
    ]
    return lift_sets.together(parts)


def _mended(client_ids: Sequence[int]) -> lift_sets.Days:
    """What differs is looked for without a lock, and made anew under the client's own: a set that is being written
    meanwhile at worst has its day computed twice.
    """
    ours = lift_sets.computed(client_ids)
    for pk, keys in groupby(lift_sets.differing(client_ids, ours), key=lambda key: key[0]):
        with transaction.atomic():
            list(Client.objects.select_for_update(no_key=True).filter(pk=pk).values_list("pk"))
            rebuild_days(keys)
    return ours


def known_keys(client_id: int) -> set[Key]:
    """Every (client, exercise, day) that has sets or a row: what a rebuild of the client must look at."""
    sets = SetLog.objects.filter(client_id=client_id).values_list("client_id", "exercise_id", "day")
    rows = LiftDay.objects.filter(client_id=client_id).values_list("client_id", "exercise_id", "day")
    return {*sets.order_by().distinct().iterator(), *rows.iterator()}
