"""What may stand in for an exercise whose machine is taken: the same muscle by the same movement first."""

from clients.models import Client
from programs.choosing import known
from programs.models import Exercise

OFFERED = 8


def alike(client: Client, exercise: Exercise) -> list[Exercise]:
    """Best first: same pattern and primary muscle, then the muscle alone, then the pattern alone."""
    rows = known(client.practice_id, "pattern", "primary_muscle", "equipment", "aliases")
    ranked = [
        (_likeness(row, exercise), row.name.casefold(), row) for row in rows if row.name != exercise.name
    ]
    fitting = sorted(((likeness, name, row) for likeness, name, row in ranked if likeness), key=_best_first)
    return [row for _, _, row in fitting[:OFFERED]]


def _likeness(row: Exercise, wanted: Exercise) -> int:
    muscle = bool(wanted.primary_muscle) and row.primary_muscle == wanted.primary_muscle
    return 2 * muscle + (bool(wanted.pattern) and row.pattern == wanted.pattern)


def _best_first(ranked: tuple[int, str, Exercise]) -> tuple[int, str]:
    return -ranked[0], ranked[1]
