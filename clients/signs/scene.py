"""Everything a sentence about one episode is made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

import numpy as np

from clients.signs.events import Events
from clients.signs.facts import WEIGHTS, Facts
from clients.signs.judged import SIGNS, Record
from clients.signs.kinds import BoolArray, FloatArray, Resolution
from clients.signs.says import NAMELESS, day_words
from clients.signs.series import Series

SERIES_DAYS = 90


@dataclass(frozen=True, kw_only=True)
class Scene:
    facts: Facts
    series: Series
    events: Events
    records: Sequence[Record]  # the sign's episodes of the person
    record: Record
    last: int  # the day it is told on, from 0

    @property
    def name(self) -> str:
        return self.facts.histories.people[self.record.person].first_name or NAMELESS

    @property
    def recovered(self) -> bool:
        return self.record.resolution == Resolution.RECOVERED

    def lasted(self, until: int) -> int:
        return max(1, until - self.record.since)

    @property
    def about(self) -> str:
        return f"since about {day_words(self.facts.grid.first_day + self.record.since)}"

    def iso(self, day: int) -> str:
        return _iso(self.facts.grid.first_day + day)

    @cached_property
    def answered(self) -> BoolArray:
        """Days on which the person said something that counts for the sign."""
        items = self.facts.items.values
        of = (items[item][:, self.record.person] for item in WEIGHTS[SIGNS[self.record.row]])
        return np.asarray(np.any([np.isfinite(values) for values in of], axis=0))

    def picture(self, values: FloatArray, digits: int = 2) -> list[list[object]]:
        """The last quarter of a year, day by day, where there is a value."""
        first = max(0, self.last - SERIES_DAYS + 1)
        lately = values[first : self.last + 1]
        days = np.flatnonzero(np.isfinite(lately))
        told = zip((days + first).tolist(), lately[days].tolist(), strict=True)
        return [[self.iso(day), round(value, digits)] for day, value in told]


@lru_cache(maxsize=4_000)  # ten years of days: each picture holds ninety
def _iso(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
