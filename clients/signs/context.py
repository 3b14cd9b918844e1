"""What else makes a sign likely: too many failure sets, a load far above usual, sessions missed.

The weights are log odds by belief, not by measurement; together they are worth less than a tenth of a clear sign.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from clients.signs.grid import Grid, median, rolling
from clients.signs.kinds import BoolArray, FloatArray, Histories, Sign, Training

FAILURE, SPIKE, MISSED, MOST = 0.7, 0.5, 0.3, 1.2
SHARE_DAYS, LIMIT, FEWEST_RATED, RATED_SHARE = 28, 0.2, 8, 0.6
WEEK, WEEKS, KNOWN_WEEKS, SPIKE_DAYS = 7, 8, 4, 14
TIMES, SPREADS, MAD, LEAST_SPREAD = 1.3, 2.0, 1.4826, 0.15
UNRATED_SESSIONS = 0.2  # above: the load is counted in hard sets
PLANNED, MISSED_OF = 4, 2


@dataclass(frozen=True, kw_only=True)
class Context:
    """[day, person]"""

    share: FloatArray  # of rated sets that went to failure in four weeks; NaN with too few rated
    spike: BoolArray
    missed: FloatArray  # of the last four planned sessions

    def weight(self, t: int) -> FloatArray:
        """[sign, person]"""
        return np.asarray(self._weights[t])

    @cached_property
    def _weights(self) -> FloatArray:
        both = FAILURE * (self.share > LIMIT + 1e-9) + SPIKE * self.spike
        out = np.repeat(both[:, None], len(Sign), axis=1)
        out[:, list(Sign).index(Sign.DREAD)] += MISSED * (self.missed >= MISSED_OF)
        return np.asarray(np.minimum(out, MOST))


def context(histories: Histories, grid: Grid) -> Context:
    rows = histories.training
    costs, rated, unrated = (
        rolling(grid.sum(rows.person, rows.day, x), SHARE_DAYS)
        for x in (rows.costs, rows.rated, rows.unrated)
    )
    enough = (rated >= FEWEST_RATED) & (rated >= RATED_SHARE * (rated + unrated))
    spike = rolling(_spike(rows, grid).astype(float), SPIKE_DAYS) > 0
    return Context(
        share=np.where(enough, costs / np.maximum(rated, 1.0), np.nan),
        spike=spike,
        missed=_missed(histories, grid),
    )


def _spike(rows: Training, grid: Grid) -> BoolArray:
    """A week's load far above the eight before it. No ratio of acute to chronic: that correlates with itself."""
    known = np.isfinite(rows.load)
    lacking = rolling(grid.sum(rows.person, rows.day, (~known).astype(float)), WEEK * (WEEKS + 1))
    sessions = rolling(grid.sum(rows.person, rows.day, np.ones(len(rows.day))), WEEK * (WEEKS + 1))
    load = _above(grid, rows, np.where(known, rows.load, 0.0), (~known).astype(float))
    hard = _above(grid, rows, rows.hard, np.zeros(len(rows.day)))
    return np.where(lacking > UNRATED_SESSIONS * sessions, hard, load)


def _above(grid: Grid, rows: Training, value: FloatArray, unknown: FloatArray) -> BoolArray:
    total = rolling(grid.sum(rows.person, rows.day, value), WEEK)
    holes = rolling(grid.sum(rows.person, rows.day, unknown), WEEK)
    began = np.cumsum(grid.sum(rows.person, rows.day, np.ones(len(rows.day))), axis=0) > 0
    before = np.full((grid.days, grid.people, WEEKS), np.nan)
    for week in range(WEEKS):
        back = WEEK * (week + 1)
        whole = np.zeros_like(began)  # a week that lies in the history as a whole, nothing in it unknown
        whole[back + WEEK - 1 :] = began[: max(0, grid.days - back - WEEK + 1)] & (
            holes[WEEK - 1 : max(0, grid.days - back)] == 0
        )
        earlier = np.zeros_like(total)
        earlier[back:] = total[: max(0, grid.days - back)]
        before[:, :, week] = np.where(whole, earlier, np.nan)
    middle = median(before)
    spread = MAD * median(np.abs(before - middle[..., None]))
    enough = (np.isfinite(before).sum(axis=-1) >= KNOWN_WEEKS) & (holes == 0)
    least = middle + SPREADS * np.maximum(spread, LEAST_SPREAD * middle)
    return np.asarray(enough & (middle > 0) & (total >= TIMES * middle) & (total >= least))


def _missed(histories: Histories, grid: Grid) -> FloatArray:
    """How many of the last four planned sessions up to each day were missed."""
    out = np.zeros((grid.days, grid.people))
    for p, person in enumerate(histories.people):
        for i in range(PLANNED - 1, len(person.planned)):
            day = max(0, person.planned[i][0] - grid.first_day)
            out[day:, p] = sum(not done for _, done in person.planned[i - PLANNED + 1 : i + 1])
    return out
