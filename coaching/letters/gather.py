"""Read what the week brought for one coach: a fixed number of queries, however many clients."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from clients.answers import CLOSING, Said, is_settled
from clients.days import last_whole_day, local_day
from clients.models import Action, Change, Client, Coach, Digest, Flag
from coaching.letters.news import ClosedSign, Deed, News, OpenSign, Person
from coaching.letters.training import effort, last_days, with_pictures
from coaching.letters.trend import trend
from programs.limits_of import limits_of_coach

WEEK = timedelta(days=7)
LONGEST_LOOK_BACK = timedelta(days=14)  # a letter after weeks of silence still speaks of the present
QUIET_DAYS = 7


def gather(coach: Coach, *, now: datetime, last: Digest | None) -> News:
    """What happened since the last letter, and who needs the coach."""
    today, since = local_day(now, coach.zone), _since(last, now)
    clients = list(Client.objects.active().filter(coach=coach).order_by("name", "pk"))
    open_flags, closed_flags = _flags(clients, since)
    actions = _actions(clients, since, today)
    before = _levels_before(open_flags.values(), since)
    newest = last_days(coach)
    people = [
        Person(
            pk=client.pk,
            name=client.name,
            open=_open_signs(client, open_flags[client.pk], actions[client.pk], before, since, now),
            closed=_closed_signs(closed_flags[client.pk], open_flags[client.pk], actions[client.pk]),
            done=_deeds(actions[client.pk], open_flags[client.pk], coach, since, today),
            came=_outcomes(actions[client.pk], since),
            **_quiet(client, newest.get(client.pk), bool(open_flags[client.pk]), now),
        )
        for client in clients
    ]
    this_week, week_before = effort(coach, today)
    return News(
        coach=coach.user.name,
        at=now,
        today=today,
        people=with_pictures(sorted(people, key=_worst_first), today),
        clients=len(clients),
        effort=this_week,
        effort_before=week_before,
        limit=limits_of_coach(coach, at=now).failure_share,
        names=coach.digest_names,
    )


def _since(last: Digest | None, now: datetime) -> datetime:
    return max(last.composed_at, now - LONGEST_LOOK_BACK) if last else now - WEEK


def _flags(clients: Sequence[Client], since: datetime) -> tuple[dict[int, list[Flag]], dict[int, list[Flag]]]:
    mine = Flag.objects.filter(client__in=clients).filter(Q(closed_on=None) | Q(closed_at__gte=since))
    still_open: dict[int, list[Flag]] = defaultdict(list)
    closed: dict[int, list[Flag]] = defaultdict(list)
    for flag in mine.order_by("pk").defer("says"):
        (still_open if flag.closed_on is None else closed)[flag.client_id].append(flag)
    return still_open, closed


def _actions(clients: Sequence[Client], since: datetime, today: date) -> dict[int, list[Action]]:
    """What was done or measured since, whatever runs, and every answer to a flag that is still open."""
    relevant = Q(at__gte=since) | Q(measured_at__gte=since) | Q(until__gte=today) | Q(flag__closed_on=None)
    found = defaultdict(list)
    for action in (
        Action.objects.standing()
        .filter(relevant, client__in=clients)
        .exclude(flag=None, at__lt=since, measured_at=None)
        .select_related("by__user")
        .order_by("at", "pk")
    ):
        found[action.client_id].append(action)
    return found


def _levels_before(flags: Iterable[list[Flag]], since: datetime) -> dict[str, str]:
    """What each flag's level was at the last letter, where it has changed since: the oldest change says it."""
    subjects = [f"flag:{flag.pk}" for group in flags for flag in group]
    before: dict[str, str] = {}
    for change in Change.objects.filter(subject__in=subjects, at__gte=since).order_by("-at", "-pk"):
        if level := (change.before or {}).get("level"):
            before[change.subject] = level
    return before


def _open_signs(
    client: Client,
    flags: Sequence[Flag],
    actions: Sequence[Action],
    before: dict[str, str],
    since: datetime,
    now: datetime,
) -> tuple[OpenSign, ...]:
    today = local_day(now, client.zone)
    signs = []
    for flag in flags:
        answers = [a for a in actions if a.flag_id == flag.pk]
        if any(a.kind in CLOSING for a in answers):
            continue
        said = [Said(kind=a.kind, on=a.on, until=a.until) for a in answers]
        signs.append(
            OpenSign(
                sign=flag.sign,
                level=flag.level,
                trend=_trend(client, flag, before.get(f"flag:{flag.pk}", flag.level), since),
                since=flag.since_on,
                score=flag.score,
                settled=is_settled(level_on=flag.level_on, said=said, today=today),
            )
        )
    return tuple(sorted(signs, key=lambda s: (s.level != "act", -s.score, s.sign)))


def _trend(client: Client, flag: Flag, level_before: str, since: datetime) -> str:
    if flag.recorded_at >= since:
        return "new"
    return trend(
        sign=flag.sign, level=flag.level, level_before=level_before, evidence=flag.evidence,
        since=flag.since_on, told_to=last_whole_day(since, client.zone),
    )  # fmt: skip


def _closed_signs(
    closed: Sequence[Flag], still_open: Sequence[Flag], actions: Sequence[Action]
) -> tuple[ClosedSign, ...]:
    """Episodes that ended, and those that the coach has ended though no scan has been by yet."""
    ended = [(flag, flag.resolution, flag.closed_on) for flag in closed]
    for flag in still_open:
        for action in actions:
            if action.flag_id == flag.pk and action.kind in CLOSING:
                how = "wrong_call" if action.kind == Action.Kind.WRONG_CALL else "by_coach"
                ended.append((flag, how, action.on))
                break
    return tuple(
        ClosedSign(sign=flag.sign, how=how, days=(on - flag.since_on).days + 1)
        for flag, how, on in ended
        if on
    )


def _deeds(
    actions: Sequence[Action], flags: Sequence[Flag], reader: Coach, since: datetime, today: date
) -> tuple[Deed, ...]:
    """What was done since the last letter, and what was done before and still holds."""
    still_open = {flag.pk for flag in flags}
    return tuple(
        Deed(
            kind=action.kind,
            on=action.on,
            until=action.until,
            by="" if action.by_id == reader.pk else action.by.user.name,
        )
        for action in actions
        if action.kind not in CLOSING
        and (
            action.at >= since
            or (action.until is not None and action.until >= today)
            or (action.kind == Action.Kind.ACKNOWLEDGE and action.flag_id in still_open)
        )
    )


def _outcomes(actions: Sequence[Action], since: datetime) -> tuple[str, ...]:
    fresh = [a.outcome for a in actions if a.measured_at and a.measured_at >= since and a.outcome]
    return tuple(str(sentence) for outcome in fresh for sentence in outcome.get("says", ()))


def _quiet(client: Client, last: date | None, flagged: bool, now: datetime) -> dict[str, Any]:
    """Nothing for a week, and no open flag that says more; somebody who is away is not quiet."""
    today = local_day(now, client.zone)
    away = client.away_until is not None and client.away_until >= today
    if flagged or away:
        return {}
    if last is None:
        known = today - local_day(client.created_at, client.zone)
        return {"never_logged": known.days >= QUIET_DAYS}
    return {"quiet_since": last} if (today - last).days >= QUIET_DAYS else {}


def _worst_first(person: Person) -> tuple[Any, ...]:
    """The board's order: level, number of signs, score, name."""
    acts = any(s.level == "act" for s in person.open)
    score = max((s.score for s in person.open), default=0.0)
    return (not person.needs_coach, not acts, -len(person.open), -score, person.name.lower(), person.pk)
