"""What stands on the phone before a session: the plan of the day, last time's numbers, what is under way."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from clients.answers import scale_backs
from clients.days import local_day
from clients.models import Checkin, Client, Consent, Message
from programs import plans
from programs.away import plan
from programs.facts import read_recent
from programs.holding import Hold
from programs.holds import lines_for
from programs.logbook import Past, past_words, pasts
from programs.models import Exercise, Month, Session, Workout
from programs.models.month import DAYS
from programs.month_words import month_line
from programs.phases import PhaseOn
from programs.policy.kinds import PhaseKind
from programs.policy.recent import SAME_VISIT
from programs.set_words import line_words
from programs.verdict_words import Spoken, spoken
from programs.verdicts import Asked, judged_by
from programs.week_words import scale_back_words, week_words

GOES_ON = timedelta(hours=6)  # an open session younger than this is the one under way
LATELY = 5  # sessions that open without a network


@dataclass(frozen=True, kw_only=True)
class Line:
    exercise_id: int
    name: str
    words: str
    note: str
    last: str
    offered: bool = False  # the one exercise of the session that a month offers for failure
    verdict: Spoken | None = None


@dataclass(frozen=True, kw_only=True)
class Today:
    day: date
    phase: str
    workout: Workout | None
    lines: list[Line]
    plan: list[dict[str, Any]]  # the same for a phone that starts it without a connection
    running: Session | None
    left_open: list[Session]
    one_visit: bool  # two open sessions that the rules take for one
    done: list[Session]
    lately: list[Session]
    agreed: bool
    checked_in: bool
    scale_back: str  # what it asks for while it runs
    letters: int | None  # messages of the coach that nobody has read yet; None: there has never been one
    month: str  # of the trial month; empty: there is none


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What the rules say of the day: fetched once the plan itself is on the screen."""

    lines: list[Line]
    week: str


def today(client: Client, *, at: datetime) -> Today:
    day = local_day(at, client.zone)
    phase = plans.phase_on(client, day)
    stands = _standing_of_day(client, day, at)
    workout = plans.workout_for(client, day=day) if phase.phase else None
    prescribed = _prescribed(workout, phase, stands.hold)
    past = _pasts(client, prescribed, day)
    sessions = list(Session.objects.live().filter(client=client).order_by("-started_at")[:10])
    open_ones = [session for session in sessions if session.ended_at is None and session.duration_min is None]
    running = next((session for session in open_ones if at - session.started_at < GOES_ON), None)
    left_open = [
        session
        for session in open_ones
        if session is not running and at - session.started_at < timedelta(days=2)
    ]
    return Today(
        day=day,
        phase=phase_words(phase),
        workout=workout,
        lines=_lines(client, prescribed, past),
        plan=plan(prescribed, past, client),
        running=running,
        left_open=left_open,
        one_visit=running is not None
        and any(abs(running.started_at - other.started_at) < SAME_VISIT for other in left_open),
        done=[session for session in sessions if session.local_day == day and session.ended_at],
        lately=[session for session in sessions if session is not running][:LATELY],
        agreed=stands.agreed,
        checked_in=stands.checked_in,
        letters=stands.letters,
        scale_back=scale_back_words(stands.scaled_back, day),
        month=month_line(stands.month_from, stands.month_to, day),
    )


def judged(client: Client, *, at: datetime) -> Judged:
    """The lines of the day, each with the word on its last set, and the week: what may go to failure?"""
    day = local_day(at, client.zone)
    recent = read_recent(client, at=at)
    phase = plans.phase_on(client, day)
    workout = plans.workout_for(client, day=day) if phase.phase else None
    prescribed = lines_for(client, workout, phase=phase.kind, at=at, recent=recent) if workout else []
    lines = _lines(client, prescribed, _pasts(client, prescribed, day))
    exercises = Exercise.objects.in_bulk([line.exercise_id for line in lines])
    asked = [
        Asked(
            exercise=exercises[line["exercise_id"]],
            reps=line.get("reps_max"),
            set_no=line["sets"],
            of=line["sets"],
        )
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


def _prescribed(workout: Workout | None, phase: PhaseOn, hold: Hold | None) -> list[dict[str, Any]]:
    """Before the verdicts are read: which line a month offers comes with them."""
    if workout is None:
        return []
    return plans.freeze(workout, deload=phase.kind == PhaseKind.DELOAD, hold=hold)


def _pasts(client: Client, prescribed: list[dict[str, Any]], day: date) -> dict[int, Past]:
    return pasts(client, {line["exercise_id"] for line in prescribed}, before=day)


def _lines(client: Client, prescribed: list[dict[str, Any]], before: dict[int, Past]) -> list[Line]:
    return [
        Line(
            exercise_id=line["exercise_id"],
            name=line["exercise"],
            words=line_words(line),
            note=line["note"],
            last=past_words(before.get(line["exercise_id"]), client),
            offered=line.get("offered", False) and line["failure_on_last"],
        )
        for line in prescribed
    ]


@dataclass(frozen=True, kw_only=True)
class _Stands:
    """Whether health data may be kept, whether the day has its check-in, and what arranges its sets."""

    agreed: bool
    checked_in: bool
    scaled_back: date | None
    letters: int | None
    month_from: date | None
    month_to: date | None
    hold: Hold | None


def _standing_of_day(client: Client, day: date, at: datetime) -> _Stands:
    consents = Consent.objects.filter(client=OuterRef("pk"), withdrawn_at=None)
    checkins = Checkin.objects.live().filter(client=OuterRef("pk"), day=day)
    scaled = scale_backs(at).filter(client=OuterRef("pk"), until__gte=day).order_by("-until")
    months = Month.objects.standing().filter(client=OuterRef("pk"), starts_on__lte=day).order_by("-starts_on")
    letters = Message.objects.standing().filter(client=OuterRef("pk")).order_by().values("client")
    unread = letters.annotate(n=Count("pk", filter=Q(read_at=None))).values("n")
    agreed, checked_in, until, letters_unread, month_from, stopped = (
        Client.objects.filter(pk=client.pk)
        .annotate(
            agreed=Exists(consents),
            checked_in=Exists(checkins),
            until=Subquery(scaled.values("until")[:1]),
            letters=Subquery(unread),
            month_from=Subquery(months.values("starts_on")[:1]),
            stopped=Subquery(months.values("stopped_on")[:1]),
        )
        .values_list("agreed", "checked_in", "until", "letters", "month_from", "stopped")
        .get()
    )
    month_to = (stopped or month_from + timedelta(days=DAYS - 1)) if month_from else None
    in_month = Hold.MONTH if month_to and day <= month_to else None
    return _Stands(
        agreed=agreed, checked_in=checked_in, scaled_back=until, letters=letters_unread,
        month_from=month_from, month_to=month_to,
        hold=Hold.SCALE_BACK if until else in_month,
    )  # fmt: skip
