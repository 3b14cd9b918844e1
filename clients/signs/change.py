"""How one question's answers changed, in its own unit: what a coach says aloud."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from clients.signs.facts import Facts
from clients.signs.items import ITEMS
from clients.signs.judged import Record
from clients.signs.kinds import FloatArray
from clients.signs.series import HALF_LIFE, INSIDE, KAPPA, NU

VIF = 1.6
LEAST = 3.0  # earlier answers, to call anything usual


@dataclass(frozen=True, kw_only=True)
class Change:
    usual: float
    spread: float  # from day to day
    now: float
    half: float  # of the 90 % interval of the change
    n: int

    @property
    def by(self) -> float:
        return self.now - self.usual

    @property
    def worse(self) -> float:
        return -self.by / self.spread


def item_change(
    facts: Facts, records: Sequence[Record], record: Record, item: str, last: int, *, first: int | None = None
) -> Change | None:
    """From `first`, or the start of the episode, to `last`, against the days before the episode."""
    x = facts.items.values[item][: last + 1, record.person]
    usual, spread, weight = usual_of(x, records, record, s0=ITEMS[item][1])
    since = x[record.since if first is None else first :]
    n = int(np.isfinite(since).sum())
    if n == 0 or weight < LEAST:
        return None
    half = 1.645 * spread * np.sqrt(VIF / n + VIF / (weight + KAPPA))
    return Change(usual=usual, spread=spread, now=float(np.nanmean(since)), half=float(half), n=n)


def usual_of(
    x: FloatArray, records: Sequence[Record], record: Record, *, s0: float
) -> tuple[float, float, float]:
    """Mean, spread and weight of the answers before an episode; those of earlier episodes count a tenth.

    `records`: the episodes of the same sign and person.
    """
    end = record.since
    begin = max(0, record.usual_from)
    age = end - np.arange(begin, end)
    weight = np.where(np.isfinite(x[begin:end]), 0.5 ** (age / HALF_LIFE), 0.0)
    for other in records:
        if other.opened < record.opened:
            weight[max(0, other.since - begin) : max(0, (other.closed or end) - begin)] *= INSIDE
    total = float(weight.sum())
    if total == 0:
        return float("nan"), s0, 0.0
    answers = np.where(weight > 0, x[begin:end], 0.0)
    mean = float((weight * answers).sum() / total)
    spread = np.sqrt((NU * s0 * s0 + float((weight * (answers - mean) ** 2).sum())) / (NU + total))
    return mean, float(spread), total
