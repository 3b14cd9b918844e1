"""A coach's answers to a flag: said once, dated, undone by one click, never erased."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from clients import history
from clients.days import local_day
from clients.models import Action, Client, Coach, Flag
from clients.problems import Refused

Kind = Action.Kind

# What settles a flag until something new happens. A note or a message does not.
SETTLING = frozenset({Kind.ACKNOWLEDGE, Kind.SNOOZE, Kind.SCALE_BACK, Kind.DELOAD, Kind.WRONG_CALL})
# What ends an episode: the next scan closes the row; until then nobody needs to see it.
CLOSING = frozenset({Kind.WRONG_CALL, Kind.RESOLVE})
# What a coach thinks of the flag itself. A right call is a verdict alone: it neither settles nor ends anything.
VERDICTS = frozenset({Kind.RIGHT_CALL, Kind.WRONG_CALL})
SPAN_DAYS = {Kind.SNOOZE: 90, Kind.SCALE_BACK: 90, Kind.DELOAD: 28}  # how far ahead each may end
NEEDS_TEXT = frozenset({Kind.NOTE, Kind.MESSAGE, Kind.RESOLVE})
LONGEST_TEXT = 2000
SAME = timedelta(minutes=10)  # the same words again within this are the same note


@dataclass(frozen=True, kw_only=True)
class Said:
    """The part of an action that decides whether its flag still waits for an answer."""

    kind: str
    on: date
    until: date | None


def is_settled(*, level_on: date, said: Iterable[Said], today: date) -> bool:
    """Whether somebody has answered what the flag says today.

    An answer speaks of the level it was given to: when the level changes later, it is asked for anew. A snooze
    holds to its last day at most; a scale back and a deload week hold while they run, whatever the level.
    """
    return any(_holds(answer, level_on, today) for answer in said)


def _holds(answer: Said, level_on: date, today: date) -> bool:
    if answer.kind not in SETTLING:
        return False
    running = answer.until is not None and answer.until >= today
    same_level = level_on <= answer.on
    if answer.kind == Kind.SNOOZE:
        return running and same_level
    return same_level or running or answer.kind in CLOSING


@transaction.atomic
def answer(
    *, flag: Flag, kind: str, by: Coach, at: datetime, until: date | None = None, text: str = ""
) -> Action:
    """Record what the coach did about a flag. The same answer again is the same row; another end replaces it."""
    flag = Flag.objects.select_for_update(of=("self",)).select_related("client").get(pk=flag.pk)
    today = local_day(at, flag.client.zone)
    text = _checked(flag, kind, today, until, text)
    twin = flag.actions.standing().filter(kind=kind, on=today).first()
    if twin and kind in NEEDS_TEXT:
        return _longer(twin, text, by, at)
    if twin and (twin.until == until and twin.text == text):
        return twin
    if twin:
        undo(action=twin, by=by, at=at)
    if kind in VERDICTS:
        for other in flag.actions.standing().filter(kind__in=VERDICTS).exclude(kind=kind):
            undo(action=other, by=by, at=at)
    given = Action.objects.create(
        client=flag.client, flag=flag, kind=kind, by=by, at=at, on=today, until=until, text=text
    )
    _leave_marks(given, f"flag {Kind(kind).label.lower()}", by, at, after=_facts(given))
    return given


@transaction.atomic
def note(*, client: Client, text: str, by: Coach, at: datetime) -> Action:
    """Words about a client for coaches alone, tied to no flag."""
    text = _words(Kind.NOTE, text)
    twin = client.actions.standing().filter(flag=None, kind=Kind.NOTE, by=by, text=text, at__gt=at - SAME)
    if said := twin.first():
        return said
    given = Action.objects.create(
        client=client, kind=Kind.NOTE, by=by, at=at, on=local_day(at, client.zone), text=text
    )
    history.record("note written", subject=f"action:{given.pk}", client=client, by=by.user, at=at)
    return given


@transaction.atomic
def undo(*, action: Action, by: Coach, at: datetime) -> Action:
    """Take an answer back. Twice is once; what has run its course stays."""
    action = Action.objects.select_for_update(of=("self",)).select_related("client").get(pk=action.pk)
    if action.undone_at is not None:
        return action
    if action.until is not None and action.until < local_day(at, action.client.zone):
        raise Refused("", f"That ended on {action.until:%-d %B}; what has happened is kept.")
    action.undone_at, action.undone_by = at, by
    action.save(update_fields=["undone_at", "undone_by"])
    _leave_marks(action, f"flag {Kind(action.kind).label.lower()} undone", by, at, before=_facts(action))
    return action


def scaled_back_until(client: Client, at: datetime) -> date | None:
    """The last day of the scale back that runs at `at`; None while none does."""
    running = scale_backs(at).filter(client=client, until__gte=local_day(at, client.zone))
    last: date | None = running.aggregate(last=Max("until"))["last"]
    return last


def scale_backs(at: datetime) -> "QuerySet[Action, Action]":
    """Scale backs that had been decided by `at`, and not taken back by then."""
    still = Q(undone_at=None) | Q(undone_at__gt=at)
    return Action.objects.filter(still, kind=Kind.SCALE_BACK, at__lte=at)


@transaction.atomic
def see(*, client: Client, by: Coach, at: datetime) -> None:
    """The coach has opened the page on which the client's open flags stand."""
    if Flag.objects.open().filter(client=client, seen_at=None).update(seen_at=at):
        history.record("flags seen", subject=f"client:{client.pk}", client=client, by=by.user, at=at)


