"""An uploaded export on its way: received, read for the preview, written, and the file forgotten.

Small files at once; long ones in the worker, which claims a row by its time: killed, another takes it up again.
"""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q

from clients.models import Client, User
from clients.problems import Refused
from coaching.exchange.apps.bringing import bring, look
from coaching.exchange.apps.kinds import Options
from coaching.exchange.apps.reading import Reading, read_export
from coaching.exchange.importing import Busy, Rejected
from coaching.import_preview import preview_of
from programs.models import Import

State = Import.State
SMALL_BYTES = 1_000_000
MOST_AN_HOUR = 10
LEASE = timedelta(minutes=10)
KEPT = timedelta(days=1)  # an upload that nobody imports
SHOWN_PROBLEMS = 200


class TooMany(Exception):
    """Enough files for an hour."""


def path_of(imported: Import) -> Path:
    """Under its id, never under the name that somebody gave it."""
    return Path(settings.VAR_DIR) / "imports" / f"{imported.uuid}.csv"


def receive(*, client: Client, file: "UploadedFile[bytes]", by: User, at: datetime) -> Import:
    if (
        Import.objects.filter(client=client, by=by, made_at__gt=at - timedelta(hours=1)).count()
        >= MOST_AN_HOUR
    ):
        raise TooMany
    sweep(at)
    received = Import(
        client=client, by=by, made_at=at, state=State.READING, file_name=_plain(file.name or "export.csv")
    )
    path = path_of(received)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
    received.save()
    return received


def is_long(imported: Import) -> bool:
    """Work for the worker, where there is one."""
    path = path_of(imported)
    return bool(settings.REDIS_URL) and path.exists() and path.stat().st_size > SMALL_BYTES


def choose(imported: Import, said: dict[str, str]) -> None:
    """Other units, another zone: the preview is made anew."""
    options = {name: value for name, value in {**imported.options, **said}.items() if value}
    waits = Import.objects.filter(pk=imported.pk, state__in=[State.READY, State.FAILED, State.READING])
    if not waits.update(options=options, state=State.READING, claimed_at=None):
        raise Refused("", "This file is being imported, or was.")
    imported.refresh_from_db()


def prepare(import_pk: int, *, at: datetime) -> None:
    """Read the file and keep what an import would do. Twice is once; a claim that is old is taken over."""
    if (imported := _claimed(import_pk, State.READING, at)) is None:
        return
    reading, zone, said = _read(imported)
    problems, found, plan = list(reading.problems.lines()), reading.read, None
    if found is not None and not problems:
        try:
            plan = look(found, reading.problems, client=imported.client, zone=zone)
        except Rejected as rejected:
            problems = list(rejected.problems.lines())
    shown = preview_of(imported.client, reading, plan, zone, said)
    Import.objects.filter(pk=imported.pk, state=State.READING).update(
        state=State.FAILED if plan is None else State.READY, problems=problems[: SHOWN_PROBLEMS + 1], preview=shown,
        app=found.app if found else "", claimed_at=None, counts=found.counts() if found else {},
    )  # fmt: skip


def begin(imported: Import, *, at: datetime) -> bool:
    """Somebody said: import it. Of two tabs one wins; a run that died may be begun again."""
    died = Q(state=State.RUNNING) & (
        Q(claimed_at__lt=at - LEASE) | Q(claimed_at=None, made_at__lt=at - LEASE)
    )
    waits = Import.objects.filter(Q(state=State.READY) | died, pk=imported.pk)
    return bool(waits.update(state=State.RUNNING, claimed_at=None))


def run(import_pk: int, *, at: datetime) -> None:
    """Write it. The row says how it went."""
    if (imported := _claimed(import_pk, State.RUNNING, at)) is None:
        return
    reading, zone, _ = _read(imported)
    problems: list[str] = list(reading.problems.lines())
    try:
        if reading.read is not None and not problems:
            bring(
                reading.read,
                reading.problems,
                client=imported.client,
                zone=zone,
                by=imported.by,
                at=at,
                into=imported,
            )
            path_of(imported).unlink(missing_ok=True)
            return
    except Rejected as rejected:
        problems = list(rejected.problems.lines())
    except Busy:
        Import.objects.filter(pk=imported.pk, state=State.RUNNING).update(
            state=State.READY,
            claimed_at=None,
            problems=["The client is being written to. Try again in a moment."],
        )
        return
    Import.objects.filter(pk=imported.pk, state=State.RUNNING).update(
        state=State.FAILED, claimed_at=None, problems=problems[: SHOWN_PROBLEMS + 1]
    )


def unfinished(at: datetime) -> list[tuple[int, str]]:
    """What a worker should take up: never claimed for a minute, or claimed by one that is gone."""
    waiting = Q(claimed_at=None, made_at__lt=at - timedelta(minutes=1)) | Q(claimed_at__lt=at - LEASE)
    rows = Import.objects.filter(waiting, state__in=[State.READING, State.RUNNING])
    return list(rows.values_list("pk", "state"))


def sweep(at: datetime) -> None:
    """Uploads that nobody imported for a day go, and files that belong to no row."""
    Import.objects.filter(
        state__in=[State.READING, State.READY, State.FAILED], made_at__lt=at - KEPT
    ).delete()
    folder = Path(settings.VAR_DIR) / "imports"
    files = {path.stem: path for path in folder.glob("*.csv")} if folder.is_dir() else {}
    live = Import.objects.filter(state__in=[State.READING, State.READY, State.FAILED, State.RUNNING])
    kept = {str(uuid) for uuid in live.values_list("uuid", flat=True)} if files else set()
    for name, path in files.items():
        if name not in kept and path.stat().st_mtime < at.timestamp() - LEASE.total_seconds():
            path.unlink(missing_ok=True)
    for path in folder.glob("*.sqlite"):  # beside the live tables: of a run that was killed
        if path.stat().st_mtime < at.timestamp() - KEPT.total_seconds():
            path.unlink(missing_ok=True)


def _claimed(import_pk: int, state: str, at: datetime) -> Import | None:
    free = Q(claimed_at=None) | Q(claimed_at__lt=at - LEASE)
    if not Import.objects.filter(free, pk=import_pk, state=state).update(claimed_at=at):
        return None
    return Import.objects.select_related("client__coach__user", "client__practice", "by").get(pk=import_pk)


def _read(imported: Import) -> tuple[Reading, ZoneInfo, Options]:
    said, client, path = imported.options, imported.client, path_of(imported)
    options = Options(
        app=said.get("app", ""), units=said.get("units") or client.units, dates=said.get("dates", "")
    )
    zone = ZoneInfo(said.get("timezone") or client.timezone)
    return read_export(lambda: path.open("rb"), imported.file_name, options), zone, options


def _plain(name: str) -> str:
    """For a sentence: the last part of a path, without what cannot be printed."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable())[:100] or "export.csv"
