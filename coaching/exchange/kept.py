"""What the tables hold, as a bundle's files would say it: id, whether it was deleted, then the file's columns.

The import compares with it, the export shows it: so what goes out comes in again as the same.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, IntegerField, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, NullIf

from clients.body import Muscle, Region
from clients.models import Checkin, Client, Injury
from clients.models.checkin import ITEMS
from programs import bulk
from programs.models import Exercise, Phase, Session, SetLog

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
    for pk, gone, ref, client, at, offset, minutes, rpe, workout, note in found.values_list(
        "id", "deleted_at", "ref", "client__ref", "started_at", "utc_offset_min", "duration_min", "session_rpe",
        "workout_name", "note",
    ).iterator(AT_ONCE):  # fmt: skip
        moment = at.astimezone(timezone(timedelta(minutes=offset))).isoformat()
        yield (
            pk, int(gone is not None), ref, client, moment, _parts(minutes, 100), _parts(rpe, 10),
            workout or None, note or None,
        )  # fmt: skip


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
    nothing = Value("", TextField())
    gone = Case(When(deleted_at=None, then=0), default=1, output_field=IntegerField())
    ended, source = (NullIf(Plain(word, TextField()), nothing) for word in ("ended", "source"))
    rows = found.values_list(
        "id", gone, "session__ref", "set_no", "exercise_id", "weight_g", "reps", "rir_halves", ended,
        Plain("warm_up", IntegerField()), InUtc("done_at", TextField()), source, NullIf("note", nothing),
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
    for pk, gone, ref, day, hours, *rest in found.values_list(
        "id", "deleted_at", "client__ref", "day", "sleep_hours", *ITEMS, "aches", "note"
    ).iterator(AT_ONCE):
        *items, aches, note = rest
        yield (
            pk,
            int(gone is not None),
            ref,
            _day(day),
            _parts(hours, 100),
            *items,
            _aches(aches),
            note or None,
        )


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


def _parts(value: Decimal | None, per_unit: int) -> int | None:
    return None if value is None else int(value * per_unit)


def _aches(value: dict[str, int]) -> str | None:
    known = sorted(value.items(), key=lambda one: _REGIONS.get(one[0], len(_REGIONS)))
    return ";".join(f"{region}:{severity}" for region, severity in known) or None


def _words(value: list[str], order: dict[str, int]) -> str | None:
    return ";".join(sorted(set(value), key=lambda one: order.get(one, len(order)))) or None
