"""Programmes as documents, phases and deloads over the API; every step by the verbs of the plan's pages."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clients.ids import new_id
from clients.models import Change, Client, Coach
from programs.models import Phase, Prescription, Program, Session, Workout
from programs.plans import insert_deload
from tests.coaching.api import Api, client_api, coach_api
from tests.conftest import NOW
from tests.factories import a_session, an_exercise, make_client

pytestmark = pytest.mark.django_db
LINE = {"exercise": "zz PRESS", "sets": 3, "reps_min": 8, "reps_max": 10, "rir": 1.5, "weight_kg": 62.5}
PUSH = {
    "name": "Push",
    "weekday": 0,
    "lines": [LINE, {**LINE, "exercise": "Zz pull", "failure_on_last": True}],
}
PULL = {"name": "Pull", "weekday": 3, "lines": [LINE]}
BLOCK = {
    "kind": "hypertrophy",
    "name": "Block",
    "starts_on": "2026-06-01",
    "ends_on": "2026-06-28",
    "workouts": [PUSH, PULL],
}
HEAVY = {"kind": "strength", "name": "Heavy", "starts_on": "2026-06-29", "workouts": []}
PLAN: dict[str, Any] = {"name": "Summer", "phases": [BLOCK, HEAVY]}


@pytest.fixture
def api(dana: Coach) -> Api:
    for name in ("Zz press", "Zz pull"):
        an_exercise(name)
    return coach_api(dana)


@pytest.fixture
def path(james: Client) -> str:
    return f"clients/{james.uuid}/programmes/{new_id()}/"


def changed(api: Api, path: str, change: Any, **headers: str) -> Any:
    """The programme read, changed and sent back, as a program would."""
    read = api.get(path)
    document = read.json()
    change(document)
    return api.put(path, document, **{"if_match": read["ETag"], **headers})


def everything() -> list[Any]:
    rows = [Program, Phase, Workout, Prescription, Change]
    return [list(model._default_manager.order_by("pk").values()) for model in rows]


def test_a_programme_is_written_whole_and_read_back(api: Api, path: str, james: Client) -> None:
    written = api.put(path, PLAN)
    assert written.status_code == 200
    assert written.json() == api.get(path).json()
    block = written.json()["phases"][0]
    assert [workout["name"] for workout in block["workouts"]] == ["Push", "Pull"]
    line = block["workouts"][0]["lines"][0]
    assert {name: line[name] for name in LINE} == {**LINE, "exercise": "Zz press"}
    assert Prescription.objects.filter(workout__name="Push", failure_on_last=True).count() == 1
    james.refresh_from_db()
    assert james.history_version > 0
    listed = api.get(f"clients/{james.uuid}/programmes/").json()["results"]
    assert [row["name"] for row in listed] == ["Summer"]


def test_sent_twice_or_sent_back_as_it_came_it_changes_nothing(api: Api, path: str) -> None:
    api.put(path, PLAN)
    before = everything()
    assert api.put(path, PLAN).status_code == 200
    assert api.put(path, api.get(path).json()).status_code == 200
    assert everything() == before


def test_what_is_not_said_any_more_is_gone_and_what_is_new_is_there(api: Api, path: str) -> None:
    api.put(path, PLAN)

    def change(plan: dict[str, Any]) -> None:
        push, pull = plan["phases"][0]["workouts"]
        push["lines"] = [{**push["lines"][1], "sets": 5}]
        pull["lines"].append({**LINE, "exercise": "Zz pull", "rir": 0})
        plan["phases"][0]["workouts"] = [pull, push, {"name": "Legs", "lines": []}]
        del plan["phases"][1]

    answer = changed(api, path, change)
    assert answer.status_code == 200
    [block] = answer.json()["phases"]
    assert [workout["name"] for workout in block["workouts"]] == ["Pull", "Push", "Legs"]
    assert [line["sets"] for line in block["workouts"][1]["lines"]] == [5]
    assert [line["rir"] for line in block["workouts"][0]["lines"]] == [1.5, 0]
    kinds = set(Change.objects.values_list("kind", flat=True))
    assert {"prescription changed", "prescription removed", "prescription added", "phase removed"} <= kinds


def test_sessions_keep_the_workouts_that_they_were_done_under(api: Api, path: str, james: Client) -> None:
    api.put(path, PLAN)
    push = Workout.objects.get(name="Push")
    a_session(james, at=NOW, workout=push)

    def rename(plan: dict[str, Any]) -> None:
        plan["phases"][0]["workouts"][0]["name"] = "Press day"
        plan["phases"][0]["workouts"].reverse()

    assert changed(api, path, rename).status_code == 200
    assert Session.objects.get().workout == push
    push.refresh_from_db()
    assert (push.name, push.position) == ("Press day", 2)


def test_phases_that_all_move_make_room_for_each_other(api: Api, path: str) -> None:
    api.put(path, PLAN)
    for days in (("2026-06-08", "2026-07-05", "2026-07-06"), ("2026-05-25", "2026-06-21", "2026-06-22")):

        def move(plan: dict[str, Any], days: tuple[str, str, str] = days) -> None:
            plan["phases"][0]["starts_on"], plan["phases"][0]["ends_on"], plan["phases"][1]["starts_on"] = (
                days
            )

        assert changed(api, path, move).status_code == 200
        assert [str(day) for day in Phase.objects.values_list("starts_on", flat=True)] == [days[0], days[2]]
    assert Phase.objects.count() == 2


def test_a_deload_in_the_middle_is_read_and_sent_back_as_it_is(
    api: Api, path: str, james: Client, dana: Coach
) -> None:
    api.put(path, PLAN)
    insert_deload(client=james, starts_on=Phase.objects.all()[0].starts_on.replace(day=15), by=dana, at=NOW)
    before = everything()
    read = api.get(path).json()
    assert [phase["kind"] for phase in read["phases"]] == ["hypertrophy", "deload", "hypertrophy", "strength"]
    assert read["phases"][1]["continues"] == read["phases"][0]["id"]
    assert api.put(path, read).status_code == 200
    assert everything() == before
    read["phases"][2]["workouts"] = [PULL]
    refused = api.put(path, read, if_match="*")
    assert refused.json()["errors"][0]["field"] == "phases.2.workouts"


def test_a_programme_that_somebody_else_has_changed_is_not_overwritten(api: Api, path: str) -> None:
    tag = api.put(path, PLAN)["ETag"]
    changed(api, path, lambda plan: plan.update(name="Winter"))
    late = {**PLAN, "name": "Spring", "phases": []}
    assert api.put(path, late).status_code == 428
    refused = api.put(path, late, if_match=tag)
    assert (refused.status_code, refused.json()["stored"]["name"]) == (412, "Winter")
    assert Program.objects.get().name == "Winter"
    assert Phase.objects.count() == 2


def wrong(*path: Any, value: Any) -> Any:
    def change(plan: dict[str, Any]) -> None:
        at: Any = plan
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (wrong("name", value=""), "name"),
        (wrong("phases", 0, "kind", value="rest"), "phases.0.kind"),
        (wrong("phases", 1, "starts_on", value="2026-06-20"), "phases.1.starts_on"),
        (wrong("phases", 0, "ends_on", value="2026-05-01"), "phases.0.ends_on"),
        (wrong("phases", 0, "ends_on", value="9999-12-31"), "phases.0.ends_on"),
        (wrong("phases", 0, "id", value="x"), "phases.0.id"),
        (wrong("phases", 0, "workouts", 1, "id", value=10**9), "phases.0.workouts.1.id"),
        (wrong("phases", 0, "workouts", 1, "weekday", value=7), "phases.0.workouts.1.weekday"),
        (wrong("phases", 0, "workouts", 0, "lines", 1, "sets", value=21), "phases.0.workouts.0.lines.1.sets"),
        (wrong("phases", 0, "workouts", 0, "lines", 0, "reps_max", value=4), "phases.0.workouts.0.lines.0.reps_max"),
        (wrong("phases", 0, "workouts", 0, "lines", 0, "rir", value=1.2), "phases.0.workouts.0.lines.0.rir"),
        (wrong("phases", 0, "workouts", 0, "lines", 0, "weight_kg", value=-5), "phases.0.workouts.0.lines.0.weight_kg"),
        (wrong("phases", 0, "workouts", 0, "lines", 0, "exercise", value="Unheard-of"), "phases.0.workouts.0.lines.0.exercise"),
        (wrong("phases", 0, "workouts", value=[{"name": f"W{n}", "lines": []} for n in range(15)]), "phases.0.workouts"),
        (wrong("phases", value=None), "phases"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place_and_nothing_is_written(
    api: Api, path: str, change: Any, field: str
) -> None:
    plan = json.loads(json.dumps(PLAN))
    change(plan)
    refused = api.put(path, plan)
    assert refused.status_code == 422
    [error] = refused.json()["errors"]
    assert error["field"] == field
    assert len(error["reason"]) > 10
    assert not Program.objects.exists()
    assert not Phase.objects.exists()


def test_a_phase_of_another_programme_is_not_taken_over(api: Api, path: str, sarah: Client) -> None:
    other = api.put(f"clients/{sarah.uuid}/programmes/{new_id()}/", PLAN).json()
    plan = json.loads(json.dumps(PLAN))
    plan["phases"][0]["id"] = other["phases"][0]["id"]
    assert api.put(path, plan).json()["errors"][0]["field"] == "phases.0.id"
    assert api.put(path.replace(path.split("/")[3], other["id"]), PLAN, if_match="*").status_code == 404


def test_two_programmes_of_one_name_are_refused(api: Api, path: str, james: Client) -> None:
    api.put(path, PLAN)
    refused = api.put(f"clients/{james.uuid}/programmes/{new_id()}/", {**PLAN, "phases": []})
    assert refused.json()["errors"][0]["field"] == "name"


def test_a_programme_is_given_to_another_client_once(api: Api, path: str, sarah: Client, eli: Coach) -> None:
    api.put(path, PLAN)
    sent = {"client": str(sarah.uuid), "starts_on": "2026-09-07"}
    first, again = api.post(path + "assignments/", sent), api.post(path + "assignments/", sent)
    assert first.json() == again.json()
    assert [phase["starts_on"] for phase in first.json()["phases"]] == ["2026-09-07", "2026-10-05"]
    assert Program.objects.filter(client=sarah).count() == 1
    foreign = make_client(eli, "Foreign Fred")
    assert api.post(path + "assignments/", {**sent, "client": str(foreign.uuid)}).status_code == 404
    assert not Program.objects.filter(client=foreign).exists()


def test_clients_read_their_plan_and_do_not_write_it(api: Api, dana: Coach) -> None:
    client = make_client(dana, "Own Olga", signed_in=True)
    path = f"clients/{client.uuid}/programmes/{new_id()}/"
    api.put(path, PLAN)
    own = client_api(client, "write")
    assert own.get(path).json()["name"] == "Summer"
    assert len(own.get(f"clients/{client.uuid}/phases/").json()["results"]) == 2
    refused = own.put(path, {**PLAN, "name": "Mine"}, if_match="*")
    assert (refused.status_code, refused.json()["detail"]) == (403, "It takes a coach's token.")


def test_a_programme_costs_the_same_for_one_and_twice_the_lines(api: Api, path: str) -> None:
    counts = []
    for factor in (1, 2):
        plan = json.loads(json.dumps(PLAN))
        plan["phases"][0]["workouts"] = [
            {**PUSH, "name": f"W{n}", "lines": [LINE] * 4 * factor} for n in range(3 * factor)
        ]
        api.put(path, plan, **({"if_match": "*"} if factor == 2 else {}))
        with CaptureQueriesContext(connection) as queries:
            assert api.get(path).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 7


def test_a_phase_goes_in_moves_and_goes_out(api: Api, james: Client) -> None:
    path = f"clients/{james.uuid}/phases/{new_id()}/"
    sent = {"kind": "strength", "starts_on": "2026-06-01", "ends_on": "2026-06-28"}
    first, again = api.put(path, sent), api.put(path, sent)
    assert first.json() == again.json() == api.get(path).json()
    assert api.put(path, {**sent, "name": "Heavy"}).status_code == 428
    moved = api.put(path, {**sent, "starts_on": "2026-06-08"}, if_match=first["ETag"])
    assert moved.json()["starts_on"] == "2026-06-08"
    other = f"clients/{james.uuid}/phases/{new_id()}/"
    refused = api.put(other, {**sent, "starts_on": "2026-06-15"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "starts_on")
    assert [api.delete(path, if_match=moved["ETag"]).status_code for _ in range(2)] == [204, 204]
    assert not Phase.objects.exists()


def test_a_deload_splits_the_phase_and_comes_out_without_a_trace(api: Api, path: str, james: Client) -> None:
    api.put(path, PLAN)
    before = api.get(path).json()
    deload = f"clients/{james.uuid}/deloads/2026-06-15/"
    first, again = api.put(deload, {"days": 7}), api.put(deload, {"days": 7})
    assert first.json() == again.json()
    assert (first.json()["kind"], first.json()["ends_on"]) == ("deload", "2026-06-21")
    assert api.put(deload, {"days": 5}).status_code == 422
    assert api.delete(deload).status_code == 428
    assert [api.delete(deload, if_match=first["ETag"]).status_code for _ in range(2)] == [204, 204]
    assert api.get(path).json() == before
    for day in ("1900-01-01", "9999-12-30"):
        assert api.put(f"clients/{james.uuid}/deloads/{day}/", {}).status_code == 422
