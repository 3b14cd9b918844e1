"""What an injury keeps a client from: which movements load a region or a muscle. Anatomy by common sense."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from clients.body import Muscle, Region, Severity


@dataclass(frozen=True, kw_only=True)
class Movement:
    """What of an exercise bears on the body. Empty is unknown."""

    name: str = ""
    equipment: str = ""
    mechanic: str = ""
    pattern: str = ""
    primary_muscle: str = ""
    secondary_muscles: tuple[str, ...] = ()
    loaded_regions: tuple[str, ...] = ()
    overhead: bool | None = None

    @property
    def compound(self) -> bool:
        """An exercise of unknown mechanic counts as compound."""
        return self.mechanic != "isolation"

    @property
    def said_nothing(self) -> bool:
        return not (self.pattern or self.primary_muscle or self.loaded_regions)

    def traits(self) -> frozenset[str]:
        """The words in which the table below speaks."""
        supported = self.equipment in {"machine", "smith", "cable"}
        unlisted = not self.loaded_regions  # an exercise that lists its regions is taken at its word
        free_squat = self.pattern == "squat" and self.equipment != "machine"
        held = {
            self.pattern,
            f"muscle:{self.primary_muscle}",
            "free squat" if free_squat else "",
            "leg press" if self.pattern == "squat" and not free_squat else "",
            "barbell squat" if self.pattern == "squat" and self.equipment == "barbell" else "",
            "deadlift" if self.pattern == "hinge" and self.equipment == "barbell" else "",
            "overhead" if self.overhead else "",
            "standing overhead" if self.overhead and unlisted and not supported else "",
            "bent row"
            if self.pattern == "horizontal_pull" and unlisted and self.equipment == "barbell"
            else "",
            "leg curl" if not self.compound and self.primary_muscle == "hamstrings" else "",
            "compound" if self.compound else "",
        }
        return frozenset(held - {"", "muscle:"})


class Load(IntEnum):
    NONE = 0
    ALSO = 1  # the right column of the table
    DIRECT = 2  # the left column


@dataclass(frozen=True, kw_only=True)
class OpenInjury:
    region: str
    severity: str = ""
    muscle: str = ""
    resolved: date | None = None  # a day to come, where one is noted


_PRESS = {"horizontal_push", "vertical_push", "overhead", "muscle:chest"}
_PULL = {"horizontal_pull", "vertical_pull"}
_BACK = {"overhead", "olympic", "horizontal_pull", "barbell squat", "deadlift", "muscle:traps"} | {
    "muscle:upper_back"
}
_ARM = _PRESS | _PULL | {"olympic", "muscle:biceps", "muscle:triceps", "muscle:forearms"}
_HIP = {"free squat", "hinge", "lunge", "olympic", "muscle:adductors", "muscle:glutes"}
_FOOT = {"muscle:calves", "lunge", "free squat", "locomotion", "carry", "olympic"}
_LOW = {"hinge", "free squat", "bent row", "standing overhead", "olympic", "muscle:lower_back"}

# region: what loads it, what loads it too (a jump is `locomotion`; a fly, a raise and a shrug follow from the muscle).
TABLE: dict[str, tuple[set[str], set[str]]] = {
    Region.NECK: (_BACK, {"vertical_pull"}),
    Region.UPPER_BACK: (_BACK, {"vertical_pull"}),
    Region.SHOULDER: (_PRESS | {"muscle:shoulders", "olympic"}, _PULL | {"barbell squat"}),
    Region.ELBOW: (_ARM, {"deadlift", "barbell squat", "carry"}),
    Region.WRIST: (_ARM, {"deadlift", "barbell squat", "carry"}),
    Region.LOWER_BACK: (_LOW, {"leg press", "carry"}),
    Region.HIP: (_HIP, {"leg press"}),
    Region.GROIN: (_HIP, {"leg press"}),
    Region.KNEE: ({"squat", "lunge", "locomotion", "olympic", "muscle:quads"}, {"leg curl", "hinge"}),
    Region.ANKLE: (_FOOT, {"leg press"}),
    Region.FOOT: (_FOOT, {"leg press"}),
    Region.CHEST: (_PRESS, {"horizontal_pull"}),
    Region.ABDOMEN: (
        {"core", "free squat", "hinge", "overhead", "olympic", "muscle:abs"},
        {"compound"},
    ),
    Region.OTHER: (set(), set()),
}


def load_on(movement: Movement, *, region: str, muscle: str = "") -> Load:
    """How a movement loads a region, and where a muscle is named (a strain), that muscle."""
    return max(_on_region(movement, region, strain=bool(muscle)), _on_muscle(movement, muscle))


def barred(movement: Movement, injury: OpenInjury) -> Load:
    """What an open injury asks: DIRECT closes failure, ALSO cautions. A severity not said counts as moderate."""
    load = load_on(movement, region=injury.region, muscle=injury.muscle)
    if movement.said_nothing:
        return Load.ALSO  # nobody knows what it loads
    return Load(max(load - 1, 0)) if injury.severity == Severity.MILD else load


def _on_region(movement: Movement, region: str, *, strain: bool) -> Load:
    if region == Region.OTHER:
        # "Somewhere" concerns everything, unless the strained muscle says where.
        return Load.NONE if strain else Load.ALSO
    if region in movement.loaded_regions:
        return Load.DIRECT
    direct, also = TABLE.get(region, (set(), set()))
    traits = movement.traits()
    return Load.DIRECT if traits & direct else Load.ALSO if traits & also else Load.NONE


def _on_muscle(movement: Movement, muscle: str) -> Load:
    if not muscle:
        return Load.NONE
    if movement.primary_muscle == muscle:
        return Load.DIRECT
    return (
        Load.ALSO
        if {muscle, Muscle.FULL_BODY} & {movement.primary_muscle, *movement.secondary_muscles}
        else Load.NONE
    )
