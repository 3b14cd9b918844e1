"""What the live sets of many clients come to, lift by lift and day by day, read as columns."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from django.db.models import Case, IntegerField, QuerySet, TextField, Value, When
from django.db.models.functions import Cast
from numpy.typing import NDArray

from programs.lift_arrays import ENDED, SetColumns, lift_days
from programs.lift_day import LiftDayValues
from programs.models import Exercise, LiftDay, Session, SetLog
from programs.packed import Cell, dated, key, small, table, whole
from programs.policy.kinds import Equipment
from programs.prescribed import prescribed_rir

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

_ENDED = Case(
    *(When(ended=ended, then=Value(code)) for code, ended in enumerate(ENDED) if ended),
    default=Value(0),
    output_field=IntegerField(),
)
_SET_CELLS = (
    key("exercise_id"), dated("day"), whole("weight_g", signed=True), small("reps"), small("rir_halves"),
    small(_ENDED),
)  # fmt: skip
_IN_PLAN_CELLS = (*_SET_CELLS, key("session_id"), whole("set_no"))


class Days(NamedTuple):
    """Keys [client, exercise, day ordinal] in their order, and columns of LiftDayValues; NaN is NULL."""

    keys: IntArray
    values: FloatArray
    names: Sequence[str] = LiftDayValues._fields

    def of(self, client: int) -> "Days":
        first, end = np.searchsorted(self.keys[0], [client, client + 1])
        return Days(self.keys[:, first:end], self.values[:, first:end], self.names)

    def columns(self, names: Sequence[str]) -> list[FloatArray]:
        return [self.values[self.names.index(name)] for name in names]

    def rows(self) -> list[list[int | None]]:
        whole_numbers = np.nan_to_num(self.values.T).astype(np.int64).astype(object)
        whole_numbers[np.isnan(self.values.T)] = None
        rows: list[list[int | None]] = whole_numbers.tolist()
        return rows


def computed(client_ids: Collection[int], *, first: date | None = None, last: date | None = None) -> Days:
    """From the sets. Days with nothing but warm-ups have no row."""
    sessions = Session.objects.filter(client_id__in=client_ids)
    sets = SetLog.objects.working().filter(client_id__in=client_ids)
    if first and last:
        sets, sessions = (
            sets.filter(day__range=(first, last)),
            sessions.filter(local_day__range=(first, last)),
        )
    gone, plans = _unlike_most(sessions)
    if gone:
        sets = sets.exclude(session_id__in=sessions.exclude(deleted_at=None).values("pk"))
    found, _ = (
        table(sets, _IN_PLAN_CELLS, sort=[0, 1, 6, 7]) if plans else table(sets, _SET_CELLS, sort=[0, 1])
    )
    keys = found[:3].astype(np.int64)
    new = np.ones(keys.shape[1], dtype=bool)
    new[1:] = (np.diff(keys, axis=1) != 0).any(axis=0)
    bodyweight, percent = _lifts(keys[1])
    sets_of = SetColumns(
        day_of=np.cumsum(new) - 1, weight_g=found[3], reps=found[4], rir2=found[5], ended=found[6].astype(np.int64),
        prescribed_rir2=_prescribed(plans, found[7].astype(np.int64), keys[1]) if plans else found[3] * np.nan,
        bodyweight=bodyweight, body_mass_percent=percent,
    )  # fmt: skip
    return Days(keys[:, new], lift_days(sets_of, int(new.sum())))


def stored(client_ids: Collection[int], names: Sequence[str] = LiftDayValues._fields) -> Days:
    cells = key("exercise_id"), dated("day"), *map(_cell, names)
    found, _ = table(LiftDay.objects.filter(client_id__in=client_ids), cells, sort=[0, 1])
    return Days(found[:3].astype(np.int64), found[3:], names)


def _cell(name: str) -> Cell:
    return key(name) if name == "volume_g" else whole(name) if name.endswith("_g") else small(name)


def together(parts: Sequence[Days]) -> Days:
    return Days(
        np.concatenate([part.keys for part in parts], axis=1),
        np.concatenate([part.values for part in parts], axis=1),
    )


def differing(client_ids: Sequence[int], ours: Days) -> list[tuple[int, int, date]]:
    """(client, exercise, day) of rows that are not what their sets come to, or are missing, or should not be.

    `ours`: what the sets of these clients come to.
    """
    theirs = stored(client_ids)
    return [key for pk in sorted(client_ids) for key in _differing(ours.of(pk), theirs.of(pk))]


def _differing(ours: Days, theirs: Days) -> list[tuple[int, int, date]]:
    if np.array_equal(ours.keys, theirs.keys) and np.array_equal(ours.values, theirs.values, equal_nan=True):
        return []  # of nearly everybody nothing differs
    keys = np.concatenate([ours.keys, theirs.keys], axis=1)
    values = np.nan_to_num(np.concatenate([ours.values, theirs.values], axis=1), nan=-1.0)
    order = np.lexsort(keys[::-1])
    keys, values = keys[:, order], values[:, order]
    pair = (keys[:, 1:] == keys[:, :-1]).all(axis=0) & (values[:, 1:] == values[:, :-1]).all(axis=0)
    equal = np.zeros(keys.shape[1], dtype=bool)
    equal[1:] |= pair
    equal[:-1] |= pair
    wrong = np.unique(keys[:, ~equal], axis=1)
    return [(int(client), int(exercise), date.fromordinal(int(day))) for client, exercise, day in wrong.T]


def _lifts(exercise: IntArray) -> tuple[NDArray[np.bool_], IntArray]:
    ids, which = np.unique(exercise, return_inverse=True)
    facts = {
        pk: (equipment == Equipment.BODYWEIGHT, percent)
        for pk, equipment, percent in Exercise.objects.filter(pk__in=ids.tolist()).values_list(
            "pk", "equipment", "body_mass_percent"
        )
    }
    bodyweight = np.array([facts[pk][0] for pk in ids.tolist()], dtype=bool)
    percent = np.array([facts[pk][1] for pk in ids.tolist()], dtype=np.int64)
    return bodyweight[which], percent[which]


def _unlike_most(sessions: "QuerySet[Session]") -> tuple[bool, dict[int, str]]:
    """Whether any was deleted, and the plans of those that were done under one."""
    rows = sessions.annotate(lines=Cast("prescribed", TextField())).exclude(deleted_at=None, lines="[]")
    gone, plans = False, {}
    for pk, deleted, lines in rows.values_list("pk", "deleted_at", "lines"):
        gone |= deleted is not None
        if deleted is None:
            plans[pk] = lines
    return gone, plans


def _prescribed(plans: Mapping[int, str], session: IntArray, exercise: IntArray) -> FloatArray:
    """What the plan asked of each set. Rows of a session and exercise stand in the order of their numbers."""
    asked = np.full(len(session), np.nan)
    kept: dict[tuple[str, int, int], int | None] = {}
    before, nth = (0, 0), 0
    at = np.flatnonzero(np.isin(session, list(plans))).tolist()
    for row, one in zip(at, zip(session[at].tolist(), exercise[at].tolist(), strict=True), strict=True):
        nth = nth + 1 if one == before else 0
        before, line = one, (plans[one[0]], one[1], nth)
        if line not in kept:
            kept[line] = prescribed_rir(json.loads(line[0]), line[1], nth)
        rir2 = kept[line]
        asked[row] = np.nan if rir2 is None else rir2
    return asked
