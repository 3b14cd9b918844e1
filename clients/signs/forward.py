"""One forward pass over local days: what is said of a day rests on that day and those before it."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from clients.signs.events import Events
from clients.signs.facts import FLOORS, KINDS, ROW, SCANNED, Facts
from clients.signs.guard import ShiftGuard
from clients.signs.judged import SIGNS, Judged, Record, combined
from clients.signs.kinds import BoolArray, FloatArray, Resolution, Sign
from clients.signs.life import Life, pairs
from clients.signs.series import INSIDE, Series
from clients.signs.silence import NEVER
from clients.signs.told import told

STRENGTH, ACHES = ROW[Sign.STRENGTH_DECLINE], ROW[Sign.ACHES]
ROWS = np.array([ROW[sign] for sign in SCANNED])
CALM_DAYS = np.array([14, 10, 10, 10])  # of the scanned signs: what "back at usual" is the mean of
CALM_BEFORE, CALM_N, CALM_SHARE, CALM_LEAST = 3, 3, 0.35, 0.6
ENDS = {"wrong_call": Resolution.WRONG_CALL, "resolve": Resolution.BY_COACH}


class Forward:
    """The state after each day."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.series = Series(facts.values(), KINDS)
        self.events = Events(facts.aches)
        self.guard = ShiftGuard(facts, self.series)
        self.life = Life(facts.histories.people, self.guard, facts.grid.first_day)
        self.guard.past = self.life.past
        self.known = np.zeros((len(SIGNS), facts.grid.people), dtype=bool)
        self.score = np.zeros(self.known.shape)
        self.says_from = [
            NEVER if person.says_from is None else person.says_from - facts.grid.first_day
            for person in facts.histories.people
        ]
        self.answers: dict[int, list[tuple[int, int, Resolution]]] = {}
        for p, person in enumerate(facts.histories.people):
            for answer in person.answers:
                day = answer.day - facts.grid.first_day
                self.answers.setdefault(day, []).append((ROW[answer.sign], p, ENDS[answer.kind]))

    def alive(self, t: int) -> BoolArray:
        return np.asarray(t <= self.facts.until)

    def day(self, t: int) -> FloatArray:
        """Takes in a day; its scores."""
        life, alive = self.life, self.alive(t)
        judged = self._judge(t, alive)
        self.known = np.where(alive, judged.known, self.known)
        self.score = np.where(alive, judged.score, self.score)
        silent = (life.level > 0) & alive & ~self.facts.agreed[t]
        silent[STRENGTH] = False
        ends = [(row, person, Resolution.NO_CONSENT) for row, person in pairs(silent)]
        for row, person, why in ends + self.answers.get(t, []):
            if (row, person) in life.open and alive[person]:
                self._end(t, row, person, why)
        moves = life.step(t, judged)
        for record in moves.discounted:
            onset = record.frozen + 1
            if record.row == ACHES:
                self.events.discount(t, record.person, onset)
            else:
                self.series.discount(t, ROWS.tolist().index(record.row), record.person, onset)
        for row, person in moves.restarted:
            self._restart(t, row, person)
        for record in moves.closed:
            self.tell(record, t)
        self._tell_steps(t)
        return judged.score

    def _tell_steps(self, t: int) -> None:
        """What could be said on the day itself of a flag that opened, rose or fell."""
        for record in self.life.open.values():
            if record.steps[-1][0] == t and t >= self.says_from[record.person]:
                self.tell(record, t)
                record.told[t] = record.since, record.says

    def _judge(self, t: int, alive: BoolArray) -> Judged:
        life, facts = self.life, self.facts
        weight = np.where((life.level > 0) & (life.frozen < NEVER), INSIDE, 1.0)
        observed, ached = self.series.add(t, weight[ROWS]), self.events.add(t, weight[ACHES])
        shift = self.series.scan(t, life.earliest[ROWS], life.frozen[ROWS])
        more = self.events.scan(t, life.earliest[ACHES], life.frozen[ACHES])
        known = _rows(shift.known, more.known) & alive
        known[1:] &= facts.agreed[t]
        z = np.where(known, _rows(shift.z, more.z), -np.inf)
        odds = np.where(known, np.maximum(_rows(shift.odds, more.odds), 0.0), 0.0)
        score = combined(odds, facts.context.weight(t))
        low, back = np.zeros(z.shape, dtype=bool), np.ones(z.shape, dtype=bool)
        for sign in FLOORS:
            low[ROW[sign]], back[ROW[sign]] = facts.backstops[sign].low[t], facts.backstops[sign].back[t]
        low[ACHES] = self.events.lingering(t, life.frozen[ACHES])
        return Judged(
            score=np.where(known, score, 0.0),
            z=z,
            d=_rows(shift.d, more.d),
            onset=_rows(shift.onset, more.onset),
            known=known,
            seen=_rows(observed, ached) & alive,
            answered=_rows(observed, facts.aches.checked[t] > 0) & alive,
            low=low & alive,
            calm=self._calm(t) & ~low & (back | ~life.floored),
            start=_rows(self.series.start, self.events.start),
            alive=alive,
        )

    def _calm(self, t: int) -> BoolArray:
        """Of open flags alone."""
        life, calm = self.life, np.zeros(self.life.level.shape, dtype=bool)
        s, p = np.nonzero(life.level[ROWS] > 0)
        at = ROWS[s], p
        first = np.maximum(t - CALM_DAYS[s] + 1, life.opened[at] - CALM_BEFORE)
        off, n = self.series.deviation(t, (s, p), np.maximum(first, 0), life.frozen[at])
        near = (n >= CALM_N) & (off < CALM_SHARE * np.maximum(life.d[at], CALM_LEAST))
        calm[at] = near | (life.frozen[at] == NEVER)  # no better usual: the backstop alone decides
        who = np.flatnonzero(life.level[ACHES] > 0)
        calm[ACHES, who] = self.events.calm(t, who, life.opened[ACHES, who], life.frozen[ACHES, who])
        return calm

    def _end(self, t: int, row: int, person: int, why: Resolution) -> None:
        record, anew = self.life.close(t, row, person, why, float(self.score[row, person]))
        if anew:
            self._restart(t, row, person)
        self.tell(record, t)

    def _restart(self, t: int, row: int, person: int) -> None:
        if row == ACHES:
            self.events.restart(t, person)
        else:
            self.series.restart(t, ROWS.tolist().index(row), person)

    def tell(self, record: Record, last: int) -> None:
        if record.closed is None:
            record.score = float(self.score[record.row, record.person])
        record.says, record.evidence = told(self.facts, self.series, self.events, self.life, record, last)


Cell = TypeVar("Cell", np.float64, np.int64, np.bool_)


def _rows(scanned: NDArray[Cell], aches: NDArray[Cell]) -> NDArray[Cell]:
    """All five signs, in the article's order."""
    return np.concatenate([scanned[:ACHES], aches[None], scanned[ACHES:]])
