"""What the rules are told of a client: as it was at the time asked about, in a fixed number of statements."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clients.models import Action, Client, Coach, Consent, Flag, Injury
from clients.readiness import State
from programs.facts import read_recent
from programs.models import PolicyValue, SetLog
from programs.policy.classes import COSTS_AS_FAILURE, RATED, SetClass, set_class
from programs.policy.kinds import EndedBy
from programs.standing import standing
from tests.factories import a_checkin, a_session, a_set, an_exercise

NOW = datetime(2026, 6, 18, 17, 0, tzinfo=UTC)  # a Thursday, 18:00 in London
TODAY = date(2026, 6, 18)


def test_sets_are_counted_in_the_database_as_the_table_of_classes_says(james: Client) -> None:
    session = a_session(james, at=NOW - timedelta(hours=1))
    press = an_exercise()
    for ended in ["", *EndedBy]:
        for rir in (None, 0, 0.5, 2, 3, 3.5, 4.5):
            for warm_up in (False, True):
                a_set(session, press, rir=rir, ended=ended, warm_up=warm_up)
    classes = [
        set_class(warm_up=s.warm_up, ended=s.ended, rir_halves=s.rir_halves) for s in SetLog.objects.all()
    ]
    (bout,) = read_recent(james, at=NOW).bouts
    assert bout.costs == sum(c in COSTS_AS_FAILURE for c in classes)
    assert bout.rated == sum(c in RATED for c in classes)
    assert bout.unrated == classes.count(SetClass.UNRATED)
    assert bout.form_breaks == classes.count(SetClass.FORM) + classes.count(SetClass.FORM_AT_0)
    assert bout.working == SetLog.objects.filter(warm_up=False).count()


def test_only_what_had_happened_by_then_is_known(james: Client) -> None:
    press = an_exercise()
    early, later = (
        a_session(james, at=NOW - timedelta(hours=2)),
        a_session(james, at=NOW + timedelta(hours=1)),
    )
    a_set(early, press, rir=0, done_at=NOW - timedelta(minutes=90))
    a_set(early, press, rir=0, done_at=NOW + timedelta(minutes=1))
    a_set(later, press, rir=0)
    (bout,) = read_recent(james, at=NOW).bouts
    assert (bout.costs, bout.last_cost_at) == (1, NOW - timedelta(minutes=90))
    assert sum(b.costs for b in read_recent(james, at=NOW + timedelta(hours=2)).bouts) == 3


def test_deleted_sets_and_sessions_are_not_known(james: Client) -> None:
    session, gone = (
        a_session(james, at=NOW - timedelta(hours=2)),
        a_session(james, at=NOW - timedelta(hours=3)),
    )
    a_set(session, an_exercise(), rir=0, deleted_at=NOW)
    a_set(gone, an_exercise(), rir=0)
    gone.deleted_at = NOW
    gone.save()
    assert read_recent(james, at=NOW).bouts == ()


def test_a_month_of_nights_is_read_only_while_consent_is_in_force(james: Client) -> None:
    for back in range(20):
        a_checkin(james, TODAY - timedelta(days=back), sleep_hours=7.5, stress=4)
    Injury.objects.create(client=james, region="knee", onset=TODAY, severity="moderate")
    assert read_recent(james, at=NOW).readiness.recovery.state is State.MET
    assert "14 nights" in read_recent(james, at=NOW).readiness.recovery.says
    Consent.objects.filter(client=james).update(withdrawn_at=NOW)
    readiness = read_recent(james, at=NOW).readiness
    assert readiness.recovery.says == readiness.injury.says == "There is no consent to keep health data."
    assert readiness.recovery.state is State.UNKNOWN
    assert readiness.injuries == ()


@pytest.mark.parametrize(
    ("onset", "resolved", "is_open"),
    [(0, None, True), (1, None, False), (-30, 0, False), (-30, 1, True), (-30, -1, False)],
)
def test_an_injury_is_open_from_its_onset_until_the_day_it_is_resolved(
    james: Client, onset: int, resolved: int | None, is_open: bool
) -> None:
    Injury.objects.create(
        client=james, region="knee", onset=TODAY + timedelta(days=onset),
        resolved=None if resolved is None else TODAY + timedelta(days=resolved),
    )  # fmt: skip
    assert bool(read_recent(james, at=NOW).readiness.injuries) is is_open


def a_flag(client: Client, **fields: Any) -> Flag:
    day = TODAY - timedelta(days=5)
    facts: dict[str, Any] = {
        "sign": "dread", "level": "act", "opened_on": day, "since_on": day, "level_on": day, "score": 9,
        "says": "", "recorded_at": NOW,
    }  # fmt: skip
    return Flag.objects.create(client=client, **{**facts, **fields})


def an_action(flag: Flag, kind: str, **fields: Any) -> Action:
    at = fields.pop("at", NOW - timedelta(hours=1))
    return Action.objects.create(
        client=flag.client, flag=flag, kind=kind, by=flag.client.coach, at=at, on=at.date(), **fields
    )


def test_flags_are_those_open_at_that_time(james: Client) -> None:
    a_flag(james, sign="dread")
    a_flag(
        james, sign="aches", closed_on=TODAY - timedelta(days=2), closed_at=NOW, resolution="recovered"
    )  # fmt: skip
    a_flag(james, sign="fatigue_mood", opened_on=TODAY + timedelta(days=1))
    assert [f.sign for f in read_recent(james, at=NOW).flags] == ["dread"]
    then = read_recent(james, at=NOW - timedelta(days=3)).flags
    assert sorted(f.sign for f in then) == ["aches", "dread"]


def test_before_the_day_of_its_level_a_flag_had_the_other_one(james: Client) -> None:
    a_flag(james, level_on=TODAY - timedelta(days=1))
    assert [f.level for f in read_recent(james, at=NOW).flags] == ["act"]
    assert [f.level for f in read_recent(james, at=NOW - timedelta(days=3)).flags] == ["watch"]


def test_a_flag_that_rose_and_fell_more_than_once_had_the_level_of_its_day(james: Client) -> None:
    days = [TODAY - timedelta(days=back) for back in (9, 6, 3, 1)]
    levels = ["watch", "act", "watch", "act"]
    steps = [[day.isoformat(), level] for day, level in zip(days, levels, strict=True)]
    flag = a_flag(james, opened_on=days[0], since_on=days[0], level_on=days[3], evidence={"steps": steps})
    an_action(flag, "acknowledge", at=NOW - timedelta(days=5))
    for back, level, answered in (
        (9, "watch", False),
        (5, "act", True),
        (3, "watch", False),
        (0, "act", False),
    ):
        [then] = read_recent(james, at=NOW - timedelta(days=back)).flags
        assert (then.level, then.answered) == (level, answered), back


@pytest.mark.parametrize(
    ("kind", "fields", "answered"),
    [
        ("acknowledge", {}, True),
        ("note", {}, False),
        ("snooze", {"until": TODAY}, True),
        ("snooze", {"until": TODAY - timedelta(days=1), "at": NOW - timedelta(days=3)}, False),
        ("acknowledge", {"at": NOW + timedelta(hours=1)}, False),
        ("acknowledge", {"undone_at": NOW - timedelta(minutes=5)}, False),
        ("acknowledge", {"undone_at": NOW + timedelta(minutes=5)}, True),
    ],
)
def test_a_flag_is_answered_by_what_stood_at_that_time(
    james: Client, kind: str, fields: dict[str, Any], answered: bool
) -> None:
    an_action(a_flag(james), kind, **fields)
    assert [f.answered for f in read_recent(james, at=NOW).flags] == [answered]


def test_a_wrong_call_lifts_a_flag_at_once(james: Client) -> None:
    an_action(a_flag(james), "wrong_call")
    assert read_recent(james, at=NOW).flags == ()


@pytest.mark.parametrize(
    ("until", "running"),
    [(TODAY, True), (TODAY - timedelta(days=1), False), (TODAY + timedelta(days=3), True)],
)
def test_a_scale_back_runs_to_the_end_of_its_last_day(james: Client, until: date, running: bool) -> None:
    at = NOW - timedelta(days=10)
    Action.objects.create(client=james, kind="scale_back", by=james.coach, at=at, on=at.date(), until=until)
    assert (read_recent(james, at=NOW).scale_back_until == until) is running


def test_a_limit_of_the_client_beats_the_coachs_and_the_latest_wins(dana: Coach, james: Client) -> None:
    def limit(value: float, days_ago: int, client: Client | None) -> None:
        PolicyValue.objects.create(
            coach=dana,
            client=client,
            key="recovery_hours",
            value=value,
            by=dana,
            at=NOW - timedelta(days=days_ago),
        )

    limit(96, 9, None)
    limit(60, 8, None)
    assert read_recent(james, at=NOW).limits.recovery_hours == 60
    limit(90, 20, james)
    assert read_recent(james, at=NOW).limits.recovery_hours == 90
    assert read_recent(james, at=NOW - timedelta(days=30)).limits.recovery_hours == 72
    limit(1, 0, james)  # out of bounds: held at the least
    assert read_recent(james, at=NOW).limits.recovery_hours == 48


def queries(client: Client) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        standing(client, at=NOW)
    return len(caught)


def test_the_facts_cost_five_statements_whatever_the_history(james: Client) -> None:
    few = queries(james)
    for back in range(30):
        session = a_session(james, at=NOW - timedelta(days=back))
        for name in ("Leg press", "Chest press"):
            a_set(session, an_exercise(name), rir=0)
        a_checkin(james, TODAY - timedelta(days=back), sleep_hours=7, stress=3)
    an_action(a_flag(james), "note")
    Injury.objects.create(client=james, region="knee", onset=TODAY)
    assert queries(james) == few <= 5


@pytest.mark.parametrize(("source", "hard"), [("reserve", 1), ("other", 1), ("strong", 0), ("hevy", 0), ("fitnotes", 0)])  # fmt: skip
def test_another_apps_failure_mark_costs_but_is_no_proof_of_form(
    james: Client, source: str, hard: int
) -> None:
    row = a_session(james, at=NOW - timedelta(days=1))
    a_set(row, an_exercise("Leg press"), rir=None, ended="muscular_failure", source=source)
    found = read_recent(james, at=NOW)
    (bout,) = found.bouts
    assert (bout.costs, bout.rated, bout.hard) == (1, 1, hard)
    assert f"Only {hard} hard sets" in found.readiness.form.says
