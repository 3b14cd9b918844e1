"""Which exercise each name of a bundle leads to: one that is known, one that the bundle describes, or a new one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from clients.models import Coach
from coaching.exchange import kept
from coaching.exchange.layout import EXERCISES, SETS
from coaching.exchange.layout_more import APP_EXERCISES, PRESCRIPTIONS
from coaching.exchange.problems import Problems
from coaching.exchange.shares import share_of
from coaching.exchange.spool import Spool
from programs.exercises import Book
from programs.merging import target_of
from programs.models import Exercise
from programs.names import tidy
from programs.policy.kinds import Equipment

MOST_NAMES = 20_000
PLACED = (SETS, PRESCRIPTIONS, APP_EXERCISES)  # their exercise is known by what its name leads to
# Every place of a bundle that names an exercise.
_NAMING = " UNION ALL ".join(
    [
        *(f"SELECT exercise AS name, line FROM {file.table}" for file in PLACED),
        "SELECT merged_into, line FROM exercise_details",
        "SELECT json_extract(value, '$.of'), line FROM session_details, json_each(prescribed)",
        "SELECT value, line FROM imports, json_each(exercises)",
        "SELECT value, line FROM client_details, json_each(shown_lifts)",
        "SELECT json_extract(value, '$[0]'), line FROM client_details, json_each(units_of)",
        "SELECT json_extract(value, '$.exercise'), line FROM imported_sessions, json_each(before, '$.sets')",
    ]
)


@dataclass
class Lift:
    """A row of exercises.csv, or a name that nobody knows."""

    line: int | None
    name: str
    state: str
    base: Exercise | None  # what is there already: the practice's own row, or the library's
    facts: dict[str, Any]


@dataclass
class Lifts:
    """What the exercises of a bundle come to. A target below 0 is a lift that is still to be made."""

    found: list[Lift] = field(default_factory=list)
    known: dict[int, Exercise] = field(default_factory=dict)
    made: dict[int, int] = field(default_factory=dict)  # ids of targets that were made already

    def counts(self) -> dict[str, int]:
        said = [lift.state for lift in self.found if lift.line is not None]
        return {state: said.count(state) for state in ("created", "updated", "unchanged")}


def resolve(spool: Spool, coach: Coach, problems: Problems) -> Lifts:
    """Fill lifts(name, target, bodyweight) with every name that the bundle's sets use."""
    lifts = Lifts()
    every = list(Exercise.objects.of(coach.practice_id).select_related("merged_into").order_by("pk"))
    rows = [row for row in every if row.merged_into_id is None]
    merged = {row.name.casefold(): target_of(row) for row in every if row.merged_into_id is not None}
    lifts.known = {row.pk: row for row in rows}
    library = {row.name.casefold(): row for row in rows if row.practice_id is None}
    own = {row.name.casefold(): row for row in rows if row.practice_id is not None}
    described: dict[str, int] = {}
    percents = _percents(spool)
    for line, name, *values in spool.rows("SELECT * FROM exercises ORDER BY line"):
        if tidy(name).casefold() not in described:  # a second one is a problem of its own
            base = own.get(tidy(name).casefold()) or library.get(tidy(name).casefold())
            said = dict(zip(EXERCISES.values, values, strict=True))
            if base is None and tidy(name).casefold() in merged:
                # The coach has said that it is another one: what the bundle tells of it is no longer asked.
                base, said = merged[tidy(name).casefold()], {}
            lifts.found.append(_lift(line, tidy(name), said, base, percents.get(tidy(name).casefold())))
            described[tidy(name).casefold()] = -len(lifts.found)
            _reasoned(lifts.found[-1], problems)
    spool.run("DROP TABLE IF EXISTS lifts")
    spool.run("CREATE TABLE lifts (name TEXT PRIMARY KEY, target INTEGER, bodyweight INTEGER)")
    spool.many("INSERT INTO lifts VALUES (?, ?, ?)", _names(spool, coach, lifts, described, problems))
    return lifts


