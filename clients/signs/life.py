"""The life of flags: when one opens, rises, falls back and closes. State over days; no series is read here."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Protocol

import numpy as np

from clients.signs.judged import ACT_MORE, OWN_Z, SIGNS, WATCH, Judged, Moves, Record
from clients.signs.kinds import BoolArray, Person, Resolution, Sign
from clients.signs.series import NEW_NORMAL_DAYS
from clients.signs.silence import NEVER

TOGETHER = 3  # signs open at once are an `act`
LONG_DAYS, LONG_D = 14, 0.8  # so is a `watch` that lasts
FALL, SCANS = 1.0, 3  # below the threshold by so much, on so many days in a row
NEW_NORMAL_AFTER = 70
REACH_BACK = 4  # days before an end from which a new shift may start
WINDOW = 14  # of a backstop; and its silence after a coach's answer
FLOOR_REST = (
    56  # days before a backstop that was left may speak again: who lives near a line crosses it often
)
ACHES = SIGNS.index(Sign.ACHES)


class Guard(Protocol):
    """What only the series themselves can tell of a shift."""

    def bars(self, t: int, row: int, person: int, onset: int) -> bool: ...

    def caps(self, t: int, record: Record) -> str: ...


class Life:
    def __init__(self, people: Sequence[Person], guard: Guard, first_day: int) -> None:
        shape = len(SIGNS), len(people)
        self.guard = guard
        self.level, self.calm, self.below = (np.zeros(shape, dtype=np.int64) for _ in range(3))
        self.opened, self.since, self.level_day, self.frozen = (np.full(shape, NEVER) for _ in range(4))
        self.d = np.zeros(shape)
        self.closed, self.earliest, self.quiet_until, self.usual_from = (
            np.full(shape, -NEVER) for _ in range(4)
        )
        self.floored = np.zeros(shape, dtype=bool)  # opened by a backstop
        self.disarmed = np.zeros(shape, dtype=bool)  # backstops that a coach called wrong
        self.records: list[Record] = []
        self.past: dict[tuple[int, int], list[Record]] = defaultdict(list)
        self.open: dict[tuple[int, int], Record] = {}
        self.people, self.first_day = people, first_day
        self.changing = [p for p, person in enumerate(people) if person.sensitivity_before]
        sensitivity = np.array([person.sensitivity for person in people], dtype=float)
        self.watch = np.array([WATCH[sign] for sign in SIGNS])[:, None] + sensitivity
        self.own = np.array([OWN_Z[sign] for sign in SIGNS])[:, None]

    def step(self, t: int, day: Judged) -> Moves:
        moves = Moves()
        for p in self.changing:
            self.watch[:, p] = [WATCH[sign] + self._sensitivity(p, t) for sign in SIGNS]
        ripe = day.seen & day.known & (day.z >= self.own) & (day.score >= self.watch)
        self._settle(t, day, moves)
        self._open(t, day, ripe, moves)
        self._look_back(t, day, ripe, moves)
        self._rise_and_fall(t, day)
        return moves

    def _sensitivity(self, p: int, t: int) -> float:
        """A choice holds from its day on: what was said before is not unsaid."""
        person = self.people[p]
        earlier = (value for last, value in person.sensitivity_before if t + self.first_day <= last)
        return next(earlier, person.sensitivity)

    def close(self, t: int, row: int, person: int, why: Resolution, score: float) -> tuple[Record, bool]:
        """Ends an episode; tells whether the usual starts anew."""
        record = self.open.pop((row, person))
        record.closed, record.resolution, record.score = t, why, score
        at = row, person
        recovered, anew = why == Resolution.RECOVERED, why in (Resolution.NEW_BASELINE, Resolution.WRONG_CALL)
        self.level[at] = self.calm[at] = self.below[at] = 0
        self.opened[at] = self.since[at] = self.frozen[at] = self.level_day[at] = NEVER
        self.closed[at] = t
        self.earliest[at] = t - REACH_BACK if recovered else t + 1
        if why in (Resolution.WRONG_CALL, Resolution.BY_COACH):
            self.quiet_until[at] = t + WINDOW
            self.disarmed[at] = why == Resolution.WRONG_CALL
        if recovered and record.floor:
            self.quiet_until[at] = t + FLOOR_REST
        if anew:
            self.usual_from[at] = t - NEW_NORMAL_DAYS + 1
        return record, anew

    def _settle(self, t: int, day: Judged, moves: Moves) -> None:
        is_open = (self.level > 0) & day.alive
        self.calm = np.where(is_open & day.calm, self.calm + 1, 0)
        recovered = self.calm >= SCANS
        floor = day.low.copy()
        floor[ACHES] = False  # what has ached for so long is usual; exhaustion never is
        stale = is_open & (t - self.opened >= NEW_NORMAL_AFTER) & ~floor
        for row, person in pairs(recovered | stale):
            why = Resolution.RECOVERED if recovered[row, person] else Resolution.NEW_BASELINE
            record, anew = self.close(t, row, person, why, float(day.score[row, person]))
            moves.closed.append(record)
            if anew:
                moves.restarted.append((row, person))

    def _open(self, t: int, day: Judged, ripe: BoolArray, moves: Moves) -> None:
        may = (self.level == 0) & (self.closed < t)
        self.disarmed &= day.low
        floor = day.low & day.answered & ~self.disarmed & (t >= self.quiet_until)
        for row, person in pairs(may & (ripe | floor)):
            onset = int(day.onset[row, person])
            if ripe[row, person] and not self.guard.bars(t, row, person, onset):
                self._begin(t, row, person, onset, day, moves, floor=False)
            elif floor[row, person]:
                onset = max(t - WINDOW + 1, int(min(day.start[row, person], t)))
                self._begin(t, row, person, onset, day, moves, floor=True)

    def _begin(
        self, t: int, row: int, person: int, onset: int, day: Judged, moves: Moves, *, floor: bool
    ) -> None:
        at = row, person
        freeze = not floor or row == ACHES  # who was always low has no better usual to be held against
        record = Record(
            row=row, person=person, opened=t, since=onset, d=float(day.d[at]), floor=floor,
            usual_from=int(self.usual_from[at]), frozen=onset - 1 if freeze else NEVER,
            steps=[(t, 1, float(day.score[at]))],
        )  # fmt: skip
        self.records.append(record)
        self.past[at].append(record)
        self.open[at] = record
        self.level[at], self.opened[at], self.level_day[at], self.d[at] = 1, t, t, record.d
        self.since[at], self.frozen[at], self.floored[at] = onset, record.frozen, floor
        if freeze:
            moves.discounted.append(record)

    def _look_back(self, t: int, day: Judged, ripe: BoolArray, moves: Moves) -> None:
        """The start of an open episode may turn out earlier, never later; a backstop's may turn into a shift."""
        frozen = self.frozen < NEVER
        found = (self.level > 0) & day.known & (day.z >= self.own)
        for row, person in pairs(found & ((frozen & (day.onset < self.since)) | (~frozen & ripe))):
            at, record = (row, person), self.open[row, person]
            if not frozen[at]:
                record.d = self.d[at] = float(day.d[at])
                moves.discounted.append(record)
            onset = int(day.onset[at])
            record.frozen = self.frozen[at] = onset - 1
            record.since = self.since[at] = min(record.since, onset)

    def _rise_and_fall(self, t: int, day: Judged) -> None:
        is_open = self.level > 0
        together = is_open & (is_open.sum(axis=0) >= TOGETHER) & day.alive
        strong = day.known & (day.z >= self.own) & (day.score >= self.watch + ACT_MORE)
        much = day.known & (day.d >= LONG_D) & (day.z >= self.own)
        rise = (self.level == 1) & (strong | together | (much & (t - self.level_day >= LONG_DAYS)))
        for row, person in pairs(rise):
            record = self.open[row, person]
            record.capped = self.guard.caps(t, record)
            if not record.capped:
                self._set(t, row, person, 2, day)
        lasting = much & (t - self.opened >= LONG_DAYS)
        weak = (
            (self.level == 2) & day.known & (day.score < self.watch + ACT_MORE - FALL) & ~together & ~lasting
        )
        self.below = np.where(weak, self.below + 1, np.where(day.known, 0, self.below))
        for row, person in pairs(self.below >= SCANS):
            self._set(t, row, person, 1, day)

    def _set(self, t: int, row: int, person: int, level: int, day: Judged) -> None:
        at, steps = (row, person), self.open[row, person].steps
        if steps[-1][0] == t:
            steps.pop()
        steps.append((t, level, float(day.score[at])))
        self.level[at], self.level_day[at], self.below[at] = level, t, 0


def pairs(where: BoolArray) -> Sequence[tuple[int, int]]:
    if not where.any():  # on most days of most questions nobody
        return ()
    return [(int(row), int(person)) for row, person in zip(*np.nonzero(where), strict=True)]
