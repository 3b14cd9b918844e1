"""Sessions and their sets as they are logged: each once, however often it is sent, and never lost.

Every verb that writes takes the client's row first, so two phones of one client wait for each other.
"""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from clients import history
from clients.days import local_day
from clients.ids import new_id
from clients.models import Client, User
from clients.problems import Conflict, Refused, plain_text
from programs import plans, rollups
from programs.again import lines_like
from programs.holds import lines_for
from programs.models import Exercise, Session, SetLog, Workout
from programs.set_values import CONTENT, checked, instant, set_number

__all__ = [
    "Conflict", "Ended", "Refused", "amend_set", "delete_set", "finish", "log_set", "reopen", "restore_set", "start",
]  # fmt: skip

LONGEST_MIN = 1440


class Ended(Refused):
    """The session was finished, perhaps on another phone, before this set was done."""

    def __init__(self, session: Session) -> None:
        super().__init__("", "This session has ended. Start a new one to go on.")
        self.session = session


@transaction.atomic
def start(
    *,
    client: Client,
    at: datetime,
    by: User | None,
    id: UUID | None = None,
    workout: Workout | None = None,
    like: Session | None = None,
    started_at: datetime | None = None,
) -> Session:
    """Begin a session, with the prescription it is done under frozen in. The same id is the same session.

    `like`: do an earlier session again.
    """
    client = _locked(client.pk)
    if id is not None and (known := Session.objects.filter(client=client, uuid=id).first()):
        return known
    begun = started_at or at
    instant("started_at", begun, at=at)
    day = local_day(begun, client.zone)
    uuid = id or new_id()
    session = Session.objects.create(
        uuid=uuid,
        practice_id=client.practice_id,
        client=client,
        ref=f"{client.pk}:{uuid}",
        workout=workout,
        workout_name=workout.name if workout else like.workout_name if like else "",
        prescribed=_prescribed(workout, client, day, at) if workout else lines_like(like) if like else [],
        started_at=begun,
        utc_offset_min=_offset(begun, client),
        local_day=day,
    )
    history.touch(client.pk)
    return session


@transaction.atomic
def log_set(
    *,
    id: UUID,
    session: Session,
    exercise: Exercise,
    by: User | None,
    at: datetime,
    weight_g: int | None,
    reps: int | None,
    rir_halves: int | None,
    ended: str,
    warm_up: bool = False,
    done_at: datetime | None = None,
    note: str = "",
    set_no: int | None = None,
    version: int = 1,
    shown_verdict: dict[str, Any] | None = None,
    source: str = "reserve",
    stamped: bool = False,
) -> SetLog:
    """Record a set once, however often the phone sends it.

    A known id with the same content returns the stored row; with other content it is an amendment if its
    version is the next, else `Conflict`. A number that is taken becomes the next free one. `stamped`: the
    time is our own, of receiving the set, and no part of what was sent.
    """
    values = checked(
        exercise,
        {
            "weight_g": weight_g, "reps": reps, "rir_halves": rir_halves, "ended": ended, "warm_up": warm_up,
            "done_at": done_at, "note": note, "exercise": exercise,
        },
        at=at,
    )  # fmt: skip
    set_number(set_no)
    _lock(session.client_id)
    sent_before = SetLog.objects.filter(client=session.client_id, uuid=id)
    if sent_before.exists():
        known = sent_before.select_related("exercise", "session").get()
        if stamped:
            values["done_at"] = known.done_at
        return _again(known, session, values, version, by=by, at=at)
    if session.ended_at and done_at and done_at > session.ended_at:
        raise Ended(session)
    made = SetLog.objects.create(
        uuid=id,
        client_id=session.client_id,
        session=session,
        day=session.local_day,
        set_no=_free_number(session, set_no),
        shown_verdict=shown_verdict,
        source=source[:20],
        **values,
    )
    _changed(made, exercise.pk)
    return made


@transaction.atomic
def amend_set(*, set_log: SetLog, version: int, by: User | None, at: datetime, **changes: Any) -> SetLog:
    """Change what a set says. `version` is the next one; the stored version with the same content is a resend."""
    _lock(set_log.client_id)
    stored = SetLog.objects.select_related("exercise", "session").get(pk=set_log.pk)
    values = {name: getattr(stored, name) for name in CONTENT} | changes
    values = checked(values["exercise"], values, at=at)
    return _again(stored, stored.session, values, version, by=by, at=at)


@transaction.atomic
def delete_set(*, set_log: SetLog, by: User | None, at: datetime, version: int | None = None) -> SetLog:
    """Take a set out of everything. The row stays: a late resend must not raise the dead, and Undo can.

    With `version`, the one that was seen when it was removed, a set that was changed since then stays: `Conflict`.
    """
    _lock(set_log.client_id)
    stored = SetLog.objects.select_related("exercise", "session").get(pk=set_log.pk)
    if version is not None and stored.deleted_at is None and stored.version != version:
        raise Conflict(stored)
    if SetLog.objects.live().filter(pk=set_log.pk).update(deleted_at=at):
        _recorded("set deleted", set_log, by=by, at=at)
        _changed(set_log, set_log.exercise_id)
    set_log.refresh_from_db(fields=["deleted_at"])
    return set_log


