"""Who needs the coach today, worst first."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clients.models import Client, Coach, ScanRun
from coaching import respond
from coaching.board import Board, nothing_new, row_of, triage
from coaching.filters import Filters
from coaching.rows import Row
from programs.models import LiftDay, Phase
from tests.factories import a_checkin, a_session, a_set, an_exercise, make_client, make_coach
from tests.flags import a_flag

TODAY = date(2026, 6, 15)


def rows(board: Board) -> list[Row]:
    return [row for section in board.sections for row in section.rows]


def names(viewer: Coach, now: datetime, **asked: str) -> list[str]:
    return [row.name for row in rows(triage(viewer, now=now, filters=Filters.read(asked)))]


def long_here(*clients: Client) -> None:
    Client.objects.filter(pk__in=[client.pk for client in clients]).update(
        created_at=datetime.fromisoformat("2026-01-01T00:00:00+00:00")
    )


def trained(client: Client, now: datetime, *, days_ago: int = 1) -> None:
    a_set(a_session(client, at=now - timedelta(days=days_ago)), an_exercise())


def test_an_unanswered_act_needs_me_and_any_other_open_flag_is_watched(
    dana: Coach, james: Client, sarah: Client, marcus: Client, claire: Client, now: datetime
) -> None:
    long_here(james, sarah, marcus, claire)
    a_flag(james, "strength_decline", "act")
    a_flag(sarah, "sleep_decline", "watch")
    trained(marcus, now)
    board = triage(dana, now=now, filters=Filters())
    assert {row.name: row.group for row in rows(board)} == {
        "James Okafor": "needs", "Sarah Lindqvist": "watch", "Claire Dubois": "quiet", "Marcus Bell": "fine",
    }  # fmt: skip
    assert [(tab.word, tab.count) for tab in board.head.tabs] == [
        ("Everyone", 4), ("Needs me", 1), ("Watch", 1), ("Fine", 1), ("Quiet", 1),
    ]  # fmt: skip


def test_worst_first_is_level_then_number_of_signs_then_score_then_name(dana: Coach, now: datetime) -> None:
    for name, signs in {
        "Watch Two": [("dread", "watch", 5), ("aches", "watch", 5)],
        "Act Low": [("dread", "act", 6)],
        "Act High": [("dread", "act", 9)],
        "Act Two": [("dread", "watch", 4), ("aches", "act", 5)],
        "Adam Watch": [("dread", "watch", 9)],
        "Abel Watch": [("dread", "watch", 9)],
    }.items():
        client = make_client(dana, name, ref=name)
        for sign, level, score in signs:
            a_flag(client, sign, level, score=score)
    assert names(dana, now) == ["Act Two", "Act High", "Act Low", "Watch Two", "Abel Watch", "Adam Watch"]


def test_an_answered_act_is_watched_and_undoing_the_answer_brings_it_back(
    dana: Coach, james: Client, now: datetime
) -> None:
    action = respond.respond(flag=a_flag(james), kind="acknowledge", by=dana, at=now)
    row = row_of(dana, james.pk, now=now)
    assert row
    assert (row.group, row.answer) == ("watch", "Acknowledged, today")
    respond.undo(action=action, by=dana, at=now)
    assert names(dana, now, group="needs") == ["James Okafor"]


def test_a_snooze_ends_with_its_last_day_and_early_when_the_level_rises(
    dana: Coach, james: Client, now: datetime
) -> None:
    flag = a_flag(james)
    respond.respond(flag=flag, kind="snooze", by=dana, at=now, until=TODAY + timedelta(days=3))
    assert names(dana, now + timedelta(days=3), group="needs") == []
    assert names(dana, now + timedelta(days=4), group="needs") == ["James Okafor"]
    flag.level_on = TODAY + timedelta(days=1)
    flag.save()
    assert names(dana, now + timedelta(days=1), group="needs") == ["James Okafor"]


def test_a_wrong_call_leaves_the_board_at_once(dana: Coach, james: Client, now: datetime) -> None:
    trained(james, now)
    respond.respond(flag=a_flag(james), kind="wrong_call", by=dana, at=now)
    assert names(dana, now, group="fine") == ["James Okafor"]


@pytest.mark.parametrize(("days_ago", "group"), [(6, "fine"), (7, "quiet")])
def test_quiet_is_neither_set_nor_check_in_for_seven_days(
    dana: Coach, james: Client, sarah: Client, now: datetime, days_ago: int, group: str
) -> None:
    long_here(james, sarah)
    trained(james, now, days_ago=days_ago)
    a_checkin(sarah, TODAY - timedelta(days=days_ago), energy=3)
    assert names(dana, now, group=group) == ["James Okafor", "Sarah Lindqvist"]


def test_away_is_not_quiet_and_an_open_flag_beats_quiet(
    dana: Coach, james: Client, sarah: Client, now: datetime
) -> None:
    long_here(james, sarah)
    a_flag(sarah, "dread", "watch")
    Client.objects.filter(pk=james.pk).update(away_until=TODAY)
    assert names(dana, now, group="quiet") == []
    assert names(dana, now + timedelta(days=1), group="quiet") == ["James Okafor"]
    assert names(dana, now, group="watch") == ["Sarah Lindqvist"]


def test_a_coach_sees_their_own_and_the_head_everybodys(dana: Coach, eli: Coach, now: datetime) -> None:
    mate = make_coach("mate@example.com", name="Mate", practice=dana.practice, head=False)
    make_client(dana, "Of Dana")
    make_client(mate, "Of Mate", ref="mate")
    make_client(eli, "Of Eli", ref="eli")
    make_client(dana, "Archived", archived_at=now)
    assert names(dana, now) == ["Of Dana", "Of Mate"]
    assert names(mate, now) == ["Of Mate"]
    assert names(dana, now, coach=str(mate.pk)) == ["Of Mate"]


def test_a_search_finds_without_case_and_accents(dana: Coach, now: datetime) -> None:
    make_client(dana, "Zoë Ångström")
    make_client(dana, "Bob Hale")
    assert names(dana, now, q="zoe ang") == ["Zoë Ångström"]
    assert names(dana, now, q="\x00" + "x" * 500) == []


def test_a_filter_by_phase_keeps_those_in_it_today(
    dana: Coach, james: Client, sarah: Client, now: datetime
) -> None:
    Phase.objects.create(client=james, kind="hypertrophy", starts_on=date(2026, 5, 25))
    Phase.objects.create(
        client=sarah, kind="hypertrophy", starts_on=date(2026, 5, 1), ends_on=date(2026, 6, 14)
    )
    assert names(dana, now, phase="hypertrophy") == ["James Okafor"]
    assert names(dana, now, phase="base") == ["Sarah Lindqvist"]
    row = row_of(dana, james.pk, now=now)
    assert row
    assert (row.phase, row.phase_full) == ("hyp w4", "hypertrophy, week 4")


@pytest.mark.parametrize(
    "asked",
    [
        {"group": "everything", "phase": "x", "coach": "-1", "sort": "?", "page": "0"},
        {"coach": "9" * 40, "page": "9" * 40},
        {"page": "²", "coach": "٣"},
    ],
)
def test_an_address_that_makes_no_sense_asks_for_nothing(
    dana: Coach, james: Client, now: datetime, asked: dict[str, str]
) -> None:
    filters = Filters.read(asked)
    assert (filters.group, filters.phase, filters.coach) in [(None, None, None), (None, None, 2**31)]
    triage(dana, now=now, filters=filters)


def test_the_row_says_since_when_how_much_went_to_failure_and_when_last_heard_of(
    dana: Coach, james: Client, now: datetime
) -> None:
    a_flag(james, since_on=TODAY - timedelta(days=9), opened_on=TODAY - timedelta(days=5))
    press = an_exercise()
    a_lift_day(james, press.pk, TODAY - timedelta(days=3), failure=4, hold_back=8)
    trained(james, now)
    row = row_of(dana, james.pk, now=now)
    assert row
    assert (row.since, row.share, row.over, row.logged) == (
        "since 9 days", "33 % of 20 %", True, "logged yesterday",
    )  # fmt: skip
    assert (row.shape, row.signs) == ("●", "strength decline")


@pytest.mark.parametrize(("failure", "over"), [(2, False), (3, True)])
def test_exactly_twenty_percent_is_within(
    dana: Coach, james: Client, now: datetime, failure: int, over: bool
) -> None:
    a_lift_day(james, an_exercise().pk, TODAY, failure=failure, hold_back=10 - failure)
    row = row_of(dana, james.pk, now=now)
    assert row
    assert row.over is over


def test_the_board_says_when_it_was_last_scanned(dana: Coach, james: Client, now: datetime) -> None:
    assert triage(dana, now=now, filters=Filters()).head.scanned == "not scanned yet"
    ScanRun.objects.create(started_at=now, finished_at=now.replace(hour=3, minute=10))
    assert triage(dana, now=now, filters=Filters()).head.scanned == "scanned 04:10"  # London, in summer


def test_pages_of_fifty_with_more(dana: Coach, now: datetime) -> None:
    for number in range(52):
        make_client(dana, f"Client {number:02}", ref=str(number))
    first = triage(dana, now=now, filters=Filters())
    assert (len(rows(first)), first.more) == (50, "?page=2")
    second = triage(dana, now=now, filters=Filters(page=2))
    assert ([row.name for row in rows(second)], second.more) == (["Client 50", "Client 51"], "")
    assert len(rows(triage(dana, now=now, filters=Filters(page=2, upto=True)))) == 52


def test_a_board_costs_the_same_queries_for_five_clients_and_for_forty(dana: Coach, now: datetime) -> None:
    press = an_exercise()

    def more(count: int, start: int) -> None:
        for number in range(start, start + count):
            client = make_client(dana, f"Client {number}", ref=str(number))
            a_flag(client, "dread", "watch")
            respond.respond(flag=a_flag(client), kind="acknowledge", by=dana, at=now)
            a_set(a_session(client, at=now), press)
            a_checkin(client, TODAY, energy=3)
            a_lift_day(client, press.pk, TODAY, failure=1, hold_back=9)
            Phase.objects.create(client=client, kind="strength", starts_on=TODAY)

    more(5, 0)
    few = queries(lambda: triage(dana, now=now, filters=Filters()))
    more(35, 5)
    many = queries(lambda: triage(dana, now=now, filters=Filters()))
    assert many <= few <= 9  # with session, user and coach: at most twelve


def queries(call: Any) -> int:
    with CaptureQueriesContext(
        connection,
    ) as counted:
        call()
    return len(counted)


def test_a_refresh_is_one_query_while_nothing_is_new(dana: Coach, james: Client, now: datetime) -> None:
    seen = triage(dana, now=now, filters=Filters()).poll.split("seen=")[1]
    assert queries(lambda: nothing_new(dana, seen, now=now + timedelta(minutes=1))) == 1
    assert nothing_new(dana, seen, now=now + timedelta(minutes=1))


def test_an_answer_a_set_a_client_and_midnight_are_news(
    dana: Coach, eli: Coach, james: Client, now: datetime
) -> None:
    flag = a_flag(james)
    later = now + timedelta(minutes=1)

    def seen() -> str:
        return triage(dana, now=now, filters=Filters()).poll.split("seen=")[1]

    mark = seen()
    respond.respond(flag=a_flag(make_client(eli, "Of Eli", ref="e")), kind="acknowledge", by=eli, at=later)
    assert nothing_new(dana, mark, now=later)
    assert not nothing_new(dana, mark, now=now + timedelta(days=1))
    respond.respond(flag=flag, kind="acknowledge", by=dana, at=later)
    assert not nothing_new(dana, mark, now=later)
    assert not nothing_new(dana, "garbage", now=later)
    make_client(dana, "New One", ref="new")
    assert not nothing_new(dana, mark, now=now)


def a_lift_day(client: Client, exercise: int, day: date, **counts: int) -> LiftDay:
    given = (
        dict.fromkeys(
            ["failure", "form_break", "form_break_at_0", "hold_back", "easy", "unrated", "stopped", "hard"], 0
        )
        | counts
    )
    return LiftDay.objects.create(
        client=client, exercise_id=exercise, day=day, working=sum(counts.values()), volume_g=1000,
        best_load_g=100_000, best_reps2=20, best_rir2=4, **given,
    )  # fmt: skip
