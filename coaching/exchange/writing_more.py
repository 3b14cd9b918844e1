"""The further files in an import's one transaction: plans before what was trained under them, flags before answers."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.db.models import Model

from clients.episodes import events
from clients.models import Action, Change, Client, Coach, Consent, Flag, Overrule
from coaching import digests
from coaching.exchange import layout_more as files
from coaching.exchange import rows, rows_more
from coaching.exchange.apps.stamps import stamps
from coaching.exchange.layout import PHASES, File
from coaching.exchange.rows import Made
from coaching.exchange.spool import Spool
from coaching.exchange.usual import AT_ONCE, new_ids, usual
from programs import bulk
from programs.models import (
    AppExercise,
    Exercise,
    Import,
    ImportedSession,
    Month,
    Phase,
    PolicyValue,
    Prescription,
    Program,
    Session,
    SetLog,
    Workout,
)

EDITED = "edited since"  # no stamp that a session can have


def write_more(spool: Spool, *, coach: Coach, now: datetime, given: dict[str, Any]) -> None:
    present = spool.present
    _functions(spool, coach)
    if files.COACH.table in present:
        _coach(spool, coach, now)
    if files.EXERCISE_DETAILS.table in present:
        _merged(spool, coach)
    rows_more.refer(spool, PHASES)
    for file, model, made in _MAKERS:
        if file.table in present and file in rows_more.REFERRED:
            new_ids(spool, file.table, model._meta.db_table, made.order.replace("p.", ""))
        if file in rows_more.REFERRED:
            rows_more.refer(spool, file)
        if file.table in present:
            _make(spool, file, model, made, given)
    for file, model, made in _ADDERS:
        if file.table in present:
            bulk.update(model._meta.db_table, list(made.values), spool.rows(made.change, given))
    if files.SET_DETAILS.table in present:
        _verdicts(spool)
    if files.SESSION_DETAILS.table in present:
        _recount(spool)


_MAKERS: tuple[tuple[File, type[Model], Made], ...] = (
    (files.CONSENTS, Consent, rows_more.CONSENTS),
    (files.APP_EXERCISES, AppExercise, rows_more.APP_EXERCISES),
    (files.PROGRAMS, Program, rows_more.PROGRAMS),
    (files.WORKOUTS, Workout, rows_more.WORKOUTS),
    (files.PRESCRIPTIONS, Prescription, rows_more.PRESCRIPTIONS),
    (files.DELETED_SESSIONS, Session, rows_more.DELETED_SESSIONS),
    (files.FLAGS, Flag, rows_more.FLAGS),
    (files.ACTIONS, Action, rows_more.ACTIONS),
    (files.NOTES, Action, rows_more.NOTES),
    (files.OVERRULES, Overrule, rows_more.OVERRULES),
    (files.MONTHS, Month, rows_more.MONTHS),
    (files.POLICIES, PolicyValue, rows_more.POLICIES),
    (files.IMPORTS, Import, rows_more.IMPORTS),
    (files.IMPORTED_SESSIONS, ImportedSession, rows_more.IMPORTED_SESSIONS),
)
_ADDERS: tuple[tuple[File, type[Model], Made], ...] = (
    (files.CLIENT_DETAILS, Client, rows_more.CLIENT_DETAILS),
    (files.CLIENT_DETAILS, Client, rows_more.SCANNED),
    (files.PHASE_DETAILS, Phase, rows_more.PHASE_DETAILS),
    (files.SESSION_DETAILS, Session, rows_more.SESSION_DETAILS),
    (files.SESSION_DETAILS, Session, rows_more.ENDS),
)


def touched(spool: Spool) -> set[int]:
    """Clients of whom the further files say something new."""
    found: set[int] = set()
    for file in files.MORE:
        if file.table not in spool.present:
            continue
        source = f"planned_{file.table} p"
        if "client_ref" in file.names:
            source += " JOIN ids c ON c.ref = p.client_ref"
        elif file in files.OF_SESSIONS:
            source += " JOIN visits n ON n.ref = p.session_ref JOIN ids c ON c.ref = n.client_ref"
        else:
            continue
        found.update(
            row[0] for row in spool.rows(f"SELECT DISTINCT c.id FROM {source} WHERE p.{rows.CHANGED_ONLY}")
        )
    return found


def _make(spool: Spool, file: File, model: type[Model], made: Made, given: dict[str, Any]) -> None:
    rest = usual(model, made.columns)
    values: Iterable[tuple[Any, ...]] = spool.rows(made.insert, given)
    if file is files.IMPORTED_SESSIONS:
        values = list(
            _stamped(values, made.columns)
        )  # it asks the database, which cannot answer while it copies
    bulk.insert(model._meta.db_table, [*made.columns, *rest], (row + tuple(rest.values()) for row in values))
    bulk.update(model._meta.db_table, made.changes, spool.rows(made.update, given))
    if file is files.FLAGS:
        _recorded(spool)


def _stamped(values: Iterable[tuple[Any, ...]], columns: list[str]) -> Iterator[tuple[Any, ...]]:
    """A session that stood as the import left it gets the stamp of how it stands here."""
    session, stamp = columns.index("session_id"), columns.index("stamp")
    found = list(values)
    for at in range(0, len(found), AT_ONCE):
        chunk = found[at : at + AT_ONCE]
        now = stamps([row[session] for row in chunk])
        for row in chunk:
            yield *row[:stamp], now[row[session]] if row[stamp] else EDITED, *row[stamp + 1 :]


def _recorded(spool: Spool) -> None:
    """Each flag that came has its life on record, as if a scan here had written it at that time."""
    ids = [row[0] for row in spool.rows("SELECT id FROM planned_flags WHERE state = 'created' ORDER BY id")]
    for at in range(0, len(ids), AT_ONCE):
        Change.objects.bulk_create(
            change for flag in Flag.objects.filter(pk__in=ids[at : at + AT_ONCE]) for change in _changes(flag)
        )


def _changes(flag: Flag) -> Iterator[Change]:
    life = [
        (event.day, event.what, event.level)
        for event in events(flag.level, flag.evidence, flag.opened_on, None, "")
    ]
    if life[-1][2] != flag.level:
        life.append((flag.level_on, "changed", flag.level))
    if flag.closed_on is not None:
        life.append((flag.closed_on, "resolved", "none"))
    for day, what, level in life:
        yield Change(
            kind=f"flag {what}", subject=f"flag:{flag.pk}", client_id=flag.client_id,
            at=(flag.closed_at or flag.recorded_at) if what == "resolved" else flag.recorded_at,
            after={
                "sign": flag.sign, "day": day.isoformat(), "level": level, "since": flag.since_on.isoformat(),
                "resolution": flag.resolution,
            },
        )  # fmt: skip


def _functions(spool: Spool, coach: Coach) -> None:
    """Names of the bundle become ids of here."""
    targets = "SELECT l.name, coalesce(m.id, l.target) FROM lifts l LEFT JOIN made m ON m.target = l.target"
    ids: dict[str, int] = dict(spool.rows(targets))

    def lines_with_ids(text: str | None) -> str:
        found = json.loads(text or "[]")
        return json.dumps([{"exercise_id": ids[line.pop("of")], **line} for line in found])

    def before_with_ids(text: str | None) -> str | None:
        if text is None:
            return None
        found = json.loads(text)
        found["sets"] = [{"exercise_id": ids[one.pop("exercise")], **one} for one in found["sets"]]
        return json.dumps(found)

    def made_ids(text: str | None) -> str:
        return json.dumps(sorted(ids[name] for name in json.loads(text or "[]")))

    def units_with_ids(text: str | None) -> str:
        return json.dumps({str(ids[name]): units for name, units in json.loads(text or "[]")})

    def given_by(channel: str) -> int | None:
        return coach.user_id if channel == Consent.Channel.COACH_WORD else None

    for function in (lines_with_ids, before_with_ids, made_ids, units_with_ids, given_by):
        spool.db.create_function(function.__name__, 1, function)


def _coach(spool: Spool, coach: Coach, now: datetime) -> None:
    columns = [column for column in files.COACH.names if column != "coach"]
    said = spool.rows(f"SELECT {', '.join(columns)} FROM planned_coach WHERE state = 'updated'")
    for row in said:
        for name, value in zip(columns, row, strict=True):
            setattr(coach, name, value)
        stopped = coach.digest_stopped_at
        coach.digest_names = bool(coach.digest_names)
        coach.digest_when_nothing = bool(coach.digest_when_nothing)
        if isinstance(stopped, str):
            coach.digest_stopped_at = datetime.fromisoformat(stopped).replace(tzinfo=UTC)
        coach.next_digest_at = digests.timetable(coach).next_after(now)
        coach.save(update_fields=[*columns, "next_digest_at"])


def _merged(spool: Spool, coach: Coach) -> None:
    """A name that was merged leads on to the same exercise here."""
    for name, pk in list(
        spool.rows(
            """SELECT p.name, coalesce(m.id, l.target) FROM planned_exercise_details p
               JOIN lifts l ON l.name = p.merged_into LEFT JOIN made m ON m.target = l.target
               WHERE p.state = 'created' AND p.merged_into IS NOT NULL ORDER BY p.name"""
        )
    ):
        if not Exercise.objects.filter(practice=coach.practice_id, name__iexact=name).exists():
            Exercise.objects.create(practice_id=coach.practice_id, name=name, merged_into_id=pk)


def _verdicts(spool: Spool) -> None:
    """The verdict that stood there before a set, with the set that it stood before."""
    wanted = f"""SELECT v.id, p.set_no, p.shown_verdict FROM planned_set_details p
        JOIN visited v ON v.ref = p.session_ref WHERE p.{rows.CHANGED_ONLY} AND p.shown_verdict IS NOT NULL
        ORDER BY v.id, p.set_no"""
    cursor = spool.rows(wanted)
    while chunk := list(islice(cursor, AT_ONCE)):
        said = {(session, number): verdict for session, number, verdict in chunk}
        sets = SetLog.objects.live().filter(session__in={session for session, _ in said})
        found = sets.values_list("session_id", "set_no", "pk")
        bulk.update(
            SetLog._meta.db_table, ["shown_verdict"],
            [(said[session, number], pk) for session, number, pk in found if (session, number) in said],
        )  # fmt: skip


def _recount(spool: Spool) -> None:
    for ids in list(spool.chunks(rows_more.PRESCRIBED, AT_ONCE)):
        keys = SetLog.objects.filter(session__in=ids).order_by()
        spool.many(
            "INSERT INTO keys VALUES (?, ?, ?)",
            [(c, e, str(d)) for c, e, d in keys.values_list("client_id", "exercise_id", "day").distinct()],
        )
