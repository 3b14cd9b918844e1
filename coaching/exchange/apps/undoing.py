"""An import is taken back as a whole: what it made goes, what it changed is as before."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from clients import history
from clients.models import Client, User
from clients.problems import Refused
from coaching.exchange.apps.before import put_back
from coaching.exchange.apps.stamps import AT_ONCE, restamp, stamps
from programs import rollups
from programs.models import Exercise, Import, ImportedSession, Prescription, Session, SetLog
from programs.models.imports import UNDO_DAYS


@dataclass(frozen=True, kw_only=True)
class Undone:
    removed: int
    restored: int
    left: int  # edited here since: they stay


@transaction.atomic
def undo(imported: Import, *, by: User | None, at: datetime) -> Undone:
    """Sessions that somebody edited since stay as they are. Undoing again changes nothing."""
    Client.objects.select_for_update(no_key=True).get(pk=imported.client_id)
    imported.refresh_from_db()
    if imported.state == Import.State.UNDONE:
        return Undone(removed=0, restored=0, left=0)
    if not imported.can_be_undone(at):
        raise Refused("", f"An import can be undone for {UNDO_DAYS} days.")
    rows = list(imported.sessions.order_by("pk").values_list("session_id", "stamp", "before"))
    _not_built_upon(imported, [pk for pk, _, _ in rows])
    now = stamps([pk for pk, _, _ in rows])
    free = [(pk, before) for pk, stamp, before in rows if now.get(pk) == stamp]
    keys = _keys([pk for pk, _ in free])
    made = [pk for pk, before in free if before is None]
    for first in range(0, len(made), AT_ONCE):
        SetLog.objects.filter(session__in=made[first : first + AT_ONCE]).delete()
        Session.objects.filter(pk__in=made[first : first + AT_ONCE]).delete()
    changed = {pk: before for pk, before in free if before is not None}
    for pk, before in changed.items():
        put_back(pk, before)
    rollups.rebuild_days(sorted(keys | _keys(list(changed))))
    _forget_exercises(imported)
    done = Undone(removed=len(made), restored=len(changed), left=len(rows) - len(free))
    Import.objects.filter(pk=imported.pk).update(state=Import.State.UNDONE, undone_at=at)
    restamp(list(changed))
    history.record(
        "import undone", subject=f"import:{imported.pk}", client=imported.client_id, by=by, at=at,
        after={"removed": done.removed, "restored": done.restored, "left": done.left},
    )  # fmt: skip
    history.touch(imported.client_id)
    return done


def _not_built_upon(imported: Import, session_ids: list[int]) -> None:
    """What a later import changed can only go back through that one."""
    later = ImportedSession.objects.filter(
        made_by__client=imported.client_id, made_by__state=Import.State.DONE, made_by__pk__gt=imported.pk
    )
    for first in range(0, len(session_ids), AT_ONCE):
        if later.filter(session__in=session_ids[first : first + AT_ONCE]).exists():
            raise Refused("", "A later import changed some of the same sessions. Undo that one first.")


def _keys(session_ids: list[int]) -> set[rollups.Key]:
    found: set[rollups.Key] = set()
    for first in range(0, len(session_ids), AT_ONCE):
        sets = SetLog.objects.filter(session__in=session_ids[first : first + AT_ONCE])
        found.update(sets.order_by().values_list("client_id", "exercise_id", "day").distinct())
    return found


def _forget_exercises(imported: Import) -> None:
    """Exercises that only this import needed, and that nobody has completed since."""
    made = Exercise.objects.filter(
        pk__in=imported.exercises, practice=imported.client.practice_id, to_complete=True, merged_into=None
    )
    used = set(SetLog.objects.filter(exercise__in=made).values_list("exercise_id", flat=True)) | set(
        Prescription.objects.filter(exercise__in=made).values_list("exercise_id", flat=True)
    )
    merged = set(Exercise.objects.filter(merged_into__in=made).values_list("merged_into_id", flat=True))
    made.exclude(pk__in=used | merged).delete()
