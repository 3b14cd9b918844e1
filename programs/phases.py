"""Which phase a day belongs to. Phases of a client never overlap; a day without one is `base`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest

from clients.models import Client
from programs.models import Phase
from programs.policy.kinds import PhaseKind


@dataclass(frozen=True, kw_only=True)
class PhaseOn:
    """The phase of a day; `week` counts from the phase's start, from 1, and is None where there is no phase."""

    kind: PhaseKind
    week: int | None
    name: str
    phase: Phase | None


BASE = PhaseOn(kind=PhaseKind.BASE, week=None, name="", phase=None)


def phase_on(client: Client, day: date) -> PhaseOn:
    started = Phase.objects.filter(client=client, starts_on__lte=day).select_related("continues")
    return _seen_from(started.order_by("-starts_on").first(), day)


def phases_on(days: Mapping[int, date]) -> dict[int, PhaseOn]:
    """The phase of each client on the day given for them, in one query."""
    if not days:
        return {}
    newest: dict[int, Phase] = {}
    started = Phase.objects.filter(client__in=days, starts_on__lte=max(days.values())).order_by("starts_on")
    for phase in started:
        if phase.starts_on <= days[phase.client_id]:
            newest[phase.client_id] = phase
    return {client_id: _seen_from(newest.get(client_id), day) for client_id, day in days.items()}


def _seen_from(phase: Phase | None, day: date) -> PhaseOn:
    """A phase without an end lasts until the next starts: so the newest that has started decides alone."""
    if phase is None or (phase.ends_on is not None and phase.ends_on < day):
        return BASE
    week = (day - phase.starts_on).days // 7 + 1
    return PhaseOn(kind=PhaseKind(phase.kind), week=week, name=phase.name, phase=phase)


@dataclass(frozen=True, kw_only=True)
class Span:
    """A phase with the last day that it really has: its own, or the eve of the next; None lasts on."""

    phase: Phase
    first: date
    last: date | None

    def meets(self, first: date, last: date | None) -> bool:
        return (last is None or self.first <= last) and (self.last is None or self.last >= first)


def spans_of(client: Client) -> list[Span]:
    return spans(Phase.objects.filter(client=client).select_related("continues").order_by("starts_on"))


def spans(phases: Iterable[Phase]) -> list[Span]:
    """`phases` in the order of their starts."""
    rows = list(phases)
    starts = [phase.starts_on for phase in rows[1:]]
    return [
        Span(phase=phase, first=phase.starts_on, last=_last(phase.ends_on, next_start))
        for phase, next_start in zip_longest(rows, starts)
    ]


def _last(ends_on: date | None, next_start: date | None) -> date | None:
    eve = next_start - timedelta(days=1) if next_start else None
    return min((day for day in (ends_on, eve) if day), default=None)


def source_of(phase: Phase) -> Phase:
    """The phase whose workouts this one trains by: its own, or those of the phase it continues."""
    return phase.continues or phase
