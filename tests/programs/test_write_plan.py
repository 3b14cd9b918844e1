"""Writing a plan: each step once, every removal with a way back."""

from datetime import date, timedelta
from typing import Any

import pytest

from clients.models import Change, Client, Coach
from clients.problems import Refused
from programs import blueprints, plans, programmes, workouts
from programs.models import Phase, Prescription, Program, Workout
from programs.programmes import Dates
from tests.factories import a_session, an_exercise
from tests.programs.plans import MONDAY, a_line, a_phase, a_workout

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def dates(first: date = MONDAY, last: date | None = None, kind: str = "hypertrophy", name: str = "") -> Dates:
    return Dates(kind=kind, name=name, starts_on=first, ends_on=last)


def content(phase: Phase) -> list[Any]:
    plan = blueprints.of_phase(Phase.objects.get(pk=phase.pk))
    return [plan["kind"], plan["starts_on"], plan["ends_on"], plan["workouts"]]


def a_full_phase(client: Client) -> Phase:
    phase = a_phase(client, MONDAY, MONDAY + 27 * DAY, name="Growth")
    push, pull = a_workout(phase, "Push", 0), a_workout(phase, "Pull", 3)
    a_line(push, an_exercise("Chest press"), failure_on_last=True, weight_g=50_000)
    a_line(push, an_exercise("Fly"), sets=2, note="slow")
    a_line(pull, an_exercise("Row"))
    return phase


def test_a_form_sent_twice_writes_once(james: Client, dana: Coach, now: Any) -> None:
    line = workouts.Line(exercise=an_exercise(), sets=3, reps_min=8, reps_max=10)
    for _ in range(2):
        program = programmes.write(client=james, name="Autumn", by=dana, at=now)
        phase = programmes.add_phase(client=james, program=program, dates=dates(), by=dana, at=now)
        workout = workouts.add_workout(phase=phase, name="Push", weekday=0, position=1, by=dana, at=now)
        workouts.add_line(workout=workout, line=line, position=1, by=dana, at=now)
    assert [m.objects.count() for m in (Program, Phase, Workout, Prescription)] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (MONDAY, MONDAY),
        (MONDAY + 6 * DAY, None),
        (MONDAY - 7 * DAY, MONDAY),
        (MONDAY + 2 * DAY, MONDAY + 3 * DAY),
        (MONDAY - 7 * DAY, MONDAY + 30 * DAY),
    ],
)
def test_phases_cannot_overlap(james: Client, dana: Coach, now: Any, first: date, last: date | None) -> None:
    a_phase(james, MONDAY, MONDAY + 6 * DAY, name="Peak")
    with pytest.raises(Refused, match="belong to Peak, 15 Jun 2026 to 21 Jun 2026"):
        programmes.add_phase(client=james, program=None, dates=dates(first, last), by=dana, at=now)


def test_phases_may_touch_and_a_later_one_ends_an_open_one(james: Client, dana: Coach, now: Any) -> None:
    a_phase(james, MONDAY)
    programmes.add_phase(
        client=james, program=None, dates=dates(MONDAY + 7 * DAY, MONDAY + 13 * DAY, "strength"), by=dana, at=now
    )  # fmt: skip
    programmes.add_phase(client=james, program=None, dates=dates(MONDAY + 14 * DAY), by=dana, at=now)
    programmes.add_phase(
        client=james, program=None, dates=dates(MONDAY - 7 * DAY, MONDAY - DAY), by=dana, at=now
    )
    assert Phase.objects.count() == 4


def test_a_phase_keeps_its_days_when_only_its_name_changes(james: Client, dana: Coach, now: Any) -> None:
    phase = a_phase(james, MONDAY, MONDAY + 6 * DAY)
    changed = dates(MONDAY, MONDAY + 6 * DAY, "strength", "Peak")
    programmes.edit_phase(phase=phase, dates=changed, by=dana, at=now)
    phase.refresh_from_db()
    assert (phase.kind, phase.name) == ("strength", "Peak")


def test_the_last_day_cannot_lie_before_the_first(james: Client, dana: Coach, now: Any) -> None:
    with pytest.raises(Refused) as refused:
        programmes.add_phase(client=james, program=None, dates=dates(MONDAY, MONDAY - DAY), by=dana, at=now)
    assert refused.value.field == "ends_on"


def test_moving_trades_places_and_stops_at_the_ends(james: Client, dana: Coach, now: Any) -> None:
    workout = a_workout(a_phase(james))
    lines = [a_line(workout, an_exercise(name)) for name in ("A", "B", "C")]
    for direction, order in (("up", "ACB"), ("up", "CAB"), ("up", "CAB"), ("down", "ACB"), ("down", "ABC")):
        workouts.move_line(prescription=lines[2], direction=direction, by=dana, at=now)  # type: ignore[arg-type]
        assert "".join(line.exercise.name for line in workout.prescriptions.all()) == order


