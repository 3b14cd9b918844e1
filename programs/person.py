"""What the rules ask of a person besides their sets, in one statement: plan, nights, injuries, flags, limits …"""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Min, Q, QuerySet, TextField
from django.db.models.functions import Cast, Coalesce, Substr

from clients.answers import CLOSING, Said, is_settled
from clients.days import local_day
from clients.indicators import NIGHTS
from clients.json_rows import JsonRows, day
from clients.loading import OpenInjury
from clients.models import Action, Checkin, Client, Consent, Flag, Injury, Overrule
from clients.outlook import FORM_DAYS, Night
from clients.overruling import Overruling
from clients.readiness import State
from clients.signs.kinds import Level, Sign
from programs.limits_of import limits_from, values_for
from programs.models import Session, SetLog
from programs.models.imports import FORM_UNKNOWN
from programs.planned import Plan, plan_columns, plan_from
from programs.policy.kinds import EndedBy
from programs.policy.limits import Limits
from programs.policy.recent import OpenFlag

FORM_SETS = 30
FORM_RIR_HALVES = 4  # hold-back sets at up to 2 RIR tell of form under fatigue


@dataclass(frozen=True, kw_only=True)
class Person:
    consent: bool
    nights: tuple[Night, ...]  # check-ins of the last 14 days
    injuries: tuple[OpenInjury, ...]
    health_known: bool  # a check-in or an injury has ever been recorded
    flags: tuple[OpenFlag, ...]
    scale_back_until: date | None
    limits: Limits
    months: tuple[int, ...]  # sessions of each month with any
    first_session_on: date | None
    newest_month: tuple[int, int] | None  # year and month of the last of them
    hard: tuple[tuple[date, bool], ...]  # day of each of the last hard sets, and whether form broke
    overrulings: tuple[Overruling, ...]  # the coach's words in force, oldest first
    plan: Plan

    @property
    def sleep_hours(self) -> tuple[float, ...]:
        return tuple(night.hours for night in self.nights if night.hours is not None)

    @property
    def stress(self) -> tuple[float, ...]:
        return tuple(night.stress for night in self.nights if night.stress is not None)

    @property
    def hard_sets(self) -> int:
        return len(self.hard)

    @property
    def broken_sets(self) -> int:
        return sum(broke for _, broke in self.hard)


def read_person(client: Client, *, at: datetime) -> Person:
    """All of it as it stood at `at`. Check-ins and injuries are read only while consent is in force."""
    today = local_day(at, client.zone)
    row: dict[str, Any] = Client.objects.filter(pk=client.pk).values(**_columns(client, at, today)).get()  # type: ignore[assignment]
    consent = row["consent"]
    nights, months = (row["nights"] if consent else []), row["trained_months"]
    return Person(
        consent=consent,
        nights=tuple(map(_night, nights)),
        injuries=tuple(map(_injury, row["open_injuries"])) if consent else (),
        health_known=row["any_checkin"] or row["any_injury"],
        flags=_flags(row["open_flags"], row["answers"], today),
        scale_back_until=max(
            (until for said in row["answers"] if (until := _scaled_back(said, today))), default=None
        ),
        limits=limits_from(row["limits"]),
        months=tuple(month["sessions"] for month in months),
        newest_month=_month(months[-1]["first"]) if months else None,
        first_session_on=min((day(month["first"]) for month in months), default=None),  # type: ignore[type-var]
        hard=tuple(
            (date.fromisoformat(one["day"]), one["ended"] == EndedBy.TECHNICAL_FAILURE) for one in row["hard"]
        ),
        overrulings=tuple(map(_overruling, row["overrulings"])),
        plan=plan_from(row["plan_phases"], row["plan_workouts"]),
    )


def _columns(client: Client, at: datetime, today: date) -> dict[str, Any]:
    checkins = Checkin.objects.live().filter(client=client.pk, day__lte=today)
    injuries = Injury.objects.filter(client=client.pk, onset__lte=today)
    flags = Flag.objects.filter(_open_on(today), client=client.pk)
    actions = Action.objects.filter(client=client.pk, at__lte=at).filter(
        Q(undone_at=None) | Q(undone_at__gt=at)
    )
    scale_backs = Q(kind=Action.Kind.SCALE_BACK, until__gte=today)
    return {
        "consent": Exists(Consent.objects.filter(client=client.pk, withdrawn_at=None)),
        "nights": JsonRows(
            checkins.filter(day__gt=today - timedelta(days=NIGHTS)).order_by("day"), "day", "sleep_hours", "stress"
        ),
        "any_checkin": Exists(checkins),
        "any_injury": Exists(injuries),
        "open_injuries": JsonRows(
            injuries.filter(Q(resolved=None) | Q(resolved__gt=today)).order_by("onset", "region"),
            "region", "severity", "muscle", "resolved",
        ),
        "open_flags": JsonRows(
            flags.order_by("opened_on", "sign"), "id", "sign", "level", "level_on", "since_on", "evidence__steps"
        ),
        "answers": JsonRows(
            actions.filter(scale_backs | _open_on(today, "flag__")), "flag_id", "kind", "on", "until"
        ),
        "limits": JsonRows(values_for(client, at), "key", "value", "client_id"),
        "trained_months": JsonRows(_months(client, at), "sessions", "first"),
        "hard": JsonRows(_hard_sets(client, at, today), "day", "ended"),
        "overrulings": JsonRows(
            Overrule.objects.filter(client=client.pk, at__lte=at, until__gte=today)
            .filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=at)).order_by("at", "pk"),
            "indicator", "state", "until",
        ),
        **plan_columns(client.pk),
    }  # fmt: skip


