"""A bundle asked for over the API: a row, a file beside it, written by the worker where there is one, kept a day."""

import logging
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from clients.models import Client, Coach, Export
from coaching.exchange.exporting import export_bundle

logger = logging.getLogger(__name__)
State = Export.State
KEPT = timedelta(days=1)
LEASE = timedelta(minutes=15)
MOST_AN_HOUR = 10
MOST_TRIES = 3


class TooMany(Exception):
    """Enough bundles for an hour."""


@transaction.atomic
def ask(*, coach: Coach, client: Client | None, for_client: bool, at: datetime) -> Export:
    """What was asked for within the hour and is still being written is that one."""
    Coach.objects.select_for_update(of=("self",)).get(pk=coach.pk)
    mine = Export.objects.filter(
        coach=coach, client=client, for_client=for_client, asked_at__gt=at - timedelta(hours=1)
    )
    if going := mine.filter(state__in=[State.WAITING, State.WRITING]).first():
        return going
    if mine.count() >= MOST_AN_HOUR:
        raise TooMany
    return Export.objects.create(coach=coach, client=client, for_client=for_client, asked_at=at)


def path_of(export: Export) -> Path:
    return Path(settings.VAR_DIR) / "exports" / f"{export.uuid}.zip"


def unwritten(at: datetime) -> list[int]:
    """What a worker should take up: not begun, or begun by one that is gone."""
    return list(Export.objects.filter(_free(at)).order_by("asked_at").values_list("pk", flat=True))


def write(export_pk: int, *, at: datetime) -> None:
    """Twice is once; a claim that is old is taken over. A file that can be seen is whole."""
    if not Export.objects.filter(_free(at), pk=export_pk).update(state=State.WRITING, claimed_at=at):
        return
    export = Export.objects.select_related("coach__user", "client").get(pk=export_pk)
    mine = Export.objects.filter(pk=export_pk, state=State.WRITING, claimed_at=at)
    mine.update(tries=export.tries + 1)
    if export.tries >= MOST_TRIES:
        mine.update(state=State.FAILED, claimed_at=None, done_at=at)
        return
    path = path_of(export)
    path.parent.mkdir(parents=True, exist_ok=True)
    counts = export_bundle(path, coach=export.coach, client=export.client, for_client=export.for_client)
    mine.update(state=State.READY, claimed_at=None, done_at=at, counts=counts)


def sweep(at: datetime) -> None:
    """What was asked for a day ago goes, and files that belong to no row."""
    Export.objects.filter(asked_at__lt=at - KEPT).delete()
    folder = Path(settings.VAR_DIR) / "exports"
    files = {path.stem: path for path in folder.glob("*.zip")} if folder.is_dir() else {}
    kept = {str(uuid) for uuid in Export.objects.values_list("uuid", flat=True)} if files else set()
    for name, path in files.items():
        if name not in kept and path.stat().st_mtime < at.timestamp() - LEASE.total_seconds():
            path.unlink(missing_ok=True)


def _free(at: datetime) -> Q:
    return Q(state=State.WAITING) | Q(state=State.WRITING, claimed_at__lt=at - LEASE)
