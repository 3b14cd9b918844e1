"""Reads what the detectors may know of a chunk of clients: a fixed number of queries, columns instead of objects."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast

from clients.days import last_whole_day, local_day
from clients.models import Action, Client, Consent, Injury
from clients.signs.kinds import Answer, Checkins, Histories, Person, Resolution, Sign, Training
from coaching.doubts import DAYS, LEAST_HOURS, MOST_HOURS, Night, doubts
from coaching.readings import Hurt, Reader, checkins, rolled_up, training
from programs.lift_sets import Days
from programs.models import Import, Phase
from programs.packed import Ordinal
from programs.policy.kinds import PhaseKind

CHECKIN_SIGNS = frozenset(Sign) - {Sign.STRENGTH_DECLINE}


_FIRST_IMPORT = Import.objects.done().filter(client=OuterRef("pk")).order_by("done_at").values("done_at")[:1]


class Ending(NamedTuple):
    """What closes an open episode on a day that is not judged yet: a coach's word, a consent withdrawn."""

    day: int
    resolution: Resolution


class PhaseSpan(NamedTuple):
    kind: str
    first: int
    last: int | None
    weekdays: frozenset[int] = frozenset()  # of planned sessions, Monday is 0


class Known(NamedTuple):
    """The row of the client as it was read: the versions that a scan compares and swaps."""

    pk: int
    ref: str
    name: str
    timezone: str
    sensitivity: int
    sensitivity_before: list[list[Any]]
    history_version: int
    scanned_version: int
    scanned_on: date | None
    scanned_at: datetime | None
    imported_at: datetime | None  # when the first file of another app came in


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """A chunk as it was read, and what lies beyond its last judged day."""

    clients: Mapping[int, Known]
    histories: Histories
    later: Mapping[int, int]  # client → first day after the judged ones that has facts
    endings: Mapping[tuple[int, Sign], Ending]
    doubts: Mapping[int, tuple[str, ...]]  # client → what looks like a slip of the finger


def read_chunk(
    client_ids: Iterable[int],
    *,
    until: date | datetime,
    lift_days: Callable[[Sequence[int]], Days] = rolled_up,
) -> Chunk:
    """Facts dated up to `until`; an instant means each client's last whole day, and never less than was judged.

    The clients' versions are read first, so that what is written while the rest is read makes them due again.
    """
    known = {
        row.pk: row
        for row in map(
            Known._make,
            Client.objects.filter(pk__in=list(client_ids))
            .annotate(imported_at=Subquery(_FIRST_IMPORT))
            .order_by("pk")
            .values_list(*Known._fields),
        )
    }
    last = {pk: _last_day(client, until).toordinal() for pk, client in known.items()}
    reader = Reader(list(known), np.array(list(last.values()), dtype=np.int64))
    injuries, phases = _spans(known)
    consents, endings = _consents(known, last)
    answers = _answers(known, last, endings)
    words, aches = checkins(reader)
    lifts, trained, names = training(reader, injuries, lift_days(reader.ids))
    at = {pk: number for number, pk in enumerate(reader.ids)}
    people = tuple(
        Person(
            key=pk, first_name=client.name.split()[0] if client.name.split() else client.name,
            sensitivity=client.sensitivity,
            sensitivity_before=tuple(
                (date.fromisoformat(day).toordinal(), float(value)) for day, value in client.sensitivity_before
            ),
            until=last[pk], consent=tuple(consents[pk]),
            deloads=tuple((span.first, span.last) for span in phases[pk] if span.kind == PhaseKind.DELOAD),
            planned=planned(phases[pk], trained, at[pk], last[pk]), answers=tuple(answers[pk]),
            says_from=client.scanned_on.toordinal() + 1 if client.scanned_on else 1,
            injuries=tuple(
                (hurt.region, hurt.onset, _past(hurt.resolved, last[pk]))
                for hurt in injuries[pk] if hurt.onset <= last[pk]
            ),
        )
        for pk, client in known.items()
    )  # fmt: skip
    histories = Histories(
        people=people, lift_names=names, checkins=words, aches=aches, lifts=lifts, training=trained,
        bodyweight_lifts=reader.own_body,
    )  # fmt: skip
    return Chunk(
        clients=known, histories=histories, later=reader.later, endings=endings,
        doubts=doubts(reader.odd, _odd_nights(words, reader, consents), last),
    )  # fmt: skip


def _odd_nights(
    words: Checkins, reader: Reader, consents: Mapping[int, Sequence[tuple[int, int | None]]]
) -> list[Night]:
    """Nobody sleeps round the clock, nor not at all. Of days without consent nothing is told."""
    odd = (words.sleep_hours > MOST_HOURS) | (words.sleep_hours < LEAST_HOURS)
    odd &= words.day > reader.last[words.person] - DAYS
    nights = [
        Night(reader.ids[words.person[row]], int(words.day[row]), float(words.sleep_hours[row]))
        for row in np.flatnonzero(odd)
    ]
    return [
        night
        for night in nights
        if any(
            first <= night.day and (end is None or night.day < end) for first, end in consents[night.client]
        )
    ]


