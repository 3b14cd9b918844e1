"""The order of a session, supersets in turn, and an earlier session done again."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from clients.ids import new_id
from clients.models import Client
from programs import sessions
from programs.models import Exercise, Session, Workout
from programs.turns import turns
from tests.factories import a_session, a_set, an_exercise
from tests.programs.phones import a_workout, filled, phone_of, set_url, started

NAMES = ("Chest press", "Cable curl", "Leg press")


@pytest.fixture
def workout(james: Client) -> Workout:
    return a_workout(james, *map(an_exercise, NAMES))


@pytest.fixture
def phone(james: Client) -> Browser:
    return phone_of(james)


def order_of(session: Session) -> list[str]:
    session.refresh_from_db()
    return [line["exercise"] for line in session.prescribed]


def test_the_order_of_today_changes_and_the_plan_does_not(
    phone: Browser, james: Client, workout: Workout
) -> None:
    session = started(james, workout)
    url = reverse("session-order", args=[session.uuid])
    last = session.prescribed[2]["exercise_id"]
    for _ in range(3):  # once too often does no harm
        assert phone.post(url, {"exercise": last, "direction": "earlier"}).status_code == 302
    assert order_of(session) == ["Leg press", "Chest press", "Cable curl"]
    phone.post(url, {"exercise": last, "direction": "later"})
    assert order_of(session) == ["Chest press", "Leg press", "Cable curl"]
    assert [line.exercise.name for line in workout.prescriptions.all()] == list(NAMES)
    page = phone.get(f"/train/{session.uuid}/").content.decode()
    assert page.index("Leg press") < page.index("Cable curl")


@pytest.mark.parametrize("exercise", ["", "0", "999999999", "x"])
def test_what_is_not_in_the_session_cannot_be_moved(
    phone: Browser, james: Client, workout: Workout, exercise: str
) -> None:
    session = started(james, workout)
    sent = {"exercise": exercise, "direction": "earlier"}
    assert phone.post(reverse("session-order", args=[session.uuid]), sent).status_code in (302, 404)
    assert order_of(session) == list(NAMES)


def test_a_superset_is_done_in_turn(phone: Browser, james: Client, workout: Workout) -> None:
    workout.prescriptions.filter(position=1).update(with_next=True)
    session = started(james, workout)
    press, curl = (Exercise.objects.get(name=name, practice=None) for name in NAMES[:2])
    page = phone.get(f"/train/{session.uuid}/?lift={press.pk}").content.decode()
    assert 'aria-label="Superset, in turn"' in page
    assert 'class="button primary"' not in page  # it begins here
    answer = phone.post(set_url(session), filled(press), headers={"HX-Request": "true"}).content.decode()
    assert f'class="button primary" id="turn" href="/train/{session.uuid}/?lift={curl.pk}"' in answer
    answer = phone.post(set_url(session), filled(curl), headers={"HX-Request": "true"}).content.decode()
    assert f'class="button primary" id="turn" href="/train/{session.uuid}/?lift={press.pk}"' in answer
    alone = an_exercise("Leg press")
    assert "Superset" not in phone.get(f"/train/{session.uuid}/?lift={alone.pk}").content.decode()


def test_who_has_done_fewest_is_next_and_a_finished_one_never() -> None:
    lines = [
        {"exercise_id": key, "exercise": str(key), "sets": sets, "with_next": key != 3}
        for key, sets in ((1, 2), (2, 3), (3, 3))
    ]
    assert [one.up for one in turns(lines, 2, {1: 1, 2: 1})] == [False, False, True]
    assert [one.up for one in turns(lines, 1, {1: 2, 2: 2, 3: 2})] == [False, True, False]
    assert not any(one.up for one in turns(lines, 3, {1: 2, 2: 3, 3: 3}))


def test_a_line_that_is_the_last_has_nothing_to_alternate_with() -> None:
    assert turns([{"exercise_id": 1, "exercise": "x", "sets": 2, "with_next": True}], 1, {}) == []


def test_an_earlier_session_is_done_again_short_of_failure(phone: Browser, james: Client) -> None:
    press, curl = an_exercise("Chest press"), an_exercise("Cable curl")
    before = a_session(
        james, at=timezone.now() - timedelta(days=4), ended_at=timezone.now(), workout_name="Push"
    )
    a_set(before, press, kg=20, reps=10, warm_up=True)
    a_set(before, press, kg=60, reps=9, rir=3, ended="target")
    a_set(before, press, kg=62.5, reps=8, rir=0, ended="muscular_failure")
    a_set(before, curl, kg=12.5, reps=12)
    page = phone.get(f"/train/{before.uuid}/").content.decode()
    assert "Do this one again" in page
    id = new_id()
    for _ in range(2):
        answer = phone.post(reverse("session-start"), {"id": id, "like": before.uuid})
    assert answer["Location"] == f"/train/{id}/"
    again = Session.objects.get(uuid=id)
    told = ("exercise", "sets", "reps_min", "reps_max", "rir_halves", "weight_g", "failure_on_last")
    assert [tuple(line[name] for name in told) for line in again.prescribed] == [
        ("Chest press", 2, 8, 9, 6, 62_500, False), ("Cable curl", 1, 12, 12, 4, 12_500, False),
    ]  # fmt: skip
    assert again.workout_name == "Push"


def test_nobody_copies_the_session_of_somebody_else(phone: Browser, sarah: Client) -> None:
    hers = a_session(sarah, at=timezone.now() - timedelta(days=4), ended_at=timezone.now())
    a_set(hers, an_exercise("Chest press"), kg=60)
    id = new_id()
    phone.post(reverse("session-start"), {"id": id, "like": hers.uuid})
    assert Session.objects.get(uuid=id).prescribed == []


def test_a_superset_is_written_in_the_plan_and_copied_with_it(james: Client, workout: Workout) -> None:
    workout.prescriptions.filter(position=1).update(with_next=True)
    session = sessions.start(client=james, at=timezone.now(), by=None, workout=workout)
    assert [line["with_next"] for line in session.prescribed] == [True, False, False]
