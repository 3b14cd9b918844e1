"""At a hundred thousand rows no page and no scan walks through a table of history, and none sorts one."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clients.ids import new_id
from clients.models import Change, Checkin, Client, Coach, Flag
from coaching.due import due
from coaching.scan import scan
from programs.models import LiftDay, Session, SetLog
from tests import factories
from tests.coaching.api import token_of
from tests.programs.phones import HTMX, phone_of

pytestmark = pytest.mark.slow

PEOPLE, DAYS, SETS = 200, 100, 5
HISTORY = {model._meta.db_table for model in (SetLog, Session, Checkin, LiftDay, Change, Flag)}
MOST_SORTED = 2_000  # rows of one person or of a page; a table has a hundred thousand
A_UUID = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "gen_random_uuid()"}
BACK = {"sqlite": "date('{0}', '-' || d.n || ' days')", "postgresql": "(DATE '{0}' - d.n)"}


@pytest.fixture
def practice(dana: Coach) -> Coach:
    """Two hundred clients with a hundred days each, written by the database itself."""
    now = timezone.now()
    Client.objects.bulk_create(
        Client(
            practice=dana.practice,
            coach=dana,
            ref=f"p{n}",
            name=f"Person {n}",
            timezone="UTC",
            next_look_on=now.date(),
            scanned_on=now.date() - timedelta(days=1),
        )
        for n in range(PEOPLE)
    )
    lift, day = factories.an_exercise(), {"local_day": _back(now)}
    people = f"clients_client c CROSS JOIN {_numbers(DAYS)}"
    mine = {"client_id": "c.id"}
    a_session = Session(practice=dana.practice, started_at=now, utc_offset_min=0, session_rpe=7, ended_at=now)
    _spread(a_session, people, uuid=A_UUID[connection.vendor], ref="c.id || '-' || d.n", **mine, **day)
    visits = f"programs_session s CROSS JOIN {_numbers(SETS)}"
    a_set = SetLog(exercise=lift, weight_g=80_000, reps=8, rir_halves=4, ended="target")
    _spread(
        a_set, visits, uuid=A_UUID[connection.vendor], client_id="s.client_id", session_id="s.id", set_no="d.n + 1",
        day="s.local_day",
    )  # fmt: skip
    counts = (
        "working",
        "failure",
        "form_break",
        "form_break_at_0",
        "hold_back",
        "easy",
        "unrated",
        "stopped",
        "hard",
    )
    a_day = LiftDay(
        exercise=lift, volume_g=1, best_load_g=80_000, best_reps2=20, best_rir2=4, **dict.fromkeys(counts, 5)
    )
    _spread(a_day, people, day=_back(now), **mine)
    _spread(Checkin(energy=3, mood=4), people, uuid=A_UUID[connection.vendor], day=_back(now), **mine)
    _spread(Change(at=now - timedelta(days=3), kind="set amended", subject="set:1"), people, **mine)
    closed = Flag(
        sign="dread", level="watch", score=7, says="Dreads it.", closed_on=now.date(), closed_at=now,
        resolution="recovered", recorded_at=now,
    )  # fmt: skip
    _spread(closed, people, opened_on=_back(now), since_on=_back(now), level_on=_back(now), **mine)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return dana


def _numbers(count: int) -> str:
    if connection.vendor == "postgresql":
        return f"generate_series(0, {count - 1}) AS d(n)"
    series = f"WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n < {count - 1}) SELECT n FROM i"
    return f"({series}) AS d"


def _back(now: datetime) -> str:
    return BACK[connection.vendor].format(now.date())


def _spread(row: Model, source: str, **computed: str) -> None:
    """INSERT … SELECT of one row's values, with some columns computed."""
    values, params = [], []
    columns = [field for field in row._meta.concrete_fields if not field.primary_key]
    for field in columns:
        if str(field.column) in computed:
            values.append(computed[str(field.column)])
        else:
            value = field.pre_save(row, add=True)
            values.append("%s")
            params.append(field.get_db_prep_save(value, connection))
    names = ", ".join(f'"{field.column}"' for field in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{row._meta.db_table}" ({names}) SELECT {", ".join(values)} FROM {source}', params
        )


