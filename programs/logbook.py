"""One exercise of a session as the phone shows it: what was done, what comes next, and whether it may go to failure."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, Max, Q

from clients.answers import scaled_back_until
from clients.ids import new_id
from clients.models import Client
from clients.prepared import Given, Prepared, PreparedObjects
from programs import loads
from programs.done_sets import CLIENT
from programs.facts import read_recent
from programs.holding import Hold, held
from programs.models import Exercise, LiftDay, Session, SetLog
from programs.own_units import units_for
from programs.policy.kinds import EndedBy
from programs.policy.recent import Recent
from programs.set_words import done_words, how_words, last_time_words, line_words, load_words
from programs.skipping import is_skipped
from programs.turns import Turn, turns
from programs.verdict_words import Spoken, spoken
from programs.verdicts import Asked, judged_by
from programs.week_words import week_words

REST_SHOWN = timedelta(minutes=15)  # later the timer only nags
USUAL_REST_S = 120
USUAL_DAYS = 10


@dataclass(frozen=True, kw_only=True)
class Done:
    """A row: a set that was logged."""

    row: SetLog
    number: str
    what: str
    how: str


@dataclass(frozen=True, kw_only=True)
class Lift:
    """The piece of the page that a logged set changes."""

    session: Session
    exercise: Exercise
    line: dict[str, Any] | None
    sets: list[Done]
    working: int
    next_no: int
    planned_halves: int | None  # what "as planned" stores; None asks for a tap
    initial: dict[str, Any]
    following: dict[str, Any] | None  # the prescribed line to go on with
    closed: str  # what a form break means for the next set
    turns: list[Turn]  # of a superset
    verdict: Spoken | None
    week: str  # the week's failure sets
    hold: Hold | None  # why every set stops short now
    rest_from: datetime | None
    rest_s: int

    @property
    def of(self) -> int | None:
        return self.line["sets"] if self.line else None

    @property
    def words(self) -> str:
        return line_words(self.line) if self.line else ""

    @property
    def planned_words(self) -> str:
        return "" if self.planned_halves is None else f"{self.planned_halves / 2:g}"

    @property
    def skipped(self) -> bool:
        return self.line is not None and is_skipped(self.line)

    @property
    def complete(self) -> bool:
        return self.of is not None and self.working >= self.of

    @property
    def turn(self) -> Turn | None:
        """Another exercise of the superset, whose set comes next, or comes after this one's."""
        others = [one for one in self.turns if one.exercise_id != self.exercise.pk and one.done < one.of]
        return next((one for one in others if one.up), others[0] if others else None)

    @property
    def to_failure(self) -> bool:
        """Whether the plan means the next set for failure."""
        line = self.line
        if line is None or self.complete:
            return False
        last: bool = line["failure_on_last"] and self.working + 1 == line["sets"]
        return line["rir_halves"] == 0 or last


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One line of the list of a session's exercises."""

    exercise_id: int
    name: str
    words: str
    done: int
    of: int | None
    skipped: bool = False

    @property
    def undone(self) -> bool:
        return not self.skipped and (self.of is None or self.done < self.of)


@dataclass(frozen=True, kw_only=True)
class Past:
    """What was done of an exercise the last time."""

    day: date
    rows: list[SetLog] = field(default_factory=list)


def lift(
    session: Session, exercise: Exercise, client: Client, *, at: datetime, past: Past | None = None
) -> Lift:
    """`past` only where a first set is to be prefilled; after a set, that set is what the next starts from."""
    rows = _ROWS.run(session=session.pk)
    mine = [row for row in rows if row.exercise_id == exercise.pk]
    working = [row for row in mine if not row.warm_up]
    units = units_for(client, exercise)
    line = line_of(session, exercise.pk)
    goes_on = session.ended_at is None and (line is None or len(working) < line["sets"])
    recent = read_recent(client, at=at) if goes_on else None
    hold = _hold(session, client, recent, at)
    line = held(line, hold) if line and hold else line
    last = working[-1] if working else None
    planned = _planned(line, len(working))
    return Lift(
        session=session,
        exercise=exercise,
        line=line,
        sets=_numbered(mine, exercise, units),
        working=len(working),
        next_no=max((row.set_no for row in rows), default=0) + 1,
        planned_halves=planned,
        initial=_initial(exercise, units, last, line, past, len(working)),
        following=_following(session, rows, exercise.pk),
        closed=_closed(last, exercise, units),
        turns=turns(
            session.prescribed, exercise.pk, Counter(row.exercise_id for row in rows if not row.warm_up)
        ),
        verdict=_verdict(exercise, client, line, len(working), recent) if recent else None,
        week=week_words(recent) if recent else "",
        hold=hold,
        rest_from=_rest_from(rows[-1] if rows else None, at),
        rest_s=line["rest_s"] if line else USUAL_REST_S,
    )


_ROWS = PreparedObjects(
    lambda: SetLog.objects.live().filter(session=Given("session", BigIntegerField())).order_by("set_no")
)


def stops(session: Session, hold: Hold | None = None) -> list[Stop]:
    """The exercises of a session: those prescribed in their order, then what was added."""
    done: dict[int, int] = {}
    names: dict[int, str] = {}
    for key, name, warm_up in (
        session.sets.live().order_by("set_no").values_list("exercise_id", "exercise__name", "warm_up")
    ):
        done[key] = done.get(key, 0) + (not warm_up)
        names[key] = name
    lines = {line["exercise_id"]: held(line, hold) if hold else line for line in session.prescribed}
    listed = [
        Stop(
            exercise_id=key,
            name=line["exercise"],
            words=line_words(line),
            done=done.get(key, 0),
            of=line["sets"],
            skipped=is_skipped(line),
        )
        for key, line in lines.items()
    ]
    added = [
        Stop(exercise_id=key, name=name, words="", done=done[key], of=None)
        for key, name in names.items()
        if key not in lines
    ]
    return listed + added


