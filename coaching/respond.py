"""What a coach's answer sets in motion: the record, the plan where it says so, and the day its outcome is measured."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from clients import answers, messages
from clients.answers import Kind, Said, is_settled
from clients.days import local_day
from clients.models import Action, Client, Coach, Flag
from clients.problems import Refused
from programs.limits_of import limits_of
from programs.models import Phase, Session
from programs.plans import insert_deload, remove_deload
from programs.policy.kinds import PhaseKind

DELOAD_DAYS = 7
OUTCOME_AFTER = 28  # days after the action …
OUTCOME_AFTER_END = 14  # … or after the last day of its span, if that is later
MEASURED = frozenset({Kind.SCALE_BACK, Kind.DELOAD})
# What is said of a client's other open flags when one answer is meant for the whole person.
ALSO = {
    Kind.ACKNOWLEDGE: Kind.ACKNOWLEDGE,
    Kind.SNOOZE: Kind.SNOOZE,
    Kind.SCALE_BACK: Kind.ACKNOWLEDGE,
    Kind.DELOAD: Kind.ACKNOWLEDGE,
}


def last_day(*, days: int, first: date) -> date:
    """The last day of a span that counts its first: 14 days from a Monday end on the Sunday after next."""
    return first + timedelta(days=days - 1)


def deload_starts(flag: Flag, at: datetime) -> date:
    """Today; tomorrow where today has been trained already, so that a hard day is not called light."""
    today = local_day(at, flag.client.zone)
    trained = Session.objects.live().filter(client=flag.client_id, local_day=today).exists()
    return today + timedelta(days=1) if trained else today


@transaction.atomic
def respond(
    *, flag: Flag, kind: str, by: Coach, at: datetime,
    until: date | None = None, days: int | None = None, text: str = "", whole: bool = False,
) -> Action:  # fmt: skip
    """Answer a flag, all of it or nothing. `whole`: the client's other unanswered flags are answered with it.

    A span is given by its last day or by its days; unless said otherwise a scale back takes the days that the
    client's policy says, a deload 7. A message may be about a flag that has closed meanwhile.
    """
    if kind == Kind.MESSAGE:
        return messages.send(client=flag.client, flag=flag, text=text, by=by, at=at)
    until = end_of(flag, kind, at, until, days)
    _replace_other_deload(flag, kind, until, by, at)
    action = answers.answer(flag=flag, kind=kind, by=by, at=at, until=until, text=text)
    if action.kind in MEASURED and action.until and action.outcome_due_on is None:
        _measure_later(action)
        if action.kind == Kind.DELOAD:
            _insert(action, by, at)
    if whole and action.kind in ALSO:
        _answer_the_others(action, by, at)
    return action


@transaction.atomic
def acknowledge_all(*, clients: Sequence[Client], by: Coach, at: datetime) -> list[Action]:
    """Every unanswered flag of these clients, all or none; answered ones stay as they are."""
    given = []
    for flag, said in _open_with_answers(client.pk for client in clients):
        today = local_day(at, flag.client.zone)
        if not is_settled(level_on=flag.level_on, said=said, today=today):
            given.append(answers.answer(flag=flag, kind=Kind.ACKNOWLEDGE, by=by, at=at))
    return given


@transaction.atomic
def undo(*, action: Action, by: Coach, at: datetime) -> Action:
    """Take an answer back, with what was said of the client's other flags in the same moment."""
    together = Action.objects.standing().filter(client=action.client_id, by=action.by_id, at=action.at)
    if action.kind == Kind.DELOAD and action.undone_at is None:
        _remove(action, by, at)
    for other in together.exclude(pk=action.pk).exclude(kind=Kind.MESSAGE):
        answers.undo(action=other, by=by, at=at)
    if action.kind == Kind.MESSAGE and action.undone_at is None:
        messages.take_back(action)
    return answers.undo(action=action, by=by, at=at)


def end_of(flag: Flag, kind: str, at: datetime, until: date | None, days: int | None) -> date | None:
    """The last day of the answer's span: as given, or by its days, or by the usual ones."""
    if until is not None or kind not in MEASURED:
        return until
    days = _usual_days(flag, kind, at) if days is None else days
    longest = answers.SPAN_DAYS[Kind(kind)]
    if not 1 <= days <= longest:
        raise Refused("days", f"Choose between 1 and {longest} days.")
    first = deload_starts(flag, at) if kind == Kind.DELOAD else local_day(at, flag.client.zone)
    return last_day(days=days, first=first)


def _usual_days(flag: Flag, kind: str, at: datetime) -> int:
    if kind == Kind.SCALE_BACK:
        return int(limits_of(flag.client, at=at).scale_back_days)
    return DELOAD_DAYS


def _measure_later(action: Action) -> None:
    assert action.until is not None
    due = max(action.on + timedelta(days=OUTCOME_AFTER), action.until + timedelta(days=OUTCOME_AFTER_END))
    Action.objects.filter(pk=action.pk).update(outcome_due_on=due)
    action.outcome_due_on = due


def _insert(action: Action, by: Coach, at: datetime) -> None:
    assert action.flag is not None
    assert action.until is not None
    first = deload_starts(action.flag, at)
    days = (action.until - first).days + 1
    insert_deload(client=action.client, starts_on=first, days=days, by=by, at=at)


def _remove(action: Action, by: Coach, at: datetime) -> None:
    inserted = Phase.objects.filter(
        client=action.client_id, kind=PhaseKind.DELOAD, ends_on=action.until, starts_on__gte=action.on
    )
    if phase := inserted.first():
        remove_deload(phase=phase, by=by, at=at)


def _replace_other_deload(flag: Flag, kind: str, until: date | None, by: Coach, at: datetime) -> None:
    """A second deload on the same day, of another length, takes the place of the first."""
    if kind != Kind.DELOAD:
        return
    today = local_day(at, flag.client.zone)
    for earlier in flag.actions.standing().filter(kind=kind, on=today).exclude(until=until):
        undo(action=earlier, by=by, at=at)


def _answer_the_others(action: Action, by: Coach, at: datetime) -> None:
    for other, said in _open_with_answers([action.client_id]):
        if other.pk != action.flag_id and not is_settled(level_on=other.level_on, said=said, today=action.on):
            until = action.until if action.kind == Kind.SNOOZE else None
            answers.answer(flag=other, kind=ALSO[Kind(action.kind)], by=by, at=action.at, until=until)


def _open_with_answers(client_ids: Iterable[int]) -> Iterator[tuple[Flag, list[Said]]]:
    open_flags = Flag.objects.open().filter(client__in=list(client_ids)).select_related("client")
    for flag in open_flags.order_by("pk").prefetch_related("actions"):
        yield (
            flag,
            [Said(kind=a.kind, on=a.on, until=a.until) for a in flag.actions.all() if a.undone_at is None],
        )
