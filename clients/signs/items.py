"""Check-in answers become the day's value of a sign: a weighted mean of its items, larger is worse.

Items are scaled by constants, never by a person's own spread: as that shrinks, someone who always answers 3
would drift and be flagged. The scan then makes the whole personal.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from clients.signs.grid import Grid
from clients.signs.kinds import Checkins, FloatArray
from clients.signs.series import HALF_LIFE, KAPPA

# usual of people and their spread from day to day, until a practice's own clients say better
ITEMS: Mapping[str, tuple[float, float]] = {
    "energy": (3.3, 0.70),
    "mood": (3.5, 0.65),
    "stress": (3.3, 0.70),
    "soreness": (3.3, 0.65),
    "sleep_quality": (3.3, 0.70),
    "anticipation": (3.6, 0.70),
    "sleep_hours": (7.0, 1.00),
}
HOURS = 3.0, 12.0  # beyond: as good as these
MOST_HOURS = 16.0  # beyond: unknown
ENOUGH = 0.3  # of the weights must have been answered


@dataclass(frozen=True, kw_only=True)
class Items:
    """Each item as answered, [day, person]; NaN is missing."""

    values: Mapping[str, FloatArray]
    usual: Mapping[str, FloatArray]  # each person's mean before the day

    def composite(self, weights: Mapping[str, float]) -> FloatArray:
        """A missing item takes the person's usual of it, if enough others were answered."""
        total = sum(weights.values())
        answered = np.zeros_like(self.values["energy"])
        y = np.zeros_like(answered)
        for item, weight in weights.items():
            m0, s0 = ITEMS[item]
            x = self.values[item]
            answered += weight * np.isfinite(x)
            y -= weight * (np.where(np.isfinite(x), x, self.usual[item]) - m0) / s0
        return np.where(answered >= ENOUGH * total, y / total, np.nan)


def items_of(rows: Checkins, grid: Grid) -> Items:
    values = {}
    for item in ITEMS:
        x = getattr(rows, item)
        if item == "sleep_hours":
            x = np.where((x >= 0) & (x <= MOST_HOURS), x.clip(*HOURS), np.nan)
        values[item] = grid.fill(rows.person, rows.day, x)
    usual = _usual(np.stack(list(values.values()), axis=1))
    return Items(values=values, usual={item: usual[:, i] for i, item in enumerate(ITEMS)})


def _usual(x: FloatArray) -> FloatArray:
    """The decayed mean before each day, starting from people's usual."""
    m0 = np.array([[m] for m, _ in ITEMS.values()])
    seen, x = np.isfinite(x), np.nan_to_num(x)
    out = np.zeros_like(x)
    weight, total = np.zeros(x.shape[1:]), np.zeros(x.shape[1:])
    decay = 0.5 ** (1 / HALF_LIFE)
    for t in range(len(x)):
        out[t] = (total + KAPPA * m0) / (weight + KAPPA)
        weight, total = weight * decay + seen[t], total * decay + x[t]
    return out
