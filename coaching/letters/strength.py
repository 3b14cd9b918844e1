"""Eight weeks of strength in eight numbers: every lift against its own level, averaged. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from programs.strength import e1rm


class LiftPoint(NamedTuple):
    """The best set of a lift on a day; `step` is the week it fell in, `reps2` twice the reps to failure."""

    lift: int
    step: int
    load: int
    reps2: int


def weekly(points: Iterable[LiftPoint], *, steps: int) -> tuple[float | None, ...]:
    """Per week the mean deviation of the lifts from their own mean, in per cent; None where nothing was lifted."""
    by_lift: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for point in points:
        if estimate := e1rm(point.load, point.reps2 / 2):
            by_lift[point.lift].append((point.step, estimate))
    weeks: list[list[float]] = [[] for _ in range(steps)]
    for values in by_lift.values():
        level = sum(v for _, v in values) / len(values)
        for step, value in values:
            if 0 <= step < steps and len(values) > 1:  # a lift done once has no level to be above or below
                weeks[step].append(100 * (value / level - 1))
    return tuple(round(sum(w) / len(w), 2) if w else None for w in weeks)
