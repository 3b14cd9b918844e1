"""The planned failure sets of a week against what 80/20 leaves room for. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from programs.policy.limits import Limits


class Line(Protocol):
    sets: int

    @property
    def failures(self) -> int: ...


@dataclass(frozen=True, kw_only=True)
class PlannedShare:
    sets: int
    failures: int
    room: int

    @property
    def percent(self) -> float:
        return 100 * self.failures / self.sets if self.sets else 0.0

    @property
    def over(self) -> bool:
        return self.failures > self.room


def planned_share(lines: Iterable[Line], limits: Limits) -> PlannedShare:
    rows = list(lines)
    sets = sum(line.sets for line in rows)
    failures = sum(line.failures for line in rows)
    return PlannedShare(sets=sets, failures=failures, room=int(limits.failure_share * sets // 100))
