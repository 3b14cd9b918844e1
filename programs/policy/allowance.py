"""F2's budget: how many failure sets a calendar week holds, and how many are left."""

from dataclasses import dataclass

from programs.policy.kinds import PhaseKind
from programs.policy.recent import Recent


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """None is unknown: neither a programme nor a usual week says how many sets a week has."""

    planned: int | None
    allowed: int | None
    used: int
    left: int | None


def allowance(recent: Recent) -> Allowance:
    """The whole budget of the week. A deload and a scale back leave nothing of it."""
    budget = week_budget(recent)
    if recent.phase.kind == PhaseKind.DELOAD or recent.scale_back_until is not None:
        return Allowance(planned=budget.planned, allowed=0, used=budget.used, left=0)
    return budget


def week_budget(recent: Recent) -> Allowance:
    """⌊20 % × planned working sets⌋, before any rule but F2 has spoken."""
    planned = recent.planned if recent.planned is not None else recent.usual_week
    used = recent.week_share.failure
    if planned is None:
        return Allowance(planned=None, allowed=None, used=used, left=None)
    allowed = int(recent.limits.failure_share * planned // 100)
    return Allowance(planned=planned, allowed=allowed, used=used, left=max(0, allowed - used))
