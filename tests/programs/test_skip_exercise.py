"""An exercise is left out of one session, and taken back in: the plan, and what was done of it, stay."""

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from clients.models import Change, Client, Coach
from programs import sessions
from programs.models import Session, Workout
from programs.turns import turns
from tests.factories import a_session, an_exercise
from tests.programs.phones import HTMX, a_workout, filled, phone_of, set_url, started

NAMES = ("Chest press", "Cable curl", "Leg press")


@pytest.fixture
def workout(james: Client) -> Workout:
    return a_workout(james, *map(an_exercise, NAMES), sets=1)


@pytest.fixture
def phone(james: Client) -> Browser:
    return phone_of(james)


def say(phone: Browser, session: Session, name: str, skipped: str = "1") -> str:
    exercise = an_exercise(name).pk
    answer = phone.post(
        reverse("session-skip", args=[session.uuid]), {"exercise": exercise, "skipped": skipped}
    )
    assert answer.status_code == 302
    return phone.get(answer["Location"]).content.decode()


def finish(session: Session, client: Client) -> None:
    sessions.finish(
        session=session, at=timezone.now(), by=client.user, session_rpe=None, duration_min=None, note=""
    )


def heading(page: str) -> str:
    return page.split("<h1>")[1].split("</h1>")[0]


def test_what_is_skipped_is_passed_by_and_the_plan_stays(
    phone: Browser, james: Client, workout: Workout
) -> None:
    session = started(james, workout)
    assert heading(say(phone, session, "Chest press")) == "Cable curl"
    say(phone, session, "Chest press")  # said again it changes nothing
    answer = phone.post(set_url(session), filled(an_exercise("Cable curl")), headers=HTMX).content.decode()
    assert "Next: Leg press" in answer
    page = phone.get(f"/train/{session.uuid}/").content.decode()
    assert heading(page) == "Leg press"
    assert "> skipped</span>" in page
    assert [line.exercise.name for line in workout.prescriptions.all()] == list(NAMES)
    finish(session, james)
    later = sessions.start(client=james, at=timezone.now(), by=None, workout=workout)
    assert not any(line.get("skipped") for line in later.prescribed)
    assert Change.objects.filter(client=james, kind="exercise skipped").count() == 1


def test_once_all_else_is_done_the_session_is_at_its_end(
    phone: Browser, james: Client, workout: Workout
) -> None:
    session = started(james, workout)
    for name in NAMES[:2]:
        phone.post(set_url(session), filled(an_exercise(name)))
    page = say(phone, session, "Leg press")
    assert heading(page) == "Cable curl"
    assert "All 1 sets done" in page
    assert "Next: Leg press" not in page


def test_it_is_taken_back_in_where_it_was_left_out(phone: Browser, james: Client, workout: Workout) -> None:
    session = started(james, workout)
    say(phone, session, "Chest press")
    press = an_exercise("Chest press").pk
    assert "You skip this one today." in phone.get(f"/train/{session.uuid}/?lift={press}").content.decode()
    page = say(phone, session, "Chest press", skipped="0")
    assert heading(page) == "Chest press"
    assert "You skip this one" not in page
    assert heading(phone.get(f"/train/{session.uuid}/").content.decode()) == "Chest press"


def test_sets_of_a_skipped_exercise_stay_and_more_may_be_logged(
    phone: Browser, james: Client, workout: Workout
) -> None:
    workout.prescriptions.update(sets=3)
    session = started(james, workout)
    press = an_exercise("Chest press")
    phone.post(set_url(session), filled(press))
    assert "1 of 3 skipped" in say(phone, session, "Chest press")
    assert phone.post(set_url(session), filled(press, set_no=2)).status_code == 302
    assert session.sets.live().count() == 2


def test_the_client_and_the_coach_read_what_was_skipped(
    phone: Browser, james: Client, workout: Workout, dana: Coach
) -> None:
    session = started(james, workout)
    say(phone, session, "Cable curl")
    finish(session, james)
    assert "Skipped: Cable curl." in phone.get(f"/train/{session.uuid}/").content.decode()
    desk = Browser()
    desk.force_login(dana.user)
    page = desk.get(reverse("client-sessions", args=[james.pk])).content.decode()
    assert "Skipped: Cable curl." in page


def test_a_skipped_exercise_of_a_superset_has_no_turn() -> None:
    lines = [
        {"exercise_id": key, "exercise": str(key), "sets": 2, "with_next": key != 3, "skipped": key == 2}
        for key in (1, 2, 3)
    ]
    assert [(one.exercise_id, one.up) for one in turns(lines, 1, {1: 1})] == [(1, False), (3, True)]
    assert turns(lines, 2, {}) == []
    assert turns(lines[:2], 1, {}) == []


@pytest.mark.parametrize("exercise", ["", "0", "999999999", "x"])
def test_what_is_not_in_the_session_cannot_be_skipped(
    phone: Browser, james: Client, workout: Workout, exercise: str
) -> None:
    session = started(james, workout)
    url = reverse("session-skip", args=[session.uuid])
    assert phone.post(url, {"exercise": exercise, "skipped": "1"}).status_code in (302, 404)
    session.refresh_from_db()
    assert not any(line.get("skipped") for line in session.prescribed)


def test_nobody_skips_in_the_session_of_somebody_else(phone: Browser, sarah: Client) -> None:
    hers = a_session(sarah, at=timezone.now())
    url = reverse("session-skip", args=[hers.uuid])
    assert phone.post(url, {"exercise": an_exercise("Chest press").pk, "skipped": "1"}).status_code == 404
