"""What a plan asked of a set. Pure."""

from collections.abc import Sequence
from typing import Any


def prescribed_rir(lines: Sequence[dict[str, Any]], exercise_id: int, nth: int) -> int | None:
    """The reserve that the plan asked of the nth working set of an exercise, in halves; past the plan, its last."""
    rir = None
    for line in lines:
        if line["exercise_id"] == exercise_id:
            rir = line["rir_halves"]
            nth -= line["sets"]
            if nth < 0:
                break
    return rir