def test_no_page_and_no_scan_walks_or_sorts_history(practice: Coach) -> None:
    assert SetLog.objects.count() == PEOPLE * DAYS * SETS
    with CaptureQueriesContext(connection) as said:
        _ask_everything(practice)
    faults = {fault for query in said.captured_queries for fault in _faults(query["sql"])}
    assert not faults, "\n".join(sorted(faults))


def test_a_walk_through_history_is_seen_as_one(practice: Coach) -> None:
    for rows in (
        SetLog.objects.filter(reps=3),
        SetLog.objects.order_by("-done_at")[:10],
        Session.objects.filter(practice=practice.practice, session_rpe=9),
        Change.objects.filter(kind="set amended"),
    ):
        assert _plan_of(rows), str(rows.query)


def _plan_of(rows: Any) -> list[str]:
    with CaptureQueriesContext(connection) as said:
        list(rows)
    return [fault for query in said.captured_queries for fault in _faults(query["sql"])]


def _ask_everything(practice: Coach) -> None:
    client = Client.objects.filter(ref="p7").get()
    desk, phone = Browser(), phone_of(client)
    desk.force_login(practice.user)
    software = {"Authorization": f"Token {token_of(practice.user)}"}
    board = desk.get("/").content.decode()
    poll = re.search(r'hx-get="([^"]*seen=[^"]*)"', board)
    assert poll
    assert desk.get(poll[1].replace("&amp;", "&"), headers=HTMX).status_code in (200, 204)
    for page in (
        "/?group=quiet",
        "/?sort=logged",
        f"/clients/{client.pk}/",
        f"/clients/{client.pk}/sessions/",
    ):
        assert desk.get(page).status_code == 200, page
    for page in ("/train/", "/train/checkin/", "/train/settings/"):
        assert phone.get(page).status_code == 200, page
    for rows in ("sets", "sessions", "checkins"):
        path = f"/api/v1/clients/{client.uuid}/{rows}/"
        assert desk.get(path, headers=software).status_code == 200, path
    _log_a_set(client, phone)
    midday = datetime.combine(timezone.now().date(), time(12), UTC)
    scan(due(midday, among=list(Client.objects.values_list("pk", flat=True)[:20])), now=midday)


def _log_a_set(client: Client, phone: Browser) -> None:
    session = factories.a_session(client, at=timezone.now(), ended_at=None)
    lift = SetLog.objects.filter(client=client).values_list("exercise_id", flat=True)[:1].get()
    sent = {"id": new_id(), "exercise": lift, "weight": "80", "reps": "8", "rir": "2", "ended": "target"}
    assert phone.post(f"/train/{session.uuid}/sets/", sent, headers=HTMX).status_code == 200


def _faults(sql: str) -> Iterator[str]:
    if not sql.lstrip("(").startswith(("SELECT", "WITH", "UPDATE", "DELETE")):
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}".replace("%", "%%"), [])
            found = cursor.fetchone()[0]
            yield from _in_tree((json.loads(found) if isinstance(found, str) else found)[0]["Plan"], sql)
            return
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}".replace("%", "%%"), [])
        steps = [row[3] for row in cursor.fetchall()]
    aliases = {alias: table for table, alias in re.findall(r'"(\w+)" (?:AS )?"?([A-Z]\d+)"?', sql)}
    for step in steps:
        walked = re.match(r"SCAN (\w+)", step) or re.match(r"SEARCH (\w+) .*\(practice_id=\?\)$", step)
        if walked and aliases.get(walked[1], walked[1]) in HISTORY:
            yield f"{step}: {sql[:300]}"


def _in_tree(plan: dict[str, Any], sql: str) -> Iterator[str]:
    if plan["Node Type"] == "Seq Scan" and plan["Relation Name"] in HISTORY:
        yield f"Seq Scan on {plan['Relation Name']}: {sql[:300]}"
    if "Sort" in plan["Node Type"] and plan["Plan Rows"] > MOST_SORTED:
        yield f"sorts {plan['Plan Rows']} rows: {sql[:300]}"
    for below in plan.get("Plans", ()):
        yield from _in_tree(below, sql)
