"""The other clients: most of them fine, a few with a story, two who have gone quiet. Pure."""

from dataclasses import replace
from random import Random

from coaching.demo.kinds import FIRST_DAY, Ache, Effort, Hurt, Person, Spell
from coaching.demo.plans import FULL_BODY, MACHINES, PUSH_PULL_LEGS, UPPER_LOWER

NAMES = (
    "Priya Raman", "Tom Whitaker", "Aisha Karim", "Ben Hollis", "Elena Petrova", "Owen Price", "Grace Mbeki",
    "Lukas Weber", "Hannah Clarke", "Daniel Osei", "Mei Tanaka", "Fergus Reid", "Isla Morgan", "Rafael Costa",
    "Yasmin Aydin", "George Adeyemi", "Chloe Bennett", "Viktor Lund", "Amara Nwosu", "Peter Novak",
)  # fmt: skip
FIRST = (
    "Alex", "Beth", "Carlos", "Dina", "Edward", "Fatima", "Gavin", "Helen", "Ivan", "Julia", "Karim", "Laura", "Mateo",
    "Nora", "Oscar", "Paula", "Quentin", "Rosa", "Simon", "Tess", "Umar", "Vera", "Will", "Xenia", "Yusuf", "Zoe",
)  # fmt: skip
LAST = (
    "Abbott", "Baker", "Chandra", "Duffy", "Evans", "Fischer", "Gallagher", "Hughes", "Ito", "Jensen", "Kowalski",
    "Lopez", "Mahoney", "Nielsen", "Okoye", "Patel", "Quinn", "Rossi", "Schmidt", "Turner", "Usman", "Varga", "Walsh",
)  # fmt: skip
PLANS = (
    (FULL_BODY, (0, 2, 4)),
    (UPPER_LOWER, (0, 1, 3, 4)),
    (PUSH_PULL_LEGS, (0, 2, 5)),
    (MACHINES, (1, 3, 6)),
)

# What sets some of them apart, by their place in NAMES.
STORIES: dict[int, dict[str, object]] = {
    0: {  # overreaching on several fronts at once
        "spells": (
            Spell(first=-24, last=400, energy=1.6, mood=1.2, sleep_quality=1.2, sleep_hours=0.9, strength=6, ramp=8),
        ),
        "efforts": (Effort(since=FIRST_DAY, compounds=0.15, isolation=0.5, growth=0.1),),
        "left_open": True,
    },
    1: {  # a small child at home
        "spells": (Spell(first=-30, last=400, sleep_quality=1.8, sleep_hours=1.6, energy=0.7, ramp=5),),
        "usual": {"sleep_quality": 3.7, "sleep_hours": 7.3},
        "left_open": True,
    },
    2: {"spells": (Spell(first=-17, last=400, anticipation=1.5, mood=0.5, ramp=5),)},
    3: {
        "aches": (
            Ache(region="elbow", first=-19, last=400, often=0.15),
            Ache(region="knee", first=-17, last=400, often=0.15),
            Ache(region="wrist", first=-13, last=400, often=0.15),
        ),
    },
    4: {
        "spells": (Spell(first=-80, last=-58, energy=1.6, mood=1.2, anticipation=0.9, strength=5),),
        "efforts": (
            Effort(since=FIRST_DAY, compounds=0.3, isolation=0.6, growth=0.05),
            Effort(since=-62, last_isolation=0.6, growth=0.3),
        ),
        "scaled_back": -62,
    },
    5: {"last": -12},
    6: {"last": -9},
    7: {"away": ((-6, 8),), "away_until": 8},
    8: {
        "spells": (Spell(first=-120, last=-99, sleep_quality=1.7, sleep_hours=1.3, energy=0.6),),
        "scaled_back": -103,
    },
    9: {"hurts": (Hurt(region="knee", onset=-40, resolved=None, severity="mild", note="After a run"),)},
    10: {"spells": (Spell(first=-26, last=400, energy=0.9, mood=0.8, ramp=4),)},
    12: {"spells": (Spell(first=-20, last=400, strength=3, ramp=6),), "cycle": 4},
    11: {"efforts": (Effort(since=FIRST_DAY, compounds=0.1, isolation=0.45, last_isolation=0.5),)},
}  # fmt: skip


def others(count: int) -> tuple[Person, ...]:
    """The first `count` of them, the same however many are asked for."""
    return tuple(_person(number) for number in range(count))


def _person(number: int) -> Person:
    rng = Random(f"person {number}")
    name = NAMES[number] if number < len(NAMES) else _name(number - len(NAMES))
    plan, weekdays = PLANS[number % len(PLANS)]
    holiday = rng.randint(-330, -140)
    person = Person(
        ref=name.lower().replace(" ", "-"),
        name=name,
        born=rng.randint(1968, 2003),
        trains_for=round(rng.uniform(1.2, 10), 1),
        plan=plan,
        weekdays=weekdays,
        hour=rng.choice((6, 7, 12, 17, 18, 19)),
        level=round(rng.uniform(0.5, 1.15), 2),
        answers=rng.choice((0.7, 0.8, 0.9)),
        away=((holiday, holiday + rng.randint(6, 13)),),
        cycle=rng.choice((0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13)),
        efforts=(
            Effort(since=FIRST_DAY, last_isolation=rng.uniform(0.1, 0.6), growth=rng.uniform(0.05, 0.3)),
        ),
    )
    return replace(person, **STORIES.get(number, {}))  # type: ignore[arg-type]


def _name(number: int) -> str:
    """Any number of further names: first and last run in step, and shift when the first names are through."""
    first, last = number % len(FIRST), (number + number // len(FIRST)) % len(LAST)
    round_ = number // (len(FIRST) * len(LAST))
    return f"{FIRST[first]} {LAST[last]}" + (f" {round_ + 1}" if round_ else "")
