"""What the series themselves say against a flag: too little, one lift alone, hours without quality."""

from collections.abc import Mapping, Sequence

import numpy as np

from clients.signs.change import item_change
from clients.signs.facts import ROW, Facts
from clients.signs.judged import Record
from clients.signs.kinds import Sign
from clients.signs.series import Series
from clients.signs.sleep import QUALITY
from clients.signs.strength import LEAST, Spread, lighter, spread


class ShiftGuard:
    def __init__(self, facts: Facts, series: Series) -> None:
        self.facts, self.series = facts, series
        self.past: Mapping[tuple[int, int], Sequence[Record]] = {}

    def bars(self, t: int, row: int, person: int, onset: int) -> bool:
        """No strength flag below 1.5 %, nor where most lifts hold."""
        if row != ROW[Sign.STRENGTH_DECLINE]:
            return False
        below = self.facts.strength.y[onset : t + 1, person]
        small = np.nanmean(below) - self.series.usual(onset - 1, 0, person)[0] < LEAST
        return bool(small) or self.lifts(person, onset, t, onset - 1).middle <= 0

    def caps(self, t: int, record: Record) -> str:
        if record.row == ROW[Sign.STRENGTH_DECLINE]:
            return self._one_lift(self.lifts(record.person, record.since, t, record.frozen))
        if record.row == ROW[Sign.SLEEP_DECLINE]:
            quality = item_change(
                self.facts, self.past[record.row, record.person], record, "sleep_quality", t
            )
            if quality is None or quality.worse < QUALITY:
                return "The nights are shorter, but rated as usual."
        return ""

    def _one_lift(self, lifts: Spread) -> str:
        if lighter(lifts, self.facts.histories.bodyweight_lifts):
            return "It could be weight loss: lifts of the own body rose meanwhile."
        if lifts.alone is None:
            return ""
        return f"Mostly {self.facts.histories.lift_names.get(lifts.alone, 'one lift')}."

    def lifts(self, person: int, first: int, last: int, frozen: int) -> Spread:
        return spread(self.facts.strength, person, first, last, self.series.usual(frozen, 0, person)[0])
