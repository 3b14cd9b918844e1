"""Flags follow the fold: a reconcile makes the rows equal to the episodes, and keeps who changed what and when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from clients import outbox
from clients.episodes import Event, Facts, events, facts, match
from clients.models import Change, Client, Delivery, Flag
from clients.rows import update_rows
from clients.signs.kinds import Episode, Level, Resolution, Sign

EXPLAINED = "Later entries explain it."
FIELDS = (
    "level", "opened_on", "since_on", "level_on", "score", "says", "evidence", "closed_on", "resolution",
    "closed_at",
)  # fmt: skip
ORDER = {sign.value: number for number, sign in enumerate(Sign)}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What the fold says of one client, and the state of the scan that it was read from."""

    client_id: int
    client_ref: str
    history_version: int  # as it was read
    scanned_at: datetime | None  # as it was read: somebody else's later scan wins
    judged_to: date
    episodes: Sequence[Episode]
    next_look_on: date | None = None
    unknown: Mapping[str, str]
    doubts: Sequence[str] = ()  # entries that look wrong


@dataclass(frozen=True, kw_only=True)
class ChangeLine:
    """One change of one flag, dated by the time line of the client."""

    day: date
    client_ref: str
    sign: str
    event: str
    level: str
    since: date
    says: str

    def as_json(self) -> dict[str, str]:
        rest = {key: str(value) for key, value in asdict(self).items() if key != "day"}
        return {"date": self.day.isoformat(), **rest}

    def order(self) -> tuple[date, str, int]:
        return self.day, self.client_ref, ORDER[self.sign]


@transaction.atomic
def reconcile(findings: Iterable[Finding], *, now: datetime) -> list[ChangeLine]:
    """Make the flags of these clients equal to what was found, and store how far they were judged.

    Twice is once. A client whom another scan has judged since the reading is left to that scan; one for whom
    something was written since stays due.
    """
    by_client = {finding.client_id: finding for finding in findings}
    now_there = {
        pk: (version, at)
        for pk, version, at in Client.objects.select_for_update()
        .filter(pk__in=by_client)
        .order_by("pk")
        .values_list("pk", "history_version", "scanned_at")
    }
    mine = [
        finding
        for pk, finding in sorted(by_client.items())
        if pk in now_there and now_there[pk][1] == finding.scanned_at
    ]
    ledger = _Ledger(now)
    rows = _flags_of(finding.client_id for finding in mine)
    for finding in mine:
        for row, episode in match(rows.get(finding.client_id, []), finding.episodes):
            ledger.settle(finding, row, episode)
    ledger.write()
    update_rows(
        Client,
        ("scanned_version", "scanned_on", "scanned_at", "next_look_on", "unknown", "doubts", "waiting_since"),
        [
            (
                it.client_id,
                (
                    it.history_version, it.judged_to, now, it.next_look_on, dict(it.unknown),
                    list(it.doubts),
                    None if now_there[it.client_id][0] == it.history_version else now,
                ),
            )
            for it in mine
        ],
    )  # fmt: skip
    return sorted(ledger.lines, key=ChangeLine.order)


def _flags_of(client_ids: Iterable[int]) -> dict[int, list[Flag]]:
    found: dict[int, list[Flag]] = {}
    for flag in Flag.objects.filter(client_id__in=list(client_ids)).order_by("client_id", "opened_on", "pk"):
        found.setdefault(flag.client_id, []).append(flag)
    return found


