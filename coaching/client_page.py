"""One client, the answer first: where they stand, the open signs with their proof, sixteen weeks, what was done."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse

from clients import consent
from clients.answers import CLOSING, VERDICTS, Kind
from clients.days import local_day
from clients.models import Action, Client, Coach, Flag, Message
from clients.signs.kinds import Level, Sign
from coaching.evidence import Evidence, evidence_of
from coaching.example import REF
from coaching.rows import ANSWERED, SNOOZE_DAYS
from coaching.standing_page import DECISIONS, StandingShown, standing_shown
from coaching.timelines import DAYS, EARLIEST, Shown, read_timeline
from coaching.wording import SHAPES, day_said, sign_word, since
from coaching.would import would_at_least
from programs.facts import read_facts
from programs.models import Month
from programs.month_words import month_line
from programs.standing import Standing, standing_of

Status = Message.Status
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
    would: str
    open: bool
    past: str = ""
    unjudged: bool = False  # it has closed, and nobody has said whether it was right
    refused: Mapping[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class ActionShown:
    said: str
    day: str
    by: str
    text: str
    outcome: tuple[str, ...]
    waits: str  # when its outcome will be known
    mail: str  # of a message: what became of it
    undone: bool
    undo: str
    sign: str
    judges: bool  # says whether the flag was right


@dataclass(frozen=True, kw_only=True)
class ClientPage:
    client: Client
    archived: bool
    example: bool
    invites_import: bool  # nothing has ever been logged
    phase: str
    month: str
    decision: str
    stand: StandingShown
    scale_back: str
    consent: bool
    flags: tuple[FlagShown, ...]
    past: tuple[FlagShown, ...]
    unknown: tuple[tuple[str, str], ...]
    doubts: tuple[str, ...]
    actions: tuple[ActionShown, ...]
    timeline: Shown
    earlier: str
    later: str
    tomorrow: str
    snooze_to: str
    days: str
    would: str
    write: str
    note_on: str
    note: Mapping[str, str]  # the form as it was sent, with its problem
    away: str


def client_page(
    coach: Coach, client: Client, *, now: datetime, until: date | None, refused: Mapping[str, str] | None = None,
    refused_flag: int | None = None, agreed: bool | None = None,
    refused_word: Mapping[str, str] | None = None, months: Sequence[Month] | None = None,
) -> ClientPage:  # fmt: skip
    """At most fifteen queries with the sign-in, the same after one year and after three."""
    today = local_day(now, client.zone)
    until = max(min(until or today, today), EARLIEST)
    flags = list(Flag.objects.filter(client=client).order_by("-opened_on", "pk"))
    actions = list(
        Action.objects.filter(client=client)
        .select_related("by__user", "flag", "message")
        .order_by("-at", "-pk")
    )
    agreed = consent.in_force(client) is not None if agreed is None else agreed
    facts = read_facts(client, at=now, dated=True)
    stands = standing_of(facts.recent)
    said = _actions(actions, coach, today)
    shown = [
        _flag(flag, said[flag.pk], today, refused if flag.pk == refused_flag else None) for flag in flags
    ]
    timeline = read_timeline(
        client, until=until, flags=flags, actions=actions, spans=facts.plan.spans, consent=agreed
    )
    return ClientPage(
        client=client,
        archived=client.archived_at is not None,
        example=client.ref == REF,
        invites_import=client.history_version == 0 and not timeline.rows,
        phase=_phase(stands),
        month=_month(client, months, now, today),
        decision=DECISIONS[stands.decision],
        stand=standing_shown(client, stands, coach, today=today, refused=refused_word),
        scale_back=f"Scaled back until {day_said(stands.scale_back_until, today)}: no failure sets."
        if stands.scale_back_until
        else "",
        consent=agreed,
        flags=tuple(flag for flag in sorted(shown, key=lambda f: f.level != Level.ACT) if flag.open),
        past=tuple(flag for flag in shown if not flag.open),
        unknown=tuple((sign_word(sign), says) for sign, says in client.unknown.items() if sign in set(Sign)),
        doubts=tuple(client.doubts),
        actions=tuple(one for key in said for one in said[key]),
        timeline=timeline,
        earlier=f"?until={until - timedelta(days=DAYS // 2)}",
        later=f"?until={min(until + timedelta(days=DAYS // 2), today)}" if until < today else "",
        tomorrow=today.isoformat(),
        snooze_to=(today + timedelta(days=SNOOZE_DAYS)).isoformat(),
        days=f"{stands.limits.scale_back_days:g}",
        would=would_at_least(today, int(stands.limits.scale_back_days)),
        write=reverse("client-message", args=[client.pk]),
        note_on=reverse("client-notes", args=[client.pk]),
        note=refused if refused is not None and refused_flag is None else {},
        away=f"Away until {day_said(client.away_until, today)}: not counted as quiet."
        if client.away_until and client.away_until >= today
        else "",
    )


def _month(client: Client, months: Sequence[Month] | None, now: datetime, today: date) -> str:
    found = Month.objects.begun_anywhere(now).filter(client=client)[:1] if months is None else months
    return next((month_line(month.starts_on, month.last_day, today) for month in found), "")


def _phase(stands: Standing) -> str:
    phase = stands.phase
    return f"{phase.name or phase.kind}, week {phase.week}" if phase.week else "no phase planned"


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
        would=reverse("flag-would", args=[flag.pk]),
        open=flag.closed_on is None,
        past=past,
        unjudged=bool(past) and not any(answer.judges for answer in answers),
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
        mail=_mail(action, today) if kind == Kind.MESSAGE else "",
        undone=action.undone_at is not None,
        undo=""
        if over or (closed and kind not in (Kind.NOTE, Kind.MESSAGE, Kind.RIGHT_CALL))
        else reverse("action-undo", args=[action.pk]),
        sign=sign_word(action.flag.sign) if action.flag else "",
        judges=kind in VERDICTS and action.undone_at is None,
    )


MAIL = {
    Status.WAITING: "The e-mail is about to leave.",
    Status.SENDING: "The e-mail is being sent.",
    Status.SENT: "Sent by e-mail.",
    Status.UNCERTAIN: "The e-mail may have arrived: the mail server’s answer was lost.",
    Status.WITHDRAWN: "",
    Status.NO_MAIL: "On their page alone: there is no e-mail address.",
}


def _mail(action: Action, today: date) -> str:
    message: Message | None = getattr(action, "message", None)
    if message is None:
        return ""
    sent = MAIL.get(Status(message.status), f"The e-mail did not arrive. {message.problem}")
    if message.read_at:
        sent = f"{sent} Read in the app on {day_said(message.read_at.astimezone(action.client.zone).date(), today)}."
    return sent.strip()
