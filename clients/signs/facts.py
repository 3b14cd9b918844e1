"""What the fold reads: a chunk's histories as arrays of [day, person], cut at each person's last day to judge."""

from dataclasses import dataclass, fields, replace
from typing import TypeVar

import numpy as np

from clients.signs import dread, fatigue, sleep
from clients.signs.aches import AcheDays, ache_days
from clients.signs.backstop import Backstop
from clients.signs.context import Context, context
from clients.signs.grid import Grid, grid_of
from clients.signs.items import Items, items_of
from clients.signs.judged import SIGNS
from clients.signs.kinds import (
    Aches,
    BoolArray,
    Checkins,
    FloatArray,
    Histories,
    IntArray,
    Lifts,
    Sign,
    Training,
)
from clients.signs.strength import KIND, Strength, strength

Columns = TypeVar("Columns", Checkins, Aches, Lifts, Training)
SCANNED = (Sign.STRENGTH_DECLINE, Sign.FATIGUE_MOOD, Sign.DREAD, Sign.SLEEP_DECLINE)
KINDS = (KIND, fatigue.KIND, dread.KIND, sleep.KIND)
ROW = {sign: row for row, sign in enumerate(SIGNS)}
FLOORS = (Sign.FATIGUE_MOOD, Sign.SLEEP_DECLINE)  # signs with a backstop
WEIGHTS = {
    Sign.FATIGUE_MOOD: fatigue.WEIGHTS,
    Sign.DREAD: dread.WEIGHTS,
    Sign.SLEEP_DECLINE: sleep.WEIGHTS,
}


@dataclass(frozen=True, kw_only=True)
class Facts:
    histories: Histories
    grid: Grid
    strength: Strength
    items: Items
    aches: AcheDays
    context: Context
    backstops: dict[Sign, Backstop]
    agreed: BoolArray  # consent to health data
    until: IntArray  # each person's last day, from 0

    def values(self) -> FloatArray:
        """The series that are scanned, [day, series, person]."""
        signs = [self.items.composite(WEIGHTS[sign]) for sign in SCANNED[1:]]
        return np.stack([self.strength.y, *signs], axis=1)


def facts_of(told: Histories) -> Facts:
    until = np.array([person.until for person in told.people], dtype=np.int64)
    histories = replace(
        told,
        checkins=_cut(told.checkins, until),
        aches=_cut(told.aches, until),
        lifts=_cut(told.lifts, until),
        training=_cut(told.training, until),
    )
    grid = grid_of(histories)
    agreed = grid.spans((person.consent for person in told.people), inclusive=False)
    histories = replace(
        histories,
        checkins=_agreed(histories.checkins, agreed, grid),
        aches=_agreed(histories.aches, agreed, grid),
    )
    items = items_of(histories.checkins, grid)
    return Facts(
        histories=histories,
        grid=grid,
        strength=strength(histories, grid),
        items=items,
        aches=ache_days(histories, grid),
        context=context(histories, grid),
        backstops={
            Sign.FATIGUE_MOOD: fatigue.exhausted(items),
            Sign.SLEEP_DECLINE: sleep.short_nights(items),
        },
        agreed=agreed,
        until=grid.day(until),
    )


def _cut(rows: Columns, until: IntArray) -> Columns:
    return _where(rows, rows.day <= until[rows.person])


def _agreed(rows: Columns, agreed: BoolArray, grid: Grid) -> Columns:
    return _where(rows, agreed[grid.day(rows.day), rows.person])


def _where(rows: Columns, keep: BoolArray) -> Columns:
    if keep.all():
        return rows
    return replace(rows, **{column.name: getattr(rows, column.name)[keep] for column in fields(rows)})
