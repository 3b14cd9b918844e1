"""The scan of the aches sign over the days: the usual rate of events, and whether lately there are more."""

import numpy as np

from clients.signs.aches import FORTNIGHT, AcheDays, surprise
from clients.signs.backstop import EXACT
from clients.signs.kinds import BoolArray, FloatArray, IntArray
from clients.signs.series import GAP_DAYS, INSIDE, NEVER, NEW_NORMAL_DAYS, PAD, Shift

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
        self.each = np.stack([aches.events, aches.checked, aches.seen, aches.burden])
        self.so_far = np.zeros((PAD + days, 4, people))
        self.so_far[PAD:] = np.cumsum(self.each, axis=1).swapaxes(0, 1)
        self.usual = np.zeros((PAD + days, 4, people))  # decayed events, check-in days, days told of, burden
        self.last, self.start = np.full(people, NEVER), np.full(people, NEVER)
        self.resumed = np.full(people, -NEVER)

    def add(self, t: int, weight: FloatArray) -> BoolArray:
        """Take in day `t`; tells who had an event."""
        i = t + PAD
        self.usual[i] = self.usual[i - 1] * DECAY + weight * self.each[:, t]
        checked = self.each[1, t] > 0
        self.resumed = np.where(checked & (t - self.last > GAP_DAYS), t, self.resumed)
        self.last = np.where(checked, t, self.last)
        self.start = np.where(checked, np.minimum(self.start, t), self.start)
        return np.asarray(self.each[0, t] > 0)

    def scan(self, t: int, earliest: IntArray, frozen: IntArray) -> Shift:
        before = t - LOOKBACKS
        usual = self.usual[before + PAD, :3]
        held = np.flatnonzero(frozen < t)
        if len(held):
            rows = np.minimum(before[:, None], frozen[held]) + PAD
            usual[:, :, held] = self.usual[rows, :3, held].swapaxes(1, 2)
        events, days, past = usual.swapaxes(0, 1)
        k, m, seen = (self.so_far[t + PAD, :3] - self.so_far[before + PAD, :3]).swapaxes(0, 1)
        earliest = np.maximum(np.maximum(earliest, self.resumed), self.start + GAP_DAYS)
        fits = (before[:, None] + 1 >= earliest) & (m >= FEWEST_DAYS) & (days >= FLOOR)
        some = fits & (k >= FEWEST_EVENTS)
        z = np.full(k.shape, -np.inf)
        z[some] = surprise(k[some], SHAPE + events[some], SHAPE / RATE + past[some], seen[some])
        best = z.argmax(axis=0)
        at = best, np.arange(len(best))
        rate = (SHAPE + events[at]) / (SHAPE / RATE + past[at])
        spread = np.sqrt(np.maximum(rate, RATE))
        recent = self._since(t, FORTNIGHT)[1] >= RECENT
        known = fits.any(axis=0) & recent
        return Shift(
            z=np.where(known, z[at], -np.inf),
            onset=t - LOOKBACKS[best] + 1,
            d=(k[at] / np.maximum(seen[at], 1.0) - rate) / spread,
            known=known,
        )

    def lingering(self, t: int, frozen: IntArray) -> tuple[BoolArray, BoolArray]:
        """The same ache will not go: the burden of a fortnight is far above usual; and: it is not yet back."""
        _, n, _, burden = self._since(t, FORTNIGHT)
        row = np.minimum(t - FORTNIGHT, frozen) + PAD
        _, days, _, total = self.usual[row, :, np.arange(len(frozen))].T
        usual, mean = total / np.maximum(days, 1.0), burden / np.maximum(n, 1.0)
        enough = (days >= FLOOR) & (n >= LINGER_DAYS) & (self.aches.same[t] >= LINGER_SHARE * n)
        floor = np.maximum(LINGER_TIMES * usual, usual + LINGER_MORE)
        high = enough & (mean >= floor - EXACT)
        still = (mean >= EASED_TIMES * usual) & (mean >= usual + EASED_MORE)
        return high, still

    def calm(self, t: int, opened: IntArray, frozen: IntArray) -> BoolArray:
        events, n, seen, _ = self._since(t, FORTNIGHT)
        at = np.minimum(frozen, t) + PAD, slice(None), np.arange(len(frozen))
        usual = self.usual[at].T
        rate = (SHAPE + usual[0]) / (SHAPE / RATE + usual[2])
        few = events <= np.maximum(1.0, CALM_RATE * rate * seen)
        return np.asarray((t - opened >= CALM_AFTER) & few & (n >= RECENT) & ~self.lingering(t, frozen)[1])

    def _since(self, t: int, days: int) -> FloatArray:
        return np.asarray(self.so_far[t + PAD] - self.so_far[max(t - days, -1) + PAD])

    def discount(self, t: int, p: int, onset: int) -> None:
        before = self.usual[onset - 1 + PAD, :, p] * DECAY ** (t - onset + 1)
        self.usual[t + PAD, :, p] = before + INSIDE * (self.usual[t + PAD, :, p] - before)

    def restart(self, t: int, p: int) -> None:
        age = np.arange(min(NEW_NORMAL_DAYS, t + 1))
        self.usual[t + PAD, :, p] = (self.each[:, t - age, p] * DECAY**age).sum(axis=1)
