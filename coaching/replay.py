"""What a scan would have said on each day, knowing only what had happened by that day. Writes nothing."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from clients.signs.fold import look
from clients.signs.kinds import Level, Sign
from coaching.histories import read_chunk
from coaching.scan import chunks

LEVELS = (Level.NONE, Level.WATCH, Level.ACT)
SIGNS = tuple(Sign)


@dataclass(frozen=True, kw_only=True)
class State:
    """A sign of a client on a day; a higher score is stronger evidence."""

    day: date
    client_ref: str
    sign: str
    level: str
    score: float

    def as_json(self) -> dict[str, str | float]:
        return {
            "date": self.day.isoformat(), "client_ref": self.client_ref, "sign": self.sign,
            "level": self.level, "score": self.score,
        }  # fmt: skip


def replay(client_ids: Iterable[int], *, first: date, last: date, daily: bool = False) -> Iterator[State]:
    """The days on which the state of a sign changed, or with `daily` every client, sign and day.

    One forward pass of the fold that the scan uses: not a scan a day.
    """
    for ids in chunks(client_ids):
        yield from _replay_chunk(ids, first, last, daily)


def _replay_chunk(ids: list[int], first: date, last: date, daily: bool) -> Iterator[State]:
    chunk = read_chunk(ids, until=last)
    outlook = look(chunk.histories, daily=True)
    if outlook.levels is None or outlook.scores is None:
        return
    refs = [chunk.clients[person.key].ref for person in chunk.histories.people]
    for day in range(first.toordinal(), last.toordinal() + 1):
        at = day - outlook.first_day
        for person, ref in enumerate(refs):
            for number, sign in enumerate(SIGNS):
                within = 0 <= at < outlook.levels.shape[1]
                level = int(outlook.levels[person, at, number]) if within else 0
                before = int(outlook.levels[person, at - 1, number]) if within and at > 0 else 0
                if daily or level != before:
                    score = float(outlook.scores[person, at, number]) if within else 0.0
                    yield State(
                        day=date.fromordinal(day), client_ref=ref, sign=sign.value,
                        level=LEVELS[level].value, score=0.0 if math.isnan(score) else round(score, 4),
                    )  # fmt: skip
