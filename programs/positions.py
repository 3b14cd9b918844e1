"""The order of workouts in a phase and of lines in a workout: unique positions, moved by trading places."""

from collections.abc import Sequence
from typing import Literal

from django.db.models import Max, QuerySet

from programs.models import Prescription, Workout

Direction = Literal["up", "down"]
ASIDE = 32_767  # a position that no row keeps: where one waits while two trade places


def next_position(rows: "QuerySet[Workout] | QuerySet[Prescription]") -> int:
    last: int | None = rows.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def free_position(rows: "QuerySet[Workout] | QuerySet[Prescription]", wanted: int) -> int:
    return next_position(rows) if rows.filter(position=wanted).exists() else wanted


def in_order(rows: "QuerySet[Workout]", keys: Sequence[int]) -> None:
    """Number the rows as they are named; nothing is written where they stand so already."""
    now = list(rows.order_by("position").values_list("pk", flat=True))
    if now == list(keys):
        return
    for start in (ASIDE - len(keys), 1):  # by way of places that nobody holds
        for offset, pk in enumerate(keys):
            rows.filter(pk=pk).update(position=start + offset)


def trade_places(
    rows: "QuerySet[Workout] | QuerySet[Prescription]", row: Workout | Prescription, direction: Direction
) -> None:
    """Move a row one place; at the end of the order it stays."""
    if direction == "up":
        other = rows.filter(position__lt=row.position).order_by("-position").first()
    else:
        other = rows.filter(position__gt=row.position).order_by("position").first()
    if other is None:
        return
    here, there = row.position, other.position
    rows.filter(pk=row.pk).update(position=ASIDE)
    rows.filter(pk=other.pk).update(position=here)
    rows.filter(pk=row.pk).update(position=there)
