"""What is told of an episode that a test chooses: real days taken in, and no detector asked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from clients.signs.facts import ROW, facts_of
from clients.signs.forward import Forward
from clients.signs.judged import Record
from clients.signs.kinds import Histories, Sign
from clients.signs.silence import NEVER
from clients.signs.strength import Strength
from clients.signs.told import told
from tests.signs import FIRST


def episode(sign: Sign, since: int, **about: Any) -> Record:
    plain = {"opened": since + 3, "d": 1.0, "floor": False, "usual_from": -NEVER, "frozen": since - 1}
    return Record(row=ROW[sign], person=0, since=since, **{**plain, **about})


def tell(
    histories: Histories,
    record: Record,
    *,
    earlier: Sequence[Record] = (),
    also: Sequence[Sign] = (),
    sessions: dict[int, dict[int, float]] | None = None,
    last: int | None = None,
) -> tuple[str, dict[str, Any]]:
    """On day `last`, or the last one of the first person's history. `sessions`: day → lift → % below expected."""
    facts = facts_of(histories)
    if sessions is not None:
        facts = replace(facts, strength=strength_of(sessions, facts.grid.days))
    forward, days = Forward(facts), facts.grid.days
    for t in range(days):
        forward.series.add(t, np.ones((4, 1)))
        forward.events.add(t, np.ones(1))
    life = forward.life
    life.past[record.row, 0] = [*earlier, record]
    life.open = {(ROW[sign], 0): episode(sign, 1) for sign in also}
    if record.closed is None:
        life.open[record.row, 0] = record
    return told(facts, forward.series, forward.events, life, record, days - 1 if last is None else last)


def strength_of(sessions: dict[int, dict[int, float]], days: int) -> Strength:
    """Lifts that weigh alike."""
    rows = [(day, lift, below) for day, of in sorted(sessions.items()) for lift, below in sorted(of.items())]
    y = np.full((days, 1), np.nan)
    for day, of in sessions.items():
        y[day, 0] = np.mean(list(of.values()))
    return Strength(
        y=y,
        person=np.zeros(len(rows), dtype=np.int64),
        day=np.array([day for day, _, _ in rows], dtype=np.int64),
        lift=np.array([lift for _, lift, _ in rows], dtype=np.int64),
        below=np.array([below for _, _, below in rows], dtype=float),
        weight=np.ones(len(rows)),
    )


def iso(day: int) -> str:
    return date.fromordinal(FIRST + day).isoformat()
