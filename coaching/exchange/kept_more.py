"""What the tables hold, as the further files of a bundle would say it: id, 0, then the file's columns."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from django.db.models import Q

from clients.models import Coach
from coaching.exchange import layout_more as files
from coaching.exchange.apps.stamps import stamps
from coaching.exchange.cells import shortest
from coaching.exchange.documents import shown
from coaching.exchange.kept import AT_ONCE, Row
from coaching.exchange.layout import File
from coaching.exchange.layout_more import ME
from coaching.exchange.things import THINGS, Thing

PLACED = (files.APP_EXERCISES, files.PRESCRIPTIONS)  # whose exercise is known by its id


@dataclass
class Eyes:
    """Whose bundle it is, and what the exercises are called in it.

    `every`: rows as well that say no more than the files of the contract, so that a bundle can be compared with them.
    """

    coach: Coach
    names: Mapping[int, str] = field(default_factory=dict)
    every: bool = False

    def who(self, pk: int | None, emails: Mapping[int, str | None]) -> str | None:
        return None if pk is None else ME if pk == self.coach.pk else emails.get(pk)


def rows(file: File, eyes: Eyes, clients: Sequence[int] | None) -> Iterator[Row]:
    """`clients` none: what belongs to the coach, not to a client."""
    if file is files.COACH:
        yield _coach(eyes.coach)
        return
    thing = THINGS[file.table]
    which = thing.where
    if thing.client:
        which &= (
            Q(client=None, coach=eyes.coach) if clients is None else Q(**{f"{thing.client}__in": clients})
        )
    else:
        which &= Q(practice=eyes.coach.practice_id)
    found = _converted(thing, eyes, which, clients or ())
    yield from _numbered(file, found) if "no" in file.names and "no" not in thing.paths else found


def _converted(thing: Thing, eyes: Eyes, which: Q, clients: Sequence[int]) -> Iterator[Row]:
    columns = [
        column.name for column in thing.file.columns if column.name in thing.paths or column.name != "no"
    ]
    paths, extra = [thing.path(name) for name in columns], _EXTRA.get(thing.file.table, ())
    emails = dict(eyes.coach.practice.coaches.values_list("pk", "user__email"))
    numbers = _numbers(thing.file, clients)
    empty = {column.name: column.empty for column in thing.file.columns}
    found = thing.model._default_manager.filter(which).order_by("pk").values_list("pk", *paths, *extra)
    for chunk in _chunks(found.iterator(AT_ONCE)):
        now = stamps([row[-1] for row in chunk]) if thing.file is files.IMPORTED_SESSIONS else {}
        for pk, *values in chunk:
            said = dict(zip(columns, values[: len(columns)], strict=True))
            rest = values[len(columns) :]
            for name in said:
                if name == "by" or name.endswith("_by"):
                    said[name] = eyes.who(said[name], emails)
            if thing.file is files.PHASE_DETAILS:
                said["program_no"] = numbers.get(said["program_no"])
            elif thing.file is files.SESSION_DETAILS:
                said["open"] = int(said["ended_at"] is None)
                if not eyes.every and _as_expected(said, *rest):
                    continue
            elif thing.file is files.DELETED_SESSIONS:
                at = timezone(timedelta(minutes=rest[0]))
                said["started_at"] = said["started_at"].astimezone(at).isoformat()
            elif thing.file is files.IMPORTED_SESSIONS:
                said |= {"no": numbers[said["no"]], "stands": int(said["stands"] == now[rest[0]])}
            yield pk, 0, *(empty.get(name) if kept is None else kept for name, kept in _all_kept(said, eyes))


# Columns behind those of the file, that say how to read them.
_EXTRA: dict[str, tuple[str, ...]] = {
    files.SESSION_DETAILS.table: ("started_at", "duration_min"),
    files.DELETED_SESSIONS.table: ("utc_offset_min",),
    files.IMPORTED_SESSIONS.table: ("session_id",),
}


def _as_expected(said: Mapping[str, Any], started: datetime, minutes: Any) -> bool:
    """Nothing beyond what sessions.csv says: over when its minutes are, and done under no plan."""
    over = started + timedelta(minutes=float(minutes or 0))
    return said["ended_at"] == over and not said["prescribed"] and said["phase_starts_on"] is None


def _all_kept(said: Mapping[str, Any], eyes: Eyes) -> Iterator[tuple[str, Any]]:
    return ((name, _kept(name, value, eyes)) for name, value in said.items())


def _kept(name: str, value: Any, eyes: Eyes) -> Any:
    if (change := _DOCUMENTS.get(name)) and value:
        return shown(change(value, eyes))
    if value is None or value == "" or value == [] or value == {}:
        return None
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float):
        return shortest(value)
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None))
    if isinstance(value, date):
        return value.isoformat()
    return shown(value) if isinstance(value, list | dict) else value


def _lines(value: list[dict[str, Any]], eyes: Eyes) -> Any:
    """Exercises by what they are called in this bundle: ids mean nothing elsewhere."""
    return [
        {**_without(line, "exercise_id"), "of": eyes.names.get(line["exercise_id"], line["exercise"])}
        for line in value
    ]


def _before(value: dict[str, Any], eyes: Eyes) -> Any:
    sets = [
        {**_without(one, "pk", "exercise_id"), "exercise": eyes.names.get(one["exercise_id"], "?")}
        for one in value["sets"]
    ]
    return {"session": value["session"], "sets": sets}


def _without(found: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in found.items() if name not in names}


def _made(value: list[int], eyes: Eyes) -> Any:
    return sorted(eyes.names[pk] for pk in value if pk in eyes.names)


def _units(value: dict[str, str], eyes: Eyes) -> Any:
    return sorted([eyes.names[int(pk)], units] for pk, units in value.items() if int(pk) in eyes.names)


_DOCUMENTS: dict[str, Callable[[Any, Eyes], Any]] = {
    "prescribed": _lines,
    "before": _before,
    "exercises": _made,
    "shown_lifts": _made,
    "units_of": _units,
}


def _numbered(file: File, found: Iterable[Row]) -> Iterator[Row]:
    """`no` tells apart what carries one key, in the order in which it was made."""
    place = 2 + file.names.index("no")
    keys = [
        2 + file.names.index(key) - (2 + file.names.index(key) > place) for key in file.key if key != "no"
    ]
    met: Counter[tuple[Any, ...]] = Counter()
    for row in found:
        key = tuple(row[at] for at in keys)
        met[key] += 1
        yield *row[:place], met[key], *row[place:]


def _numbers(file: File, clients: Sequence[int]) -> dict[int, int]:
    """The `no` of what a row refers to, by its id."""
    of = {files.PHASE_DETAILS.table: files.PROGRAMS, files.IMPORTED_SESSIONS.table: files.IMPORTS}.get(
        file.table
    )
    if of is None:
        return {}
    met: Counter[tuple[int, datetime]] = Counter()
    found, thing = {}, THINGS[of.table]
    every = thing.model._default_manager.filter(thing.where, client__in=clients).order_by("pk")
    for pk, client, at in every.values_list("pk", "client_id", "made_at"):
        met[client, at] += 1
        found[pk] = met[client, at]
    return found


def _coach(coach: Coach) -> Row:
    stopped = coach.digest_stopped_at
    return (
        coach.pk, 0, ME, coach.timezone, coach.digest_weekday, coach.digest_hour, int(coach.digest_names),
        int(coach.digest_when_nothing),
        None if stopped is None else str(stopped.astimezone(UTC).replace(tzinfo=None)),
    )  # fmt: skip


def _chunks(found: Iterator[Row]) -> Iterator[list[Row]]:
    chunk: list[Row] = []
    for row in found:
        chunk.append(row)
        if len(chunk) == AT_ONCE:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
