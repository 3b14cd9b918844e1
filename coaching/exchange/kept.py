"""What the tables hold, as a bundle's files would say it: id, whether it was deleted, then the file's columns.

The import compares with it, the export shows it: so what goes out comes in again as the same.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

from django.db.models import Case, F, IntegerField, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, NullIf

from clients.body import Muscle, Region
from clients.models import Checkin, Client, Injury
from clients.models.checkin import ITEMS
from programs import bulk
from programs.models import Exercise, Phase, Session, SetLog
from programs.packed import Parts

Row = tuple[Any, ...]
AT_ONCE = 2_000
_REGIONS = {str(region): n for n, region in enumerate(Region)}
_MUSCLES = {str(muscle): n for n, muscle in enumerate(Muscle)}


def clients(found: "QuerySet[Client]") -> Iterator[Row]:
    for pk, ref, name, email, zone, units, since, born in found.values_list(
        "id", "ref", "name", "email", "timezone", "units", "training_since", "born_on"
    ):
        yield pk, 0, ref, name or None, email or None, zone, units, _day(since), _day(born)


def sessions(found: "QuerySet[Session]") -> Iterator[Row]:
    rows = found.values_list(
        "id", _gone(), "ref", "client__ref", InUtc("started_at", TextField()), "utc_offset_min",
        Parts("duration_min", 100), Parts("session_rpe", 10), _said("workout_name"), _said("note"),
    )  # fmt: skip
    for pk, gone, ref, client, began, offset, *rest in bulk.read(rows):
        at = datetime.fromisoformat(began) + timedelta(minutes=offset)
        yield pk, gone, ref, client, f"{at.isoformat()}{_offset(offset)}", *rest


class Plain(Cast):
    """As the driver gives it: a converter's call a cell is what reading a million sets would cost."""

    def get_db_converters(self, connection: Any) -> list[Any]:
        return []


class InUtc(Plain):
    """The text of an instant's UTC, with six places after the second or none: on SQLite that is how it is kept."""

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        shown = "to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
        return self.as_sql(compiler, connection, template=f"replace({shown}, '.000000', '')", **more)


def sets(found: "QuerySet[SetLog]") -> Iterator[Row]:
    """The exercise is given by its id. The database makes the rows: a step in Python is dear a million times."""
    rows = found.values_list(
        "id", _gone(), "session__ref", "set_no", "exercise_id", "weight_g", "reps", "rir_halves", _said("ended"),
        Plain("warm_up", IntegerField()), InUtc("done_at", TextField()), _said("source"), _said("note"),
    )  # fmt: skip
    return bulk.read(rows)


def bare_sets(found: "QuerySet[SetLog]") -> Iterator[Row]:
    """By the ids of session and exercise, with nothing said as the tables hold it: empty text, no warm-up."""
    rows = found.values_list(
        "session_id", "set_no", "exercise_id", "weight_g", "reps", "rir_halves", "ended",
        Plain("warm_up", IntegerField()), InUtc("done_at", TextField()), "source", "note",
    )  # fmt: skip
    return bulk.read(rows)


def checkins(found: "QuerySet[Checkin]") -> Iterator[Row]:
    rows = found.values_list(
        "id", _gone(), "client__ref", Plain("day", TextField()), Parts("sleep_hours", 100), *ITEMS,
        Plain("aches", TextField()), _said("note"),
    )  # fmt: skip
    for *rest, aches, note in bulk.read(rows):
        yield *rest, _aches(aches), note


def injuries(found: "QuerySet[Injury]") -> Iterator[Row]:
    for pk, ref, region, onset, resolved, severity, muscle, note in found.values_list(
        "id", "client__ref", "region", "onset", "resolved", "severity", "muscle", "note"
    ).iterator(AT_ONCE):
        yield (
            pk, 0, ref, region, _day(onset), _day(resolved), severity or None, muscle or None, note or None,
        )  # fmt: skip


def phases(found: "QuerySet[Phase]") -> Iterator[Row]:
    for pk, ref, starts, ends, kind, name in found.values_list(
        "id", "client__ref", "starts_on", "ends_on", "kind", "name"
    ).iterator(AT_ONCE):
        yield pk, 0, ref, _day(starts), _day(ends), kind, name or None


def exercises(found: "Iterable[Exercise]") -> Iterator[Row]:
    for one in found:
        yield (
            one.pk, 0, one.name, one.equipment or None, one.mechanic or None, one.pattern or None,
            one.primary_muscle or None, _words(one.secondary_muscles, _MUSCLES),
            _words(one.loaded_regions, _REGIONS), ";".join(one.aliases) or None,
            *(None if fact is None else int(fact) for fact in (one.overhead, one.coordination, one.can_trap)),
            one.failure_class or None, one.reason or None,
        )  # fmt: skip


def tombs_first(found: "QuerySet[Any]") -> "QuerySet[Any]":
    """So that of a deleted and a living row of one key the living one is met last, and stays."""
    return found.order_by(F("deleted_at").asc(nulls_last=True))


def utc_of(moment: str) -> str:
    """A session's place in time, whatever clock it was read from."""
    return str(_instant(datetime.fromisoformat(moment)))


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _instant(value: datetime | None) -> str | None:
    return None if value is None else str(value.astimezone(UTC).replace(tzinfo=None))


def _gone() -> Case:
    return Case(When(deleted_at=None, then=0), default=1, output_field=IntegerField())


def _said(column: str) -> NullIf:
    """Text, where there is any."""
    return NullIf(Plain(column, TextField()), Value("", TextField()))


@lru_cache(200)
def _offset(minutes: int) -> str:
    return datetime.min.replace(tzinfo=timezone(timedelta(minutes=minutes))).isoformat()[19:]


@lru_cache(2_000)
def _aches(text: str) -> str | None:
    known = sorted(json.loads(text).items(), key=lambda one: _REGIONS.get(one[0], len(_REGIONS)))
    return ";".join(f"{region}:{severity}" for region, severity in known) or None


def _words(value: list[str], order: dict[str, int]) -> str | None:
    return ";".join(sorted(set(value), key=lambda one: order.get(one, len(order)))) or None
