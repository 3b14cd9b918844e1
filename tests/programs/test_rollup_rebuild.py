"""Rows of lifts and days equal their sets, however they came about."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from clients.models import Client
from programs import lift_sets, rollups
from programs.models import LiftDay
from programs.prescribed import prescribed_rir
from tests.factories import a_session, a_set, an_exercise

LINES = [{"exercise_id": 0, "sets": 2, "rir_halves": 4}, {"exercise_id": 0, "sets": 2, "rir_halves": 6}]


def rows() -> list[dict[str, Any]]:
    return [dict(row) for row in LiftDay.objects.order_by("client", "exercise", "day").values()]


def test_a_rebuilt_day_is_what_its_sets_say(james: Client, now: datetime) -> None:
    press, session = an_exercise(), a_session(james, at=now)
    a_set(session, press, kg=100, reps=8, rir=2)
    a_set(session, press, kg=110, reps=5, rir=0)
    a_set(session, an_exercise("Curl"), kg=20)
    rollups.rebuild(james.pk, press.pk, session.local_day)
    row = LiftDay.objects.get()
    assert (row.working, row.hold_back, row.failure, row.best_load_g) == (2, 1, 1, 100_000)


def test_rebuilding_again_changes_nothing(james: Client, now: datetime) -> None:
    press, session = an_exercise(), a_session(james, at=now)
    a_set(session, press)
    rollups.rebuild(james.pk, press.pk, session.local_day)
    before = rows()
    rollups.rebuild(james.pk, press.pk, session.local_day)
    assert rows() == before


def test_the_last_set_of_a_day_takes_the_row_with_it(james: Client, now: datetime) -> None:
    press, session = an_exercise(), a_session(james, at=now)
    only = a_set(session, press)
    rollups.rebuild(james.pk, press.pk, session.local_day)
    only.deleted_at = now
    only.save(update_fields=["deleted_at"])
    rollups.rebuild(james.pk, press.pk, session.local_day)
    assert not rows()


def test_sets_of_a_deleted_session_count_nowhere(james: Client, now: datetime) -> None:
    press = an_exercise()
    gone = a_session(james, at=now, deleted_at=now)
    a_set(gone, press)
    rollups.rebuild(james.pk, press.pk, gone.local_day)
    assert not rows()


def test_two_sessions_of_a_day_are_one_row(james: Client, now: datetime) -> None:
    press = an_exercise()
    for hours in (0, 4):
        a_set(a_session(james, at=now + timedelta(hours=hours)), press)
    rollups.rebuild(james.pk, press.pk, now.date())
    assert LiftDay.objects.get().working == 2


def test_the_share_of_body_mass_comes_from_the_exercise(james: Client, now: datetime) -> None:
    dip, session = an_exercise("Dip", equipment="bodyweight", body_mass_percent=100), a_session(james, at=now)
    a_set(session, dip, kg=0)
    rollups.rebuild(james.pk, dip.pk, session.local_day)
    assert LiftDay.objects.get().best_load_g == 75_000


def test_each_set_has_the_reserve_that_its_line_asked_for(james: Client, now: datetime) -> None:
    press = an_exercise()
    lines = [{**line, "exercise_id": press.pk} for line in LINES]
    session = a_session(james, at=now, prescribed=lines)
    a_set(session, press, warm_up=True, kg=40)
    for kg in (80, 85, 100):
        a_set(session, press, rir=None, ended="target", kg=kg)
    rollups.rebuild(james.pk, press.pk, session.local_day)
    row = LiftDay.objects.get()
    assert (row.open_load_g, row.open_prescribed_rir2, row.hard) == (100_000, 6, 3)


@pytest.mark.parametrize(("nth", "rir"), [(0, 4), (1, 4), (2, 6), (3, 6), (4, 6)])
def test_sets_past_the_plan_keep_its_last_line(nth: int, rir: int) -> None:
    assert prescribed_rir(LINES, 0, nth) == rir
    assert prescribed_rir(LINES, 5, nth) is None


def test_many_days_at_once_are_the_same_as_one_by_one(james: Client, sarah: Client, now: datetime) -> None:
    lifts = [
        an_exercise(),
        an_exercise("Curl"),
        an_exercise("Dip", equipment="bodyweight", body_mass_percent=100),
    ]
    keys: list[tuple[int, int, date]] = []
    for client in (james, sarah):
        for days in range(0, 200, 2):
            session = a_session(client, at=now - timedelta(days=days))
            for n, lift in enumerate(lifts):
                a_set(session, lift, kg=50 + days % 7 + n, reps=5 + days % 5, rir=[None, 0, 2, 5][days % 4])
                keys.append((client.pk, lift.pk, session.local_day))
    for key in keys:
        rollups.rebuild(*key)
    one_by_one = [{**row, "id": 0} for row in rows()]
    LiftDay.objects.all().delete()
    assert rollups.rebuild_days(reversed(keys)) == 600
    assert [{**row, "id": 0} for row in rows()] == one_by_one


def test_a_rebuild_costs_two_statements(james: Client, now: datetime, django_assert_num_queries: Any) -> None:
    press, session = an_exercise(), a_session(james, at=now)
    a_set(session, press)
    with django_assert_num_queries(2):
        rollups.rebuild(james.pk, press.pk, session.local_day)


def test_what_differs_is_found_and_mended(
    james: Client, sarah: Client, marcus: Client, now: datetime, django_assert_num_queries: Any
) -> None:
    press, curl = an_exercise(), an_exercise("Curl")
    line = [{**one, "exercise_id": press.pk} for one in LINES]
    for client in (james, sarah, marcus):
        for days in range(3):
            session = a_session(client, at=now - timedelta(days=days), prescribed=line if days else [])
            for lift in (press, curl):
                for _ in range(3):
                    a_set(session, lift, rir=None, ended="target")
        gone = a_session(client, at=now - timedelta(days=9), deleted_at=now)
        a_set(gone, press)
        a_set(a_session(client, at=now - timedelta(days=8)), press, warm_up=True)
        rollups.rebuild_days(rollups.known_keys(client.pk))
    before, ids = rows(), [james.pk, sarah.pk, marcus.pk]
    assert lift_sets.differing(ids, lift_sets.computed(ids)) == []
    day = now.date()
    LiftDay.objects.filter(client=james, exercise=press, day=day).update(open_prescribed_rir2=1)
    LiftDay.objects.filter(client=sarah, exercise=curl, day=day - timedelta(days=1)).delete()
    LiftDay.objects.filter(client=marcus, exercise=curl, day=day).update(day=day + timedelta(days=1))
    assert lift_sets.differing(ids, lift_sets.computed(ids)) == [
        (james.pk, press.pk, day),
        (sarah.pk, curl.pk, day - timedelta(days=1)),
        (marcus.pk, curl.pk, day),
        (marcus.pk, curl.pk, day + timedelta(days=1)),
    ]
    rollups.mended(ids)
    assert [{**row, "id": 0} for row in rows()] == [{**row, "id": 0} for row in before]
    with django_assert_num_queries(4):
        rollups.mended(ids)
