"""A client's line on the board, every word of it ready: templates are what a page costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.urls import reverse

from clients import messages
from clients.answers import Kind
from clients.days import local_day
from clients.models import Action, Client
from clients.signs.kinds import Level
from coaching.cases import Answer, Case, OpenFlag
from coaching.filters import Group
from coaching.sparks import Sparks, sparks_for
from coaching.wording import PHASE_SHORT, SHAPES, ago, day_said, percent, sign_word, since
from coaching.would import would_at_least
from programs.phases import PhaseOn, phases_on
from programs.policy.limits import Limits
from programs.policy.share import Share
from programs.standing import shares_and_limits

SNOOZE_DAYS = 7
LATELY_DAYS = 14


@dataclass(frozen=True, kw_only=True)
class SignLine:
    """One open sign of the row: what it says, and what has been said about it."""

    pk: int
    level: str
    shape: str
    word: str
    since: str
    says: str
    answer: str
    undo: str  # address that takes the answer back; empty: it cannot be


@dataclass(frozen=True, kw_only=True)
class Row:
    pk: int
    name: str
    href: str
    group: str
    level: str
    shape: str
    signs: str
    since: str
    lines: tuple[SignLine, ...]
    says: str  # the worst sign's sentence
    answer: str
    undo: str
    strength: str
    checkins: str
    share: str
    over: bool
    phase: str
    phase_full: str
    logged: str
    act_on: str  # where the row's form is sent; empty: nothing to answer
    ask_would: str  # where more is told of what a scale back would change
    waits: bool  # an unanswered sign: the buttons stand open
    snooze_from: str
    write: str  # where a message to them is written
    messaged: str  # when the last one was sent, where that is lately
    # The row's forms as they stand, or as they were sent and refused.
    days: str
    until: str
    would: str  # what a scale back does, until more is asked for
    text: str = ""
    problem: str = ""
    problem_at: str = ""  # the answer that was refused
    fresh: bool = False  # has just changed: marked softly for two seconds

    @property
    def more_lines(self) -> tuple[SignLine, ...]:
        """What the row itself has not said yet: its own sentence counts as said where nothing was answered."""
        return tuple(line for line in self.lines if line.answer or line.says != self.says)


def rows_for(
    cases: Sequence[Case], *, on: date, at: datetime, phases: dict[int, PhaseOn] | None = None
) -> list[Row]:
    keys = [case.pk for case in cases]
    sparks = sparks_for(cases)
    counted = shares_and_limits(keys, on=on, at=at)
    phases = phases_on({case.pk: case.today for case in cases}) if phases is None else phases
    return [_row(case, sparks[case.pk], *counted[case.pk], phases[case.pk]) for case in cases]


def _row(case: Case, sparks: Sparks, share: Share, limits: Limits, phase: PhaseOn) -> Row:
    lines = tuple(_line(flag, case.today) for flag in [*case.flags, *case.closing])
    waiting = next((flag for flag in case.flags if not flag.settled), None)
    main = waiting or next(iter(case.flags), None)
    week = f" w{phase.week}" if phase.week else ""
    return Row(
        pk=case.pk,
        name=case.name,
        href=_address("client", case.pk),
        group=case.group,
        level=case.level.value,
        shape=SHAPES[case.level],
        signs=" · ".join(sign_word(flag.sign) for flag in case.flags) or _calm(case),
        since=since(min(flag.since_on for flag in case.flags), case.today) if case.flags else "",
        lines=lines,
        says=main.says if main else "",
        answer=lines[0].answer if lines and not waiting else "",
        undo=lines[0].undo if lines and not waiting else "",
        strength=sparks.strength,
        checkins=sparks.checkins,
        share=share_said(share, limits.failure_share),
        over=share.enough and share.over(limits.failure_share),
        phase=f"{PHASE_SHORT[phase.kind]}{week}",
        phase_full=f"{phase.kind}, week {phase.week}" if phase.week else "no phase planned",
        logged=f"logged {ago(case.last_logged, case.today)}" if case.last_logged else "never logged",
        act_on=_address("flag-actions", main.pk) if main else "",
        ask_would=_address("flag-would", main.pk) if main else "",
        waits=waiting is not None,
        snooze_from=case.today.isoformat(),
        until=(case.today + timedelta(days=SNOOZE_DAYS)).isoformat(),
        days=f"{limits.scale_back_days:g}",
        would=would_at_least(case.today, int(limits.scale_back_days)),
        write=_address("client-message", case.pk),
        messaged=_messaged(case),
    )


@lru_cache(20_000)
def _address(page: str, pk: int) -> str:
    """A board asks for 250 of them, and for the same at the next visit."""
    return reverse(page, args=[pk])


def _messaged(case: Case) -> str:
    if case.messaged_on is None or (case.today - case.messaged_on).days > LATELY_DAYS:
        return ""
    if case.message_failed:
        return "message did not arrive"
    return f"messaged {ago(case.messaged_on, case.today)}"


def _calm(case: Case) -> str:
    if case.away:
        return "away"
    return "quiet" if case.group == Group.QUIET else "no signs"


def _line(flag: OpenFlag, today: date) -> SignLine:
    answer = _newest(flag)
    return SignLine(
        pk=flag.pk,
        level=flag.level,
        shape=SHAPES[Level(flag.level)],
        word=sign_word(flag.sign),
        since=since(flag.since_on, today),
        says=flag.says,
        answer=answer_said(answer, today) if answer else "",
        undo=_undo(answer, today),
    )


def _newest(flag: OpenFlag) -> Answer | None:
    return max(flag.answers, key=lambda answer: (answer.at, answer.pk), default=None)


def _undo(answer: Answer | None, today: date) -> str:
    if answer is None or (answer.until is not None and answer.until < today):
        return ""
    return _address("action-undo", answer.pk)


ANSWERED = {
    Kind.ACKNOWLEDGE: "Acknowledged",
    Kind.SNOOZE: "Snoozed",
    Kind.SCALE_BACK: "Scaled back",
    Kind.DELOAD: "Deload",
    Kind.WRONG_CALL: "Called wrong; the next scan closes it",
    Kind.RIGHT_CALL: "Called right",
    Kind.RESOLVE: "Resolved; the next scan closes it",
    Kind.NOTE: "Note written",
    Kind.MESSAGE: "Message sent",
}


def answer_said(answer: Answer, today: date) -> str:
    """`Scaled back until 28 June, by Eli, yesterday`."""
    until = f" until {day_said(answer.until, today)}" if answer.until else ""
    by = f", by {answer.by}" if answer.by else ""
    return f"{ANSWERED[Kind(answer.kind)]}{until}{by}, {ago(answer.on, today)}"


def done_said(action: Action, client: Client, now: datetime) -> str:
    """What the status line says of an answer just given."""
    until = f" until {day_said(action.until, local_day(now, client.zone))}" if action.until else ""
    return f"{client.first_name}: {ANSWERED[Kind(action.kind)].lower()}{until}."


def undone_said(action: Action) -> str:
    name = action.client.first_name
    if action.kind == Kind.MESSAGE and messages.has_left(action):
        return f"{name} no longer sees it in the app. The e-mail had left already."
    return f"Undone. {name} is as before."


def share_said(share: Share, limit: float) -> str:
    if share.share is None:
        return "no rated sets"
    if not share.enough:
        return f"{percent(share.share)}, few rated"
    return f"{percent(share.share)} of {limit:g} %"