def test_a_copied_workout_has_the_lines_and_no_weekday(james: Client, dana: Coach, now: Any) -> None:
    phase = a_full_phase(james)
    push = phase.workouts.get(name="Push")
    for _ in range(2):
        copy = workouts.copy_workout(workout=push, position=3, by=dana, at=now)
    assert phase.workouts.count() == 3
    assert (copy.name, copy.weekday, copy.prescriptions.count()) == ("Push (copy)", None, 2)


def test_a_removed_phase_comes_back_whole_and_once(james: Client, dana: Coach, now: Any) -> None:
    phase = a_full_phase(james)
    session = a_session(james, at=now, workout=phase.workouts.get(name="Push"))
    before = content(phase)
    change = programmes.remove_phase(phase=phase, by=dana, at=now)
    assert change
    assert not Phase.objects.exists()
    assert programmes.remove_phase(phase=phase, by=dana, at=now) is None
    for _ in range(2):
        programmes.undo_removal(change=change, by=dana, at=now)
    assert content(Phase.objects.get()) == before
    session.refresh_from_db()
    assert session.workout
    assert session.workout.name == "Push"


def test_a_removed_workout_and_line_come_back(james: Client, dana: Coach, now: Any) -> None:
    phase = a_full_phase(james)
    push = phase.workouts.get(name="Push")
    before = content(phase)
    line = workouts.remove_line(prescription=push.prescriptions.get(sets=2), by=dana, at=now)
    workout = workouts.remove_workout(workout=push, by=dana, at=now)
    assert line
    assert workout
    with pytest.raises(Refused, match="workout of this line is gone"):
        programmes.undo_removal(change=line, by=dana, at=now)
    programmes.undo_removal(change=workout, by=dana, at=now)
    again = Workout.objects.get(name="Push")
    Change.objects.filter(pk=line.pk).update(before={**(line.before or {}), "workout_id": again.pk})
    line.refresh_from_db()
    programmes.undo_removal(change=line, by=dana, at=now)
    assert content(phase) == before


def test_undoing_over_a_phase_made_meanwhile_is_refused(james: Client, dana: Coach, now: Any) -> None:
    phase = a_full_phase(james)
    change = programmes.remove_phase(phase=phase, by=dana, at=now)
    a_phase(james, MONDAY, name="New")
    assert change
    with pytest.raises(Refused, match="belong to New"):
        programmes.undo_removal(change=change, by=dana, at=now)


def test_the_rest_of_a_split_phase_inherits_its_workouts(james: Client, dana: Coach, now: Any) -> None:
    phase = a_full_phase(james)
    plans.insert_deload(client=james, starts_on=MONDAY + 7 * DAY, by=dana, at=now)
    programmes.remove_phase(phase=phase, by=dana, at=now)
    rest = Phase.objects.get(kind="hypertrophy")
    assert [w.name for w in rest.workouts.all()] == ["Push", "Pull"]
    assert Phase.objects.get(kind="deload").continues == rest


def test_workouts_of_a_continuing_phase_are_written_where_it_began(
    james: Client, dana: Coach, now: Any
) -> None:
    phase = a_full_phase(james)
    plans.insert_deload(client=james, starts_on=MONDAY + 7 * DAY, by=dana, at=now)
    rest = Phase.objects.get(starts_on=MONDAY + 14 * DAY)
    workout = workouts.add_workout(phase=rest, name="Legs", by=dana, at=now)
    assert workout.phase == phase


def test_a_programme_given_to_another_client_starts_on_their_day(
    james: Client, sarah: Client, dana: Coach, now: Any
) -> None:
    phase = a_full_phase(james)
    program = programmes.write(client=james, name="Autumn", by=dana, at=now)
    Phase.objects.update(program=program)
    plans.insert_deload(client=james, starts_on=MONDAY + 7 * DAY, by=dana, at=now)
    first = MONDAY + 70 * DAY
    for _ in range(2):
        copy = programmes.assign(program=program, client=sarah, starts_on=first, by=dana, at=now)
    rows = list(copy.phases.order_by("starts_on"))
    assert [(row.kind, row.starts_on) for row in rows] == [
        ("hypertrophy", first), ("deload", first + 7 * DAY), ("hypertrophy", first + 14 * DAY)
    ]  # fmt: skip
    assert Program.objects.filter(client=sarah).count() == 1
    assert [row.continues for row in rows] == [None, rows[0], rows[0]]
    assert [w["lines"] for w in blueprints.of_phase(rows[0])["workouts"]] == [
        w["lines"] for w in blueprints.of_phase(Phase.objects.get(pk=phase.pk))["workouts"]
    ]


def test_an_exercise_of_another_practice_is_not_given_along(
    james: Client, dana: Coach, eli: Coach, now: Any
) -> None:
    from tests.factories import make_client

    program = programmes.write(client=james, name="Autumn", by=dana, at=now)
    phase = programmes.add_phase(client=james, program=program, dates=dates(), by=dana, at=now)
    a_line(a_workout(phase), an_exercise("Own press", practice=dana.practice))
    with pytest.raises(Refused, match="Own press is an exercise of another practice"):
        programmes.assign(
            program=program, client=make_client(eli, "Zoe Ng"), starts_on=MONDAY, by=eli, at=now
        )
