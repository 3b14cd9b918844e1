"""A deload week put into a plan, and taken out again without a trace in it."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from clients import history
from clients.models import Change, Client, Coach
from clients.problems import Refused
from programs.models import Phase
from programs.phases import Span, source_of, spans_of
from programs.policy.kinds import PhaseKind

INSERTED = "deload inserted"
DAY = timedelta(days=1)


@transaction.atomic
def insert_deload(*, client: Client, starts_on: date, days: int = 7, by: Coach, at: datetime) -> Phase:
    """Split the phase of these days in two around a deload that trains by the same workouts, lighter.

    The plan keeps its end: what the deload takes is taken from the phase, nothing is pushed back.
    """
    if not 1 <= days <= 28:
        raise Refused("days", "A deload lasts between 1 and 28 days.")
    history.touch(client.pk)  # first, so that two clicks at once queue behind the client's row
    ends_on = starts_on + (days - 1) * DAY
    same = Phase.objects.filter(
        client=client, kind=PhaseKind.DELOAD, starts_on=starts_on, ends_on=ends_on
    ).first()
    if same:
        return same
    met = [span for span in spans_of(client) if span.meets(starts_on, ends_on)]
    _refuse_what_would_vanish(met, starts_on, ends_on)
    before = [_as_it_was(span.phase) for span in met]
    deload = Phase(client=client, kind=PhaseKind.DELOAD, name="Deload", starts_on=starts_on, ends_on=ends_on)
    if met:
        deload.program = met[0].phase.program
        deload.continues = source_of(met[0].phase)
    for span in met:
        _make_room(span, starts_on, ends_on)
    deload.save()
    history.record(
        INSERTED, subject=f"phase:{deload.pk}", client=client, by=by.user, at=at,
        before={"phases": before}, after={"starts_on": str(starts_on), "ends_on": str(ends_on)},
    )  # fmt: skip
    return deload


@transaction.atomic
def remove_deload(*, phase: Phase, by: Coach, at: datetime) -> None:
    """Take a deload out: the parts around it are one phase again, a phase that it moved starts where it did."""
    history.touch(phase.client_id)
    deload = Phase.objects.filter(pk=phase.pk, kind=PhaseKind.DELOAD).first()
    if deload is None:
        return  # somebody has removed it already
    was = _before(deload)
    others = Phase.objects.filter(client=deload.client_id)
    earlier = others.filter(ends_on=deload.starts_on - DAY).first()
    later = others.filter(starts_on=deload.ends_on + DAY).first() if deload.ends_on else None
    _delete(deload)
    if earlier and later and _parts_of_one(earlier, later, deload):
        Phase.objects.filter(pk=earlier.pk).update(ends_on=later.ends_on)
        _delete(later)
    else:
        if earlier and earlier.pk in was:
            Phase.objects.filter(pk=earlier.pk).update(ends_on=was[earlier.pk]["ends_on"])
        if later and later.pk in was:
            Phase.objects.filter(pk=later.pk).update(starts_on=was[later.pk]["starts_on"])
    history.record(
        "deload removed", subject=f"phase:{phase.pk}", client=deload.client_id, by=by.user, at=at,
        before={"starts_on": str(deload.starts_on), "ends_on": str(deload.ends_on)},
    )  # fmt: skip


def _refuse_what_would_vanish(met: list[Span], first: date, last: date) -> None:
    for span in met:
        if span.phase.kind == PhaseKind.DELOAD:
            until = f" to {_said(span.last)}" if span.last else ""
            raise Refused("starts_on", f"A deload is planned already, {_said(span.first)}{until}.")
        if span.first >= first and span.last is not None and span.last <= last:
            name = span.phase.name or f"The {span.phase.kind} phase"
            raise Refused(
                "starts_on", f"{name} lies wholly within these days. Choose other days, or remove it first."
            )


def _make_room(span: Span, first: date, last: date) -> None:
    """Cut the phase short before the deload, go on with it afterwards, or let it start later."""
    phase = span.phase
    if phase.starts_on >= first:
        Phase.objects.filter(pk=phase.pk).update(starts_on=last + DAY)
        return
    Phase.objects.filter(pk=phase.pk).update(ends_on=first - DAY)
    if span.last is None or span.last > last:
        Phase.objects.create(
            client_id=phase.client_id, program_id=phase.program_id, kind=phase.kind, name=phase.name,
            starts_on=last + DAY, ends_on=phase.ends_on, continues=source_of(phase),
        )  # fmt: skip


def _parts_of_one(earlier: Phase, later: Phase, deload: Phase) -> bool:
    """Both train by the workouts that the deload trained by, and the later has none of its own to lose."""
    root = deload.continues_id
    return (
        root is not None
        and root in (earlier.pk, earlier.continues_id)
        and later.continues_id == root
        and later.kind == earlier.kind
        and not later.workouts.exists()
    )


def _as_it_was(phase: Phase) -> dict[str, Any]:
    ends_on = str(phase.ends_on) if phase.ends_on else None
    return {"phase": phase.pk, "starts_on": str(phase.starts_on), "ends_on": ends_on}


def _before(deload: Phase) -> dict[int, dict[str, Any]]:
    inserted = Change.objects.filter(subject=f"phase:{deload.pk}", kind=INSERTED).order_by("-pk").first()
    rows = (inserted.before or {}).get("phases", []) if inserted else []
    return {row["phase"]: row for row in rows}


def _delete(phase: Phase) -> None:
    Phase.objects.filter(pk=phase.pk).delete()


def _said(day: date | None) -> str:
    return f"{day.day} {day:%b %Y}" if day else ""