def _checked(flag: Flag, kind: str, today: date, until: date | None, text: str) -> str:
    if kind not in Kind.values:
        raise Refused("kind", "That is no answer Reserve knows. Choose one of the buttons.")
    if flag.closed_on is not None and kind not in (Kind.NOTE, Kind.RIGHT_CALL):
        raise Refused("", f"This flag closed on {flag.closed_on:%-d %B}: there is nothing left to answer.")
    if kind in SPAN_DAYS:
        _check_end(until, today, SPAN_DAYS[Kind(kind)])
    elif until is not None:
        raise Refused("until", "Only a snooze, a scale back and a deload have a last day.")
    return _words(kind, text)


def _words(kind: str, text: str) -> str:
    text = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if kind in NEEDS_TEXT and not text:
        raise Refused("text", "Write a few words first.")
    if len(text) > LONGEST_TEXT:
        raise Refused("text", f"Keep it to {LONGEST_TEXT:,} characters; this has {len(text):,}.")
    return text


def _check_end(until: date | None, today: date, longest: int) -> None:
    if until is None:
        raise Refused("until", "Choose the last day.")
    if until < today:
        raise Refused("until", f"{until:%-d %B %Y} is over. Choose today or a later day.")
    if until > today + timedelta(days=longest):
        raise Refused("until", f"That is too far ahead: {longest} days is the most.")


def _longer(note: Action, text: str, by: Coach, at: datetime) -> Action:
    """One note a flag and day: a second thought is added below the first."""
    if text in note.text.split("\n\n"):
        return note
    before = {"text": note.text}
    note.text = f"{note.text}\n\n{text}"
    if len(note.text) > 5 * LONGEST_TEXT:
        raise Refused("text", "There is no room left in today's note.")
    note.save(update_fields=["text"])
    _leave_marks(note, "note added to", by, at, before=before, after={"text": note.text})
    return note


def _leave_marks(
    action: Action, kind: str, by: Coach, at: datetime, *,
    before: dict[str, Any] | None = None, after: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    history.record(
        kind, subject=f"flag:{action.flag_id}", client=action.client_id, by=by.user, at=at,
        before=before, after=after,
    )  # fmt: skip
    if action.kind in CLOSING:
        history.touch(action.client_id)


def _facts(action: Action) -> dict[str, Any]:
    return {
        "action": action.pk,
        "kind": action.kind,
        "until": action.until.isoformat() if action.until else None,
    }
