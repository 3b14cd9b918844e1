"""Rows as the API shows them: weights in kilograms, reps in reserve in reps, instants in UTC."""

from typing import Any

from clients.models import Action, Checkin, Client, Flag, Injury, Invitation
from clients.models.checkin import ITEMS
from clients.outbox import flag_facts
from coaching.api.resource import instant
from programs.models import Exercise, Session, SetLog
from programs.own_exercises import FACTS

Row = dict[str, Any]


def client_row(client: Client, *, for_coach: bool = True) -> Row:
    return {
        "id": str(client.uuid),
        "ref": client.ref,
        "name": client.name,
        "email": client.email,
        "timezone": client.timezone,
        "units": client.units,
        "training_since": client.training_since,
        "born_on": client.born_on,
        "away_until": client.away_until,
        "sensitivity": client.sensitivity if for_coach else None,
        "archived_at": instant(client.archived_at),
    }


def invitation_row(made: Invitation) -> Row:
    names = ("made_at", "expires_at", "used_at")
    return {"id": made.pk, **{name: instant(getattr(made, name)) for name in names}}


def injury_row(injury: Injury, *, for_coach: bool = True) -> Row:
    names = ("region", "severity", "muscle", "onset", "resolved")
    facts = {name: getattr(injury, name) for name in names}
    return {"id": str(injury.uuid), **facts, "note": injury.note if for_coach else ""}


def session_row(session: Session) -> Row:
    return {
        "id": str(session.uuid),
        "version": session.version,
        "started_at": instant(session.started_at),
        "day": session.local_day,
        "ended_at": instant(session.ended_at),
        "workout": session.workout_name,
        "session_rpe": None if session.session_rpe is None else float(session.session_rpe),
        "duration_min": None if session.duration_min is None else float(session.duration_min),
        "note": session.note,
    }


def set_row(one: SetLog) -> Row:
    return {
        "id": str(one.uuid),
        "version": one.version,
        "session": str(one.session.uuid),
        "day": one.day,
        "set_no": one.set_no,
        "exercise": one.exercise.name,
        "weight_kg": None if one.weight_g is None else one.weight_g / 1000,
        "reps": one.reps,
        "rir": None if one.rir_halves is None else one.rir_halves / 2,
        "ended": one.ended,
        "warm_up": one.warm_up,
        "done_at": instant(one.done_at),
        "source": one.source,
        "note": one.note,
        "deleted_at": instant(one.deleted_at),
    }


def checkin_row(checkin: Checkin) -> Row:
    hours = checkin.sleep_hours
    return {
        "date": checkin.day,
        "version": checkin.version,
        "sleep_hours": None if hours is None else float(hours),
        **{item: getattr(checkin, item) for item in ITEMS},
        "aches": checkin.aches,
        "note": checkin.note,
        "deleted_at": instant(checkin.deleted_at),
    }


def flag_row(flag: Flag) -> Row:
    return flag_facts(flag, flag.client.uuid)


def action_row(action: Action) -> Row:
    return {
        "id": action.pk,
        "kind": action.kind,
        "at": instant(action.at),
        "on": action.on,
        "until": action.until,
        "text": action.text,
        "undone_at": instant(action.undone_at),
        "outcome": action.outcome,
    }


def exercise_row(exercise: Exercise, *, for_coach: bool = True) -> Row:
    """A client does not read a coach's reason for a class of their own."""
    facts = {name: getattr(exercise, name) for name in FACTS}
    reason = exercise.reason if for_coach else ""
    return {"id": exercise.pk, "own": exercise.practice_id is not None, **facts, "reason": reason}
