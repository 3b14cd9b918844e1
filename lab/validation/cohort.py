"""A cohort: histories as the scan reads them, the same people without their episodes, and the truth."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from clients.body import Region
from clients.signs.kinds import Histories, Person, Sign
from lab.validation import lifting
from lab.validation.answers import Feeling, Sore, Spells, feeling, sore
from lab.validation.families import Family
from lab.validation.lifting import Plan, Weeks
from lab.validation.noise import spells
from lab.validation.truth import BoolArray, Course, Episode, FloatArray, course

FIRST = date(2025, 1, 6).toordinal()
REGIONS = list(Region)
BEFORE_HURT = 2  # days on which an injury is already told as an ache


@dataclass(frozen=True, kw_only=True)
class Cohort:
    family: Family
    people: int
    days: int
    histories: Histories
    plain: Histories  # the same days with the same noise, and nothing wrong
    level: FloatArray  # true ln e1RM of `histories.lifts`, row for row, without form and episode
    deload: BoolArray  # [day, person]
    course: Course
    episodes: tuple[Episode, ...]


Injury = tuple[str, int, int]


def cohort(family: Family, people: int, days: int, *, seed: int = 0, coverage: float | None = None) -> Cohort:
    """`coverage`: the share of days with a check-in, instead of the family's."""
    rng = np.random.default_rng([family.seed, seed])
    told = course(rng, family, people, days)
    around = Spells(
        away=spells(rng, family.holidays, (7, 16), days, people),
        cold=spells(rng, family.colds, (2, 5), days, people),
        abroad=spells(rng, family.travels, (2, 5), days, people),
    )
    feels = feeling(rng, family, told, around, coverage)
    hurts = _injuries(rng, family, people, days)
    aches = _with_injuries(rng, sore(rng, family, told.effect[Sign.ACHES]), hurts)
    weeks = lifting.weeks(rng, family, around)
    plan = lifting.plan(rng, family, weeks)
    trained = lifting.training(rng, plan, _overload(told, people, days), FIRST)
    persons = _people(days, hurts, weeks)
    injured = np.zeros((days, people), dtype=bool)
    for person, some in enumerate(hurts):
        for _, onset, healed in some:
            injured[onset : healed + 15, person] = True
    drop = told.effect[Sign.STRENGTH_DECLINE] * lifting.STRENGTH_SD / 100
    both = [
        Histories(
            people=persons, lift_names={}, training=trained,
            checkins=feels.checkins(told.of_items() * with_episodes, FIRST),
            aches=aches.aches(feels.told, FIRST, with_episodes=bool(with_episodes)),
            lifts=lifting.lifts(plan, drop * with_episodes, FIRST, injured),
        )
        for with_episodes in (1, 0)
    ]  # fmt: skip
    return Cohort(
        family=family, people=people, days=days, histories=both[0], plain=both[1],
        level=_levels(plan, both[0]), deload=weeks.deload, course=told,
        episodes=tuple(_observed(one, feels, weeks) for one in told.episodes),
    )  # fmt: skip


def _people(days: int, hurts: Sequence[Sequence[Injury]], weeks: Weeks) -> tuple[Person, ...]:
    out = []
    for i, injuries in enumerate(hurts):
        edges = np.flatnonzero(np.diff(np.concatenate([[0], weeks.declared[:, i].astype(int), [0]])))
        spans = tuple((FIRST + int(a), FIRST + int(b) - 1) for a, b in edges.reshape(-1, 2))
        out.append(
            Person(
                key=i, first_name=f"Client {i}", until=FIRST + days - 1, consent=((1, None),), deloads=spans,
                injuries=tuple((region, FIRST + onset, FIRST + end) for region, onset, end in injuries),
            )
        )  # fmt: skip
    return tuple(out)


def _injuries(rng: np.random.Generator, family: Family, people: int, days: int) -> list[list[Injury]]:
    out: list[list[Injury]] = []
    for _ in range(people):
        starts = rng.integers(3, days, rng.poisson(family.injuries * days / 365))
        out.append(
            [
                (str(REGIONS[rng.integers(len(REGIONS))].value), int(at), int(at + rng.integers(10, 45)))
                for at in sorted(starts)
            ]
        )
    return out


def _with_injuries(rng: np.random.Generator, found: Sore, hurts: Sequence[Sequence[Injury]]) -> Sore:
    rows = [
        (person, max(0, onset - BEFORE_HURT), REGIONS.index(Region(region)), rng.integers(3, 7), end - onset)
        for person, some in enumerate(hurts)
        for region, onset, end in some
    ]
    table = np.array(rows, dtype=float).reshape(-1, 5).T
    names = ("person", "day", "region", "severity", "lasts")
    columns = {
        name: np.concatenate([getattr(found, name), column])
        for name, column in zip(names, table, strict=True)
    }
    return replace(found, **columns, episode=np.concatenate([found.episode, np.zeros(len(rows), dtype=bool)]))


def _overload(told: Course, people: int, days: int) -> BoolArray:
    out = np.zeros((days, people), dtype=bool)
    for one in told.episodes:
        if one.kind in ("overload", "overreaching"):
            out[max(0, one.start - 7) : one.end + 1, one.person] = True
    return out


def _levels(plan: Plan, histories: Histories) -> FloatArray:
    at = {
        (int(p), int(d) + FIRST, int(lift)): level
        for p, d, lift, level in zip(plan.person, plan.day, plan.lift, plan.level, strict=True)
    }
    rows = histories.lifts
    return np.array(
        [at[key] for key in zip(rows.person.tolist(), rows.day.tolist(), rows.lift.tolist(), strict=True)]
    )


def _observed(one: Episode, feels: Feeling, weeks: Weeks) -> Episode:
    """With the share of its days that were told, or of three sessions a week that were trained."""
    span = slice(one.start, one.end + 1)
    if one.sign == Sign.STRENGTH_DECLINE:
        return replace(one, coverage=float(min(1.0, weeks.trained[span, one.person].mean() * 7 / 3)))
    return replace(one, coverage=float(feels.told[span, one.person].mean()))
