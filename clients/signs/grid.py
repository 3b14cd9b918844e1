"""Rows in columns become arrays of [day, person]."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from clients.signs.kinds import BoolArray, FloatArray, Histories, IntArray

Span = tuple[int, int | None]


@dataclass(frozen=True, kw_only=True)
class Grid:
    """The days and people of a chunk."""

    first_day: int
    days: int
    people: int

    def day(self, ordinals: IntArray) -> IntArray:
        return ordinals - self.first_day

    def fill(self, person: IntArray, ordinals: IntArray, values: FloatArray) -> FloatArray:
        """NaN where there is no row."""
        out = np.full((self.days, self.people), np.nan)
        out[self.day(ordinals), person] = values
        return out

    def sum(self, person: IntArray, ordinals: IntArray, values: FloatArray) -> FloatArray:
        """0 where there is no row."""
        flat = np.bincount(
            self.day(ordinals) * self.people + person, weights=values, minlength=self.days * self.people
        )
        return flat.astype(np.float64).reshape(self.days, self.people)

    def spans(self, of_people: Iterable[Iterable[Span]], *, inclusive: bool) -> BoolArray:
        """True on the days within each person's spans; an open span has no end."""
        out = np.zeros((self.days, self.people), dtype=bool)
        for person, spans in enumerate(of_people):
            for first, last in spans:
                end = self.days if last is None else last - self.first_day + inclusive
                out[max(0, first - self.first_day) : max(0, end), person] = True
        return out


def grid_of(histories: Histories) -> Grid:
    columns = (histories.checkins.day, histories.aches.day, histories.lifts.day, histories.training.day)
    untils = [person.until for person in histories.people]
    last = max(untils, default=0)
    first = min([int(c.min()) for c in columns if len(c)] + [last])
    return Grid(first_day=first, days=last - first + 1, people=len(untils))


def rolling(values: FloatArray, days: int) -> FloatArray:
    """The sum of the last `days` rows, this one included."""
    total = np.cumsum(values, axis=0)
    out = total.copy()
    out[days:] -= total[:-days]
    return out


def median(values: FloatArray) -> FloatArray:
    """Along the last axis, over what is known; NaN where nothing is."""
    ordered = np.sort(values, axis=-1)
    n = np.isfinite(values).sum(axis=-1)[..., None]
    picked = [np.take_along_axis(ordered, at, -1)[..., 0] for at in ((n - 1) // 2, n // 2)]
    return np.asarray((picked[0] + picked[1]) / 2)
