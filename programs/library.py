"""The exercise library that every installation has: loaded from the fixture, as often as one likes."""

import json
from pathlib import Path
from typing import Any

FIXTURE = Path(__file__).parent / "fixtures" / "exercises.json"


def rows() -> list[dict[str, Any]]:
    """One object an exercise: its facts and the names that logging apps use for it."""
    found: list[dict[str, Any]] = json.loads(FIXTURE.read_text(encoding="utf-8"))
    return found


def load(exercises: Any) -> int:
    """Make the library equal to the fixture; answers how many rows were made or changed. Nothing is deleted.

    `exercises` is the manager of the model, present or historical: a migration calls this too.
    """
    known = {row.name.casefold(): row for row in exercises.filter(practice=None)}
    made, changed = [], []
    for facts in rows():
        row = known.get(facts["name"].casefold())
        if row is None:
            made.append(exercises.model(**facts))
        elif any(getattr(row, key) != value for key, value in facts.items()):
            for key, value in facts.items():
                setattr(row, key, value)
            changed.append(row)
    exercises.bulk_create(made)
    if changed:
        exercises.bulk_update(changed, list(rows()[0]))
    return len(made) + len(changed)
