"""What the rules ask of a person besides their sets, in one statement: plan, nights, injuries, flags, limits …"""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from clients.answers import CLOSING, Said, is_settled
from clients.days import local_day
from clients.indicators import NIGHTS
from clients.json_rows import day
from clients.loading import OpenInjury
from clients.models import Action, Client
from clients.outlook import FORM_DAYS, Night
from clients.overruling import Overruling
from clients.readiness import State
from clients.signs.kinds import Level, Sign
from programs.limits_of import limits_from
from programs.person_rows import PERSON
from programs.planned import Plan, plan_from
from programs.policy.kinds import EndedBy
from programs.policy.limits import Limits
from programs.policy.recent import OpenFlag


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
    (row,) = PERSON.run(
        client=client.pk,
        coach=client.coach_id,
        at=at,
        today=today,
        nights_after=today - timedelta(days=NIGHTS),
        form_after=today - timedelta(days=FORM_DAYS),
    )
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
