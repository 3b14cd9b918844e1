"""What the rules say of a plan while it is written."""

from typing import Any

import pytest

from programs.plan_notes import PlannedDay, PlannedLine, line_notes, planned_share, week_notes
from programs.policy.kinds import FailureClass, PhaseKind
from programs.policy.limits import Limits

LIMITS = Limits()


def line(**facts: Any) -> PlannedLine:
    usual: dict[str, Any] = {
        "exercise": "Curl", "compound": False, "muscle": "biceps", "suitability": FailureClass.GOOD,
        "sets": 5, "reps_min": 8, "reps_max": 12, "rir_halves": 4, "failure_on_last": True,
    }  # fmt: skip
    return PlannedLine(**{**usual, **facts})


def days(*lines: PlannedLine | None, weekdays: tuple[int, ...] = ()) -> list[PlannedDay]:
    return [
        PlannedDay(weekday=weekdays[n] if weekdays else None, lines=[one] if one else [])
        for n, one in enumerate(lines)
    ]


@pytest.mark.parametrize(("sets", "room"), [(4, 0), (5, 1), (9, 1), (10, 2), (24, 4)])
def test_a_week_has_room_for_a_fifth_of_its_sets_rounded_down(sets: int, room: int) -> None:
    assert planned_share(days(line(sets=sets)), LIMITS).room == room


def test_a_line_that_stops_short_gets_no_note() -> None:
    avoid = line(failure_on_last=False, suitability=FailureClass.AVOID)
    assert line_notes(avoid, PhaseKind.STRENGTH, LIMITS) == []


@pytest.mark.parametrize(
    ("kind", "facts", "code"),
    [
        (PhaseKind.DELOAD, {}, "F5: in a deload"),
        (PhaseKind.HYPERTROPHY, {"suitability": FailureClass.AVOID}, "F4: not"),
        (PhaseKind.STRENGTH, {"compound": True}, "F5: in a strength phase"),
        (PhaseKind.STRENGTH, {}, "F5: rarely"),
        (PhaseKind.BASE, {"compound": True}, "F5: compounds"),
        (PhaseKind.HYPERTROPHY, {"reps_min": 2, "reps_max": 4}, "F5: failure pays between 5 and 15"),
        (PhaseKind.HYPERTROPHY, {"reps_min": 16, "reps_max": 20}, "F5: failure pays between 5 and 15"),
        (PhaseKind.HYPERTROPHY, {"rir_halves": 0}, "F6: one set"),
    ],
)
def test_a_failure_set_against_a_rule_says_which(kind: PhaseKind, facts: dict[str, Any], code: str) -> None:
    [note] = line_notes(line(**facts), kind, LIMITS)
    assert note.startswith(code)


@pytest.mark.parametrize("reps", [(5, 5), (15, 15), (5, 15), (3, 5), (15, 20)])
def test_failure_within_five_to_fifteen_reps_is_fine(reps: tuple[int, int]) -> None:
    assert line_notes(line(reps_min=reps[0], reps_max=reps[1]), PhaseKind.HYPERTROPHY, LIMITS) == []


def test_a_compound_goes_to_failure_once_a_week_an_isolation_twice() -> None:
    press = line(exercise="Press", compound=True, muscle="chest", sets=10)
    assert week_notes(days(press), LIMITS) == []
    assert "a compound once a week" in week_notes(days(press, press), LIMITS)[0]
    curl = line(sets=10)
    assert week_notes(days(curl, curl), LIMITS) == []
    assert "once or twice a week" in week_notes(days(curl, curl, curl), LIMITS)[0]


def test_two_exercises_to_failure_in_one_workout_are_one_too_many() -> None:
    day = PlannedDay(weekday=0, lines=[line(sets=10), line(exercise="Raise", muscle="shoulders", sets=10)])
    assert week_notes([day], LIMITS)[0].startswith("F6: Monday takes more than one exercise")


@pytest.mark.parametrize(
    ("weekdays", "soon"), [((0, 2), True), ((0, 3), False), ((0, 6), True), ((2, 5), False)]
)
def test_failure_nearer_than_72_hours_is_said_over_sunday_too(weekdays: tuple[int, int], soon: bool) -> None:
    notes = week_notes(days(line(sets=10), line(exercise="Hammer curl", sets=10), weekdays=weekdays), LIMITS)
    assert bool([note for note in notes if note.startswith("F3: biceps")]) is soon


def test_different_muscles_may_go_to_failure_two_days_apart() -> None:
    other = line(exercise="Leg curl", muscle="hamstrings", sets=10)
    assert week_notes(days(line(sets=10), other, weekdays=(0, 2)), LIMITS) == []
