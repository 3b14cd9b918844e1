"""Sessions, lifts and sets of a cohort, reckoned for all people at once.

A set is made as in a gym: a load chosen by what was lifted lately and rounded to the plates, as many repetitions as
the day allows less a reserve, and a reserve told as people tell it. The running `programs.strength` makes numbers
of it, so that what it does to errors is part of what is measured.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clients.signs.kinds import Lifts, Training
from lab.validation.answers import Spells
from lab.validation.families import Family
from lab.validation.noise import alike, drawn
from lab.validation.truth import BoolArray, FloatArray
from programs.strength import LiftDays, lift_values

IntArray = NDArray[np.int64]
SLOTS = 8  # lifts a person does in a block of training; the first is of the own body
A_SESSION = 4
SLIPS = (2.0, 0.5, 2.205, 1 / 2.205)
LOST = 6.0  # % of body mass, over LOSS_DAYS
LOSS_DAYS = 84
STRENGTH_SD = 2.6  # % of a session, for one standard deviation of effect


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Rows, one a lift and day that was trained, sorted by (person, lift, day)."""

    person: IntArray
    day: IntArray
    slot: IntArray
    lift: IntArray
    level: FloatArray  # true ln e1RM without form, noise, episode
    form: FloatArray  # the day's form and the lift's noise, of ln e1RM
    load_kg: FloatArray
    reserve: FloatArray  # meant
    misjudged: FloatArray  # repetitions
    rounding: FloatArray  # 0 to 1
    says_2: BoolArray
    unrated: BoolArray
    slip: FloatArray  # factor
    deload: BoolArray
    sets: FloatArray


@dataclass(frozen=True, kw_only=True)
class Weeks:
    """[day, person]"""

    trained: BoolArray
    deload: BoolArray
    declared: BoolArray
    block: IntArray


def weeks(rng: np.random.Generator, family: Family, spells: Spells) -> Weeks:
    days, people = spells.away.shape
    trained, deload, declared = (np.zeros((days, people), dtype=bool) for _ in range(3))
    block = np.zeros((days, people), dtype=np.int64)
    for p in range(people):
        weekdays = rng.choice(7, int(rng.integers(family.sessions[0], family.sessions[1] + 1)), replace=False)
        trained[:, p] = np.isin(np.arange(days) % 7, weekdays)
        at = 0
        while at < days:
            at += int(rng.integers(*family.block_days))
            block[at:, p] += 1
        if rng.random() < family.deloads:
            at = int(rng.integers(*family.deload_every))
            while at < days:
                deload[at : at + 7, p] = True
                declared[at : at + 7, p] = rng.random() >= family.undeclared
                at += 7 + int(rng.integers(*family.deload_every))
    trained &= rng.random((days, people)) < drawn(rng, family.attendance, people)
    trained &= ~spells.away & ~spells.cold
    return Weeks(trained=trained, deload=deload, declared=declared, block=block)


def plan(rng: np.random.Generator, family: Family, weeks: Weeks) -> Plan:
    days, people = weeks.trained.shape
    day, person, slot = np.nonzero(_rota(rng, weeks.trained))
    lift = _lift_ids(rng, family, weeks.block, person, slot, day)
    order = np.lexsort((day, lift, person))
    person, day, slot, lift = person[order], day[order], slot[order], lift[order]
    n = len(day)
    start = np.log(rng.uniform(30, 140, (people, SLOTS, 100)))[person, slot, lift % 100]
    growth = drawn(rng, family.growth, people) / 700
    grown = growth * 180 / np.log(2) * (1 - 0.5 ** (np.arange(days)[:, None] / 180))
    level = start + grown[day, person] + _lighter(rng, family, people, days)[day, person, (slot == 0) * 1]
    form = alike(rng, (days, people), drawn(rng, family.form_alike, people)) * drawn(rng, family.form, people)
    noise = rng.normal(0, 1, n) * drawn(rng, family.lift_noise, people)[person]
    deload = weeks.deload[day, person]
    reserve = rng.integers(1, 4, n).astype(np.float64)
    reserve = np.where(rng.random(n) < drawn(rng, family.failure, people)[person], 0.0, reserve)
    reserve = np.where(deload, rng.integers(4, 7, n), reserve)
    reps = rng.choice([5, 6, 8, 10, 12], (people, int(weeks.block.max()) + 1))[
        person, weeks.block[day, person]
    ]
    believed = level + rng.normal(0, 0.02, n) - np.where(deload, 0.12, 0.0)
    r = np.minimum(reps + np.where(deload, 2.0, reserve), 15.0)
    load = np.exp(believed) * np.where(r <= 10, (37 - r) / 36, 1 / (1 + r / 30))
    step = np.where(load > 40, 2.5, 1.0)
    return Plan(
        person=person, day=day, slot=slot, lift=lift, level=level, form=(form[day, person] + noise) / 100,
        load_kg=np.maximum(np.round(load / step) * step, step), reserve=reserve,
        misjudged=drawn(rng, family.rir_bias, people)[person]
        + rng.normal(0, 1, n) * drawn(rng, family.rir_noise, people)[person],
        rounding=rng.random(n), says_2=np.asarray(rng.random(people) < family.habit_of_2)[person],
        unrated=rng.random(n) < drawn(rng, family.unrated, people)[person],
        slip=np.where(rng.random(n) < family.slips, rng.choice(SLIPS, n), 1.0),
        deload=deload, sets=rng.integers(2, 5, n).astype(np.float64),
    )  # fmt: skip


