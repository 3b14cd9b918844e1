"""What stands on the phone before a session: the plan of the day, last time's numbers, what is under way."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from clients.answers import scale_backs
from clients.days import local_day
from clients.models import Checkin, Client, Consent
from programs import plans
from programs.facts import read_recent
from programs.holding import Hold
from programs.logbook import past_words, pasts
from programs.models import Exercise, Session, Workout
from programs.phases import PhaseOn
from programs.policy.kinds import PhaseKind
from programs.set_words import line_words
from programs.verdict_words import Spoken, spoken
from programs.verdicts import Asked, judged_by
from programs.week_words import scale_back_words, week_words

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
    scale_back: str  # what it asks for while it runs


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What the rules say of the day: fetched once the plan itself is on the screen."""

    lines: list[Line]
    week: str


def today(client: Client, *, at: datetime) -> Today:
    day = local_day(at, client.zone)
    phase = plans.phase_on(client, day)
    agreed, checked_in, scaled_back = _standing_of_day(client, day, at)
    workout, prescribed = _planned(client, day, phase, Hold.SCALE_BACK if scaled_back else None)
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
        scale_back=scale_back_words(scaled_back, day),
    )


def judged(client: Client, *, at: datetime) -> Judged:
    """The lines of the day, each with the word on its last set, and the week: what may go to failure?"""
    day = local_day(at, client.zone)
    recent = read_recent(client, at=at)
    hold = Hold.SCALE_BACK if recent.scale_back_until else None
    _, prescribed = _planned(client, day, plans.phase_on(client, day), hold)
    lines = _lines(client, prescribed, day)
    exercises = Exercise.objects.in_bulk([line.exercise_id for line in lines])
    asked = [
        Asked(exercise=exercises[line["exercise_id"]], set_no=line["sets"], of=line["sets"])
        for line in prescribed
    ]
    verdicts = judged_by(recent, asked)
    found = [
        replace(line, verdict=spoken(verdict, client=client, at=at, line=plan))
        for line, plan, verdict in zip(lines, prescribed, verdicts, strict=True)
    ]
    return Judged(lines=found, week=week_words(recent))


def phase_words(phase: PhaseOn) -> str:
    """`Hypertrophy, week 4`; nothing where no phase is planned."""
    if phase.week is None:
        return ""
    return f"{phase.name or phase.kind.value.capitalize()}, week {phase.week}"


def _planned(
    client: Client, day: date, phase: PhaseOn, hold: Hold | None
) -> tuple[Workout | None, list[dict[str, Any]]]:
    workout = plans.workout_for(client, day=day) if phase.phase else None
    if workout is None:
        return None, []
    return workout, plans.freeze(workout, deload=phase.kind == PhaseKind.DELOAD, hold=hold)


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


def _standing_of_day(client: Client, day: date, at: datetime) -> tuple[bool, bool, date | None]:
    """Whether health data may be kept, whether the day has its check-in, the last day of a scale back."""
    consents = Consent.objects.filter(client=OuterRef("pk"), withdrawn_at=None)
    checkins = Checkin.objects.live().filter(client=OuterRef("pk"), day=day)
    scaled = scale_backs(at).filter(client=OuterRef("pk"), until__gte=day).order_by("-until")
    agreed, checked_in, until = (
        Client.objects.filter(pk=client.pk)
        .annotate(
            agreed=Exists(consents), checked_in=Exists(checkins), until=Subquery(scaled.values("until")[:1])
        )
        .values_list("agreed", "checked_in", "until")
        .get()
    )
    return agreed, checked_in, until
