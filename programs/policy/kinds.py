"""The words of sets, exercises and phases, spelled once: the models take their choices from here."""

from enum import StrEnum


class EndedBy(StrEnum):
    """How a set ended. Two kinds of failure that most people confuse: the article's first distinction."""

    TARGET = "target"
    MUSCULAR_FAILURE = "muscular_failure"
    TECHNICAL_FAILURE = "technical_failure"
    STOPPED = "stopped"


class Equipment(StrEnum):
    BARBELL = "barbell"
    DUMBBELL = "dumbbell"
    MACHINE = "machine"
    CABLE = "cable"
    SMITH = "smith"
    BODYWEIGHT = "bodyweight"
    KETTLEBELL = "kettlebell"
    BAND = "band"
    OTHER = "other"


class Mechanic(StrEnum):
    COMPOUND = "compound"
    ISOLATION = "isolation"


class Pattern(StrEnum):
    SQUAT = "squat"
    HINGE = "hinge"
    LUNGE = "lunge"
    HORIZONTAL_PUSH = "horizontal_push"
    HORIZONTAL_PULL = "horizontal_pull"
    VERTICAL_PUSH = "vertical_push"
    VERTICAL_PULL = "vertical_pull"
    ISOLATION = "isolation"
    CORE = "core"
    CARRY = "carry"
    OLYMPIC = "olympic"
    LOCOMOTION = "locomotion"
    OTHER = "other"


class FailureClass(StrEnum):
    GOOD = "good"
    CAUTION = "caution"
    AVOID = "avoid"


class PhaseKind(StrEnum):
    STRENGTH = "strength"
    HYPERTROPHY = "hypertrophy"
    DELOAD = "deload"
    BASE = "base"


class Answer(StrEnum):
    """May this set go to failure? The words of the verdict, mildest first."""

    YES = "yes"
    CAUTION = "caution"
    NO = "no"


# F1 form, F2 80/20, F3 72 hours, F4 exercise, F5 phase, F6 dose, F7 readiness, F8 scale back. The article's ninth, the
# trial month, decides nothing by itself: within it the other eight hold.
PRECEDENCE = ("F8", "F1", "F7", "F5", "F4", "F3", "F6", "F2")
