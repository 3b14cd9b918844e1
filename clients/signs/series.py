"""A person's usual and the shift from it: decayed sums with a prior, and a two-sample scan over them.

Of all starts the one that stands out most is what a coach says, "2.3 since about 28 April, usually 3.4" (generalised
likelihood ratio); how likely a shift is at all is a Bayes factor over the starts (`clients.signs.odds`). A median and
its deviation would not do: on scales of five words the median absolute deviation of most people is 0. Days are not
independent; the variance inflation pays for that.
Arrays are [day, series, person]; larger is worse; NaN is missing.
"""

from dataclasses import dataclass

import numpy as np

from clients.signs.kinds import BoolArray, FloatArray, IntArray
from clients.signs.odds import NO_ODDS, mean_odds, shift_odds
from clients.signs.silence import first_heard, heard_again

LOOKBACKS = np.array((4, 5, 6, 7, 8, 10, 12, 14, 17, 21, 25, 30, 36, 42))  # days a shift may have lasted
PERSISTENT = 3  # of these are too short to be evidence, and only tell the start of one
STARTS = np.gradient(LOOKBACKS.astype(float))[PERSISTENT:]  # days that each of the others stands for
HALF_LIFE = 120
KAPPA = 3.0  # the prior's worth in observed days: within-person over between-person variance, 0.65²/0.4²
NU = 10.0  # and of its spread
CLIP = 2.5  # standard deviations: one wild answer must not move the usual
LEARNING_DAYS, LEARNING = 14, 0.3  # and their weight: people find their use of a scale
INSIDE = 0.1  # weight of days inside a flag
NEW_NORMAL_DAYS = 28
PAD = 43  # rows before the first day, so that every look-back exists


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What differs between series."""

    s0: float  # prior spread; the prior mean is 0
    kappa: float = KAPPA
    vif: float = 1.6
    n_min: int = 4  # observations in a shift
    floor: float = 12.0  # observed days before it
    first: int = 21  # days from the first observation to the first start: people learn to use a scale
    learns: bool = True  # answers of the first fortnight count less
    recent_n: int = 5  # at least so many
    recent_days: int = 14  # in so many days


@dataclass(frozen=True, kw_only=True)
class Shift:
    """The best candidate of each series and person on one day. z is -inf where none is possible."""

    z: FloatArray
    odds: FloatArray  # of a shift, whenever it began: log Bayes factor
    onset: IntArray
    d: FloatArray  # in the person's standard deviations
    known: BoolArray  # enough data to judge


class Series:
    def __init__(self, y: FloatArray, kinds: tuple[Kind, ...]) -> None:
        self.y = y
        days, series, people = y.shape
        self.s0, self.kappa, self.vif, self.n_min, self.floor = (
            np.array([[getattr(kind, name)] for kind in kinds], dtype=float)
            for name in ("s0", "kappa", "vif", "n_min", "floor")
        )
        self.learns = np.array([[kind.learns] for kind in kinds])
        self.first = np.array([[kind.first] for kind in kinds], dtype=np.int64)
        self.each = np.arange(series)[:, None], np.arange(people)
        # the last axis of `sums`: weight, weighted sum, weighted squares
        self.sums = np.zeros((PAD + days, 3, series, people))
        # the baseline after each day: mean, spread, decayed number of days, and what the weight leaves in doubt
        self.baseline = np.zeros((PAD + days, 4, series, people))
        self.mean, self.sd, self.days, self.doubt = np.moveaxis(self.baseline, 1, 0)
        self.sd += self.s0
        self.doubt += self.vif / self.kappa
        self.total = np.zeros((PAD + days, series, people))
        self.seen: BoolArray = np.isfinite(y)
        self.start = first_heard(self.seen)
        self.first_onset = np.maximum(heard_again(self.seen), self.start + self.first)
        learning = self.learns & (np.arange(days)[:, None, None] < self.start + LEARNING_DAYS)
        self.worth = np.where(learning, LEARNING, 1.0) * self.seen
        self.count = np.zeros((PAD + days, series, people))
        self.count[PAD:] = np.cumsum(self.seen, axis=0)
        self.recent = np.zeros(y.shape, dtype=bool)
        for s, kind in enumerate(kinds):
            lately = self.count[PAD:, s] - self.count[PAD - kind.recent_days : -kind.recent_days, s]
            self.recent[:, s] = lately >= kind.recent_n

    def add(self, t: int, weight: FloatArray) -> BoolArray:
        """Take in day `t`; tells who was observed."""
        i = t + PAD
        seen: BoolArray = self.seen[t]
        mean, reach = self.mean[i - 1], CLIP * self.sd[i - 1]
        value = np.where(seen, np.minimum(np.maximum(self.y[t], mean - reach), mean + reach), 0.0)
        weighted = (w := self.worth[t] * weight) * value
        sums = np.multiply(self.sums[i - 1], DECAY, out=self.sums[i])
        for of_sum, more in zip(sums, (w, weighted, weighted * value), strict=True):
            of_sum += more
        self.days[i] = self.days[i - 1] * DECAY + seen * weight
        self._summarise(i)
        self.total[i] = self.total[i - 1] + value
        return seen

    def _summarise(self, i: int) -> None:
        weight, total, squares = self.sums[i]
        mean = total / (weight + self.kappa)
        spread = np.maximum(squares - 2 * mean * total + mean * mean * weight, 0.0)
        self.mean[i] = mean
        self.sd[i] = np.sqrt((NU * self.s0 * self.s0 + spread) / (NU + weight))
        self.doubt[i] = self.vif / (weight + self.kappa)

    def scan(self, t: int, earliest: IntArray, frozen: IntArray) -> Shift:
        """The best start not before `earliest`, against the baseline before it and not after day `frozen`."""
        i = t + PAD
        before = i - LOOKBACKS
        baseline = self.baseline[before]
        held = np.nonzero(frozen < t)
        if len(held[0]):
            rows = np.minimum(before[:, None], frozen[held] + PAD)
            baseline[:, :, *held] = self.baseline[rows, :, *held].swapaxes(1, 2)
        mean, sd, days, doubt = np.moveaxis(baseline, 1, 0)
        n = self.count[i] - self.count[before]
        some = np.maximum(n, 1.0)
        onset = t - LOOKBACKS + 1
        earliest = np.maximum(earliest, self.first_onset[t])
        fits = (onset[:, None, None] >= earliest) & (n >= self.n_min) & (days >= self.floor)
        d = ((self.total[i] - self.total[before]) / some - mean) / sd
        variance = self.vif / some + doubt
        z = np.where(fits, d / np.sqrt(variance), -np.inf)
        odds = np.where(fits[PERSISTENT:], shift_odds(d[PERSISTENT:], variance[PERSISTENT:]), NO_ODDS)
        best = z.argmax(axis=0)  # of equals the shortest, so that the result is one
        known = fits[PERSISTENT:].any(axis=0) & self.recent[t]
        return Shift(
            z=np.where(known, z[PERSISTENT:].max(axis=0), -np.inf),
            odds=mean_odds(odds, STARTS),
            onset=onset[best],
            d=d[best, *self.each],
            known=known,
        )

    def deviation(
        self, t: int, cells: tuple[IntArray, IntArray], since: IntArray, frozen: IntArray
    ) -> tuple[FloatArray, FloatArray]:
        """Of some (series, person): how far the mean from `since` to `t` is off the baseline of day `frozen`,
        and of how many values.
        """
        back, row = (since - 1 + PAD, *cells), (np.minimum(frozen, t) + PAD, *cells)
        n, total = (a[t + PAD, *cells] - a[back] for a in (self.count, self.total))
        return (total / np.maximum(n, 1.0) - self.mean[row]) / self.sd[row], n

    def usual(self, day: int, s: int, p: int) -> tuple[float, float, float]:
        """Mean, spread and weight of the baseline at the end of a day."""
        at = day + PAD, s, p
        return float(self.mean[at]), float(self.sd[at]), float(self.sums[day + PAD, 0, s, p])

    def discount(self, t: int, s: int, p: int, onset: int) -> None:
        """A flag opened: what came since its onset counts a tenth from now on."""
        i = t + PAD
        before = self.sums[onset - 1 + PAD, :, s, p] * DECAY ** (t - onset + 1)
        self.sums[i, :, s, p] = before + INSIDE * (self.sums[i, :, s, p] - before)
        days = self.days[onset - 1 + PAD, s, p] * DECAY ** (t - onset + 1)
        self.days[i, s, p] = days + INSIDE * (self.days[i, s, p] - days)
        self._summarise(i)

    def restart(self, t: int, s: int, p: int) -> None:
        """The last four weeks are the new normal."""
        age = np.arange(min(NEW_NORMAL_DAYS, t + 1))
        y = self.y[t - age, s, p]
        w = np.where(np.isfinite(y), DECAY**age, 0.0)
        y = np.where(np.isfinite(y), y, 0.0)
        self.days[t + PAD, s, p] = w.sum()
        self.sums[t + PAD, :, s, p] = w.sum(), (w * y).sum(), (w * y * y).sum()
        self._summarise(t + PAD)


DECAY = 0.5 ** (1 / HALF_LIFE)
