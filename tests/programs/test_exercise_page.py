"""The exercises page: a coach's own knowledge beside the library, never over it."""

from typing import Any

import pytest
from django.test import Client as Browser

from clients.models import Client, Coach
from programs.models import Exercise, LiftDay, SetLog
from programs.rollups import rebuild
from tests.factories import a_session, a_set, an_exercise
from tests.programs.plans import a_line, a_phase, a_workout

pytestmark = pytest.mark.django_db
FACTS = {"equipment": "machine", "mechanic": "compound", "pattern": "squat", "primary_muscle": "quads", "overhead": "no",
         "coordination": "no", "can_trap": "no"}  # fmt: skip


@pytest.fixture
def desk(dana: Coach) -> Browser:
    browser = Browser()
    browser.force_login(dana.user)
    return browser


def test_what_is_to_complete_comes_first_and_search_finds_by_alias(desk: Browser, dana: Coach) -> None:
    an_exercise("Zz press", aliases=["Canary press"])
    an_exercise("Zz unknown", practice=dana.practice, to_complete=True, equipment="")
    body = desk.get("/exercises/").content.decode()
    assert body.index("Zz unknown") < body.index("Zz press")
    found = desk.get("/exercises/?q=canary").content.decode()
    assert "Zz press" in found
    assert "Zz unknown" not in found


def test_a_new_exercise_belongs_to_the_practice_alone(desk: Browser, dana: Coach, eli: Coach) -> None:
    assert desk.post("/exercises/new/", {"name": "Zz pendulum", **FACTS}).status_code == 302
    own = Exercise.objects.get(name="Zz pendulum")
    assert (own.practice, own.to_complete, own.can_trap) == (dana.practice, False, False)
    other = Browser()
    other.force_login(eli.user)
    assert "Zz pendulum" not in other.get("/exercises/").content.decode()
    assert other.get(f"/exercises/{own.pk}/").status_code == 404


def test_an_unfinished_exercise_stays_to_complete(desk: Browser) -> None:
    desk.post("/exercises/new/", {"name": "Mystery"})
    assert Exercise.objects.get(name="Mystery").to_complete


def test_an_own_class_needs_a_reason(desk: Browser) -> None:
    row = an_exercise("Zz press")
    data = {"name": "Zz press", **FACTS, "failure_class": "avoid"}
    response = desk.post(f"/exercises/{row.pk}/", data)
    assert response.status_code == 422
    assert "Say why" in response.content.decode()
    assert not Exercise.objects.filter(practice__isnull=False).exists()


def test_overriding_the_library_makes_a_row_of_the_practices_that_takes_its_history_along(
    desk: Browser, dana: Coach, james: Client, now: Any, eli: Coach
) -> None:
    from tests.factories import make_client

    row = an_exercise("Zz press")
    line = a_line(a_workout(a_phase(james)), row)
    session = a_session(
        james,
        at=now,
        prescribed=[{"exercise_id": row.pk, "exercise": "Zz press", "sets": 3, "rir_halves": 4}],
    )
    a_set(session, row)
    rebuild(james.pk, row.pk, session.local_day)
    stranger = make_client(eli, "Zoe Ng")
    theirs = a_set(a_session(stranger, at=now), row)
    for _ in range(2):
        desk.post(
            f"/exercises/{row.pk}/",
            {"name": "Zz press", **FACTS, "failure_class": "avoid", "reason": "old cable"},
        )
    own = Exercise.objects.get(practice=dana.practice)
    row.refresh_from_db()
    assert (own.failure_class, own.reason, row.failure_class) == ("avoid", "old cable", "")
    line.refresh_from_db()
    session.refresh_from_db()
    assert line.exercise == own
    assert session.prescribed[0]["exercise_id"] == own.pk
    assert SetLog.objects.get(client=james).exercise == own
    assert LiftDay.objects.get(client=james).exercise == own
    theirs.refresh_from_db()
    assert theirs.exercise == row
    james.refresh_from_db()
    assert james.history_version > 0
    assert desk.get(f"/exercises/{row.pk}/").content.decode().count("old cable") >= 1


def test_a_changed_share_of_body_mass_recomputes_the_lifts_days(
    desk: Browser, dana: Coach, james: Client, now: Any
) -> None:
    own = an_exercise("Zz dip", practice=dana.practice, equipment="bodyweight")
    session = a_session(james, at=now)
    a_set(session, own, kg=0)
    rebuild(james.pk, own.pk, session.local_day)
    facts = {**FACTS, "equipment": "bodyweight", "body_mass_percent": "100"}
    desk.post(f"/exercises/{own.pk}/", {"name": "Zz dip", **facts})
    assert LiftDay.objects.get().volume_g == 75_000 * 8


def test_one_name_stands_for_one_exercise_in_a_practice(desk: Browser, dana: Coach) -> None:
    an_exercise("Zz press", practice=dana.practice)
    response = desk.post("/exercises/new/", {"name": "ZZ PRESS", **FACTS})
    assert response.status_code == 422
    assert "already" in response.content.decode()


def test_the_class_follows_while_one_types(desk: Browser) -> None:
    good = desk.get("/exercises/suitability/", FACTS).content.decode()
    avoid = desk.get("/exercises/suitability/", {**FACTS, "can_trap": "yes"}).content.decode()
    assert "class-good" in good
    assert "class-avoid" in avoid
    assert desk.get("/exercises/suitability/?overhead=maybe&equipment=%00").status_code == 200


@pytest.mark.parametrize(
    "data",
    [
        {"name": ""},
        {"name": "a\x00"},
        {"name": "x" * 201},
        {"name": "\u200b"},
        {"aliases": "ok; " + "x" * 201},
        {"equipment": "laser"},
        {"body_mass_percent": "101"},
        {"secondary_muscles": "wing"},
    ],  # fmt: skip
)
def test_what_cannot_be_is_refused_at_its_field(desk: Browser, data: dict[str, str]) -> None:
    response = desk.post("/exercises/new/", {"name": "Zz press", **FACTS, **data})
    assert response.status_code == 422
    assert 'class="error"' in response.content.decode()
    assert not Exercise.objects.filter(name__startswith="Zz press").exists()