@transaction.atomic
def restore_set(*, set_log: SetLog, by: User | None, at: datetime) -> SetLog:
    """Undo a deletion. Where its number was given away meanwhile, it takes the next free one."""
    _lock(set_log.client_id)
    stored = SetLog.objects.select_related("exercise", "session").get(pk=set_log.pk)
    if stored.deleted_at is None:
        return stored
    stored.set_no = _free_number(stored.session, stored.set_no)
    stored.deleted_at = None
    stored.save(update_fields=["set_no", "deleted_at"])
    _recorded("set restored", stored, by=by, at=at)
    _changed(stored, stored.exercise_id)
    return stored


@transaction.atomic
def finish(
    *,
    session: Session,
    at: datetime,
    session_rpe: Decimal | float | None,
    duration_min: Decimal | float | None,
    note: str,
    by: User | None,
    done_at: datetime | None = None,
) -> Session:
    """End a session, at `done_at` where that can be.

    Ending it again corrects what was said of it, and keeps the time of the first end.
    """
    values = {
        "session_rpe": _number("session_rpe", session_rpe, 10, "0.1", "Effort is a number from 0 to 10."),
        "duration_min": _number(
            "duration_min",
            duration_min,
            LONGEST_MIN,
            "0.01",
            f"Minutes are a number from 0 to {LONGEST_MIN}.",
        ),
        "note": plain_text("note", note),
    }
    _lock(session.client_id)
    stored = Session.objects.get(pk=session.pk)
    before = {name: getattr(stored, name) for name in values}
    if stored.ended_at and before == values:
        return stored
    was_open = stored.ended_at is None
    for name, value in values.items():
        setattr(stored, name, value)
    stored.ended_at = stored.ended_at or _between(stored.started_at, done_at or at, at)
    stored.version += 1
    stored.save(update_fields=[*values, "ended_at", "version"])
    if not was_open:
        history.record(
            "session amended", subject=f"session:{stored.pk}", client=stored.client_id, by=by, at=at,
            before=_plain(before), after=_plain(values),
        )  # fmt: skip
    history.touch(stored.client_id)
    return stored


@transaction.atomic
def reopen(*, session: Session, by: User | None, at: datetime) -> Session:
    """Undo an end that was pressed too early."""
    _lock(session.client_id)
    if Session.objects.filter(pk=session.pk, ended_at__isnull=False).update(ended_at=None):
        history.record(
            "session reopened", subject=f"session:{session.pk}", client=session.client_id, by=by, at=at
        )
        history.touch(session.client_id)
    session.refresh_from_db()
    return session


def _between(first: datetime, wanted: datetime, last: datetime) -> datetime:
    return max(min(wanted, last), min(first, last))


def _locked(client_id: int) -> Client:
    return Client.objects.select_for_update(no_key=True).get(pk=client_id)


def _lock(client_id: int) -> None:
    """As `_locked`, for who has no use of the forty columns."""
    Client.objects.select_for_update(no_key=True).only("pk").get(pk=client_id)


def _prescribed(workout: Workout, client: Client, day: date, at: datetime) -> list[dict[str, Any]]:
    return lines_for(client, workout, phase=plans.phase_on(client, day).kind, at=at)


def _offset(at: datetime, client: Client) -> int:
    return int((at.astimezone(client.zone).utcoffset() or timedelta()).total_seconds() // 60)


def _again(
    stored: SetLog, session: Session, values: dict[str, Any], version: int, *, by: User | None, at: datetime
) -> SetLog:
    """A set that is known already: the same, an amendment, or a conflict."""
    before = {name: getattr(stored, name) for name in CONTENT}
    if stored.session_id == session.pk and before == values:
        return stored
    if stored.deleted_at or stored.session_id != session.pk or version != stored.version + 1:
        raise Conflict(stored)
    touched = {stored.exercise_id, values["exercise"].pk}
    for name, value in values.items():
        setattr(stored, name, value)
    stored.version = version
    stored.save(update_fields=[*CONTENT, "version"])
    history.record(
        "set amended", subject=f"set:{stored.pk}", client=stored.client_id, by=by, at=at,
        before=_plain(before), after=_plain(values),
    )  # fmt: skip
    _changed(stored, *touched)
    return stored


def _free_number(session: Session, wanted: int | None) -> int:
    taken = SetLog.objects.live().filter(session=session)
    if wanted is not None and not taken.filter(set_no=wanted).exists():
        return wanted
    last: int | None = taken.aggregate(last=Max("set_no"))["last"]
    return (last or 0) + 1


def _changed(set_log: SetLog, *exercise_ids: int) -> None:
    for exercise_id in exercise_ids:
        rollups.rebuild(set_log.client_id, exercise_id, set_log.day)
    history.touch(set_log.client_id)


def _recorded(kind: str, set_log: SetLog, *, by: User | None, at: datetime) -> None:
    history.record(kind, subject=f"set:{set_log.pk}", client=set_log.client_id, by=by, at=at)


def _number(field: str, value: Any, most: int, step: str, sentence: str) -> Decimal | None:
    if value is None:
        return None
    number = Decimal(str(value))
    if not number.is_finite() or not 0 <= number <= most:
        raise Refused(field, sentence)
    return number.quantize(Decimal(step), rounding=ROUND_HALF_UP)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Values as JSON keeps them."""
    plain: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, Exercise):
            plain[name] = value.pk
        elif isinstance(value, Decimal):
            plain[name] = float(value)
        else:
            plain[name] = value.isoformat() if isinstance(value, datetime) else value
    return plain
