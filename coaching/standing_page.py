"""A client's failure training now, as the page shows it: decision, five indicators, the week, the 28 days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from clients.models import Client, Coach, Overrule
from clients.overruling import WORDS
from clients.readiness import Indicator, State
from coaching.rows import share_said
from coaching.share_words import month_sentences, week_sentences
from coaching.wording import day_said
from programs.standing import Standing

READINESS = {
    "experience": "Experience", "form": "Form", "recovery": "Recovery", "injury": "No injury", "plateau": "Plateau",
}  # fmt: skip
DECISIONS = {
    "open": "Failure sets are open, within the rules.",
    "selective": "Failure sets are selective: only good isolation or machine exercises, last sets, one a session.",
    "closed": "Failure sets are closed.",
}
ALLOWS = {
    "open": "Allowed: the last set of one exercise a session, as far as the week’s budget and the other rules go.",
    "selective": "Allowed: the last set of one good isolation or machine exercise a session. Anything else to failure "
    "is a caution.",
    "closed": "Allowed: every set, 1–3 reps short of failure; none to failure.",
}


@dataclass(frozen=True, kw_only=True)
class IndicatorShown:
    key: str
    name: str
    state: str
    word: str
    says: str
    changes: str
    computed: str  # what the log says where a coach has overruled it
    other: str  # the state that a coach might set instead; empty: none
    other_word: str
    refused: Mapping[str, str]  # the form as it was sent, with its problem


@dataclass(frozen=True, kw_only=True)
class OverruleShown:
    says: str
    reason: str
    state: str
    undo: str  # address that withdraws it; empty: it has ended


@dataclass(frozen=True, kw_only=True)
class StandingShown:
    allows: str
    indicators: tuple[IndicatorShown, ...]
    overrules: tuple[OverruleShown, ...]
    share_28: str
    share_value: str  # 0–100, for the bar
    limit: str
    over: bool
    week: tuple[str, ...]
    month: tuple[str, ...]
    today: str


def standing_shown(
    client: Client, stands: Standing, coach: Coach, *, today: date, refused: Mapping[str, str] | None = None
) -> StandingShown:
    """One query: what coaches have said of the indicators."""
    month, limit = stands.days_28, stands.limits.failure_share
    said = Overrule.objects.filter(client=client).select_related("by__user", "withdrawn_by__user")
    return StandingShown(
        allows=ALLOWS[stands.decision],
        indicators=tuple(_indicator(name, found, refused or {}) for name, found in stands.readiness.items()),
        overrules=tuple(_overrule(one, client, coach, today) for one in said.order_by("-at", "-pk")),
        share_28=share_said(month, limit),
        share_value=f"{100 * (month.share or 0):.0f}",
        limit=f"{limit:g}",
        over=month.enough and month.over(limit),
        week=tuple(week_sentences(stands)),
        month=tuple(month_sentences(stands)),
        today=today.isoformat(),
    )


def _indicator(name: str, found: Indicator, refused: Mapping[str, str]) -> IndicatorShown:
    other = State.NOT_MET if found.state is State.MET else State.MET
    if name == "injury" and other is State.NOT_MET:
        other = State.UNKNOWN  # an injury is recorded with its region, not claimed
    computed = found.computed
    return IndicatorShown(
        key=name,
        name=READINESS[name],
        state=found.state.value,
        word=WORDS[found.state].replace("not known", "unknown"),
        says=found.says,
        changes=found.changes,
        computed=f"The log says {WORDS[computed.state]}: {computed.says}" if computed else "",
        other="" if other is State.UNKNOWN else other.value,
        other_word=WORDS[other],
        refused=refused if refused.get("indicator") == name else {},
    )


def _overrule(one: Overrule, client: Client, coach: Coach, today: date) -> OverruleShown:
    if one.withdrawn_at:
        state = f"withdrawn by {_who(one.withdrawn_by, coach)}"
    else:
        state = "in force" if one.until >= today else "ended"
    on = one.at.astimezone(client.zone).date()
    return OverruleShown(
        says=f"{READINESS[one.indicator]} set to {WORDS[State(one.state)]} until {day_said(one.until, today)}, "
        f"by {_who(one.by, coach)}, {day_said(on, today)}",
        reason=one.reason,
        state=state,
        undo=reverse("overrule-withdrawal", args=[one.pk]) if state == "in force" else "",
    )


def _who(one: Coach | None, coach: Coach) -> str:
    if one is None:
        return "a colleague"
    return "you" if one.pk == coach.pk else one.user.name or "a colleague"
