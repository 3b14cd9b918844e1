"""The sessions of a client, newest first, with the sets that went against what the rules had said."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from clients.days import local_day
from clients.models import Client
from coaching.wording import ago, counted
from programs.models import LiftDay, Session, SetLog
from programs.policy.classes import COSTS_AS_FAILURE, set_class
from programs.skipping import skipped_names

PAGE = 12
LATELY = 200  # days of lifts that are looked through for names
POUND_G = 453.59237
ENDED = {
    "target": "as planned",
    "muscular_failure": "could not finish a rep",
    "technical_failure": "form broke",
    "stopped": "stopped",
    "": "",
}


@dataclass(frozen=True, kw_only=True)
class SetShown:
    exercise: str
    said: str
    ended: str
    costs: bool
    against: str  # what the rules had said before the set, where it went to failure all the same
    note: str


@dataclass(frozen=True, kw_only=True)
class SessionShown:
    day: str
    ago: str
    name: str
    effort: str
    note: str
    failures: str
    skipped: str  # names
    sets: tuple[SetShown, ...]


@dataclass(frozen=True, kw_only=True)
class SessionsPage:
    sessions: tuple[SessionShown, ...]
    older: str


def sessions_page(client: Client, *, now: datetime, before: date | None) -> SessionsPage:
    """Two queries a page."""
    today = local_day(now, client.zone)
    asked = Session.objects.live().filter(client=client).order_by("-started_at", "-pk")
    if before is not None:
        asked = asked.filter(local_day__lt=before)
    sessions = list(asked[: PAGE + 1])
    sets: defaultdict[int, list[SetShown]] = defaultdict(list)
    logged = SetLog.objects.live().filter(session__in=[session.pk for session in sessions[:PAGE]])
    for one in logged.select_related("exercise").order_by("set_no"):
        sets[one.session_id].append(_set(one, client.units))
    older = f"?before={sessions[PAGE - 1].local_day}" if len(sessions) > PAGE else ""
    shown = tuple(_session(session, tuple(sets[session.pk]), today) for session in sessions[:PAGE])
    return SessionsPage(sessions=shown, older=older)


def trained_lately(client: Client) -> list[str]:
    """Names of the exercises of the last weeks, to choose from."""
    rows = LiftDay.objects.filter(client=client).order_by("-day").values_list("exercise__name", flat=True)
    return list(dict.fromkeys(rows[:LATELY]))


def logged_said(sets: Sequence[SetLog]) -> str:
    if not sets:
        return ""
    return f"Logged: {counted(len(sets), 'set')} of {sets[0].exercise.name}."


def _session(session: Session, sets: tuple[SetShown, ...], today: date) -> SessionShown:
    effort = [
        f"effort {float(session.session_rpe):g} of 10" if session.session_rpe is not None else "",
        f"{float(session.duration_min):g} minutes" if session.duration_min is not None else "",
    ]
    failed = sum(one.costs for one in sets)
    return SessionShown(
        day=f"{session.local_day:%A} {session.local_day.day} {session.local_day:%B %Y}",
        ago=ago(session.local_day, today),
        name=session.workout_name or "Free session",
        effort=", ".join(part for part in effort if part),
        note=session.note,
        failures=f"{counted(len(sets), 'set')}, {failed} to failure" if failed else counted(len(sets), "set"),
        skipped=", ".join(skipped_names(session)),
        sets=sets,
    )


def _set(one: SetLog, units: str) -> SetShown:
    kind = set_class(warm_up=one.warm_up, ended=one.ended, rir_halves=one.rir_halves)
    verdict = one.shown_verdict or {}
    said_no = verdict.get("answer", verdict.get("verdict")) == "no"
    costs = kind in COSTS_AS_FAILURE
    says = verdict.get("says") or []
    reserve = "" if one.rir_halves is None else f", {one.rir_halves / 2:g} in reserve"
    return SetShown(
        exercise=one.exercise.name,
        said=f"{_weight(one.weight_g, units)}{one.reps if one.reps is not None else '?'} reps{reserve}",
        ended="warm-up" if one.warm_up else ENDED[one.ended],
        costs=costs,
        against=" ".join(str(sentence) for sentence in says) or "The rules had said no."
        if costs and said_no
        else "",
        note=one.note,
    )


def _weight(weight_g: int | None, units: str) -> str:
    if weight_g is None:
        return ""
    number = weight_g / POUND_G if units == Client.Units.LB else weight_g / 1000
    return f"{round(number, 1):g} {units} × ".replace("-", "−")
