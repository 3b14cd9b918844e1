"""One day of one person: what they lifted and how they felt. The same day is the same whenever it is told. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from coaching.demo.kinds import Effort, Person
from coaching.demo.plans import Lift
from programs.strength import rep_max

USUAL = {
    "sleep_quality": 3.6, "energy": 3.5, "mood": 3.7, "stress": 3.4, "soreness": 3.4, "anticipation": 3.9,
}  # fmt: skip
USUAL_HOURS = 7.3
ITEM_NOISE, HOURS_NOISE, DAY_NOISE, SET_NOISE = 0.5, 0.6, 0.012, 0.35
FATIGUE_REPS = 0.7  # lost from one set of an exercise to the next
SKIPPED = 0.05
PHASES = (("hypertrophy", 7), ("deload", 1), ("strength", 6), ("deload", 1))  # weeks
CYCLE_WEEKS = sum(weeks for _, weeks in PHASES)
DELOAD_LOAD, DELOAD_RIR = 0.85, 5


@dataclass(frozen=True, kw_only=True)
class Set:
    exercise: str
    kg: float
    reps: int
    rir: int | None
    ended: str


@dataclass(frozen=True, kw_only=True)
class Visit:
    workout: str
    minute: int  # of the local day
    duration_min: int
    rpe: float
    sets: tuple[Set, ...]


@dataclass(frozen=True, kw_only=True)
class Answers:
    sleep_hours: float
    items: dict[str, int]
    aches: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class Told:
    visit: Visit | None = None
    answers: Answers | None = None


def told(person: Person, day: int, *, anchor: date, seed: int) -> Told:
    """What is logged on a day, counted from the anchor."""
    if not person.first <= day <= person.last or any(a <= day <= b for a, b in person.away):
        return Told()
    rng = Random(f"{seed} {person.ref} {day}")
    weekday = (anchor + timedelta(days=day)).weekday()
    answers = _answers(person, day, rng, seed) if rng.random() < person.answers else None
    if weekday not in person.weekdays or rng.random() < SKIPPED:
        return Told(answers=answers)
    return Told(answers=answers, visit=_visit(person, day, anchor, rng))


def phase_on(person: Person, day: int, anchor: date) -> str:
    day = min(day, 0)  # the block of the first demo day goes on until somebody plans another
    return next(kind for first, last, kind in phases(person, anchor) if first <= day <= last)


def phases(person: Person, anchor: date) -> Iterator[tuple[int, int, str]]:
    """The blocks up to the anchor's, as (first day, last day, kind). They begin on Mondays, or when the person does."""
    start = -7 * person.cycle - anchor.weekday()
    while start > person.first:
        start -= 7 * CYCLE_WEEKS
    while start <= 0:
        for kind, weeks in PHASES:
            last = start + weeks * 7 - 1
            if last >= person.first and start <= 0:
                yield max(start, person.first), last, kind
            start = last + 1


def reps_of(lift: Lift, phase: str) -> tuple[int, int]:
    """Fewer and heavier in a strength phase, but for isolation."""
    return (4, 6) if phase == "strength" and not lift.isolation else (lift.low, lift.high)


def weight_of(person: Person, lift: Lift, day: int, phase: str) -> float:
    """What the plan puts on the bar: for the middle of the reps with two to spare."""
    low, high = reps_of(lift, phase)
    strength = lift.strength * (1.0 if lift.bodyweight else person.level) * _growth(person, day)
    load = rep_max(strength, (low + high) / 2 + 2) * (DELOAD_LOAD if phase == "deload" else 1)
    if lift.bodyweight:
        return max(round((load - 75) / lift.step) * lift.step, -40.0)
    return max(round(load / lift.step) * lift.step, lift.step)


def _answers(person: Person, day: int, rng: Random, seed: int) -> Answers:
    traits = Random(f"{seed} {person.ref}")
    shares = [(spell, spell.share(day)) for spell in person.spells]
    items = {}
    for item, usual in USUAL.items():
        level = person.usual.get(item, usual + traits.uniform(-0.3, 0.3))
        level -= sum(getattr(spell, item) * share for spell, share in shares)
        items[item] = min(max(round(level + rng.gauss(0, ITEM_NOISE)), 1), 5)
    hours = person.usual.get("sleep_hours", USUAL_HOURS + traits.uniform(-0.3, 0.3))
    hours -= sum(spell.sleep_hours * share for spell, share in shares)
    hours = min(max(round((hours + rng.gauss(0, HOURS_NOISE)) * 4) / 4, 3.0), 11.0)
    return Answers(sleep_hours=hours, items=items, aches=_aches(person, day, rng))


