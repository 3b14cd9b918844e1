"""A coach's answers to a flag."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from clients import answers
from clients.answers import Said, is_settled
from clients.models import Action, Change, Client, Coach, Flag
from clients.problems import Refused
from tests.flags import a_flag

TODAY = date(2026, 6, 15)


@pytest.fixture
def flag(james: Client) -> Flag:
    return a_flag(james)


def test_an_answer_is_kept_with_who_and_when(flag: Flag, dana: Coach, now: datetime) -> None:
    given = answers.answer(flag=flag, kind="acknowledge", by=dana, at=now)
    assert (given.by, given.at, given.on, given.flag) == (dana, now, TODAY, flag)
    change = Change.objects.get(subject=f"flag:{flag.pk}")
    assert (change.kind, change.actor, change.at) == ("flag acknowledge", dana.user, now)


def test_a_double_click_is_one_answer(flag: Flag, dana: Coach, now: datetime) -> None:
    first = answers.answer(flag=flag, kind="acknowledge", by=dana, at=now)
    again = answers.answer(flag=flag, kind="acknowledge", by=dana, at=now + timedelta(seconds=1))
    assert again == first
    assert Change.objects.count() == 1


def test_another_end_on_the_same_day_replaces_the_snooze(flag: Flag, dana: Coach, now: datetime) -> None:
    first = answers.answer(flag=flag, kind="snooze", by=dana, at=now, until=TODAY + timedelta(days=3))
    later = answers.answer(flag=flag, kind="snooze", by=dana, at=now, until=TODAY + timedelta(days=7))
    first.refresh_from_db()
    assert first.undone_at == now
    assert list(flag.actions.standing()) == [later]


@pytest.mark.parametrize(
    ("kind", "until", "field"),
    [
        ("snooze", None, "until"),
        ("snooze", TODAY - timedelta(days=1), "until"),
        ("snooze", TODAY + timedelta(days=91), "until"),
        ("scale_back", TODAY + timedelta(days=400), "until"),
        ("acknowledge", TODAY, "until"),
        ("frown", None, "kind"),
        ("", None, "kind"),
        ("note", None, "text"),
        ("resolve", None, "text"),
    ],
)
def test_an_answer_that_makes_no_sense_is_refused_with_its_place(
    flag: Flag, dana: Coach, now: datetime, kind: str, until: Any, field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        answers.answer(flag=flag, kind=kind, by=dana, at=now, until=until)
    assert refusal.value.field == field
    assert not Action.objects.exists()


def test_today_is_the_shortest_snooze(flag: Flag, dana: Coach, now: datetime) -> None:
    assert answers.answer(flag=flag, kind="snooze", by=dana, at=now, until=TODAY).until == TODAY


def test_a_flag_that_closed_meanwhile_takes_notes_and_nothing_else(
    flag: Flag, dana: Coach, now: datetime
) -> None:
    flag.closed_on, flag.closed_at, flag.resolution = TODAY, now, "recovered"
    flag.save()
    with pytest.raises(Refused, match="closed on 15 June"):
        answers.answer(flag=flag, kind="acknowledge", by=dana, at=now)
    assert answers.answer(flag=flag, kind="note", by=dana, at=now, text="Well done, she said").text


def test_a_second_note_on_a_day_is_added_below_the_first(flag: Flag, dana: Coach, now: datetime) -> None:
    answers.answer(flag=flag, kind="note", by=dana, at=now, text="Called him.")
    answers.answer(flag=flag, kind="note", by=dana, at=now, text="He called back.\x00")
    answers.answer(flag=flag, kind="note", by=dana, at=now, text="He called back.")
    assert flag.actions.get().text == "Called him.\n\nHe called back."


def test_only_what_ends_an_episode_makes_the_client_due_for_a_scan(
    flag: Flag, james: Client, dana: Coach, now: datetime
) -> None:
    answers.answer(flag=flag, kind="acknowledge", by=dana, at=now)
    james.refresh_from_db()
    assert james.history_version == 0
    wrong = answers.answer(flag=flag, kind="wrong_call", by=dana, at=now)
    james.refresh_from_db()
    assert james.history_version == 1
    answers.undo(action=wrong, by=dana, at=now)
    james.refresh_from_db()
    assert james.history_version == 2


def test_an_undone_answer_stays_in_the_history_and_can_be_given_again(
    flag: Flag, dana: Coach, now: datetime
) -> None:
    given = answers.answer(flag=flag, kind="acknowledge", by=dana, at=now)
    answers.undo(action=given, by=dana, at=now)
    answers.undo(action=given, by=dana, at=now + timedelta(minutes=1))
    given.refresh_from_db()
    assert (given.undone_at, given.undone_by) == (now, dana)
    assert answers.answer(flag=flag, kind="acknowledge", by=dana, at=now).pk != given.pk
    assert Change.objects.filter(kind="flag acknowledge undone").count() == 1


def test_what_has_run_its_course_cannot_be_undone(flag: Flag, dana: Coach, now: datetime) -> None:
    given = answers.answer(flag=flag, kind="snooze", by=dana, at=now, until=TODAY)
    with pytest.raises(Refused, match="ended on 15 June"):
        answers.undo(action=given, by=dana, at=now + timedelta(days=1))


def test_the_day_of_an_answer_is_the_clients_own(dana: Coach, now: datetime) -> None:
    from tests.factories import make_client

    kiwi = make_client(dana, "Aroha Ngata", timezone="Pacific/Auckland")
    given = answers.answer(
        flag=a_flag(kiwi), kind="acknowledge", by=dana, at=now.replace(hour=13)
    )  # 01:00 there
    assert given.on == TODAY + timedelta(days=1)


def test_the_database_keeps_one_standing_answer_a_flag_kind_and_day(
    flag: Flag, dana: Coach, now: datetime
) -> None:
    row: dict[str, Any] = {
        "client": flag.client,
        "flag": flag,
        "kind": "acknowledge",
        "by": dana,
        "at": now,
        "on": TODAY,
    }
    Action.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.create(**row)


@pytest.mark.parametrize(
    ("kind", "on", "until", "level_on", "settled"),
    [
        ("acknowledge", TODAY, None, TODAY - timedelta(days=9), True),
        ("acknowledge", TODAY - timedelta(days=2), None, TODAY - timedelta(days=2), True),
        ("acknowledge", TODAY - timedelta(days=2), None, TODAY - timedelta(days=1), False),
        ("scale_back", TODAY - timedelta(days=2), TODAY, TODAY - timedelta(days=1), True),
        ("scale_back", TODAY - timedelta(days=2), TODAY - timedelta(days=1), TODAY - timedelta(days=1), False),
        ("deload", TODAY - timedelta(days=2), TODAY, TODAY - timedelta(days=1), True),
        ("wrong_call", TODAY - timedelta(days=2), None, TODAY - timedelta(days=1), True),
        ("scale_back", TODAY - timedelta(days=30), TODAY - timedelta(days=17), TODAY - timedelta(days=31), True),
        ("snooze", TODAY - timedelta(days=2), TODAY, TODAY - timedelta(days=9), True),
        ("snooze", TODAY - timedelta(days=2), TODAY - timedelta(days=1), TODAY - timedelta(days=9), False),
        ("snooze", TODAY - timedelta(days=2), TODAY, TODAY - timedelta(days=1), False),
        ("note", TODAY, None, TODAY - timedelta(days=9), False),
        ("message", TODAY, None, TODAY - timedelta(days=9), False),
    ],
)  # fmt: skip
def test_what_settles_a_flag(kind: str, on: date, until: Any, level_on: date, settled: bool) -> None:
    said = [Said(kind=kind, on=on, until=until)]
    assert is_settled(level_on=level_on, said=said, today=TODAY) is settled


def test_a_right_call_is_a_verdict_alone(flag: Flag, dana: Coach, now: datetime) -> None:
    said = answers.answer(flag=flag, kind="right_call", by=dana, at=now)
    heard = [Said(kind=said.kind, on=said.on, until=said.until)]
    assert not is_settled(level_on=flag.level_on, said=heard, today=TODAY)
    version = Client.objects.get(pk=flag.client_id).history_version
    assert version == flag.client.history_version  # nothing for a scan to do


def test_right_and_wrong_are_one_verdict_the_later_one(flag: Flag, dana: Coach, now: datetime) -> None:
    for kind in ("right_call", "wrong_call", "right_call"):
        answers.answer(flag=flag, kind=kind, by=dana, at=now)
    assert [action.kind for action in flag.actions.standing()] == ["right_call"]


def test_a_flag_that_has_closed_can_still_be_called_right(flag: Flag, dana: Coach, now: datetime) -> None:
    Flag.objects.filter(pk=flag.pk).update(closed_on=TODAY, closed_at=now, resolution="recovered")
    assert answers.answer(flag=flag, kind="right_call", by=dana, at=now).pk
    with pytest.raises(Refused, match="nothing left to answer"):
        answers.answer(flag=flag, kind="wrong_call", by=dana, at=now)
