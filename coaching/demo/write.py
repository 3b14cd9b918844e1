"""Write the demo's people and their days into the database, in bulk."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from clients import history
from clients.ids import new_id
from clients.models import Checkin, Client, Coach, Consent, Injury
from coaching.demo.kinds import Person
from coaching.demo.story import USUAL, Answers, Visit, told
from programs import bulk
from programs.lift_day import LiftDayValues, LoggedSet, lift_day
from programs.models import Exercise, LiftDay, Session, SetLog
from programs.policy.kinds import Equipment
from programs.prescribed import prescribed_rir

SESSION = (
    "uuid", "version", "practice_id", "client_id", "ref", "workout_id", "workout_name", "prescribed", "started_at",
    "utc_offset_min", "local_day", "ended_at", "duration_min", "session_rpe", "note", "recorded_at",
)  # fmt: skip
SET = (
    "uuid", "version", "client_id", "session_id", "exercise_id", "day", "set_no", "weight_g", "reps", "rir_halves",
    "ended", "warm_up", "done_at", "source", "note", "recorded_at",
)  # fmt: skip
CHECKIN = ("uuid", "version", "client_id", "day", "sleep_hours", *USUAL, "aches", "note", "recorded_at")
SECONDS_A_SET = 190


@dataclass(frozen=True)
class Plan:
    """What a visit of today's plan is linked with: workout and prescription by the workout's name."""

    since: date
    workouts: Mapping[str, tuple[int, list[dict[str, Any]]]]


@transaction.atomic
def people(coach: Coach, cast: Iterable[Person], *, anchor: date, at: datetime) -> dict[str, Client]:
    """Clients for those who have none yet, with the coach's word on consent, and their injuries."""
    known = {c.ref: c for c in Client.objects.filter(practice=coach.practice_id)}
    new = [person for person in cast if person.ref not in known]
    for person in new:
        client = known[person.ref] = Client.objects.create(
            practice=coach.practice,
            coach=coach,
            ref=person.ref,
            name=person.name,
            email=f"{person.ref}@example.com",
            timezone=coach.timezone,
            born_on=date(person.born, 1 + len(person.ref) % 12, 15),
            training_since=anchor - timedelta(days=round(person.trains_for * 365)),
            away_until=None if person.away_until is None else anchor + timedelta(days=person.away_until),
        )
        began = datetime.combine(anchor + timedelta(days=person.first), time(9), coach.zone)
        Consent.objects.create(
            client=client, text_version="demo", channel=Consent.Channel.COACH_WORD, given_at=began, given_by=coach.user
        )  # fmt: skip
        Injury.objects.bulk_create(
            Injury(
                client=client, region=hurt.region, severity=hurt.severity, note=hurt.note,
                onset=anchor + timedelta(days=hurt.onset),
                resolved=None if hurt.resolved is None else anchor + timedelta(days=hurt.resolved),
            )
            for hurt in person.hurts
        )  # fmt: skip
        history.record("client added", subject=f"client:{client.pk}", client=client, by=coach.user, at=at)
    return {person.ref: known[person.ref] for person in cast}


@transaction.atomic
def days(
    spans: Iterable[tuple[Person, Client, int, int]],
    library: Mapping[str, Exercise],
    *,
    anchor: date,
    seed: int,
    plans: Mapping[int, Plan],
    at: datetime,
) -> int:
    """What these people logged between two days, each day once. Answers how many sets there are."""
    spans = list(spans)
    writer = _Writer(library, plans, at)
    for person, client, first, last in spans:
        taken = _taken(client, anchor + timedelta(days=first))
        for day in range(first, last + 1):
            on = anchor + timedelta(days=day)
            it = told(person, day, anchor=anchor, seed=seed)
            if it.answers and on not in taken["checkin"]:
                writer.checkin(client, on, it.answers)
            if it.visit and on not in taken["session"]:
                writer.visit(client, on, it.visit)
    writer.write()
    history.touch(*(client.pk for _, client, _, _ in spans))
    return len(writer.sets)


def _taken(client: Client, since: date) -> dict[str, set[date]]:
    """Days that somebody has filled meanwhile: theirs stay as they are."""
    checkins = Checkin.objects.filter(client=client, day__gte=since).values_list("day", flat=True)
    sessions = Session.objects.filter(client=client, local_day__gte=since).values_list("local_day", flat=True)
    return {"checkin": set(checkins), "session": set(sessions)}


