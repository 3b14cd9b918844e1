"""Supersets: lines of a session that are done in turn, a set of each. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from programs.skipping import is_skipped


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One exercise of a superset."""

    exercise_id: int
    name: str
    done: int
    of: int
    up: bool  # its set comes next


def group_of(lines: Sequence[dict[str, Any]], exercise_id: int) -> list[dict[str, Any]]:
    """The lines that an exercise is done in turn with, itself among them; empty where it stands alone."""
    group: list[dict[str, Any]] = []
    for line in lines:
        group.append(line)
        if line.get("with_next") and line is not lines[-1]:
            continue
        if any(one["exercise_id"] == exercise_id for one in group):
            return group if len(group) > 1 else []
        group = []
    return []


def turns(lines: Sequence[dict[str, Any]], exercise_id: int, done: Mapping[int, int]) -> list[Turn]:
    """Next is who has done the fewest sets; of two, who stands first. What is skipped has no turn."""
    group = [line for line in group_of(lines, exercise_id) if not is_skipped(line)]
    if len(group) < 2 or all(line["exercise_id"] != exercise_id for line in group):
        return []
    left = [line for line in group if done.get(line["exercise_id"], 0) < line["sets"]]
    up = min(left, key=lambda line: done.get(line["exercise_id"], 0))["exercise_id"] if left else None
    return [
        Turn(
            exercise_id=line["exercise_id"], name=line["exercise"], done=done.get(line["exercise_id"], 0),
            of=line["sets"], up=line["exercise_id"] == up,
        )
        for line in group
    ]  # fmt: skip