def lifts(plan: Plan, drop: FloatArray, first: int, injured: BoolArray) -> Lifts:
    """`drop` [day, person]: ln e1RM lost to an episode. `injured` [day, person]: slots 6 and 7 hurt."""
    e = plan.level + plan.form - drop[plan.day, plan.person]
    ratio = np.exp(e) / plan.load_kg
    to_failure = np.where(ratio <= 4 / 3, 37 - 36 / ratio, 30 * (ratio - 1)).clip(0.5, 30)
    reps = np.floor(np.maximum(to_failure - plan.reserve + plan.rounding - 0.5, 1.0))
    left = np.maximum(to_failure - reps, 0.0)
    said = np.maximum(
        np.round((left + np.where(plan.reserve > 0, plan.misjudged * _unsure(left), 0)) * 2) / 2, 0
    )
    said = np.where(plan.says_2 & (plan.reserve > 0) & ~plan.deload, 2.0, said)
    said = np.where(plan.unrated & (plan.reserve > 0), np.nan, said)
    load_g = plan.load_kg * plan.slip * 1000
    rated = np.isfinite(said)
    nothing = np.full(len(e), np.nan)
    again = np.where(rated & (reps > 2), 1.0, np.nan)  # a second set, a repetition fewer
    values = lift_values(
        LiftDays(
            client=plan.person, exercise=plan.lift, day=plan.day + first,
            best_load_g=np.where(rated, load_g, np.nan), best_reps2=2 * (reps + said), best_rir2=2 * said,
            next_load_g=load_g * again, next_reps2=(2 * (reps - 1 + said)) * again, next_rir2=2 * said * again,
            open_load_g=np.where(rated, np.nan, load_g), open_reps=np.where(rated, np.nan, reps),
            open_prescribed_rir2=nothing, median_reps2=np.where(rated, 2 * (reps + said), np.nan),
            median_rir2=2 * said, rated=rated * plan.sets,
        )
    )  # fmt: skip
    hurts = injured[plan.day, plan.person] & (plan.slot >= SLOTS - 2)
    order = np.lexsort((plan.lift, plan.day, plan.person))
    order = order[np.isfinite(values.ln_e[order])]
    return Lifts(
        person=plan.person[order], day=plan.day[order] + first, lift=plan.lift[order],
        ln_e=values.ln_e[order], se=values.se[order], load_kg=plan.load_kg[order],
        least_rir=said[order], left_out=(values.unit_slip | hurts)[order], scale=values.scale[order],
    )  # fmt: skip


def training(rng: np.random.Generator, plan: Plan, overload: BoolArray, first: int) -> Training:
    """`overload` [day, person]: weeks of half as much again."""
    days, people = overload.shape
    key = plan.person * days + plan.day
    keys, which = np.unique(key, return_inverse=True)
    person, day = keys // days, keys % days
    unrated = np.bincount(which, np.where(plan.unrated, plan.sets, 0.0)).astype(np.float64)
    working = np.bincount(which, plan.sets).astype(np.float64)
    costs = np.bincount(which, (plan.reserve == 0) + 0.0).astype(np.float64)
    minutes = np.asarray(rng.normal(300, 40, people))[person] * np.exp(rng.normal(0, 0.15, len(keys)))
    more = np.where(overload[day, person], 1.5, 1.0)
    lacking = rng.random(len(keys)) < 0.1
    return Training(
        person=person, day=day + first, costs=costs, rated=working - unrated, unrated=unrated,
        hard=working * more, load=np.where(lacking, np.nan, minutes * more),
    )  # fmt: skip


def _rota(rng: np.random.Generator, trained: BoolArray) -> BoolArray:
    """[day, person, slot]: two sessions by turns, some lifts in both."""
    days, people = trained.shape
    halves = np.zeros((2, people, SLOTS), dtype=bool)
    for p in range(people):
        for half in range(2):
            halves[half, p, rng.choice(SLOTS, A_SESSION, replace=False)] = True
    turn = np.cumsum(trained, axis=0) % 2
    return np.asarray(trained[:, :, None] & halves[turn, np.arange(people)])


def _lift_ids(
    rng: np.random.Generator, family: Family, block: IntArray, person: IntArray, slot: IntArray, day: IntArray
) -> IntArray:
    """Which exercise stands in a slot; some are swapped at the end of a block."""
    swaps = rng.random((int(block.max()) + 1, block.shape[1], SLOTS)) < family.swapped
    swaps[0] = False
    generation = np.cumsum(swaps, axis=0)
    return np.asarray(slot * 100 + generation[block[day, person], person, slot])


def _lighter(rng: np.random.Generator, family: Family, people: int, days: int) -> FloatArray:
    """[day, person, of the own body]: losing weight costs half of it in strength, and lightens the own body."""
    start = rng.integers(60, max(61, days - 60), people)
    loses = rng.random(people) < family.loss
    part = np.clip((np.arange(days)[:, None] - start) / LOSS_DAYS, 0, 1) * loses * LOST / 100
    return np.stack([-part / 2, part / 2], axis=-1)


def _unsure(left: FloatArray) -> FloatArray:
    """Reserves are the better judged the smaller they are."""
    return np.asarray(np.interp(left, (0, 1, 3, 5), (0.3, 0.6, 1.0, 1.5)))
