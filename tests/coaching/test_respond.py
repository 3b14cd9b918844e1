"""What a coach's answer sets in motion."""

from datetime import date, datetime, timedelta

import pytest

from clients.models import Action, Client, Coach, Flag
from clients.problems import Refused
from coaching import respond
from programs.models import Phase
from tests.factories import a_session
from tests.flags import a_flag

TODAY = date(2026, 6, 15)


@pytest.fixture
def flag(james: Client) -> Flag:
    return a_flag(james)


def test_a_scale_back_lasts_fourteen_days_the_last_included(flag: Flag, dana: Coach, now: datetime) -> None:
    action = respond.respond(flag=flag, kind="scale_back", by=dana, at=now)
    assert (action.on, action.until) == (TODAY, date(2026, 6, 28))
    assert action.outcome_due_on == date(2026, 7, 13)  # 28 days after the click


def test_a_long_scale_back_is_measured_fourteen_days_after_its_end(
    flag: Flag, dana: Coach, now: datetime
) -> None:
    action = respond.respond(flag=flag, kind="scale_back", by=dana, at=now, days=30)
    assert action.outcome_due_on == action.until + timedelta(days=14) if action.until else False


@pytest.mark.parametrize("days", [0, -3, 400])
def test_a_span_of_no_days_or_a_year_is_refused_at_the_days(
    flag: Flag, dana: Coach, now: datetime, days: int
) -> None:
    with pytest.raises(Refused) as refusal:
        respond.respond(flag=flag, kind="scale_back", by=dana, at=now, days=days)
    assert refusal.value.field == "days"
    assert not Action.objects.exists()


def test_a_deload_week_is_put_into_the_plan_and_taken_out_by_undo(
    flag: Flag, james: Client, dana: Coach, now: datetime
) -> None:
    block = Phase.objects.create(client=james, kind="hypertrophy", starts_on=date(2026, 6, 1))
    action = respond.respond(flag=flag, kind="deload", by=dana, at=now)
    assert action.until == date(2026, 6, 21)
    kinds = list(Phase.objects.filter(client=james).values_list("kind", "starts_on", "ends_on"))
    assert kinds == [
        ("hypertrophy", date(2026, 6, 1), date(2026, 6, 14)),
        ("deload", TODAY, date(2026, 6, 21)),
        ("hypertrophy", date(2026, 6, 22), None),
    ]
    respond.undo(action=action, by=dana, at=now)
    assert list(Phase.objects.values_list("pk", "starts_on", "ends_on")) == [
        (block.pk, date(2026, 6, 1), None)
    ]


def test_a_deload_pressed_twice_is_one_week(flag: Flag, james: Client, dana: Coach, now: datetime) -> None:
    first = respond.respond(flag=flag, kind="deload", by=dana, at=now)
    assert respond.respond(flag=flag, kind="deload", by=dana, at=now) == first
    assert Phase.objects.filter(client=james, kind="deload").count() == 1


def test_another_length_on_the_same_day_replaces_the_deload(
    flag: Flag, james: Client, dana: Coach, now: datetime
) -> None:
    respond.respond(flag=flag, kind="deload", by=dana, at=now)
    longer = respond.respond(flag=flag, kind="deload", by=dana, at=now, days=10)
    assert Phase.objects.get(client=james).ends_on == longer.until == date(2026, 6, 24)
    assert list(flag.actions.standing()) == [longer]


def test_a_day_already_trained_is_not_called_a_deload(
    flag: Flag, james: Client, dana: Coach, now: datetime
) -> None:
    a_session(james, at=now - timedelta(hours=2))
    respond.respond(flag=flag, kind="deload", by=dana, at=now)
    assert Phase.objects.get(client=james).starts_on == TODAY + timedelta(days=1)


def test_a_deload_that_the_plan_refuses_leaves_no_answer(
    flag: Flag, james: Client, dana: Coach, now: datetime
) -> None:
    Phase.objects.create(
        client=james, kind="deload", starts_on=TODAY - timedelta(days=2), ends_on=TODAY + timedelta(days=2)
    )
    with pytest.raises(Refused, match="planned already"):
        respond.respond(flag=flag, kind="deload", by=dana, at=now)
    assert not Action.objects.exists()


def test_an_answer_for_the_whole_person_answers_the_other_flags_and_is_undone_with_them(
    flag: Flag, james: Client, dana: Coach, now: datetime
) -> None:
    dread = a_flag(james, "dread", "watch")
    settled = a_flag(james, "aches", "watch")
    respond.respond(flag=settled, kind="snooze", by=dana, at=now - timedelta(days=1), until=TODAY)
    action = respond.respond(flag=flag, kind="scale_back", by=dana, at=now, whole=True)
    assert [a.kind for a in dread.actions.standing()] == ["acknowledge"]
    assert [a.kind for a in settled.actions.standing()] == ["snooze"]
    respond.undo(action=action, by=dana, at=now)
    assert [a.flag for a in Action.objects.standing()] == [settled]


def test_a_wrong_call_is_of_one_sign_alone(flag: Flag, james: Client, dana: Coach, now: datetime) -> None:
    dread = a_flag(james, "dread", "watch")
    respond.respond(flag=flag, kind="wrong_call", by=dana, at=now, whole=True)
    assert not dread.actions.exists()