def _open_on(today: date, prefix: str = "") -> Q:
    still = Q(**{f"{prefix}closed_on": None}) | Q(**{f"{prefix}closed_on__gt": today})
    return Q(**{f"{prefix}opened_on__lte": today}) & still


def _months(client: Client, at: datetime) -> QuerySet[Any, Any]:
    sessions = Session.objects.live().filter(client=client.pk, started_at__lte=at)
    # Of the date as text: truncating dates costs SQLite a call into Python for each session of all years.
    month = Substr(Cast("local_day", TextField()), 1, 7)
    by_month = sessions.annotate(month=month).values("month").order_by("month")
    return by_month.annotate(sessions=Count("pk"), first=Min("local_day"))


def _hard_sets(client: Client, at: datetime, today: date) -> QuerySet[Any, Any]:
    """The last 30 sets of class form, failure, or hold-back at up to 2 RIR that say how the form was."""
    near = Q(ended__in=[EndedBy.TECHNICAL_FAILURE, EndedBy.MUSCULAR_FAILURE]) | Q(
        rir_halves__lte=FORM_RIR_HALVES
    )
    done = done_by(client, at).filter(day__gt=today - timedelta(days=FORM_DAYS))
    return done.filter(near).exclude(FORM_UNKNOWN).exclude(ended=EndedBy.STOPPED).order_by(
        Coalesce("done_at", F("session__started_at")).desc(), "-set_no"
    )[:FORM_SETS]  # fmt: skip


def done_by(client: Client, at: datetime) -> QuerySet[SetLog, SetLog]:
    """Working sets that had happened by `at`, whenever they were written down."""
    # The session's client too: PostgreSQL would read everybody's sessions to join them.
    mine = SetLog.objects.working().filter(client=client.pk, session__client=client.pk)
    working = mine.filter(session__deleted_at=None, session__started_at__lte=at)
    return working.filter(Q(done_at=None) | Q(done_at__lte=at))


def _flags(rows: list[dict[str, Any]], answers: list[dict[str, Any]], today: date) -> tuple[OpenFlag, ...]:
    """A wrong call, or the coach's own end, lifts a flag at once; the next scan closes the row."""
    found = []
    for row in rows:
        said = [one for one in answers if one["flag_id"] == row["id"]]
        level, level_on = _level_then(row, today)
        if not any(one["kind"] in CLOSING for one in said):
            settled = is_settled(level_on=level_on, said=map(_said, said), today=today)
            found.append(
                OpenFlag(
                    sign=Sign(row["sign"]), level=level,
                    since=date.fromisoformat(row["since_on"]), answered=settled,
                )
            )  # fmt: skip
    return tuple(found)


def _night(row: dict[str, Any]) -> Night:
    hours, stress = row["sleep_hours"], row["stress"]
    return Night(
        day=date.fromisoformat(row["day"]),
        hours=None if hours is None else float(hours),
        stress=None if stress is None else float(stress),
    )


def _month(first: str) -> tuple[int, int]:
    on = date.fromisoformat(first)
    return on.year, on.month


def _injury(row: dict[str, Any]) -> OpenInjury:
    return OpenInjury(**{**row, "resolved": day(row["resolved"])})


def _overruling(row: dict[str, Any]) -> Overruling:
    return Overruling(
        indicator=row["indicator"], state=State(row["state"]), until=date.fromisoformat(row["until"])
    )


def _level_then(row: dict[str, Any], today: date) -> tuple[Level, date]:
    """The level that the flag had on a day, and since when: a flag may rise and fall back more than once."""
    steps = row["evidence__steps"] or []
    steps = json.loads(steps) if isinstance(steps, str) else steps
    past = [(Level(level), date.fromisoformat(on)) for on, level in steps if on <= today.isoformat()]
    if past:
        return past[-1]
    level, level_on = Level(row["level"]), date.fromisoformat(row["level_on"])
    if level_on <= today:
        return level, level_on
    return (Level.WATCH if level is Level.ACT else Level.ACT), level_on


def _said(answer: dict[str, Any]) -> Said:
    return Said(kind=answer["kind"], on=date.fromisoformat(answer["on"]), until=day(answer["until"]))


def _scaled_back(answer: dict[str, Any], today: date) -> date | None:
    until = day(answer["until"])
    return until if answer["kind"] == Action.Kind.SCALE_BACK and until and until >= today else None
