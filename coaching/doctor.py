"""The promises of the database, checked on a live one: each invariant, how much was looked at, what is broken."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.db.models import Count, F, Model, Q, QuerySet

from clients.episodes import facts
from clients.models import Change, Checkin, Client, Delivery, Digest, Export, Flag, Message, Reminder
from clients.models.outbox import Outgoing
from clients.signs.fold import look
from clients.signs.kinds import Resolution
from coaching import exports, outbox, webhooks
from coaching.due import due
from coaching.histories import read_chunk
from coaching.scan import chunks, findings
from programs import rollups
from programs.lift_day import LiftDayValues
from programs.models import LiftDay, SetLog

FEW = 20  # of the broken ones are named, the rest is counted


@dataclass(kw_only=True)
class Invariant:
    """What must hold, how many rows were looked at, and which of them break it."""

    name: str
    checked: int = 0
    broken: list[str] = field(default_factory=list)
    more: int = 0

    def breaks(self, what: str) -> None:
        if len(self.broken) < FEW:
            self.broken.append(what)
        else:
            self.more += 1

    def as_json(self) -> dict[str, Any]:
        broken = len(self.broken) + self.more
        return {"invariant": self.name, "checked": self.checked, "broken": broken, "which": self.broken}


def examine(now: datetime) -> Iterator[Invariant]:
    """Every invariant, in chunks: never a whole table in memory."""
    yield from _uniques()
    for check in (_rollups, _levels, _history, _claims):
        yield check(now)


UNIQUES: tuple[tuple[str, type[Model], Q, tuple[str, ...]], ...] = (
    ("one row a set", SetLog, Q(), ("client", "uuid")),
    ("one check-in a client and day", Checkin, Q(deleted_at=None), ("client", "day")),
    ("one open flag a client and sign", Flag, Q(closed_on=None), ("client", "sign")),
    ("one letter a coach and week", Digest, Q(asked_at=None), ("coach", "week")),
)


def _uniques() -> Iterator[Invariant]:
    for name, model, which, key in UNIQUES:
        rows = model._default_manager.filter(which)
        found = Invariant(name=name, checked=rows.count())
        for row in rows.order_by().values(*key).annotate(n=Count("pk")).filter(n__gt=1).iterator():
            found.breaks(f"{row['n']} rows of " + ", ".join(f"{part} {row[part]}" for part in key))
        yield found


def _rollups(now: datetime) -> Invariant:
    found = Invariant(name="rollups are what their sets come to")
    for client_id in _clients():
        keys = rollups.known_keys(client_id)
        stored = {
            (client_id, exercise, day): tuple(values)
            for exercise, day, *values in LiftDay.objects.filter(client_id=client_id)
            .values_list("exercise_id", "day", *LiftDayValues._fields)
            .iterator()
        }
        for key, values in rollups.compute(keys):
            found.checked += 1
            if stored.get(key) != (None if values is None else tuple(values)):
                found.breaks(f"client {key[0]}, exercise {key[1]}, {key[2]}")
    return found


def _levels(now: datetime) -> Invariant:
    """Nothing was written about them since the last scan: a full scan would leave the flags as they are.

    Who is due only because days have gone by is judged to the day of that scan.
    """
    found = Invariant(name="flags are what a full scan says")
    for until, ids in _judged(now):
        chunk = read_chunk(ids, until=until)
        stored = _by_client(ids)
        for finding in findings(chunk, look(chunk.histories)):
            said = {_face(episode.sign, facts(episode)) for episode in finding.episodes}
            kept = {_face(flag.sign, flag) for flag in stored[finding.client_id]}
            found.checked += len(said | kept)
            for sign, opened, level, closed, _ in sorted(said ^ kept, key=str):
                whose = (
                    "said but not stored"
                    if (sign, opened, level, closed, _) in said
                    else "stored but not said"
                )
                found.breaks(
                    f"client {finding.client_id}: {sign} {level} from {opened} to {closed or 'now'}, {whose}"
                )
    return found


def _judged(now: datetime) -> Iterator[tuple[date | datetime, list[int]]]:
    """Clients in chunks, each with the time up to which their flags must be right."""
    read = Q(scanned_on__isnull=False, archived_at=None, history_version=F("scanned_version"))
    waiting = set(due(now))
    for ids in chunks(pk for pk in _clients(read) if pk not in waiting):
        yield now, ids
    late: dict[date, list[int]] = defaultdict(list)
    rows = Client.objects.filter(read).order_by("pk").values_list("pk", "scanned_on")
    for pk, day in rows.iterator(chunk_size=1_000):
        if pk in waiting and day is not None:
            late[day].append(pk)
    for day, some in sorted(late.items()):
        for ids in chunks(some):
            yield day, ids


def _face(sign: str, flag: Any) -> tuple[Any, ...]:
    return str(sign), flag.opened_on, flag.level, flag.closed_on, flag.resolution


def _by_client(ids: Iterable[int]) -> dict[int, list[Flag]]:
    kept: dict[int, list[Flag]] = defaultdict(list)
    for flag in (
        Flag.objects.filter(client_id__in=list(ids))
        .exclude(resolution=Resolution.WITHDRAWN)
        .defer("evidence")
    ):
        kept[flag.client_id].append(flag)
    return kept


def _history(now: datetime) -> Invariant:
    """Each flag has its opening on record, its present level, and its end; each with a clock, a scan or a person."""
    found = Invariant(name="every change of a flag is on record")
    flags = Flag.objects.order_by("pk").values_list("pk", "level", "closed_on").iterator(chunk_size=500)
    while batch := list(islice(flags, 500)):
        changes: dict[str, list[tuple[str, str]]] = defaultdict(list)
        rows = Change.objects.filter(
            subject__in=[f"flag:{pk}" for pk, _, _ in batch],
            kind__in=["flag opened", "flag changed", "flag resolved"],
        )
        for subject, kind, after in rows.order_by("pk").values_list("subject", "kind", "after"):
            changes[subject].append((kind, (after or {}).get("level", "")))
        for pk, level, closed_on in batch:
            found.checked += 1
            for problem in _missing(changes[f"flag:{pk}"], level, closed_on is not None):
                found.breaks(f"flag {pk}: {problem}")
    return found


def _missing(changes: list[tuple[str, str]], level: str, closed: bool) -> Iterator[str]:
    if not any(kind == "flag opened" for kind, _ in changes):
        yield "nobody recorded its opening"
    levels = [level for kind, level in changes if kind != "flag resolved"]
    if levels and levels[-1] != level:
        yield f"it is at {level}, the record says {levels[-1]}"
    if closed and not any(kind == "flag resolved" for kind, _ in changes):
        yield "nobody recorded its end"


def _claims(now: datetime) -> Invariant:
    found = Invariant(name="no claim is older than its lease")
    sending = Outgoing.Status.SENDING
    claimed: tuple[tuple[str, QuerySet[Any], timedelta], ...] = (
        ("letter", Digest.objects.filter(status=sending), outbox.LEASE),
        ("message", Message.objects.filter(status=sending), outbox.LEASE),
        ("reminder", Reminder.objects.filter(status=sending), outbox.LEASE),
        ("delivery", Delivery.objects.filter(state=Delivery.State.SENDING), webhooks.LEASE),
        ("export", Export.objects.filter(state=Export.State.WRITING), exports.LEASE),
    )
    for what, rows, lease in claimed:
        for pk, claimed_at in rows.values_list("pk", "claimed_at").iterator():
            found.checked += 1
            if claimed_at is None or claimed_at < now - lease:
                found.breaks(f"{what} {pk}, claimed {claimed_at}")
    return found


def _clients(which: Q | None = None) -> Iterator[int]:
    rows = Client.objects.filter(which or Q()).order_by("pk")
    return rows.values_list("pk", flat=True).iterator(chunk_size=1_000)
