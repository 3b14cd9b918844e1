"""The limits of a coach or a client as a page shows them: what holds, where it comes from, who changed it and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from clients.models import Client, Coach
from programs.limits_of import limits_from
from programs.models import PolicyValue
from programs.policies import BY_KEY
from programs.policy.limits import LIMITS, Limit, Limits
from programs.policy.words import number_words

RULES = {
    "F1": "Form", "F2": "80/20", "F3": "72 hours", "F5": "Phase", "F6": "Dose", "F7": "Readiness", "F8": "Scale back",
}  # fmt: skip
HISTORY = 100


@dataclass(frozen=True, kw_only=True)
class LimitRow:
    key: str
    says: str
    unit: str
    default: str
    above: str  # what holds without a value of one's own: for a client the coach's
    bounds: str
    source: str
    own: str  # as it stands in the field, or as it was typed and refused
    has_own: bool
    low: str
    high: str
    step: str
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class RuleRows:
    code: str
    title: str
    rows: tuple[LimitRow, ...]


@dataclass(frozen=True, kw_only=True)
class ChangeShown:
    when: str
    who: str
    what: str


@dataclass(frozen=True, kw_only=True)
class PolicyPage:
    rules: tuple[RuleRows, ...]
    changes: tuple[ChangeShown, ...]


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What was sent and not taken, and why."""

    key: str
    text: str
    problem: str


def policy_page(
    coach: Coach, client: Client | None, *, at: datetime, viewer: Coach, typed: Typed | None = None
) -> PolicyPage:
    """One query: the values are few, and all of them are the history."""
    kept = PolicyValue.objects.filter(at__lte=at).order_by("at", "pk").select_related("by__user")
    defaults = list(kept.filter(coach=coach, client=None))
    mine = list(kept.filter(client=client)) if client else defaults
    values = {row.key: row.value for row in mine}
    above = Limits() if client is None else limits_from(_plain(defaults))
    rows = [_row(limit, above, values.get(limit.key), typed) for limit in LIMITS]
    return PolicyPage(
        rules=tuple(
            RuleRows(
                code=code,
                title=title,
                rows=tuple(row for limit, row in zip(LIMITS, rows, strict=True) if limit.rule == code),
            )
            for code, title in RULES.items()
        ),
        changes=tuple(_changes(mine, viewer, viewer.zone)),
    )


def _row(limit: Limit, above: Limits, own: float | None, typed: Typed | None) -> LimitRow:
    refused = typed if typed and typed.key == limit.key else None
    return LimitRow(
        key=limit.key,
        says=limit.says,
        unit=limit.unit,
        default=number_words(limit.default),
        above=number_words(getattr(above, limit.key)),
        bounds=f"{number_words(limit.low)}–{number_words(limit.high)}",
        source=limit.source,
        own=refused.text if refused else "" if own is None else number_words(own),
        has_own=own is not None,
        low=number_words(limit.low),
        high=number_words(limit.high),
        step=number_words(limit.step),
        problem=refused.problem if refused else "",
    )


def _changes(rows: Sequence[PolicyValue], viewer: Coach, zone: ZoneInfo) -> list[ChangeShown]:
    """Newest first, each with the value before it."""
    before: dict[str, float | None] = {}
    shown = []
    for row in rows:
        if row.key in BY_KEY:
            limit = BY_KEY[row.key]
            what = f"{limit.says}: {_said(before.get(row.key))} → {_said(row.value)} {limit.unit}"
            at = row.at.astimezone(zone)
            who = "you" if row.by_id == viewer.pk else row.by.user.name or "a colleague"
            shown.append(ChangeShown(when=f"{at.day} {at:%b %Y, %H:%M}", who=who, what=what))
        before[row.key] = row.value
    return shown[::-1][:HISTORY]


def _said(value: float | None) -> str:
    return "default" if value is None else number_words(value)


def _plain(rows: Sequence[PolicyValue]) -> list[Mapping[str, object]]:
    return [{"key": row.key, "value": row.value, "client_id": row.client_id} for row in rows]
