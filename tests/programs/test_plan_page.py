"""The programme page: written step by step, with the rules beside each line."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from clients.models import Client, Coach
from programs.models import Phase, Prescription, Program, Workout
from tests.factories import an_exercise, make_client
from tests.programs.plans import MONDAY, a_line, a_phase, a_workout

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
LINE = {"exercise": "Leg press", "sets": "3", "reps_min": "8", "reps_max": "10", "rir": "2", "rest_s": "120"}


@pytest.fixture
def desk(dana: Coach) -> Browser:
    browser = Browser()
    browser.force_login(dana.user)
    return browser


def test_a_plan_is_written_by_plain_forms(desk: Browser, james: Client) -> None:
    an_exercise("Leg press")
    page = f"/clients/{james.pk}/programme/"
    assert desk.post(page, {"name": "Autumn"}).status_code == 302
    program = Program.objects.get()
    phase = {"kind": "hypertrophy", "name": "Growth", "starts_on": "2026-06-15", "ends_on": ""}
    assert desk.post(f"/clients/{james.pk}/phases/?program={program.pk}", phase).status_code == 302
    assert (
        desk.post(f"/phases/{Phase.objects.get().pk}/workouts/", {"name": "Legs", "weekday": "0"}).status_code
        == 302
    )
    added = desk.post(
        f"/workouts/{Workout.objects.get().pk}/lines/", {**LINE, "failure_on_last": "on", "weight": "62,5"}
    )
    assert added.status_code == 302
    line = Prescription.objects.get()
    assert (line.sets, line.rir_halves, line.weight_g, line.failure_on_last) == (3, 4, 62_500, True)
    body = desk.get(page).content.decode()
    for words in (
        "Autumn",
        "Growth",
        "Legs",
        "Monday",
        "Leg press",
        "3 × 8–10, stop 2 short",
        "62.5 kg",
        "last set to failure",
    ):
        assert words in body


def test_each_line_shows_the_class_of_its_exercise_and_why(desk: Browser, james: Client) -> None:
    squat = an_exercise("Back squat", equipment="barbell", pattern="squat", can_trap=True)
    workout = a_workout(a_phase(james))
    a_line(workout, squat, failure_on_last=True)
    a_line(workout, an_exercise("Leg press"))
    body = desk.get(f"/clients/{james.pk}/programme/").content.decode()
    assert "class-avoid" in body
    assert "A failed rep can trap you under the load." in body
    assert "F4: Back squat is not for failure: a failed rep can trap you under the load." in body
    assert "class-good" in body


@pytest.mark.parametrize(("sets", "room", "over"), [(4, 0, True), (5, 1, False)])
def test_the_planned_failure_share_stands_against_80_20(
    desk: Browser, james: Client, sets: int, room: int, over: bool
) -> None:
    curl = an_exercise(
        "Curl", mechanic="isolation", pattern="isolation", primary_muscle="biceps", equipment="cable"
    )
    a_line(a_workout(a_phase(james)), curl, sets=sets, failure_on_last=True)
    body = desk.get(f"/clients/{james.pk}/programme/").content.decode()
    assert f"1 of {sets} sets a week to failure: {100 // sets} %. Room for {room}." in body
    assert ("F2: This week&#x27;s failure sets are used up: 0 of 0" in body) is over


def test_htmx_gets_the_plan_alone_and_the_add_form_stays_open(desk: Browser, james: Client) -> None:
    an_exercise("Leg press")
    workout = a_workout(a_phase(james))
    response = desk.post(f"/workouts/{workout.pk}/lines/", LINE, headers=HTMX)
    body = response.content.decode()
    assert response.status_code == 200
    assert body.lstrip().startswith('<div id="plan"')
    assert 'id="plan-form"' in body
    assert 'name="position" value="2"' in body
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("exercise", "Leg pres", "No exercise is called “Leg pres”."),
        ("exercise", "", "Please give it a name."),
        ("exercise", "a\x00b", "cannot be kept"),
        ("sets", "0", "Enter a whole number from 1 to 20."),
        ("sets", "21", "Enter a whole number from 1 to 20."),
        ("sets", "9" * 400, "Enter a whole number from 1 to 20."),
        ("reps_max", "7", "At least 8"),
        ("reps_max", "101", "Enter a whole number from 1 to 100."),
        ("rir", "10.5", "Enter reps in reserve from 0 to 10"),
        ("rir", "2.3", "halves are fine"),
        ("rir", "NaN", "Enter reps in reserve"),
        ("weight", "-5", "Only help on a bodyweight exercise"),
        ("weight", "10000", "more than anybody has moved"),
        ("weight", "1e18", "more than anybody has moved"),
        ("rest_s", "x", "Enter a whole number from 0 to 1800."),
    ],
)
def test_a_value_that_cannot_be_stands_at_its_field_and_what_was_typed_stays(
    desk: Browser, james: Client, headers: dict[str, str], field: str, typed: str, says: str
) -> None:
    an_exercise("Leg press")
    workout = a_workout(a_phase(james))
    response = desk.post(
        f"/workouts/{workout.pk}/lines/", {**LINE, "note": "as typed", field: typed}, headers=headers
    )
    body = response.content.decode()
    assert response.status_code == 422
    assert says in body
    assert "as typed" in body
    assert not Prescription.objects.exists()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"starts_on": "2026-02-30"}, "Enter a date as year-month-day"),
        ({"starts_on": "9999-12-31"}, "between 1970 and 2100"),
        ({"starts_on": "0001-01-01"}, "between 1970 and 2100"),
        ({"starts_on": "2026-06-20", "ends_on": "2026-06-19"}, "The last day lies before the first."),
        ({"starts_on": "2026-06-16"}, "These days belong to Peak, 15 Jun 2026 to 21 Jun 2026."),
        ({"kind": "cardio"}, "Select a valid choice"),
        ({"name": "x" * 201}, "At most 200 characters."),
    ],
)
def test_a_phase_that_cannot_be_is_refused_at_its_field(
    desk: Browser, james: Client, typed: dict[str, str], says: str
) -> None:
    a_phase(james, MONDAY, MONDAY + timedelta(days=6), name="Peak")
    data = {"kind": "strength", "name": "", "starts_on": "2026-09-01", "ends_on": "", **typed}
    response = desk.post(f"/clients/{james.pk}/phases/", data)
    assert response.status_code == 422
    assert says in response.content.decode()
    assert Phase.objects.count() == 1


@pytest.mark.parametrize("days", ["0", "29", "x", "", "9" * 30, "7.5"])
def test_a_deload_of_impossible_length_is_refused(desk: Browser, james: Client, days: str) -> None:
    response = desk.post(f"/clients/{james.pk}/deload/", {"starts_on": "2026-06-15", "days": days})
    assert response.status_code == 422
    assert not Phase.objects.exists()


def test_a_deload_is_inserted_and_removed_from_the_page(desk: Browser, james: Client) -> None:
    a_phase(james)
    desk.post(f"/clients/{james.pk}/deload/", {"starts_on": "2026-06-15", "days": "7"})
    deload = Phase.objects.get(kind="deload")
    assert (
        "half the sets, at least 4 short, no failure"
        in desk.get(f"/clients/{james.pk}/programme/").content.decode()
    )
    desk.post(f"/phases/{deload.pk}/removal/")
    assert Phase.objects.count() == 1


@pytest.mark.parametrize("htmx", [True, False])
def test_what_was_removed_comes_back_by_one_click(desk: Browser, james: Client, htmx: bool) -> None:
    workout = a_workout(a_phase(james))
    line = a_line(workout, an_exercise("Leg press"))
    response = desk.post(f"/lines/{line.pk}/removal/", headers=HTMX if htmx else {})
    body = (response if htmx else desk.get(response["Location"])).content.decode()
    assert "Prescription removed." in body
    assert not Prescription.objects.exists()
    undo = body.split('action="/plan-changes/')[1].split('"')[0]
    desk.post(f"/plan-changes/{undo}")
    assert Prescription.objects.get().exercise.name == "Leg press"


def test_order_and_copies_change_from_the_page(desk: Browser, james: Client) -> None:
    phase = a_phase(james)
    push, pull = a_workout(phase, "Push"), a_workout(phase, "Pull")
    desk.post(f"/workouts/{pull.pk}/place/", {"direction": "up"})
    desk.post(f"/workouts/{push.pk}/copies/", {"position": "3"})
    assert [w.name for w in phase.workouts.all()] == ["Pull", "Push", "Push (copy)"]
    assert desk.post(f"/workouts/{pull.pk}/place/", {"direction": "left"}).status_code == 400


def test_a_programme_can_be_given_to_ones_own_clients_only(
    desk: Browser, james: Client, sarah: Client, eli: Coach
) -> None:
    program = Program.objects.create(client=james, name="Autumn")
    a_workout(a_phase(james, program=program))
    stranger = make_client(eli, "Zoe Ng")
    address = f"/programmes/{program.pk}/copies/"
    assert "Zoe" not in desk.get(address).content.decode()
    assert desk.post(address, {"client": stranger.pk, "starts_on": "2026-09-01"}).status_code == 422
    assert desk.post(address, {"client": sarah.pk, "starts_on": "2026-09-01"}).status_code == 302
    assert Program.objects.get(client=sarah).phases.get().workouts.count() == 1


def test_a_long_plan_costs_as_many_queries_as_a_short_one(
    desk: Browser, james: Client, django_assert_max_num_queries: Any
) -> None:
    def fill(count: int) -> None:
        for _ in range(count):
            phase = a_phase(james, MONDAY + timedelta(days=7 * Phase.objects.count()))
            for name in ("A", "B"):
                workout = a_workout(phase, name)
                for exercise in ("Leg press", "Row"):
                    a_line(workout, an_exercise(exercise))

    def queries() -> int:
        with django_assert_max_num_queries(20) as counted:
            desk.get(f"/clients/{james.pk}/programme/")
        return len(counted)

    fill(2)
    few = queries()
    fill(2)
    assert queries() == few <= 12


@pytest.mark.parametrize("undo", ["0", "x", "9" * 40, "-1", "１"])
def test_a_garbled_undo_in_the_address_is_nothing(desk: Browser, james: Client, undo: str) -> None:
    assert desk.get(f"/clients/{james.pk}/programme/?undo={undo}").status_code == 200


def test_other_coaches_find_nothing(james: Client, eli: Coach) -> None:
    phase = a_phase(james)
    workout = a_workout(phase)
    line = a_line(workout, an_exercise("Leg press"))
    browser = Browser()
    browser.force_login(eli.user)
    for address in (
        f"/clients/{james.pk}/programme/", f"/clients/{james.pk}/phases/", f"/phases/{phase.pk}/",
        f"/phases/{phase.pk}/workouts/", f"/workouts/{workout.pk}/", f"/workouts/{workout.pk}/lines/", f"/lines/{line.pk}/",
    ):  # fmt: skip
        assert browser.get(address).status_code == 404
        assert browser.post(address, LINE).status_code == 404
