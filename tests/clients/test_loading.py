"""What an injury closes: the table of regions, movements and muscles."""

import pytest

from clients.body import Region
from clients.loading import TABLE, Load, Movement, OpenInjury, barred, load_on

SQUAT = Movement(
    name="Squat", equipment="barbell", mechanic="compound", pattern="squat", primary_muscle="quads"
)
LEG_PRESS = Movement(
    name="Leg press", equipment="machine", mechanic="compound", pattern="squat", primary_muscle="quads",
    secondary_muscles=("glutes",),
)  # fmt: skip
DEADLIFT = Movement(equipment="barbell", mechanic="compound", pattern="hinge", primary_muscle="hamstrings")
CURL = Movement(equipment="dumbbell", mechanic="isolation", pattern="isolation", primary_muscle="biceps")
LEG_CURL = Movement(
    equipment="machine", mechanic="isolation", pattern="isolation", primary_muscle="hamstrings"
)
CALF = Movement(equipment="machine", mechanic="isolation", pattern="isolation", primary_muscle="calves")
FLY = Movement(equipment="cable", mechanic="isolation", pattern="isolation", primary_muscle="chest")
RAISE = Movement(equipment="dumbbell", mechanic="isolation", pattern="isolation", primary_muscle="shoulders")
SHRUG = Movement(equipment="dumbbell", mechanic="isolation", pattern="isolation", primary_muscle="traps")
BENCH = Movement(equipment="barbell", mechanic="compound", pattern="horizontal_push", primary_muscle="chest")
PRESS = Movement(
    equipment="barbell",
    mechanic="compound",
    pattern="vertical_push",
    primary_muscle="shoulders",
    overhead=True,
)
ROW = Movement(
    equipment="barbell", mechanic="compound", pattern="horizontal_pull", primary_muscle="upper_back"
)
CABLE_ROW = Movement(
    equipment="cable", mechanic="compound", pattern="horizontal_pull", primary_muscle="upper_back"
)
PULL_UP = Movement(
    equipment="bodyweight", mechanic="compound", pattern="vertical_pull", primary_muscle="lats"
)
CARRY = Movement(equipment="dumbbell", mechanic="compound", pattern="carry", primary_muscle="forearms")
CRUNCH = Movement(equipment="bodyweight", mechanic="isolation", pattern="core", primary_muscle="abs")


@pytest.mark.parametrize(
    ("region", "direct", "also", "free"),
    [
        ("neck", [PRESS, SHRUG, ROW, SQUAT, DEADLIFT], [PULL_UP], [LEG_PRESS, CURL, BENCH]),
        ("upper_back", [PRESS, SHRUG, ROW, SQUAT, DEADLIFT], [PULL_UP], [LEG_PRESS, CURL]),
        ("shoulder", [PRESS, BENCH, FLY, RAISE], [ROW, PULL_UP, SQUAT], [LEG_PRESS, CURL, DEADLIFT]),
        ("elbow", [CURL, BENCH, ROW, PULL_UP], [DEADLIFT, SQUAT], [LEG_PRESS, CALF]),
        ("wrist", [CURL, BENCH, PRESS], [DEADLIFT], [LEG_CURL]),
        ("lower_back", [DEADLIFT, SQUAT, ROW, PRESS], [LEG_PRESS, CARRY], [CURL, CABLE_ROW, BENCH]),
        ("hip", [SQUAT, DEADLIFT], [LEG_PRESS], [CURL, LEG_CURL]),
        ("groin", [SQUAT, DEADLIFT], [LEG_PRESS], [CURL]),
        ("knee", [SQUAT, LEG_PRESS], [LEG_CURL, DEADLIFT], [CURL, CALF]),
        ("ankle", [CALF, SQUAT, CARRY], [LEG_PRESS], [CURL, DEADLIFT]),
        ("foot", [CALF, SQUAT, CARRY], [LEG_PRESS], [LEG_CURL]),
        ("chest", [BENCH, PRESS, FLY], [ROW, CABLE_ROW], [LEG_PRESS, CURL]),
        ("abdomen", [CRUNCH, SQUAT, DEADLIFT, PRESS], [LEG_PRESS, BENCH], [CURL, LEG_CURL]),
        ("other", [], [CURL, SQUAT], []),
    ],
)
def test_each_region_is_loaded_as_the_table_says(
    region: str, direct: list[Movement], also: list[Movement], free: list[Movement]
) -> None:
    for load, movements in ((Load.DIRECT, direct), (Load.ALSO, also), (Load.NONE, free)):
        for movement in movements:
            assert load_on(movement, region=region) is load, movement


def test_every_region_has_its_row() -> None:
    assert set(TABLE) == set(Region)


def test_an_exercise_is_taken_at_its_word_about_the_regions_it_loads() -> None:
    assert load_on(Movement(loaded_regions=("wrist",), pattern="core"), region="wrist") is Load.DIRECT
    supported = Movement(
        equipment="barbell", pattern="horizontal_pull", primary_muscle="upper_back", loaded_regions=("elbow",)
    )
    assert load_on(supported, region="lower_back") is Load.NONE


def test_a_strain_closes_its_muscle_and_cautions_where_it_helps() -> None:
    assert load_on(LEG_CURL, region="other", muscle="hamstrings") is Load.DIRECT
    assert load_on(LEG_PRESS, region="other", muscle="glutes") is Load.ALSO
    assert load_on(CURL, region="other", muscle="hamstrings") is Load.NONE
    assert load_on(SQUAT, region="knee", muscle="hamstrings") is Load.DIRECT  # its region still counts


@pytest.mark.parametrize(
    ("severity", "squat", "leg_press"),
    [
        ("severe", Load.DIRECT, Load.ALSO),
        ("moderate", Load.DIRECT, Load.ALSO),
        ("", Load.DIRECT, Load.ALSO),
        ("mild", Load.ALSO, Load.NONE),
    ],
)
def test_severity_decides_between_closing_and_cautioning(severity: str, squat: Load, leg_press: Load) -> None:
    hip = OpenInjury(region="hip", severity=severity)
    assert (barred(SQUAT, hip), barred(LEG_PRESS, hip)) == (squat, leg_press)