class _Writer:
    """Rows as the database takes them, gathered and then inserted at once."""

    def __init__(self, exercises: Mapping[str, Exercise], plans: Mapping[int, Plan], at: datetime) -> None:
        self.exercises, self.plans = exercises, plans
        self.checkins: list[tuple[Any, ...]] = []
        self.sessions: list[tuple[Any, ...]] = []
        self.sets: list[tuple[Any, ...]] = []
        self.by_id = {e.pk: e for e in exercises.values()}
        self.lifts: dict[tuple[int, int, date], list[LoggedSet]] = defaultdict(list)
        self.now = _instant(at)

    def checkin(self, client: Client, on: date, answers: Answers) -> None:
        self.checkins.append(
            (
                _uuid(), 1, client.pk, _day(on), str(answers.sleep_hours), *(answers.items[item] for item in USUAL),
                json.dumps(answers.aches), "", self.now,
            )
        )  # fmt: skip

    def visit(self, client: Client, on: date, visit: Visit) -> None:
        start = datetime.combine(on, time(visit.minute // 60, visit.minute % 60), ZoneInfo(client.timezone))
        offset = (start.utcoffset() or timedelta()) // timedelta(minutes=1)
        end = start.astimezone(UTC) + timedelta(minutes=visit.duration_min)
        plan = self.plans.get(client.pk)
        workout, prescribed = plan.workouts[visit.workout] if plan and on >= plan.since else (None, [])
        number, day = len(self.sessions), _day(on)
        self.sessions.append(
            (
                _uuid(), 1, client.practice_id, client.pk, f"demo:{client.ref}:{on}", workout, visit.workout,
                json.dumps(prescribed), _instant(start), offset, _day(on), _instant(end), str(visit.duration_min),
                str(visit.rpe), "", self.now,
            )
        )  # fmt: skip
        for set_no, done in enumerate(visit.sets, start=1):
            exercise = self.exercises[done.exercise]
            grams, rir_halves = round(done.kg * 1000), None if done.rir is None else done.rir * 2
            asked = prescribed_rir(prescribed, exercise.pk, 0)  # the same for all sets of a line
            self.lifts[client.pk, exercise.pk, on].append(
                LoggedSet(grams, done.reps, rir_halves, done.ended, False, asked)
            )
            self.sets.append(
                (
                    _uuid(), 1, client.pk, number, exercise.pk, day, set_no, grams, done.reps,
                    rir_halves, done.ended, False,
                    _instant(start + timedelta(seconds=SECONDS_A_SET * set_no)), "reserve", "", self.now,
                )
            )  # fmt: skip

    def write(self) -> None:
        ids = bulk.reserve_ids(_table(Session), len(self.sessions))
        sessions = ((pk, *row) for pk, row in zip(ids, self.sessions, strict=True))
        sets = ((*row[:3], ids[row[3]], *row[4:]) for row in self.sets)
        bulk.insert(_table(Checkin), CHECKIN, self.checkins)
        bulk.insert(_table(Session), ("id", *SESSION), sessions)
        bulk.insert(_table(SetLog), SET, sets)
        bulk.insert(
            _table(LiftDay), ("client_id", "exercise_id", "day", *LiftDayValues._fields), self._lift_days()
        )

    def _lift_days(self) -> Iterator[tuple[Any, ...]]:
        """The rollup of each lift and day: whole days are written, so nothing has to be read again."""
        for (client, exercise, on), sets in self.lifts.items():
            row = self.by_id[exercise]
            bodyweight = row.equipment == Equipment.BODYWEIGHT
            values = lift_day(sets, bodyweight=bodyweight, body_mass_percent=row.body_mass_percent)
            if values is not None:
                yield client, exercise, _day(on), *values


def _table(model: Any) -> str:
    return str(model._meta.db_table)


def _uuid() -> Any:
    value = new_id()
    return value if connection.features.has_native_uuid_field else value.hex


def _instant(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at.astimezone(UTC))


def _day(on: date) -> Any:
    return connection.ops.adapt_datefield_value(on)