def _percents(spool: Spool) -> dict[str, int]:
    said = "SELECT name, body_mass_percent FROM exercise_details WHERE body_mass_percent IS NOT NULL"
    return {tidy(name).casefold(): percent for name, percent in spool.rows(said)}


def use_twins(spool: Spool, lifts: Lifts) -> None:
    """A library row that gets a twin hands its sets over: in the comparison they are the twin's already."""
    for n, lift in enumerate(lifts.found, 1):
        if lift.state == "created" and lift.base is not None:
            for file in PLACED:
                spool.run(
                    f"UPDATE stored_{file.table} SET exercise = ? WHERE exercise = ?", (-n, lift.base.pk)
                )


def _names(
    spool: Spool, coach: Coach, lifts: Lifts, described: dict[str, int], problems: Problems
) -> Iterator[tuple[str, int, bool]]:
    book = Book(coach.practice_id)
    aliases = {
        alias.casefold(): -n
        for n, lift in enumerate(lifts.found, 1)
        for alias in lift.facts["aliases"]
    }  # fmt: skip
    named = f"SELECT name, min(line) FROM ({_NAMING}) WHERE name IS NOT NULL GROUP BY name ORDER BY 2"
    for n, (name, line) in enumerate(list(spool.rows(named))):
        if n == MOST_NAMES:
            problems.add(SETS.name, line, "exercise", f"more than {MOST_NAMES:,} different exercises")
            return
        key = tidy(name).casefold()
        target = described.get(key) or aliases.get(key)
        known = None if target else book.find(name)
        if known and (twin := described.get(known.name.casefold())):
            target = twin
        if not target and not known:
            lifts.found.append(_lift(None, tidy(name) or name, {}, None))
            described[key] = target = -len(lifts.found)
        if target:
            lift = lifts.found[-target - 1]
            # A lift that stays as it is is known by its id, so that its sets stay as they are too.
            ready = lift.base if lift.state != "created" else None
            yield name, ready.pk if ready else target, lift.facts["equipment"] == Equipment.BODYWEIGHT
        elif known:
            yield name, known.pk, known.equipment == Equipment.BODYWEIGHT


def _lift(
    line: int | None, name: str, said: dict[str, Any], base: Exercise | None, percent: int | None = None
) -> Lift:
    """The facts after the import: what the bundle says over what was known. The library itself is never changed."""
    before = dict(zip(EXERCISES.names, next(kept.exercises([base]))[2:], strict=True)) if base else {}
    after = {name: before.get(name) if said.get(name) is None else said[name] for name in EXERCISES.values}
    same = base is not None and all(before[name] == after[name] for name in EXERCISES.values)
    same = same and percent in (None, base.body_mass_percent if base else None)
    if base is not None and base.practice_id is None:
        state = "unchanged" if same and base.name == name else "created"
    else:
        state = "created" if base is None else "unchanged" if same else "updated"
    own_name = base.name if base and base.practice_id is not None else name
    return Lift(line, name, state, base, _facts(own_name, after, base, percent))


def _facts(name: str, after: dict[str, Any], base: Exercise | None, percent: int | None) -> dict[str, Any]:
    facts: dict[str, Any] = {"name": name}
    for column, value in after.items():
        if column in ("secondary_muscles", "loaded_regions", "aliases"):
            facts[column] = (value or "").split(";") if value else []
        elif column in ("overhead", "coordination", "can_trap"):
            facts[column] = None if value is None else bool(value)
        else:
            facts[column] = value or ""
    share = share_of(facts["equipment"], facts["pattern"], base) if percent is None else percent
    return {**facts, "body_mass_percent": share}


def _reasoned(lift: Lift, problems: Problems) -> None:
    if lift.facts["failure_class"] and not lift.facts["reason"]:
        problems.add(EXERCISES.name, lift.line or 0, "reason", "a failure_class of one's own needs a reason")
