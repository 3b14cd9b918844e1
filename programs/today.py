"""What stands on the phone before a session: the plan of the day, last time's numbers, what is under way."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef

from clients.days import local_day
from clients.models import Checkin, Client, Consent
from programs import plans
from programs.logbook import past_words, pasts
from programs.models import Exercise, Session, Workout
from programs.phases import PhaseOn
from programs.policy.kinds import PhaseKind
from programs.set_words import line_words
from programs.verdict_words import Spoken, spoken
from programs.verdicts import Asked, verdicts_for

GOES_ON = timedelta(hours=6)  # an open session younger than this is the one under way


@dataclass(frozen=True, kw_only=True)
class Line:
    exercise_id: int
    name: str
    words: str
    note: str
    last: str
    verdict: Spoken | None = None


@dataclass(frozen=True, kw_only=True)
class Today:
    day: date
    phase: str
    workout: Workout | None
    lines: list[Line]
    running: Session | None
    left_open: list[Session]
    done: list[Session]
    agreed: bool
    checked_in: bool


def today(client: Client, *, at: datetime) -> Today:
    day = local_day(at, client.zone)
    phase = plans.phase_on(client, day)
    workout, prescribed = _planned(client, day, phase)
    agreed, checked_in = _agreed_and_checked_in(client, day)
    sessions = list(Session.objects.live().filter(client=client).order_by("-started_at")[:10])
    open_ones = [session for session in sessions if session.ended_at is None and session.duration_min is None]
    running = next((session for session in open_ones if at - session.started_at < GOES_ON), None)
    return Today(
        day=day,
        phase=phase_words(phase),
        workout=workout,
        lines=_lines(client, prescribed, day),
        running=running,
        left_open=[
            session
            for session in open_ones
            if session is not running and at - session.started_at < timedelta(days=2)
        ],
        done=[session for session in sessions if session.local_day == day and session.ended_at],
        agreed=agreed,
        checked_in=checked_in,
    )


def judged(client: Client, *, at: datetime) -> list[Line]:
    """The lines of the day, each with the word on its last set: may it go to failure?"""
    day = local_day(at, client.zone)
    _, prescribed = _planned(client, day, plans.phase_on(client, day))
    lines = _lines(client, prescribed, day)
    exercises = Exercise.objects.in_bulk([line.exercise_id for line in lines])
    asked = [
        Asked(exercise=exercises[line["exercise_id"]], set_no=line["sets"], of=line["sets"])
        for line in prescribed
    ]
    verdicts = verdicts_for(client, asked, at=at)
    return [
        replace(line, verdict=spoken(verdict, client=client, at=at, rir_halves=plan["rir_halves"]))
        for line, plan, verdict in zip(lines, prescribed, verdicts, strict=True)
    ]


def phase_words(phase: PhaseOn) -> str:
    """`Hypertrophy, week 4`; nothing where no phase is planned."""
    if phase.week is None:
        return ""
    return f"{phase.name or phase.kind.value.capitalize()}, week {phase.week}"


def _planned(client: Client, day: date, phase: PhaseOn) -> tuple[Workout | None, list[dict[str, Any]]]:
    workout = plans.workout_for(client, day=day) if phase.phase else None
    if workout is None:
        return None, []
    return workout, plans.freeze(workout, deload=phase.kind == PhaseKind.DELOAD)


def _lines(client: Client, prescribed: list[dict[str, Any]], day: date) -> list[Line]:
    before = pasts(client, {line["exercise_id"] for line in prescribed}, before=day)
    return [
        Line(
            exercise_id=line["exercise_id"],
            name=line["exercise"],
            words=line_words(line),
            note=line["note"],
            last=past_words(before.get(line["exercise_id"]), client.units),
        )
        for line in prescribed
    ]


def _agreed_and_checked_in(client: Client, day: date) -> tuple[bool, bool]:
    consents = Consent.objects.filter(client=OuterRef("pk"), withdrawn_at=None)
    checkins = Checkin.objects.live().filter(client=OuterRef("pk"), day=day)
    agreed, checked_in = (
        Client.objects.filter(pk=client.pk)
        .annotate(agreed=Exists(consents), checked_in=Exists(checkins))
        .values_list("agreed", "checked_in")
        .get()
    )
    return agreed, checked_in
