"""What is planned for a day, and what a session keeps of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from clients.models import Client
from programs import plans
from programs.models import Prescription
from tests.factories import a_session, an_exercise
from tests.programs.plans import MONDAY, a_line, a_phase, a_workout

pytestmark = pytest.mark.django_db


def at_ten(day: Any) -> datetime:
    return datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=10)


def test_a_day_without_a_phase_is_base(james: Client) -> None:
    found = plans.phase_on(james, MONDAY)
    assert (found.kind, found.week, found.phase) == ("base", None, None)


def test_weeks_of_a_phase_count_from_its_start(james: Client) -> None:
    a_phase(james, MONDAY, name="Growth")
    assert plans.phase_on(james, MONDAY + timedelta(days=6)).week == 1
    assert plans.phase_on(james, MONDAY + timedelta(days=7)).week == 2
    assert plans.phase_on(james, MONDAY - timedelta(days=1)).kind == "base"


def test_the_last_day_of_a_phase_belongs_to_it(james: Client) -> None:
    a_phase(james, MONDAY, MONDAY + timedelta(days=6))
    assert plans.phase_on(james, MONDAY + timedelta(days=6)).kind == "hypertrophy"
    assert plans.phase_on(james, MONDAY + timedelta(days=7)).kind == "base"


def test_a_phase_without_an_end_lasts_until_the_next(james: Client) -> None:
    a_phase(james, MONDAY)
    a_phase(james, MONDAY + timedelta(days=14), MONDAY + timedelta(days=20), kind="strength")
    assert plans.phase_on(james, MONDAY + timedelta(days=13)).kind == "hypertrophy"
    assert plans.phase_on(james, MONDAY + timedelta(days=14)).kind == "strength"
    assert plans.phase_on(james, MONDAY + timedelta(days=21)).kind == "base"


def test_phases_of_many_clients_are_read_at_once_each_on_their_own_day(
    james: Client, sarah: Client, marcus: Client, django_assert_num_queries: Any
) -> None:
    a_phase(james, MONDAY)
    a_phase(james, MONDAY + timedelta(days=1), kind="strength")
    a_phase(sarah, MONDAY - timedelta(days=8), MONDAY - timedelta(days=1))
    days = {james.pk: MONDAY, sarah.pk: MONDAY - timedelta(days=1), marcus.pk: MONDAY + timedelta(days=9)}
    with django_assert_num_queries(1):
        found = plans.phases_on(days)
    assert [found[c.pk].kind for c in (james, sarah, marcus)] == ["hypertrophy", "hypertrophy", "base"]
    assert found[sarah.pk].week == 2
    assert found == {c.pk: plans.phase_on(c, days[c.pk]) for c in (james, sarah, marcus)}


def test_a_workout_with_a_weekday_is_planned_on_that_day_only(james: Client) -> None:
    phase = a_phase(james)
    push = a_workout(phase, "Push", weekday=0)
    a_workout(phase, "Free")
    assert plans.workout_for(james, day=MONDAY) == push
    assert plans.workout_for(james, day=MONDAY + timedelta(days=1)) is None


def test_without_weekdays_the_next_workout_follows_the_last_one_done(james: Client) -> None:
    phase = a_phase(james)
    push, pull = a_workout(phase, "Push"), a_workout(phase, "Pull")
    assert plans.workout_for(james, day=MONDAY) == push
    a_session(james, at=at_ten(MONDAY), workout=push)
    assert plans.workout_for(james, day=MONDAY) == push  # today's stays today's
    assert plans.workout_for(james, day=MONDAY + timedelta(days=1)) == pull
    a_session(james, at=at_ten(MONDAY + timedelta(days=1)), workout=pull)
    assert plans.workout_for(james, day=MONDAY + timedelta(days=2)) == push


def test_a_deleted_session_does_not_move_the_rotation(james: Client, now: datetime) -> None:
    phase = a_phase(james)
    push, _ = a_workout(phase, "Push"), a_workout(phase, "Pull")
    a_session(james, at=at_ten(MONDAY), workout=push, deleted_at=now)
    assert plans.workout_for(james, day=MONDAY + timedelta(days=1)) == push


def test_a_free_day_and_another_clients_plan_plan_nothing(james: Client, sarah: Client) -> None:
    a_workout(a_phase(sarah), "Push")
    assert plans.workout_for(james, day=MONDAY) is None


def test_a_frozen_line_keeps_what_was_prescribed(james: Client) -> None:
    press = an_exercise("Chest press")
    workout = a_workout(a_phase(james))
    a_line(workout, press, sets=3, rir_halves=4, failure_on_last=True, weight_g=60_000, note="slow")
    assert plans.freeze(workout, deload=False) == [
        {
            "exercise_id": press.pk, "exercise": "Chest press", "sets": 3, "reps_min": 8, "reps_max": 10,
            "rir_halves": 4, "rest_s": 120, "failure_on_last": True, "weight_g": 60_000, "note": "slow",
                "with_next": False,
        }
    ]  # fmt: skip


@pytest.mark.parametrize(("sets", "lighter"), [(1, 1), (2, 1), (3, 2), (5, 3)])
def test_a_deload_halves_the_sets_and_stays_four_short(james: Client, sets: int, lighter: int) -> None:
    workout = a_workout(a_phase(james))
    a_line(workout, an_exercise(), sets=sets, rir_halves=2, failure_on_last=True)
    [line] = plans.freeze(workout, deload=True)
    assert (line["sets"], line["rir_halves"], line["failure_on_last"]) == (lighter, 8, False)


def test_a_deload_with_workouts_of_its_own_keeps_their_sets_but_never_fails(james: Client) -> None:
    workout = a_workout(a_phase(james, kind="deload"))
    a_line(workout, an_exercise(), sets=4, rir_halves=10, failure_on_last=True)
    [line] = plans.freeze(workout, deload=True)
    assert (line["sets"], line["rir_halves"], line["failure_on_last"]) == (4, 10, False)


def test_a_session_keeps_the_prescription_it_was_done_under(james: Client) -> None:
    workout = a_workout(a_phase(james))
    line = a_line(workout, an_exercise("Chest press"), sets=3)
    session = a_session(
        james, at=at_ten(MONDAY), workout=workout, prescribed=plans.freeze(workout, deload=False)
    )
    Prescription.objects.filter(pk=line.pk).update(sets=8, reps_max=20)
    workout.delete()
    session.refresh_from_db()
    assert session.workout is None
    assert [(line["exercise"], line["sets"]) for line in session.prescribed] == [("Chest press", 3)]
