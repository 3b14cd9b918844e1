"""The scan of the aches sign over the days: the usual rate of events, and whether lately there are more."""

import numpy as np

from clients.signs.aches import FORTNIGHT, AcheDays, chance, deviations
from clients.signs.backstop import EXACT
from clients.signs.kinds import BoolArray, FloatArray, IntArray
from clients.signs.odds import rarity_odds
from clients.signs.series import INSIDE, NEW_NORMAL_DAYS, PAD, Shift
from clients.signs.silence import GAP_DAYS, first_heard, heard_again

LOOKBACKS = np.array((7, 10, 14, 18, 21, 28, 35))
HALF_LIFE = 120
DECAY = 0.5 ** (1 / HALF_LIFE)
RATE = 0.05  # new aches a day, the prior
SHAPE = 1.5  # the prior's events
FLOOR, FEWEST_EVENTS, FEWEST_DAYS = 12.0, 2, 4
RECENT = 5
CALM_AFTER, CALM_RATE = 7, 1.2
LINGER_TIMES, LINGER_MORE, LINGER_SHARE, LINGER_DAYS = 2.0, 3.0, 0.85, 8
EASED_TIMES, EASED_MORE = 1.5, 1.0  # still lingering while above these


class Events:
    def __init__(self, aches: AcheDays) -> None:
        self.aches = aches
        days, people = aches.events.shape
        self.everybody = np.arange(people)
        self.each = np.stack([aches.events, aches.checked, aches.seen, aches.burden])
        self.so_far = np.zeros((PAD + days, 4, people))
        self.so_far[PAD:] = np.cumsum(self.each, axis=1).swapaxes(0, 1)
        self.usual = np.zeros((PAD + days, 4, people))  # decayed events, check-in days, days told of, burden
        checked = aches.checked > 0
        self.start = first_heard(checked)
        self.first_onset = np.maximum(heard_again(checked), self.start + GAP_DAYS)
        n = self.so_far[PAD:, 1] - self.so_far[PAD - FORTNIGHT : -FORTNIGHT, 1]
        self.same = (n >= LINGER_DAYS) & (aches.same >= LINGER_SHARE * n)

    def add(self, t: int, weight: FloatArray) -> BoolArray:
        """Take in day `t`; tells who had an event."""
        i = t + PAD
        self.usual[i] = self.usual[i - 1] * DECAY + weight * self.each[:, t]
        return np.asarray(self.each[0, t] > 0)

    def scan(self, t: int, earliest: IntArray, frozen: IntArray) -> Shift:
        before = (t - LOOKBACKS)[:, None]
        row = np.minimum(before, frozen) + PAD
        k, m, seen = (self.so_far[t + PAD, :3] - self.so_far[t - LOOKBACKS + PAD, :3]).swapaxes(0, 1)
        fits = (before + 1 >= np.maximum(earliest, self.first_onset[t])) & (m >= FEWEST_DAYS)
        fits &= self.usual[row, 1, self.everybody] >= FLOOR
        some = np.nonzero(fits & (k >= FEWEST_EVENTS))
        events, _, past = self.usual[row[some], :3, some[1]].T
        by_chance = np.full(k.shape, np.inf)
        by_chance[some] = chance(k[some], SHAPE + events, SHAPE / RATE + past, seen[some])
        best = by_chance.argmin(axis=0)
        at = best, self.everybody
        known = fits.any(axis=0) & (self._since(t, FORTNIGHT)[1] >= RECENT)
        z = np.full(known.shape, -np.inf)
        told = known & (by_chance[at] <= 1)
        z[told] = deviations(by_chance[at][told])
        events, _, past = self.usual[row[at], :3, self.everybody].T
        rate = (SHAPE + events) / (SHAPE / RATE + past)
        spread = np.sqrt(np.maximum(rate, RATE))
        return Shift(
            z=z,
            odds=rarity_odds(by_chance[at]),
            onset=t - LOOKBACKS[best] + 1,
            d=(k[at] / np.maximum(seen[at], 1.0) - rate) / spread,
            known=known,
        )

    def lingering(self, t: int, frozen: IntArray) -> BoolArray:
        """The same ache will not go: the burden of a fortnight is far above usual."""
        high, who = np.zeros(len(frozen), dtype=bool), np.flatnonzero(self.same[t])
        if len(who):
            mean, usual, days = self._burden(t, who, frozen[who])
            floor = np.maximum(LINGER_TIMES * usual, usual + LINGER_MORE)
            high[who] = (days >= FLOOR) & (mean >= floor - EXACT)
        return high

    def calm(self, t: int, who: IntArray, opened: IntArray, frozen: IntArray) -> BoolArray:
        """Of these people, whose flags opened and whose usual froze on these days."""
        events, n, seen, _ = self._since(t, FORTNIGHT)[:, who]
        before, _, past, _ = self.usual[np.minimum(frozen, t) + PAD, :, who].T
        rate = (SHAPE + before) / (SHAPE / RATE + past)
        few = events <= np.maximum(1.0, CALM_RATE * rate * seen)
        return np.asarray((t - opened >= CALM_AFTER) & few & (n >= RECENT) & self.eased(t, who, frozen))

    def eased(self, t: int, who: IntArray, frozen: IntArray) -> BoolArray:
        mean, usual, _ = self._burden(t, who, frozen)
        return np.asarray((mean < EASED_TIMES * usual) | (mean < usual + EASED_MORE))

    def _burden(self, t: int, who: IntArray, frozen: IntArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Of a check-in day: the fortnight's, the usual one, and the days that the usual rests on."""
        _, n, _, burden = self._since(t, FORTNIGHT)[:, who]
        _, days, _, total = self.usual[np.minimum(t - FORTNIGHT, frozen) + PAD, :, who].T
        return burden / np.maximum(n, 1.0), total / np.maximum(days, 1.0), days

    def _since(self, t: int, days: int) -> FloatArray:
        return np.asarray(self.so_far[t + PAD] - self.so_far[max(t - days, -1) + PAD])

    def discount(self, t: int, p: int, onset: int) -> None:
        before = self.usual[onset - 1 + PAD, :, p] * DECAY ** (t - onset + 1)
        self.usual[t + PAD, :, p] = before + INSIDE * (self.usual[t + PAD, :, p] - before)

    def restart(self, t: int, p: int) -> None:
        age = np.arange(min(NEW_NORMAL_DAYS, t + 1))
        self.usual[t + PAD, :, p] = (self.each[:, t - age, p] * DECAY**age).sum(axis=1)
