"""How a session stands, as one short text: another one later means that somebody edited it in between."""

import hashlib
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter

from django.db.models import QuerySet

from programs import bulk
from programs.models import Import, ImportedSession, Session, SetLog

AT_ONCE = 500


def stamps(session_ids: Sequence[int]) -> dict[int, str]:
    """Of version, life and living sets: an amendment raises a version, a deletion takes a set away."""
    found: dict[int, str] = {}
    for at in range(0, len(session_ids), AT_ONCE):
        ids = session_ids[at : at + AT_ONCE]
        live = SetLog.objects.live().filter(session__in=ids).order_by("session_id", "set_no", "pk")
        rows = bulk.read(live.values_list("session_id", "pk", "version"))
        sets = {
            session: " ".join([f"{pk}.{version}" for _, pk, version in its])
            for session, its in groupby(rows, key=itemgetter(0))
        }
        for pk, version, gone in Session.objects.filter(pk__in=ids).values_list(
            "pk", "version", "deleted_at"
        ):
            text = f"{version} {gone or ''} {sets.get(pk, '')}"
            found[pk] = hashlib.sha256(text.encode()).hexdigest()
    return found


def standing() -> "QuerySet[ImportedSession]":
    """Of imports that were not undone."""
    return ImportedSession.objects.exclude(made_by__state=Import.State.UNDONE)


def restamp(session_ids: Sequence[int]) -> None:
    """They are as the import before left them: from now on that one's stamp is how they stand."""
    now = stamps(session_ids)
    for pk in session_ids:
        last = standing().filter(session=pk).order_by("pk").last()
        if last is not None:
            ImportedSession.objects.filter(pk=last.pk).update(stamp=now[pk])


def last_stamps(session_ids: Sequence[int]) -> dict[int, str]:
    """As the last import that touched each of them left it."""
    found: dict[int, str] = {}
    for at in range(0, len(session_ids), AT_ONCE):
        rows = standing().filter(session__in=session_ids[at : at + AT_ONCE]).order_by("pk")
        found |= dict(rows.values_list("session_id", "stamp"))
    return found


def untouched(session_ids: Iterable[int]) -> set[int]:
    """Sessions that stand as an import left them. Where no import is on record (they came in by a bundle): those
    of which nobody has changed anything."""
    ids = list(session_ids)
    now, then = stamps(ids), last_stamps(ids)
    strange = [pk for pk in ids if pk not in then]
    changed = set(
        SetLog.objects.filter(session__in=strange)
        .exclude(version=1, deleted_at=None)
        .values_list("session_id", flat=True)
    )
    fresh = set(
        Session.objects.filter(pk__in=strange, version=1, deleted_at=None).values_list("pk", flat=True)
    )
    return {pk for pk in ids if then.get(pk) == now.get(pk)} - set(strange) | (fresh - changed)
