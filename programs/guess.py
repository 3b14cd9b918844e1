"""What the words of a name tell of an exercise that nobody knows. A guess, for a coach to confirm or change. Pure.

Nothing is judged by it: until somebody has said what the exercise is, its class stays caution.
"""

from dataclasses import dataclass

from programs.guess_words import ABOVE, EQUIPMENT, INTRICATE, MOVEMENTS, UNDER_IT
from programs.names import words
from programs.policy.kinds import Equipment, Mechanic, Pattern


@dataclass(frozen=True, kw_only=True)
class Guess:
    """Empty and None: the name does not tell."""

    equipment: str = ""
    mechanic: str = ""
    pattern: str = ""
    primary_muscle: str = ""
    secondary_muscles: tuple[str, ...] = ()
    loaded_regions: tuple[str, ...] = ()
    overhead: bool | None = None
    coordination: bool | None = None
    can_trap: bool | None = None
    body_mass_percent: int = 0

    @property
    def whole(self) -> bool:
        """It names all that an exercise must have."""
        return bool(self.equipment and self.mechanic and self.pattern and self.primary_muscle)


@dataclass(frozen=True)
class _Movement:
    mechanic: Mechanic
    pattern: Pattern
    muscle: str
    others: tuple[str, ...]
    regions: tuple[str, ...]
    usual_equipment: str
    share: int


def guess(name: str) -> Guess:
    """From the name alone; empty where it says nothing that is known."""
    said = words(name)
    movement = next((found for phrase, found in _MOVEMENTS if phrase <= said), None)
    equipment = next((found for phrase, found in _EQUIPMENT if phrase <= said), "")
    if movement is None:
        return Guess(equipment=equipment, overhead=True if "overhead" in said else None)
    equipment = equipment or movement.usual_equipment
    return Guess(
        equipment=equipment,
        mechanic=movement.mechanic.value,
        pattern=movement.pattern.value,
        primary_muscle=movement.muscle,
        secondary_muscles=movement.others,
        loaded_regions=movement.regions,
        overhead=_above(movement, said),
        coordination=_intricate(movement, equipment, said),
        can_trap=_can_trap(movement, equipment, said),
        body_mass_percent=movement.share if equipment == Equipment.BODYWEIGHT else 0,
    )


def _above(movement: _Movement, said: frozenset[str]) -> bool:
    pressed_up = movement.pattern == Pattern.VERTICAL_PUSH and movement.muscle == "shoulders"
    return any(phrase <= said for phrase in _ABOVE) or (pressed_up and "landmine" not in said)


def _intricate(movement: _Movement, equipment: str, said: frozenset[str]) -> bool:
    stepping = movement.pattern == Pattern.LUNGE and equipment == Equipment.BARBELL
    return movement.pattern == Pattern.OLYMPIC or stepping or any(phrase <= said for phrase in _INTRICATE)


def _can_trap(movement: _Movement, equipment: str, said: frozenset[str]) -> bool | None:
    if equipment in _HELD:
        return False
    under = movement.pattern in (Pattern.HORIZONTAL_PUSH, Pattern.SQUAT)
    if not under and not any(phrase <= said for phrase in _UNDER_IT):
        return False
    return equipment == Equipment.BARBELL if equipment else None


def _phrases(text: str) -> list[frozenset[str]]:
    return [words(phrase) for phrase in text.split(", ")]


def _movements() -> list[tuple[frozenset[str], _Movement]]:
    found = []
    for line in MOVEMENTS.strip().splitlines():
        phrases, *cells = (cell.strip() for cell in line.split("|"))
        joints, pattern, muscle, others, regions, equipment, share = [*cells, "", "", "", ""][:7]
        movement = _Movement(
            Mechanic.COMPOUND if joints == "com" else Mechanic.ISOLATION,
            Pattern(pattern),
            muscle,
            tuple(others.split()),
            tuple(regions.split()),
            equipment,
            int(share or 0),
        )
        found += [(phrase, movement) for phrase in _phrases(phrases)]
    return found


def _equipment() -> list[tuple[frozenset[str], str]]:
    lines = (line.split(" | ") for line in EQUIPMENT.strip().splitlines())
    return [(phrase, kind) for phrases, kind in lines for phrase in _phrases(phrases)]


_MOVEMENTS, _EQUIPMENT = _movements(), _equipment()
_ABOVE, _INTRICATE, _UNDER_IT = _phrases(ABOVE), _phrases(INTRICATE), _phrases(UNDER_IT)
_HELD = {Equipment.MACHINE, Equipment.CABLE, Equipment.SMITH, Equipment.BAND, Equipment.BODYWEIGHT}
