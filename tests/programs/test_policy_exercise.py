"""F4: which exercises are for failure. The class follows from the facts."""

from dataclasses import replace
from typing import Any

import pytest

from programs.policy.judge import judge
from programs.policy.kinds import Answer, Equipment, Mechanic, Pattern
from programs.policy.suitability import ExerciseFacts, exercise_class
from tests.programs.policy import CURL, DEADLIFT, LEG_PRESS, PUSHDOWN, ask, recent


def facts(**changes: Any) -> ExerciseFacts:
    return replace(PUSHDOWN, name="It", **changes)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"equipment": "machine"}, "good"),
        ({"equipment": "cable"}, "good"),
        ({"equipment": "bodyweight", "mechanic": "compound"}, "good"),
        ({"equipment": "dumbbell"}, "good"),
        ({"equipment": "dumbbell", "mechanic": "compound"}, "caution"),
        ({"equipment": "dumbbell", "mechanic": ""}, "caution"),
        ({"equipment": "barbell"}, "caution"),
        ({"equipment": "smith", "pattern": "squat"}, "caution"),
        ({"equipment": "kettlebell"}, "caution"),
        ({"equipment": "band"}, "caution"),
        ({"equipment": "other"}, "caution"),
        ({"equipment": ""}, "caution"),
        ({"equipment": "barbell", "pattern": "squat"}, "avoid"),
        ({"equipment": "barbell", "pattern": "hinge"}, "avoid"),
        ({"equipment": "machine", "pattern": "squat"}, "good"),
        ({"equipment": "machine", "overhead": True}, "avoid"),
        ({"equipment": "machine", "coordination": True}, "avoid"),
        ({"equipment": "machine", "can_trap": True}, "avoid"),
        ({"pattern": "olympic", "coordination": None}, "avoid"),
        ({"equipment": "machine", "pattern": "vertical_push", "overhead": None}, "caution"),
        ({"equipment": "machine", "pattern": "horizontal_push", "overhead": None}, "good"),
        ({"equipment": "machine", "pattern": "", "overhead": None, "coordination": None}, "caution"),
        ({"equipment": "machine", "pattern": "", "coordination": None}, "caution"),
    ],
)
def test_the_class_follows_from_the_facts(changes: dict[str, Any], expected: str) -> None:
    found, reason = exercise_class(facts(**changes))
    assert found == expected
    assert reason.endswith(".")


def test_overhead_coordination_and_traps_are_avoided_whatever_else_is_known() -> None:
    for equipment in ["", *Equipment]:
        for mechanic in ["", *Mechanic]:
            for pattern in ["", *Pattern]:
                for danger in ("overhead", "coordination", "can_trap"):
                    changes = {"equipment": equipment, "mechanic": mechanic, "pattern": pattern, danger: True}
                    assert exercise_class(facts(**changes))[0] == "avoid"


def test_the_coachs_own_class_comes_first_and_its_reason_stays_the_coachs() -> None:
    racked = replace(DEADLIFT, override="caution", override_reason="safeties are always set, private note")
    assert exercise_class(racked) == ("caution", "safeties are always set, private note")
    verdict = judge(ask(replace(CURL, override="avoid", override_reason="private note")), recent())
    assert (verdict.answer, verdict.codes) == (Answer.NO, ("F4",))
    assert "private" not in verdict.says[0]
    assert "coach" in verdict.says[0]


def test_avoid_is_a_no_and_caution_a_caution_and_neither_has_a_date() -> None:
    deadlift = judge(ask(DEADLIFT), recent())
    assert (deadlift.answer, deadlift.codes, deadlift.opens_at) == (Answer.NO, ("F4",), None)
    assert deadlift.says == (
        "Deadlift is not for failure: in a barbell deadlift or hinge form goes before the muscle does.",
    )
    barbell = judge(ask(replace(CURL, equipment="barbell")), recent())
    assert (barbell.answer, barbell.codes) == (Answer.CAUTION, ("F4",))
    assert judge(ask(LEG_PRESS), recent()).answer is Answer.YES