class _Ledger:
    """What is to be written for a chunk: new rows, changed rows, and a line for each change."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.new: list[Flag] = []
        self.changed: list[Flag] = []
        self.lines: list[ChangeLine] = []
        self._news: list[tuple[Flag, Event, dict[str, Any] | None]] = []
        self._turned: list[tuple[Delivery.Kind, Flag]] = []  # flags that opened, or that were resolved

    def settle(self, finding: Finding, row: Flag | None, episode: Episode | None) -> None:
        if episode is None:
            if row is not None and row.resolution != Resolution.WITHDRAWN:
                self._withdraw(finding, row)
            return
        found = facts(episode)
        before = None if row is None else {"level": row.level, "closed_on": _iso(row.closed_on)}
        news, was_open = _news(row, found, finding.judged_to), row is not None and row.closed_on is None
        told = {step.day: step for step in episode.steps if step.says}
        if row is None:
            row = Flag(client_id=finding.client_id, sign=episode.sign.value, recorded_at=self.now)
            self._fill(row, found)
            self.new.append(row)
        elif any(getattr(row, name) != value for name, value in vars(found).items()):
            self._fill(row, found)
            self.changed.append(row)
        if was_open != (row.closed_on is None):
            self._turned.append((Delivery.Kind.RESOLVED if was_open else Delivery.Kind.OPENED, row))
        for event in news:
            step = told.get(event.day.toordinal()) if event.what != "resolved" else None
            since = date.fromordinal(step.since) if step and step.since else row.since_on
            self._tell(finding, row, event, before, says=step.says if step else found.says, since=since)

    def _fill(self, row: Flag, found: Facts) -> None:
        for name, value in vars(found).items():
            setattr(row, name, value)
        row.closed_at = None if row.closed_on is None else row.closed_at or self.now

    def _withdraw(self, finding: Finding, row: Flag) -> None:
        before = {"level": row.level, "closed_on": _iso(row.closed_on)}
        if row.closed_on is None:
            self._turned.append((Delivery.Kind.RESOLVED, row))
        row.closed_on = max(finding.judged_to, row.opened_on)
        row.resolution = Resolution.WITHDRAWN.value
        row.closed_at = self.now
        self.changed.append(row)
        event = Event(row.closed_on, "resolved", Level.NONE.value)
        self._tell(finding, row, event, before, says=EXPLAINED, since=row.since_on)

    def _tell(
        self, finding: Finding, row: Flag, event: Event, before: dict[str, Any] | None,
        *, says: str, since: date,
    ) -> None:  # fmt: skip
        self._news.append((row, event, before))
        self.lines.append(
            ChangeLine(
                day=event.day, client_ref=finding.client_ref, sign=row.sign, event=event.what,
                level=event.level, since=since, says=says,
            )
        )  # fmt: skip

    def write(self) -> None:
        """Closed rows first: one open flag per client and sign holds at every moment."""
        self.changed.sort(key=lambda row: row.closed_on is None)
        update_rows(Flag, FIELDS, [(row.pk, [getattr(row, name) for name in FIELDS]) for row in self.changed])
        Flag.objects.bulk_create(self.new, batch_size=100)
        changes = Change.objects.bulk_create(
            [
                Change(
                    kind=f"flag {event.what}", subject=f"flag:{row.pk}", client_id=row.client_id, at=self.now,
                    before=before,
                    after={
                        "sign": row.sign, "day": event.day.isoformat(), "level": event.level,
                        "since": row.since_on.isoformat(), "resolution": row.resolution,
                    },
                )
                for row, event, before in self._news
            ],
            batch_size=200,
        )  # fmt: skip
        last = {id(row): change for (row, _, _), change in zip(self._news, changes, strict=True)}
        turned = [outbox.News(kind=kind, flag=row, change=last[id(row)]) for kind, row in self._turned]
        outbox.queue(turned, now=self.now)


def _news(row: Flag | None, found: Facts, judged_to: date) -> list[Event]:
    """What is to be said that was not said before."""
    life = events(found.level, found.evidence, found.opened_on, found.closed_on, found.resolution)
    if row is None or row.resolution == Resolution.WITHDRAWN:
        return life
    said = events(row.level, row.evidence, row.opened_on, row.closed_on, row.resolution)
    fresh = [event._replace(what="changed") if event.what == "opened" else event for event in life]
    fresh = [event for event, told in zip(fresh, life, strict=True) if told not in said]
    if not fresh and (row.level, row.closed_on) != (found.level, found.closed_on):
        fresh = [Event(judged_to, "changed", found.level)]  # late entries took something back
    return fresh


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
