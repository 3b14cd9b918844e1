"""Every episode of a chunk's people: the fold, and what is said of each.

Flags are a function of the facts. A scan, a full scan and a replay all call `look`, and make rows equal to it.
"""

import numpy as np

from clients.signs.facts import facts_of
from clients.signs.forward import Forward
from clients.signs.judged import SIGNS, Record
from clients.signs.kinds import Episode, Histories, Level, Outlook, Step
from clients.signs.prospects import next_looks, unknowns

LEVELS = list(Level)


def look(histories: Histories, *, daily: bool = False) -> Outlook:
    """Every episode of every person up to their last day. `daily` adds each day's scores and levels."""
    forward = Forward(facts_of(histories))
    grid = forward.facts.grid
    scores = np.full((grid.people, grid.days, len(SIGNS)), np.nan)
    levels = np.zeros(scores.shape, dtype=np.int64)
    for t in range(grid.days):
        score = forward.day(t)
        if daily:
            scores[:, t] = np.where(forward.alive(t), score, np.nan).T
            levels[:, t] = np.where(forward.alive(t), forward.life.level, 0).T
    for record in forward.life.open.values():
        forward.tell(record, int(forward.facts.until[record.person]))
    return Outlook(
        episodes=tuple(_episode(forward, record) for record in forward.life.records),
        unknown=unknowns(forward),
        next_look=next_looks(forward),
        scores=scores if daily else None,
        levels=levels if daily else None,
        first_day=grid.first_day,
    )


def _episode(forward: Forward, record: Record) -> Episode:
    first = forward.facts.grid.first_day
    return Episode(
        key=forward.facts.histories.people[record.person].key,
        sign=SIGNS[record.row],
        opened=first + record.opened,
        since=first + record.since,
        steps=tuple(_step(first, record, *step) for step in record.steps),
        closed=None if record.closed is None else first + record.closed,
        resolution=record.resolution,
        score=record.score,
        says=record.says,
        evidence=record.evidence,
    )


def _step(first: int, record: Record, day: int, level: int, score: float) -> Step:
    since, says = record.told.get(day, (None, ""))
    return Step(
        day=first + day,
        level=LEVELS[level],
        score=score,
        since=None if since is None else first + since,
        says=says,
    )