def _aches(person: Person, day: int, rng: Random) -> dict[str, int]:
    """Aches come for two days or so; anybody has one now and then."""
    found = {
        ache.region: min(max(ache.severity + rng.choice((-1, 0, 0, 1)), 1), 6)
        for ache in person.aches
        if ache.first <= day <= ache.last and rng.random() < ache.often
    }
    if rng.random() < 0.02:
        found.setdefault(rng.choice(("knee", "shoulder", "elbow", "lower_back")), rng.randint(1, 3))
    return found


def _visit(person: Person, day: int, anchor: date, rng: Random) -> Visit:
    weekday = (anchor + timedelta(days=day)).weekday()
    workout = person.plan[person.weekdays.index(weekday) % len(person.plan)]
    phase, effort = phase_on(person, day, anchor), person.effort(day)
    form = _growth(person, day) * (1 + rng.gauss(0, DAY_NOISE))
    form *= 1 - sum(spell.strength * spell.share(day) for spell in person.spells) / 100
    sets: list[Set] = []
    for lift in workout.lifts:
        count = max(lift.sets - 1, 1) if phase == "deload" else lift.sets
        strength = lift.strength * form * (1.0 if lift.bodyweight else person.level)
        for number in range(count):
            sets.append(_set(person, lift, day, phase, effort, strength, number, number == count - 1, rng))
            if sets[-1].ended == "technical_failure":
                break  # the form broke: that exercise is over for today
    failures = sum(s.rir == 0 for s in sets) / len(sets)
    return Visit(
        workout=workout.name,
        minute=person.hour * 60 + rng.randrange(40),
        duration_min=8 + 3 * len(sets) + rng.randrange(10),
        rpe=min(
            round(2 * ((4.5 if phase == "deload" else 6.5) + 3 * failures + rng.uniform(-0.5, 0.5))) / 2, 10
        ),
        sets=tuple(sets),
    )


def _set(
    person: Person,
    lift: Lift,
    day: int,
    phase: str,
    effort: Effort,
    strength: float,
    number: int,
    last: bool,
    rng: Random,
) -> Set:
    kg = weight_of(person, lift, day, phase)
    load = kg + (75 if lift.bodyweight else 0)
    most = _reps_at(strength, load) - number * FATIGUE_REPS + rng.gauss(0, SET_NOISE)
    low, high = reps_of(lift, phase)
    if phase == "deload":
        reps = max(min(low, int(most) - 4), 1)
        return Set(exercise=lift.exercise, kg=kg, reps=reps, rir=DELOAD_RIR, ended="target")
    if lift.hinge and rng.random() < effort.form_breaks:
        return Set(
            exercise=lift.exercise, kg=kg, reps=max(int(most) - 1, 1), rir=None, ended="technical_failure"
        )
    if rng.random() < _failing(effort, lift, last):
        return Set(exercise=lift.exercise, kg=kg, reps=max(int(most), 1), rir=0, ended="muscular_failure")
    reps = max(min(high, int(most - 1.5)), 1)
    left = max(round(most - reps), 1)
    return Set(exercise=lift.exercise, kg=kg, reps=reps, rir=left if left <= 4 else 5, ended="target")


def _failing(effort: Effort, lift: Lift, last: bool) -> float:
    if not lift.isolation:
        return effort.compounds
    return max(effort.isolation, effort.last_isolation if last else 0.0)


def _reps_at(strength: float, load: float) -> float:
    """How many repetitions a load allows: the inverse of the estimate of strength."""
    reps = 37 - 36 * load / strength
    return reps if reps <= 10 else 30 * (strength / load - 1)


def _growth(person: Person, day: int) -> float:
    """Strength against the first day, by the growth of each way of training."""
    grown = 0.0
    for effort, following in zip(person.efforts, [*person.efforts[1:], None], strict=True):
        end = day if following is None else min(day, following.since)
        grown += max(end - effort.since, 0) / 7 * effort.growth
    return 1 + grown / 100
