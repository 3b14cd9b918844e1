"""Persistent fatigue or mood changes: energy, mood and stress. Soreness follows training by design and is only told."""

from clients.signs.backstop import Backstop, backstop
from clients.signs.items import Items
from clients.signs.series import Kind

WEIGHTS = {"energy": 1.0, "mood": 1.0, "stress": 0.6}
KIND = Kind(s0=0.8)
LOWEST = 2.0  # a fortnight's mean of energy and mood
BACK = 2.25


def exhausted(items: Items) -> Backstop:
    """Someone exhausted from day one has no better usual to fall from."""
    answers = [items.values["energy"], items.values["mood"]]
    return backstop(answers, lowest=LOWEST, back=BACK, strict=False)
