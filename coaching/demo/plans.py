"""What the demo's people train: exercises of the library, with the strength of an average lifter. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Lift:
    """A line of a workout. `strength` is what an average lifter moves once, in kg (per hand with dumbbells)."""

    exercise: str
    strength: float
    sets: int = 3
    low: int = 8
    high: int = 12
    isolation: bool = False
    hinge: bool = False
    bodyweight: bool = False
    step: float = 2.5


@dataclass(frozen=True)
class Day:
    name: str
    lifts: tuple[Lift, ...]


SQUAT = Lift("Barbell back squat", 115, sets=3, low=6, high=10)
DEADLIFT = Lift("Conventional deadlift", 140, sets=3, low=5, high=8, hinge=True)
ROMANIAN = Lift("Romanian deadlift", 110, sets=3, low=8, high=10, hinge=True)
BENCH = Lift("Barbell bench press", 85, sets=3, low=6, high=10)
PRESS = Lift("Dumbbell overhead press", 26, sets=3, low=8, high=10, step=1)
INCLINE = Lift("Incline dumbbell bench press", 34, sets=3, low=8, high=12, step=2)
CHEST_PRESS = Lift("Machine chest press", 90, sets=3, low=8, high=12)
LEG_PRESS = Lift("Leg press", 220, sets=3, low=8, high=12, step=5)
PULLDOWN = Lift("Lat pulldown", 80, sets=3, low=8, high=12)
ROW = Lift("Seated cable row", 80, sets=3, low=8, high=12)
BARBELL_ROW = Lift("Barbell row", 80, sets=3, low=6, high=10)
PULL_UP = Lift("Pull-up", 96, sets=3, low=5, high=9, bodyweight=True)
CURL = Lift("Dumbbell curl", 18, sets=3, low=10, high=15, isolation=True, step=1)
PUSHDOWN = Lift("Triceps pushdown", 40, sets=3, low=10, high=15, isolation=True)
LATERAL = Lift("Dumbbell lateral raise", 14, sets=3, low=10, high=15, isolation=True, step=1)
LEG_CURL = Lift("Lying leg curl", 60, sets=3, low=10, high=15, isolation=True)
EXTENSION = Lift("Leg extension", 75, sets=3, low=10, high=15, isolation=True)
FLY = Lift("Cable fly", 28, sets=3, low=10, high=15, isolation=True)
CALF = Lift("Standing calf raise", 120, sets=3, low=10, high=15, isolation=True, step=5)
REVERSE_FLY = Lift("Machine reverse fly", 45, sets=3, low=10, high=15, isolation=True)

FULL_BODY = (
    Day("Full body A", (SQUAT, BENCH, ROW, CURL, LEG_CURL)),
    Day("Full body B", (DEADLIFT, CHEST_PRESS, PULLDOWN, LATERAL, PUSHDOWN)),
    Day("Full body C", (LEG_PRESS, INCLINE, BARBELL_ROW, EXTENSION, CURL)),
)
MACHINES = (
    Day("Machines A", (LEG_PRESS, CHEST_PRESS, ROW, EXTENSION, CURL)),
    Day("Machines B", (LEG_PRESS, PULLDOWN, CHEST_PRESS, LEG_CURL, PUSHDOWN)),
)
UPPER_LOWER = (
    Day("Upper A", (BENCH, ROW, PULLDOWN, LATERAL, CURL)),
    Day("Lower A", (SQUAT, ROMANIAN, EXTENSION, LEG_CURL, CALF)),
    Day("Upper B", (INCLINE, PULL_UP, ROW, FLY, PUSHDOWN)),
    Day("Lower B", (DEADLIFT, LEG_PRESS, LEG_CURL, CALF)),
)
ONE_HINGE = (
    *UPPER_LOWER[:1],
    Day("Lower A", (SQUAT, LEG_PRESS, EXTENSION, LEG_CURL, CALF)),
    *UPPER_LOWER[2:],
)
PUSH_PULL_LEGS = (
    Day("Push", (BENCH, INCLINE, PRESS, LATERAL, PUSHDOWN)),
    Day("Pull", (PULL_UP, ROW, PULLDOWN, REVERSE_FLY, CURL)),
    Day("Legs", (SQUAT, ROMANIAN, LEG_PRESS, LEG_CURL, CALF)),
)
