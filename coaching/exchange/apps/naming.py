"""What an app's name of an exercise says besides the movement: the equipment in its last brackets, help. Pure."""

import re

from coaching.exchange.apps.sheet import plain
from programs.names import words
from programs.policy.kinds import Equipment

_BRACKETS = re.compile(r"\(([^()]*)\)\s*$")
_EQUIPMENT = {
    "barbell": Equipment.BARBELL, "ez bar": Equipment.BARBELL, "dumbbell": Equipment.DUMBBELL,
    "cable": Equipment.CABLE, "machine": Equipment.MACHINE, "plate loaded": Equipment.MACHINE,
    "smith machine": Equipment.SMITH, "smith": Equipment.SMITH, "kettlebell": Equipment.KETTLEBELL,
    "band": Equipment.BAND, "bodyweight": Equipment.BODYWEIGHT,
    "maquina": Equipment.MACHINE, "halter": Equipment.DUMBBELL, "barra": Equipment.BARBELL, "cabo": Equipment.CABLE,
}  # fmt: skip
# The longest first: `Smith Machine` is no machine.
_BY_LENGTH = sorted(_EQUIPMENT, key=len, reverse=True)


def equipment_in(name: str) -> Equipment | None:
    """Of the last brackets: `Row (Cable - Straight Bar)` begins with it."""
    found = _BRACKETS.search(name)
    return equipment_of(found[1]) if found else None


def equipment_of(word: str) -> Equipment | None:
    """Of an app's word for it; `Assisted`, `Weighted` or `None` say nothing."""
    said = plain(word).replace("-", " ")
    return next((_EQUIPMENT[one] for one in _BY_LENGTH if re.match(rf"{one}s?\b", said)), None)


def is_assisted(name: str) -> bool:
    """More help must look like less strength."""
    return "assisted" in words(name)


def bare(name: str) -> str:
    """Without its last brackets, where they name equipment."""
    return _BRACKETS.sub("", name).strip() if equipment_in(name) else name
