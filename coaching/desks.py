"""Whose desks there are in a practice, and when the newest scan ended: one query."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Subquery
from django.db.models.query import QuerySet

from clients.models import Coach, ScanRun


@dataclass(frozen=True, kw_only=True)
class Desk:
    pk: int
    name: str
    may_sign_in: bool


@dataclass(frozen=True, kw_only=True)
class Desks:
    coaches: tuple[Desk, ...]  # of the practice for its head; else the coach alone
    scanned_at: datetime | None


def read_desks(coach: Coach) -> Desks:
    mine = (
        Coach.objects.filter(practice=coach.practice_id)
        if coach.is_head
        else Coach.objects.filter(pk=coach.pk)
    )
    rows = (
        mine.annotate(scanned_at=Subquery(_finished().values("finished_at")[:1]))
        .order_by("user__name", "pk")
        .values_list("pk", "user__name", "user__email", "user__is_active", "scanned_at")
    )
    found = list(rows)
    return Desks(
        coaches=tuple(
            Desk(pk=pk, name=name or email or "a colleague", may_sign_in=active)
            for pk, name, email, active, _ in found
        ),
        scanned_at=found[0][4] if found else None,
    )


def newest_scan() -> datetime | None:
    return _finished().values_list("finished_at", flat=True).first()


def _finished() -> QuerySet[ScanRun, ScanRun]:
    return ScanRun.objects.exclude(finished_at=None).order_by("-finished_at")