def planned(
    phases: Sequence[PhaseSpan], trained: Training, person: int, last: int
) -> tuple[tuple[int, bool], ...]:
    """Planned sessions, and whether they were done: on their day, the day before or the day after.

    Dated by the day after, when it is known. Workouts that rotate have no day, so none of theirs is missed.
    """
    spans = [span for span in phases if span.weekdays]
    if not spans:
        return ()
    done = {int(day) + off for day in trained.day[trained.person == person] for off in (-1, 0, 1)}
    days = {
        day
        for span in spans
        for day in range(span.first, min(span.last or last, last - 1) + 1)
        if (day - 1) % 7 in span.weekdays
    }
    return tuple((day + 1, day in done) for day in sorted(days))


def read_histories(client_ids: Iterable[int], *, until: date | datetime) -> Histories:
    return read_chunk(client_ids, until=until).histories


def _last_day(client: Known, until: date | datetime) -> date:
    if not isinstance(until, datetime):
        return until
    whole = last_whole_day(until, ZoneInfo(client.timezone))
    # Someone who flew west has had days judged that are not over here: what was said is not unsaid.
    return max(whole, client.scanned_on) if client.scanned_on else whole


def _past(day: int | None, last: int) -> int | None:
    return day if day is not None and day <= last else None


def _spans(known: Mapping[int, Known]) -> tuple[dict[int, list[Hurt]], dict[int, list[PhaseSpan]]]:
    """Injuries, and phases with the weekdays that they plan; a phase without an end lasts until the next."""
    injuries: dict[int, list[Hurt]] = defaultdict(list)
    phases: dict[int, list[PhaseSpan]] = defaultdict(list)
    weekdays: dict[tuple[int, int], set[int]] = defaultdict(set)
    for what, client, first, last, word, muscle in _span_rows(known):
        if what == "injury":
            injuries[client].append(Hurt(word, first, last, muscle))
        elif what == "phase":
            phases[client].append(PhaseSpan(word, first, last))
        else:
            weekdays[client, first].add(int(word))
    return injuries, {
        client: [
            one._replace(
                last=min((end for end in (one.last, following) if end is not None), default=None),
                weekdays=frozenset(weekdays[client, one.first]),
            )
            for one, following in zip(rows, [one.first - 1 for one in rows[1:]] + [None], strict=True)
        ]
        for client, rows in phases.items()
    } | {client: [] for client in known if client not in phases}


def _span_rows(known: Mapping[int, Known]) -> list[tuple[str, int, int, int | None, str, str]]:
    """One statement: injuries, phases, and the weekdays of a phase's own workouts or of those it goes on with."""
    hurt = Injury.objects.filter(client_id__in=known).values_list(
        Value("injury"), "client_id", Ordinal("onset"), Ordinal("resolved"), "region", "muscle"
    )
    every = Phase.objects.filter(client_id__in=known).order_by()
    span = "client_id", Ordinal("starts_on"), Ordinal("ends_on")
    parts = [every.values_list(Value("phase"), *span, "kind", Value(""))]
    for source in ("workouts", "continues__workouts"):
        day = f"{source}__weekday"
        rows = every.filter(**{f"{day}__isnull": False}, continues__isnull=source == "workouts")
        parts.append(rows.values_list(Value("workout"), *span, Cast(day, CharField()), Value("")))
    found = hurt.order_by().union(*parts, all=True)
    return sorted(found, key=lambda row: row[:3])


def _consents(
    known: Mapping[int, Known], last: Mapping[int, int]
) -> tuple[dict[int, list[tuple[int, int | None]]], dict[tuple[int, Sign], Ending]]:
    """Days with consent to health data. The first one covers what was kept before it was asked for."""
    spans: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    endings: dict[tuple[int, Sign], Ending] = {}
    rows = Consent.objects.filter(client_id__in=known).order_by("client_id", "given_at")
    for client, given_at, withdrawn_at in rows.values_list("client_id", "given_at", "withdrawn_at"):
        zone = ZoneInfo(known[client].timezone)
        first = local_day(given_at, zone).toordinal() if spans[client] else 1
        end = local_day(withdrawn_at, zone).toordinal() if withdrawn_at else None
        for sign in CHECKIN_SIGNS:
            endings.pop((client, sign), None)
            if end is not None and end > last[client]:
                endings[client, sign] = Ending(end, Resolution.NO_CONSENT)
        if first <= last[client]:
            spans[client].append((first, _past(end, last[client])))
    return spans, endings


ENDS = {
    Action.Kind.WRONG_CALL.value: Resolution.WRONG_CALL,
    Action.Kind.RESOLVE.value: Resolution.BY_COACH,
}


def _answers(
    known: Mapping[int, Known], last: Mapping[int, int], endings: dict[tuple[int, Sign], Ending]
) -> dict[int, list[Answer]]:
    """Coaches' words that end an episode. One of today takes effect now, though today is not judged yet."""
    answers: dict[int, list[Answer]] = defaultdict(list)
    rows = Action.objects.standing().filter(client_id__in=known, kind__in=ENDS, flag__isnull=False)
    for client, sign, kind, day in rows.order_by("client_id", "at", "pk").values_list(
        "client_id", "flag__sign", "kind", Ordinal("on")
    ):
        if day <= last[client]:
            answers[client].append(Answer(sign=Sign(sign), day=day, kind=kind))
        else:
            endings.setdefault((client, Sign(sign)), Ending(day, ENDS[kind]))
    return answers
