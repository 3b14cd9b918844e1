"""A bundle goes out: the same files, the same bytes for the same facts."""

import csv
import io
import os
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from django.db import connection, transaction

from clients.models import Checkin, Client, Coach, Injury
from coaching.exchange import called, kept
from coaching.exchange.exporting_more import COACHS_OWN, more_rows
from coaching.exchange.files import FILES
from coaching.exchange.kept import Row
from coaching.exchange.kept_more import Eyes
from coaching.exchange.layout import (
    CHECKINS,
    CLIENTS,
    EXERCISES,
    INJURIES,
    PHASES,
    SESSIONS,
    SETS,
    File,
)
from coaching.exchange.layout_more import MORE
from programs.models import AppExercise, Exercise, Phase, Prescription, Session, SetLog

_EPOCH = (1980, 1, 1, 0, 0, 0)  # a zip of the same facts is the same file


PRIVATE = (INJURIES, EXERCISES)  # whose last column is the coach's own word


def export_bundle(
    path: Path, *, coach: Coach, client: Client | None = None, for_client: bool = False
) -> dict[str, int]:
    """Write a coach's clients, or one of them, to a folder or a zip; answers how many rows each file has.

    `for_client`: what a client may read, so without the coach's notes on injuries and reasons for overrides, and
    without the files that hold the coach's own words and choices.
    """
    counts = {}
    files = [file for file in FILES if not (for_client and file in COACHS_OWN)]
    with _snapshot(), _target(path, files) as target:
        people = Client.objects.filter(coach=coach) if client is None else Client.objects.filter(pk=client.pk)
        pairs = sorted(people.values_list("ref", "pk"))
        found = called.finals(coach)
        used = _used(found, coach, [pk for _, pk in pairs], alone=client is not None)
        eyes = Eyes(coach, called.names(found))
        for file in files:
            with target(file.name) as text:
                rows: Iterable[Row] = (
                    _described(coach, used, alone=client is not None)
                    if file is EXERCISES
                    else more_rows(file, eyes, [pk for _, pk in pairs], alone=client is not None)
                    if file in MORE
                    else (row for _, pk in pairs for row in _rows_of(file, pk, used))
                )
                if for_client and file in PRIVATE:
                    rows = ((*row[:-1], None) for row in rows)
                counts[file.name] = _write(file, rows, text)
    return counts


def _rows_of(file: File, client_id: int, used: dict[int, Exercise]) -> Iterator[Row]:
    """One client's rows of a file, in an order that depends on what they say alone."""
    if file is CLIENTS:
        return kept.clients(Client.objects.filter(pk=client_id))
    live = Session.objects.live().filter(client=client_id)
    if file is SESSIONS:
        return iter(sorted(kept.sessions(live), key=_by_start))
    if file is SETS:
        order = {row[2]: n for n, row in enumerate(sorted(kept.sessions(live), key=_by_start))}
        sets = kept.sets(SetLog.objects.live().filter(client=client_id, session__deleted_at=None))
        named = ((*row[:4], used[row[4]].name, *row[5:]) for row in sets)
        return iter(sorted(named, key=lambda row: (order[row[2]], row[3])))
    if file is CHECKINS:
        return kept.checkins(Checkin.objects.live().filter(client=client_id).order_by("day"))
    if file is INJURIES:
        return kept.injuries(Injury.objects.filter(client=client_id).order_by("onset", "region"))
    assert file is PHASES
    return kept.phases(Phase.objects.filter(client=client_id).order_by("starts_on"))


def _by_start(row: Row) -> tuple[str, str]:
    return kept.utc_of(row[4]), row[2]


def _used(
    found: dict[int, Exercise], coach: Coach, clients: list[int], *, alone: bool
) -> dict[int, Exercise]:
    """What the clients did and are to do, by id."""
    used: set[int] = set()
    for at in range(0, len(clients), 500):
        ids = clients[at : at + 500]
        sets = SetLog.objects.live().filter(client__in=ids, session__deleted_at=None)
        used.update(sets.order_by().values_list("exercise_id", flat=True).distinct())
        planned = Prescription.objects.filter(workout__phase__client__in=ids)
        used.update(planned.order_by().values_list("exercise_id", flat=True).distinct())
        frozen = Session.objects.live().filter(client__in=ids).exclude(prescribed=[])
        for lines in frozen.values_list("prescribed", flat=True).iterator(kept.AT_ONCE):
            used.update(line["exercise_id"] for line in lines)
    if not alone:
        used.update(
            AppExercise.objects.filter(practice=coach.practice_id).values_list("exercise_id", flat=True)
        )
    return {pk: found[pk] for pk in used if pk in found}


def _described(coach: Coach, used: dict[int, Exercise], *, alone: bool) -> list[Row]:
    """The exercises that the sets name, and the practice's other ones where they say more than the library."""
    known = list(Exercise.objects.known_to(coach.practice_id))
    library = {row[2].casefold(): row for row in kept.exercises(x for x in known if x.practice_id is None)}
    found = {}
    for row in kept.exercises([*used.values(), *(x for x in known if x.practice_id and not alone)]):
        twin = library.get(row[2].casefold(), row)
        # What a practice's row leaves open, the library answers: so an import reads it, too.
        said = tuple(theirs if ours is None else ours for ours, theirs in zip(row, twin, strict=True))
        if said[0] in {one.pk for one in used.values()} or said[2:] != twin[2:] or twin is row:
            found[said[0]] = said
    return sorted(found.values(), key=lambda row: (row[2].casefold(), row[2]))


def _write(file: File, rows: Iterable[Row], text: TextIO) -> int:
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(file.names)
    show = [column.kind.show for column in file.columns]
    count = 0
    for _, _, *values in rows:
        writer.writerow(
            "" if value is None else shown(value) for shown, value in zip(show, values, strict=True)
        )
        count += 1
    return count


@contextmanager
def _target(path: Path, files: Sequence[File]) -> Iterator[Any]:
    """Opens the bundle's files for writing; what stands at `path` changes when all of them are whole."""
    if path.suffix.lower() == ".zip":
        partial = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
                yield lambda name: _member(archive, name)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
        return
    path.mkdir(parents=True, exist_ok=True)
    partials = {file.name: path / f".{file.name}.{os.getpid()}" for file in files}
    try:
        yield lambda name: partials[name].open("w", encoding="utf-8", newline="")
        for name, partial in partials.items():
            partial.replace(path / name)
    finally:
        for partial in partials.values():
            partial.unlink(missing_ok=True)


@contextmanager
def _member(archive: zipfile.ZipFile, name: str) -> Iterator[TextIO]:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    with archive.open(info, "w", force_zip64=True) as raw, io.TextIOWrapper(raw, "utf-8", newline="") as text:
        yield text


@contextmanager
def _snapshot() -> Iterator[None]:
    """All files of one moment, without taking the write lock, however long the writing lasts."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("COMMIT")
