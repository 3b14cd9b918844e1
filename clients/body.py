"""The body in the words of the bundle: regions that ache, muscles that work, how bad an injury is."""

from enum import StrEnum


class Region(StrEnum):
    NECK = "neck"
    SHOULDER = "shoulder"
    ELBOW = "elbow"
    WRIST = "wrist"
    UPPER_BACK = "upper_back"
    LOWER_BACK = "lower_back"
    HIP = "hip"
    GROIN = "groin"
    KNEE = "knee"
    ANKLE = "ankle"
    FOOT = "foot"
    CHEST = "chest"
    ABDOMEN = "abdomen"
    OTHER = "other"


class Muscle(StrEnum):
    CHEST = "chest"
    LATS = "lats"
    UPPER_BACK = "upper_back"
    SHOULDERS = "shoulders"
    BICEPS = "biceps"
    TRICEPS = "triceps"
    FOREARMS = "forearms"
    QUADS = "quads"
    HAMSTRINGS = "hamstrings"
    GLUTES = "glutes"
    ADDUCTORS = "adductors"
    CALVES = "calves"
    ABS = "abs"
    LOWER_BACK = "lower_back"
    TRAPS = "traps"
    FULL_BODY = "full_body"


class Severity(StrEnum):
    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"


def word(value: str) -> str:
    """`lower_back` as a person says it: `lower back`."""
    return value.replace("_", " ")


def choices(kind: type[StrEnum]) -> list[tuple[str, str]]:
    """The members of an enum as a model's or a form's choices."""
    return [(member.value, word(member.value)) for member in kind]
