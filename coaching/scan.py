"""The scan: who is due, read their histories, detect, make the flags follow. Everything is decided by the database,

so a scan that comes twice, late, half or not at all leaves the same rows behind.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice

from django.db import connection

from clients.flags import ChangeLine, Finding, reconcile
from clients.models import Client, ScanRun
from clients.signs.fold import look
from clients.signs.kinds import Episode, Outlook
from coaching.histories import Chunk, read_chunk
from coaching.old_history import without_old_history
from coaching.readings import rolled_up
from programs import rollups

CHUNK = 200  # clients read and judged together
TOGETHER = 50  # clients whose flags are written in one transaction
BREATH_S = 0.02  # between two of them, so that a phone's set gets its turn at SQLite's one lock


class Backwards(Exception):
    """A scan may not go back to a day before the last one it judged: what was said is not unsaid."""


def scan(
    client_ids: Iterable[int], *, now: datetime, as_of: date | None = None, full: bool = False
) -> list[ChangeLine]:
    """Judge these clients up to their last whole day (or `as_of`) and write what changed."""
    found = scan_chunks(client_ids, now=now, as_of=as_of, full=full)
    return sorted((line for lines in found for line in lines), key=ChangeLine.order)


def scan_chunks(
    client_ids: Iterable[int], *, now: datetime, as_of: date | None = None, full: bool = False
) -> Iterator[list[ChangeLine]]:
    """The same, a chunk at a time. The run itself is a row, so that silence can be told from health."""
    ids = sorted(set(client_ids))
    if as_of and Client.objects.filter(pk__in=ids, scanned_on__gt=as_of).exists():
        raise Backwards
    if not ids:
        ScanRun.objects.create(started_at=now, finished_at=now)
        return
    began, changes = time.monotonic(), 0
    run = ScanRun.objects.create(started_at=now, clients=len(ids))
    for chunk in chunks(ids):
        lines = _scan_chunk(chunk, now=now, as_of=as_of, full=full)
        changes += len(lines)
        yield lines
    took = timedelta(seconds=time.monotonic() - began)
    ScanRun.objects.filter(pk=run.pk).update(finished_at=now + took, changes=changes)


def chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    source = iter(ids)
    while chunk := list(islice(source, CHUNK)):
        yield chunk


def findings(chunk: Chunk, outlook: Outlook) -> list[Finding]:
    """What the fold says of each client of a chunk, with the state it was read from."""
    episodes: dict[int, list[Episode]] = {pk: [] for pk in chunk.clients}
    for episode in without_old_history(outlook.episodes, chunk):
        episodes[episode.key].append(_ended(episode, chunk))
    unknown: dict[int, dict[str, str]] = {pk: {} for pk in chunk.clients}
    for (pk, sign), sentence in outlook.unknown.items():
        unknown[pk][sign.value] = sentence
    return [
        Finding(
            client_id=person.key,
            client_ref=chunk.clients[person.key].ref,
            history_version=chunk.clients[person.key].history_version,
            scanned_at=chunk.clients[person.key].scanned_at,
            judged_to=date.fromordinal(person.until),
            episodes=episodes[person.key],
            next_look_on=_next_look(person.key, chunk, outlook),
            unknown=unknown[person.key],
            doubts=chunk.doubts.get(person.key, ()),
        )
        for person in chunk.histories.people
    ]


def _scan_chunk(ids: Sequence[int], *, now: datetime, as_of: date | None, full: bool) -> list[ChangeLine]:
    """A full scan believes the sets alone: rollups that are not what they come to are mended on the way."""
    chunk = read_chunk(ids, until=as_of or now, lift_days=rollups.mended if full else rolled_up)
    found = findings(chunk, look(chunk.histories))
    lines: list[ChangeLine] = []
    for first in range(0, len(found), TOGETHER):
        if first and connection.vendor == "sqlite":
            time.sleep(BREATH_S)
        lines += reconcile(found[first : first + TOGETHER], now=now)
    return lines


def _ended(episode: Episode, chunk: Chunk) -> Episode:
    """A coach's word of today, or a consent withdrawn today, holds now: not tomorrow, when today is judged."""
    ending = chunk.endings.get((episode.key, episode.sign))
    if ending is None or episode.closed is not None:
        return episode
    return replace(episode, closed=ending.day, resolution=ending.resolution)


def _next_look(pk: int, chunk: Chunk, outlook: Outlook) -> date | None:
    days = [day for (key, _), (day, _) in chunk.endings.items() if key == pk]
    days += [day for day in (outlook.next_look.get(pk), chunk.later.get(pk)) if day is not None]
    return date.fromordinal(min(days)) if days else None
