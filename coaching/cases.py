"""How each of a coach's clients stands today: two queries, however many there are."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, CharField, ExpressionWrapper, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils.functional import cached_property

from clients.answers import CLOSING, Kind, Said, is_settled
from clients.days import local_day
from clients.models import Action, Checkin, Client, Coach, Flag, Message
from clients.signs.kinds import Level
from coaching.filters import Group
from programs.models import SetLog

QUIET_DAYS = 7


@dataclass(frozen=True, kw_only=True)
class Answer(Said):
    """A standing answer, with what a screen says of it."""

    pk: int
    by: str  # who; empty: the coach who is looking
    at: datetime


@dataclass(kw_only=True)
class OpenFlag:
    pk: int
    sign: str
    level: str
    since_on: date
    level_on: date
    score: float
    says: str
    answers: list[Answer] = field(default_factory=list)
    settled: bool = False


@dataclass(kw_only=True)
class Case:
    """One client's situation: open flags worst first, when last heard of, and the group that follows."""

    pk: int
    uuid: str
    ref: str
    version: int
    name: str
    coach_id: int
    today: date
    last_logged: date | None
    messaged_on: date | None
    message_failed: bool  # the newest one did not arrive
    away: bool
    settled_in: bool  # long enough here that silence says something
    flags: list[OpenFlag] = field(default_factory=list)
    # Signs that the coach has called wrong or resolved and the next scan will close.
    closing: list[OpenFlag] = field(default_factory=list)

    @cached_property
    def group(self) -> Group:
        """Known once the flags are; asked for four times by a board."""
        if any(flag.level == Level.ACT and not flag.settled for flag in self.flags):
            return Group.NEEDS
        if self.flags:
            return Group.WATCH
        return Group.QUIET if self.is_quiet else Group.FINE

    @property
    def is_quiet(self) -> bool:
        if self.away:
            return False
        if self.last_logged is None:
            return self.settled_in
        return (self.today - self.last_logged).days >= QUIET_DAYS

    @property
    def level(self) -> Level:
        return Level(self.flags[0].level) if self.flags else Level.NONE

    @property
    def worst(self) -> tuple[int, int, float, str]:
        """Level, number of signs, score, name."""
        if not self.flags:
            return (2, 0, 0.0, self.name.casefold())
        rank = [Level.ACT, Level.WATCH, Level.NONE].index(self.level)
        score = max(flag.score for flag in self.flags)
        return (rank, -len(self.flags), -score, self.name.casefold())


def read_cases(coach: Coach, *, now: datetime, only: int | None = None) -> list[Case]:
    """Every active client the coach may see; `only` one of them."""
    cases = {case.pk: case for case in _clients(coach, now, only)}
    for client_id, flag in _open_flags(coach, only):
        if case := cases.get(client_id):
            flag.settled = is_settled(level_on=flag.level_on, said=flag.answers, today=case.today)
            closing = any(answer.kind in CLOSING for answer in flag.answers)
            (case.closing if closing else case.flags).append(flag)
    for case in cases.values():
        if len(case.flags) > 1:
            case.flags.sort(key=lambda flag: (flag.level != Level.ACT, flag.settled, -flag.score, flag.sign))
    return list(cases.values())


def _clients(coach: Coach, now: datetime, only: int | None) -> list[Case]:
    last_set = SetLog.objects.live().filter(client=OuterRef("pk")).order_by("-day").values("day")[:1]
    last_checkin = Checkin.objects.live().filter(client=OuterRef("pk")).order_by("-day").values("day")[:1]
    messages = Action.objects.standing().filter(client=OuterRef("pk"), kind=Kind.MESSAGE).order_by("-on")
    newest = messages.annotate(said=Concat(_text("on"), Value(" "), "message__status")).values("said")[:1]
    asked, since = Client.objects.visible_to(coach).active(), now - timedelta(days=QUIET_DAYS)
    if only is not None:
        asked = asked.filter(pk=only)
    # A thousand rows would take long to turn into objects: days come as text, the later one the greater.
    rows = asked.annotate(
        key=_text("uuid"), away=_text("away_until"), last_set=_text(Subquery(last_set)),
        last_checkin=_text(Subquery(last_checkin)), newest=Subquery(newest),
        settled_in=ExpressionWrapper(Q(created_at__lte=since), BooleanField()),
    ).values_list(
        "pk", "key", "ref", "history_version", "name", "coach_id", "timezone", "away", "settled_in", "last_set",
        "last_checkin", "newest",
    )  # fmt: skip
    today: dict[str, date] = {}
    cases = []
    for (
        pk,
        uuid,
        ref,
        version,
        name,
        coach_id,
        zone,
        away,
        settled_in,
        last_set_on,
        last_checkin_on,
        message,
    ) in rows:
        if zone not in today:
            today[zone] = local_day(now, ZoneInfo(zone))
        logged = max(last_set_on or "", last_checkin_on or "")
        messaged, _, status = (message or "").partition(" ")
        cases.append(
            Case(
                pk=pk,
                uuid=uuid,
                ref=ref,
                version=version,
                name=name,
                coach_id=coach_id,
                today=today[zone],
                last_logged=_day(logged),
                messaged_on=_day(messaged),
                message_failed=status == Message.Status.FAILED,
                away=away is not None and away >= today[zone].isoformat(),
                settled_in=settled_in,
            )
        )
    return cases


def _text(value: str | Subquery) -> Cast:
    return Cast(value, CharField())


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _open_flags(coach: Coach, only: int | None) -> list[tuple[int, OpenFlag]]:
    """Open flags with their standing answers, in one query: a row a flag and answer."""
    asked = Flag.objects.open().visible_to(coach).filter(client__archived_at=None)
    if only is not None:
        asked = asked.filter(client=only)
    rows = asked.order_by("pk", "actions__at").values_list(
        "client_id", "pk", "sign", "level", "since_on", "level_on", "score", "says",
        "actions__pk", "actions__kind", "actions__on", "actions__until", "actions__undone_at", "actions__at",
        "actions__by_id", "actions__by__user__name",
    )  # fmt: skip
    found: dict[int, tuple[int, OpenFlag]] = {}
    answers: defaultdict[int, list[Answer]] = defaultdict(list)
    for (
        client_id, pk, sign, level, since_on, level_on, score, says,
        action_pk, kind, on, until, undone_at, at, by_id, by_name,
    ) in rows:  # fmt: skip
        if pk not in found:
            flag = OpenFlag(
                pk=pk, sign=sign, level=level, since_on=since_on, level_on=level_on, score=score, says=says
            )
            found[pk] = (client_id, flag)
        if action_pk is not None and undone_at is None and kind not in (Kind.NOTE, Kind.MESSAGE):
            by = "" if by_id == coach.pk else by_name
            answers[pk].append(Answer(pk=action_pk, kind=kind, on=on, until=until, by=by, at=at))
    for pk, (_, flag) in found.items():
        flag.answers = answers[pk]
    return list(found.values())
