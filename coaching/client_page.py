"""One client, the answer first: where they stand, the open signs with their proof, sixteen weeks, what was done."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse

from clients import consent
from clients.answers import CLOSING, Kind
from clients.days import local_day
from clients.models import Action, Client, Coach, Flag
from clients.signs.kinds import Level, Sign
from coaching.evidence import Evidence, evidence_of
from coaching.rows import ANSWERED, SNOOZE_DAYS, share_said
from coaching.timelines import DAYS, EARLIEST, Shown, read_timeline
from coaching.wording import SHAPES, day_said, sign_word, since
from programs.planned import plan_of
from programs.standing import Standing, standing

READINESS = {
    "experience": "Experience", "form": "Form", "recovery": "Recovery", "injury": "No injury", "plateau": "Plateau",
}  # fmt: skip
STATES = {"met": "met", "not_met": "not met", "unknown": "unknown"}
DECISIONS = {
    "open": "Failure sets are open, within the rules.",
    "selective": "Failure sets are selective: only good isolation or machine exercises, last sets, one a session.",
    "closed": "Failure sets are closed.",
}
RESOLUTIONS = {
    "recovered": "recovered",
    "new_baseline": "became the new usual",
    "withdrawn": "withdrawn, later entries explain it",
    "by_coach": "resolved by a coach",
    "wrong_call": "a wrong call",
    "no_consent": "closed, no consent",
}


@dataclass(frozen=True, kw_only=True)
class FlagShown:
    pk: int
    level: str
    shape: str
    word: str
    since: str
    says: str
    evidence: Evidence
    answers: tuple["ActionShown", ...]
    act_on: str
    open: bool
    past: str = ""
    refused: Mapping[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class ActionShown:
    said: str
    day: str
    by: str
    text: str
    outcome: tuple[str, ...]
    waits: str  # when its outcome will be known
    undone: bool
    undo: str
    sign: str


@dataclass(frozen=True, kw_only=True)
class ClientPage:
    client: Client
    archived: bool
    phase: str
    readiness: tuple[tuple[str, str, str, str], ...]  # name, state, word, sentence
    decision: str
    share_28: str
    share_week: str
    share_value: str  # 0–100, for the bar
    limit: str
    over: bool
    budget: str
    scale_back: str
    consent: bool
    flags: tuple[FlagShown, ...]
    past: tuple[FlagShown, ...]
    unknown: tuple[tuple[str, str], ...]
    actions: tuple[ActionShown, ...]
    timeline: Shown
    earlier: str
    later: str
    tomorrow: str
    snooze_to: str
    days: str


def client_page(
    coach: Coach, client: Client, *, now: datetime, until: date | None, refused: Mapping[str, str] | None = None,
    refused_flag: int | None = None, agreed: bool | None = None,
) -> ClientPage:  # fmt: skip
    """At most fifteen queries with the sign-in, the same after one year and after three."""
    today = local_day(now, client.zone)
    until = max(min(until or today, today), EARLIEST)
    flags = list(Flag.objects.filter(client=client).order_by("-opened_on", "pk"))
    actions = list(
        Action.objects.filter(client=client).select_related("by__user", "flag").order_by("-at", "-pk")
    )
    agreed = consent.in_force(client) is not None if agreed is None else agreed
    plan = plan_of(client)
    stands = standing(client, at=now, plan=plan)
    said = _actions(actions, coach, today)
    shown = [
        _flag(flag, said[flag.pk], today, refused if flag.pk == refused_flag else None) for flag in flags
    ]
    timeline = read_timeline(
        client, until=until, flags=flags, actions=actions, spans=plan.spans, consent=agreed
    )
    return ClientPage(
        client=client,
        archived=client.archived_at is not None,
        **_header(stands),
        scale_back=f"Scaled back until {day_said(stands.scale_back_until, today)}: no failure sets."
        if stands.scale_back_until
        else "",
        consent=agreed,
        flags=tuple(flag for flag in sorted(shown, key=lambda f: f.level != Level.ACT) if flag.open),
        past=tuple(flag for flag in shown if not flag.open),
        unknown=tuple((sign_word(sign), says) for sign, says in client.unknown.items() if sign in set(Sign)),
        actions=tuple(one for key in said for one in said[key]),
        timeline=timeline,
        earlier=f"?until={until - timedelta(days=DAYS // 2)}",
        later=f"?until={min(until + timedelta(days=DAYS // 2), today)}" if until < today else "",
        tomorrow=today.isoformat(),
        snooze_to=(today + timedelta(days=SNOOZE_DAYS)).isoformat(),
        days=f"{stands.limits.scale_back_days:g}",
    )


def _header(stands: Standing) -> dict[str, Any]:
    month, week, limit = stands.days_28, stands.week, stands.limits.failure_share
    phase = stands.phase
    return {
        "phase": f"{phase.name or phase.kind}, week {phase.week}" if phase.week else "no phase planned",
        "readiness": tuple(
            (READINESS[name], found.state.value, STATES[found.state], found.says)
            for name, found in stands.readiness.items()
        ),
        "decision": DECISIONS[stands.decision],
        "share_28": share_said(month, limit),
        "share_week": f"{week.failure} of {week.rated} rated sets this week",
        "share_value": f"{100 * (month.share or 0):.0f}",
        "limit": f"{limit:g}",
        "over": month.enough and month.over(limit),
        "budget": _budget(stands),
    }


def _budget(stands: Standing) -> str:
    budget = stands.budget
    if budget.allowed is None or budget.left is None:
        return f"{budget.used} failure sets this week; the usual week is not known yet, so nor is the budget."
    planned = f" of {budget.planned} planned" if budget.planned is not None else ""
    return f"{budget.used} of {budget.allowed} failure sets used this week{planned}, {budget.left} left."


def _flag(
    flag: Flag, answers: Sequence[ActionShown], today: date, refused: Mapping[str, str] | None
) -> FlagShown:
    past = ""
    if flag.closed_on:
        past = f"{day_said(flag.opened_on, today)} to {day_said(flag.closed_on, today)}, {RESOLUTIONS[flag.resolution]}"
    return FlagShown(
        pk=flag.pk,
        level=flag.level,
        shape=SHAPES[Level(flag.level)],
        word=sign_word(flag.sign),
        since=since(flag.since_on, today),
        says=flag.says,
        evidence=evidence_of(flag.evidence, word=sign_word(flag.sign), since=flag.since_on, today=today),
        answers=tuple(answers),
        act_on=reverse("flag-actions", args=[flag.pk]),
        open=flag.closed_on is None,
        past=past,
        refused=refused,
    )


def _actions(actions: Sequence[Action], coach: Coach, today: date) -> dict[int | None, list[ActionShown]]:
    said: defaultdict[int | None, list[ActionShown]] = defaultdict(list)
    for action in actions:
        said[action.flag_id].append(_action(action, coach, today))
    return said


def _action(action: Action, coach: Coach, today: date) -> ActionShown:
    kind = Kind(action.kind)
    until = f" until {day_said(action.until, today)}" if action.until else ""
    closed = bool(action.flag and action.flag.closed_on) and kind not in CLOSING
    over = action.undone_at is not None or (action.until is not None and action.until < today)
    due = action.outcome_due_on
    return ActionShown(
        said=f"{ANSWERED[kind].split(';')[0]}{until}",
        day=day_said(action.on, today),
        by="you" if action.by_id == coach.pk else action.by.user.name or "a colleague",
        text=action.text,
        outcome=tuple((action.outcome or {}).get("says", [])),
        waits=f"Its outcome will be known after {day_said(due, today)}."
        if due and not action.outcome and action.undone_at is None
        else "",
        undone=action.undone_at is not None,
        undo="" if over or (closed and kind != Kind.NOTE) else reverse("action-undo", args=[action.pk]),
        sign=sign_word(action.flag.sign) if action.flag else "",
    )
