"""The library read with a coach's eye: what one fact of an exercise demands of the others."""

from collections.abc import Callable
from typing import Any

from programs.library import rows

ROWS = {row["name"]: row for row in rows()}
PUSHES = {"horizontal_push", "vertical_push"}
PULLS = {"horizontal_pull", "vertical_pull"}
# Pattern: the muscles that can be its main one.
WORKS = {
    "squat": {"quads", "glutes"},
    "lunge": {"quads", "glutes"},
    "hinge": {"hamstrings", "glutes", "lower_back", "quads"},
    "horizontal_push": {"chest", "triceps"},
    "vertical_push": {"shoulders", "chest", "triceps"},
    "horizontal_pull": {"upper_back", "lats"},
    "vertical_pull": {"lats", "upper_back", "shoulders"},
    "core": {"abs", "lower_back", "adductors", "glutes"},
    "carry": {"forearms", "shoulders", "traps"},
    "olympic": {"full_body", "shoulders", "traps"},
}
# Main muscle: a region that cannot be left out of what the exercise loads.
LOADS = {
    "chest": {"chest", "shoulder"}, "shoulders": {"shoulder"}, "biceps": {"elbow"}, "triceps": {"elbow"},
    "forearms": {"wrist"}, "quads": {"knee"}, "lower_back": {"lower_back"}, "abs": {"abdomen"},
    "calves": {"ankle", "foot", "knee"}, "traps": {"neck", "upper_back", "lower_back"}, "adductors": {"groin"},
}  # fmt: skip
EQUIPMENT = {"barbell", "dumbbell", "cable", "smith", "kettlebell", "band", "machine", "bodyweight"}
NOT_ABOVE_THE_HEAD = {
    "Machine dip", "Dip", "Bench dip", "Triceps dip", "Assisted dip", "Ring dip", "Pike push-up", "Landmine press",
}  # fmt: skip
BAR_NOT_ON_THE_BACK = {"Barbell hack squat", "Landmine squat"}


def against(rule: Callable[[dict[str, Any]], bool]) -> list[str]:
    """The exercises that a rule does not hold of."""
    return [name for name, row in ROWS.items() if not rule(row)]


def test_a_name_that_says_its_equipment_is_of_that_equipment() -> None:
    def rule(row: dict[str, Any]) -> bool:
        said = EQUIPMENT & set(row["name"].casefold().replace("-", " ").split())
        return bool(said <= {row["equipment"]} or row["name"] == "Rowing machine")

    assert against(rule) == []


def test_an_isolation_moves_one_joint_and_the_great_patterns_move_more() -> None:
    def rule(row: dict[str, Any]) -> bool:
        if row["pattern"] == "isolation":
            return bool(row["mechanic"] == "isolation")
        return bool(row["pattern"] == "core" or row["mechanic"] == "compound")

    assert against(rule) == []


def test_the_main_muscle_belongs_to_the_pattern() -> None:
    assert (
        against(lambda row: row["primary_muscle"] in WORKS.get(row["pattern"], {row["primary_muscle"]})) == []
    )


def test_what_the_main_muscle_pulls_on_is_among_the_loaded_regions() -> None:
    def rule(row: dict[str, Any]) -> bool:
        needed = LOADS.get(row["primary_muscle"])
        return row["pattern"] == "locomotion" or not needed or bool(needed & set(row["loaded_regions"]))

    assert against(rule) == []


def test_each_pattern_loads_the_joints_that_it_moves() -> None:
    moved = dict.fromkeys(PUSHES, {"shoulder"}) | dict.fromkeys(PULLS, {"elbow", "shoulder"})
    moved |= {"squat": {"knee"}, "lunge": {"knee"}, "hinge": {"lower_back", "hip"}}

    def rule(row: dict[str, Any]) -> bool:
        return row["pattern"] not in moved or bool(moved[row["pattern"]] & set(row["loaded_regions"]))

    assert against(rule) == []


def test_a_press_above_the_head_is_overhead_and_a_pulldown_is_not() -> None:
    def rule(row: dict[str, Any]) -> bool:
        if row["pattern"] == "vertical_push":
            return bool(row["overhead"]) is (row["name"] not in NOT_ABOVE_THE_HEAD)
        return not (row["overhead"] and row["pattern"] in PULLS | {"horizontal_push", "hinge", "lunge"})

    assert against(rule) == []


def test_the_olympic_lifts_and_jumps_need_coordination() -> None:
    assert (
        against(
            lambda row: (
                row["coordination"] or not (row["pattern"] == "olympic" or "jump" in row["name"].casefold())
            )
        )
        == []
    )


def test_a_bar_above_a_lying_lifter_or_on_the_back_can_trap() -> None:
    def rule(row: dict[str, Any]) -> bool:
        above = row["equipment"] == "barbell" and row["pattern"] in {"horizontal_push", "squat"}
        return row["can_trap"] or not above or row["name"] in BAR_NOT_ON_THE_BACK

    assert against(rule) == []


def test_nothing_that_a_machine_a_cable_or_hooks_hold_can_trap() -> None:
    held = {"machine", "cable", "smith", "band", "bodyweight"}
    assert against(lambda row: not (row["equipment"] in held and row["can_trap"])) == []


def test_a_share_of_body_mass_is_known_just_where_the_body_is_the_load() -> None:
    def rule(row: dict[str, Any]) -> bool:
        if row["equipment"] != "bodyweight":
            return bool(row["body_mass_percent"] == 0)
        return row["pattern"] not in PUSHES | PULLS or bool(row["body_mass_percent"] >= 40)

    assert against(rule) == []
    shares = {name: ROWS[name]["body_mass_percent"] for name in ("Pull-up", "Dip", "Push-up", "Inverted row")}
    assert shares == {"Pull-up": 100, "Dip": 100, "Push-up": 64, "Inverted row": 60}
