"""Sessions as they are before an import changes them, as plain values that can be put back."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from coaching.exchange.apps.stamps import AT_ONCE
from programs.models import Exercise, Session, SetLog

SESSION = (
    "started_at", "utc_offset_min", "local_day", "ended_at", "duration_min", "session_rpe", "workout_name", "note",
)  # fmt: skip
SET = (
    "set_no", "exercise_id", "day", "weight_g", "reps", "rir_halves", "ended", "warm_up", "done_at", "source", "note",
)  # fmt: skip


def as_before(session_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for at in range(0, len(session_ids), AT_ONCE):
        ids = session_ids[at : at + AT_ONCE]
        sets: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
        for row in (
            SetLog.objects.live().filter(session__in=ids).order_by("set_no").values("pk", "session_id", *SET)
        ):
            sets[row.pop("session_id")].append({name: _plain(value) for name, value in row.items()})
        for row in Session.objects.filter(pk__in=ids).values("pk", *SESSION):
            pk = row.pop("pk")
            found[pk] = {"session": {name: _plain(value) for name, value in row.items()}, "sets": sets[pk]}
    return found


def put_back(session_id: int, before: dict[str, Any]) -> None:
    """The session and its sets as they were; sets that came later go. Rollups are the caller's."""
    said = before["session"]
    session = Session.objects.get(pk=session_id)
    for name in SESSION:
        setattr(session, name, _read(name, said[name]))
    session.version += 1
    session.save(update_fields=[*SESSION, "version"])
    kept = [row["pk"] for row in before["sets"] if "pk" in row]
    SetLog.objects.live().filter(session=session_id).exclude(pk__in=kept).delete()
    for row in SetLog.objects.filter(pk__in=kept):
        values = next(one for one in before["sets"] if one["pk"] == row.pk)
        for name in SET:
            setattr(row, name, _read(name, values[name]))
        row.exercise = target_of(row.exercise)  # merged into another since
        row.deleted_at, row.version = None, row.version + 1
        row.save(update_fields=[*SET, "deleted_at", "version"])
    SetLog.objects.bulk_create(_anew(session, values) for values in before["sets"] if "pk" not in values)


def _anew(session: Session, values: dict[str, Any]) -> SetLog:
    """Of an import that came in by a bundle: what it had changed lies nowhere here but in the import."""
    row = SetLog(
        session=session, client_id=session.client_id, **{name: _read(name, values[name]) for name in SET}
    )
    row.exercise = target_of(Exercise.objects.get(pk=row.exercise_id))
    return row


def target_of(exercise: Exercise) -> Exercise:
    while exercise.merged_into is not None:
        exercise = exercise.merged_into
    return exercise


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _read(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name.endswith("_at"):
        return datetime.fromisoformat(value)
    if name in ("day", "local_day"):
        return date.fromisoformat(value)
    return Decimal(value) if name in ("duration_min", "session_rpe") else value
