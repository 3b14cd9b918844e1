"""`python -m lab.exercise_table`: write docs/exercises.md from the library's fixture and the rule of the classes.

`--check` writes nothing and exits 1 where the page is not up to date.
"""

import sys
from collections import Counter
from pathlib import Path
from typing import Any

from clients.body import word
from programs.library import rows
from programs.policy.kinds import FailureClass
from programs.policy.suitability import ExerciseFacts, exercise_class

PAGE = Path(__file__).resolve().parents[1] / "docs" / "exercises.md"
HEAD = """# The exercise library

Made by `make docs` from `programs/fixtures/exercises.json` and the one rule in
`programs/policy/suitability.py`: do not edit.

{count} exercises: {good} good, {caution} caution, {avoid} avoid. The class says whether an exercise is fit
to be taken to failure at all (F4); the other rules still have their say. In this order:

1. a coach's own class, with the reason that is kept with it;
2. **avoid**: the load ends above the head, a failed rep can trap, a barbell squat or hinge at every load, complex
   coordination;
3. **good**: machine, cable, dumbbell isolation, bodyweight;
4. **caution**: everything else.

A Smith machine is no machine in this sense: its bar is guided, yet it is loaded and lies on the lifter as a
barbell does. It can be racked at any height, so nothing of it counts as a trap: caution, and avoid where it
is pressed overhead. A barbell bench press is avoid because a failed rep can trap; a coach whose rack has
safeties overrides that with a reason. An overhead triceps extension ends above the head with a cable as with
a dumbbell; a pulldown does not.

| exercise | class | why | equipment | joints | movement | main muscle | other names |
|---|---|---|---|---|---|---|---|
"""


def page() -> str:
    lines, classes = [], Counter[str]()
    for row in rows():
        found, why = exercise_class(facts(row))
        classes[found] += 1
        cells = [
            row["name"], f"**{found}**" if found is FailureClass.AVOID else str(found), why, row["equipment"],
            row["mechanic"], word(row["pattern"]), word(row["primary_muscle"]), "; ".join(row["aliases"]),
        ]  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    head = HEAD.format(count=len(lines), **{str(kind): classes[kind] for kind in FailureClass})
    return head + "\n".join(lines) + "\n"


def facts(row: dict[str, Any]) -> ExerciseFacts:
    known = (
        "name", "equipment", "mechanic", "pattern", "primary_muscle", "overhead", "coordination", "can_trap",
    )  # fmt: skip
    return ExerciseFacts(
        secondary_muscles=tuple(row["secondary_muscles"]),
        loaded_regions=tuple(row["loaded_regions"]),
        **{name: row[name] for name in known},
    )


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        sys.exit(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")
