"""What the weight in a cell means once the exercise is known. Pure."""

from decimal import Decimal

from coaching.exchange.apps.building import MOST_REPS
from coaching.exchange.apps.kinds import AppSet

MOST_KG, MOST_HELP_KG = 2_000, 500


def weight_and_note(one: AppSet, *, bodyweight: bool, assisted: bool) -> tuple[Decimal | None, str]:
    """Kilograms as the bundle keeps them, and the set's note with what they cannot say."""
    weight, said = one.weight_kg, ""
    if weight is None:
        weight = Decimal(0) if bodyweight else None
    elif bodyweight and (weight < 0 or assisted):
        weight = -abs(weight)
        said = f"assisted {plain_kg(-weight)} kg"
    if weight is not None and (weight > MOST_KG or weight < -MOST_HELP_KG or (weight < 0 and not bodyweight)):
        said, weight = f"{plain_kg(weight)} kg as written", None
    marks = sum(note.startswith(("marked failure in", "drop set")) for note in one.notes[:1])
    notes = [*one.notes[:marks], *([said] if said else []), *one.notes[marks:]]
    return weight, "; ".join(notes)


def reps_kept(one: AppSet) -> int | None:
    """More than a set can have is kept as unknown: the number stands in the note."""
    return one.reps if one.reps <= MOST_REPS else None


def plain_kg(value: Decimal) -> str:
    text = f"{value:f}".replace("-", "−")
    return text.rstrip("0").rstrip(".") if "." in text else text