def line_of(session: Session, exercise_id: int) -> dict[str, Any] | None:
    return next((line for line in session.prescribed if line["exercise_id"] == exercise_id), None)


def pasts(client: Client, exercise_ids: Collection[int], *, before: date) -> dict[int, Past]:
    """The last day before this one on which each exercise was trained, in two queries for all of them."""
    days = dict(
        LiftDay.objects.filter(client=client, exercise__in=exercise_ids, day__lt=before)
        .values_list("exercise")
        .annotate(last=Max("day"))
        .order_by()
    )
    if not days:
        return {}
    wanted = Q()
    for key, day in days.items():
        wanted |= Q(exercise=key, day=day)
    found = {key: Past(day=day) for key, day in days.items()}
    rows = SetLog.objects.working().filter(wanted, client=client).select_related("exercise")
    for row in rows.order_by("session", "set_no"):
        found[row.exercise_id].rows.append(row)
    return found


def usual_g(client: Client, exercise: Exercise) -> int | None:
    """The load of a usual day: the median of the last ten, so that one slip that was kept does not become it."""
    found = _LOADS.run(client=client.pk, exercise=exercise.pk)
    most = sorted(max(load or 0 for load in day.values()) for day in found)
    return most[len(most) // 2] if most else None


_LOADS = Prepared(
    lambda: (
        LiftDay.objects.filter(client=CLIENT, exercise=Given("exercise", BigIntegerField()))
        .order_by("-day")
        .values("best_load_g", "open_load_g", "median_load_g")[:USUAL_DAYS]
    )
)


def past_words(past: Past | None, client: Client) -> str:
    if past is None or not past.rows:
        return ""
    exercise = past.rows[0].exercise
    done = last_time_words(past.rows, exercise, units_for(client, exercise))
    return f"{past.day:%a} {past.day.day} {past.day:%b}: {done}"


def _numbered(rows: list[SetLog], exercise: Exercise, units: str) -> list[Done]:
    numbered, number = [], 0
    for row in rows:
        number += not row.warm_up
        numbered.append(
            Done(
                row=row,
                number="w" if row.warm_up else str(number),
                what=done_words(row, exercise, units),
                how=how_words(row),
            )
        )
    return numbered


def _planned(line: dict[str, Any] | None, working: int) -> int | None:
    """A last set that is meant for failure is not stored as one by a tap that says "as planned"."""
    if line is None or line["rir_halves"] == 0:
        return None
    if line["failure_on_last"] and working + 1 >= line["sets"]:
        return None
    planned: int = line["rir_halves"]
    return planned


def _initial(
    exercise: Exercise,
    units: str,
    last: SetLog | None,
    line: dict[str, Any] | None,
    past: Past | None,
    nth: int,
) -> dict[str, Any]:
    before = last
    if before is None and past and past.rows:
        before = past.rows[min(nth, len(past.rows) - 1)]
    weight_g = before.weight_g if before else line["weight_g"] if line else None
    if last and last.ended == EndedBy.TECHNICAL_FAILURE and last.weight_g is not None:
        weight_g = loads.lighter(last.weight_g, equipment=exercise.equipment, units=units)
    reps = (before.reps if before else None) or (line["reps_min"] if line else None)
    return {"id": new_id(), "weight": loads.shown(weight_g, units), "reps": "" if reps is None else reps}


def _following(session: Session, rows: list[SetLog], current: int) -> dict[str, Any] | None:
    done = Counter(row.exercise_id for row in rows if not row.warm_up)
    open_lines = (
        line
        for line in session.prescribed
        if line["exercise_id"] != current
        and not is_skipped(line)
        and done[line["exercise_id"]] < line["sets"]
    )
    return next(open_lines, None)


def _closed(last: SetLog | None, exercise: Exercise, units: str) -> str:
    if last is None or last.ended != EndedBy.TECHNICAL_FAILURE:
        return ""
    if last.weight_g is None or last.weight_g == 0:
        return "Form broke, so that set is closed. Take the next one easier, and stop before form goes."
    lighter = loads.lighter(last.weight_g, equipment=exercise.equipment, units=units)
    return f"Form broke, so that set is closed. Next one lighter: {load_words(lighter, exercise, units)}."


def _hold(session: Session, client: Client, recent: Recent | None, at: datetime) -> Hold | None:
    """A scale back that began after the session did holds its sets, too."""
    if session.ended_at:
        return None
    until = recent.scale_back_until if recent else scaled_back_until(client, at)
    return Hold.SCALE_BACK if until else None


def _verdict(
    exercise: Exercise, client: Client, line: dict[str, Any] | None, working: int, recent: Recent
) -> Spoken:
    of = line["sets"] if line else None
    reps = line.get("reps_max") if line else None
    asked = Asked(exercise=exercise, reps=reps, set_no=working + 1 if of else None, of=of)
    (verdict,) = judged_by(recent, [asked])
    return spoken(verdict, client=client, at=recent.at, line=line)


def _rest_from(row: SetLog | None, at: datetime) -> datetime | None:
    done = row.done_at if row else None
    return done if done and timedelta() <= at - done < REST_SHOWN else None
