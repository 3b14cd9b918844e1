"""Check-ins and aches of a cohort: a feeling in standard deviations, and the word that is made of it."""

from dataclasses import dataclass

import numpy as np

from clients.body import Region
from clients.signs.kinds import Aches, Checkins
from lab.validation.families import ITEMS, Family
from lab.validation.noise import alike, drawn, silences
from lab.validation.truth import BoolArray, Course, FloatArray

HOURS = ITEMS.index("sleep_hours")
COLD = np.array([0.3, 0.8, 1.6, 0.6, 0.2, 0.4, 1.0])  # standard deviations below usual
AWAY = np.array([-0.4, -0.2, -0.4, -0.4, -0.5, -0.4, -0.2])
ABROAD = np.array([0.9, 0.7, 0.5, 0.1, 0.2, 0.1, 0.1])
REGIONS = len(Region)


@dataclass(frozen=True, kw_only=True)
class Spells:
    """[day, person]: what explains itself."""

    away: BoolArray
    cold: BoolArray
    abroad: BoolArray


@dataclass(frozen=True, kw_only=True)
class Feeling:
    """The same noise with and without episodes."""

    x: FloatArray  # [day, person, item], standard deviations above usual, without episodes
    usual: FloatArray  # [person, item]
    spread: FloatArray
    width: FloatArray
    lazy: BoolArray  # [person]
    careless: BoolArray  # [day, person, item]
    anything: FloatArray
    told: BoolArray  # [day, person]
    answered: BoolArray  # [day, person, item]

    def checkins(self, effect: FloatArray, first: int) -> Checkins:
        y = self.usual + self.width * self.spread * (self.x - effect)
        words = np.round(y).clip(1, 5)
        words = np.where(self.careless, self.anything, words)
        words[:, self.lazy] = 3
        words[:, :, HOURS] = (np.round(y[:, :, HOURS] * 2) / 2).clip(2, 14)
        words = np.where(self.answered, words, np.nan)
        person, day = np.nonzero(self.told.T)
        return Checkins(
            person=person,
            day=day + first,
            **{item: words[day, person, i] for i, item in enumerate(ITEMS)},
        )


def feeling(
    rng: np.random.Generator, family: Family, course: Course, spells: Spells, coverage: float | None
) -> Feeling:
    days, people = course.unwell.shape
    n = len(ITEMS)
    usual = np.array(family.usual) + rng.normal(0, family.people_differ, (people, n))
    usual[rng.random(people) < family.ceiling, 1:] += 0.8
    usual[:, HOURS] = np.array(family.usual)[HOURS] + rng.normal(0, 0.5, people)
    spread = np.array(family.spread) * np.exp(rng.normal(0, family.spread_differs, (people, n)))
    phi = drawn(rng, family.alike, (people, 1))
    shared = drawn(rng, family.shared, (people, 1))
    common = alike(rng, (days, people, 1), phi, family.tails)
    own = alike(rng, (days, people, n), phi, family.tails)
    x = np.sqrt(shared) * common + np.sqrt(1 - shared) * own
    x += np.cumsum(rng.normal(0, family.drift / np.sqrt(365), (days, people, n)), axis=0)
    period, phase = rng.uniform(21, 49, (people, n)), rng.uniform(0, 2 * np.pi, (people, n))
    day = np.arange(days)[:, None, None]
    x += family.wave * np.sqrt(2) * np.sin(2 * np.pi * day / period + phase)
    x += rng.normal(0, family.weekday, (7, people, n))[np.arange(days) % 7]
    for spell, moved in ((spells.cold, COLD), (spells.away, AWAY), (spells.abroad, ABROAD)):
        x -= spell[:, :, None] * moved
    told = _told(rng, family, course, spells, coverage)
    return Feeling(
        x=x, usual=usual, spread=spread, width=1 / drawn(rng, family.steps, (people, n)),
        lazy=np.asarray(rng.random(people) < family.lazy),
        careless=rng.random((days, people, n)) < family.careless,
        anything=rng.integers(1, 6, (days, people, n)).astype(float),
        told=told, answered=rng.random((days, people, n)) >= family.partial,
    )  # fmt: skip


def _told(
    rng: np.random.Generator, family: Family, course: Course, spells: Spells, coverage: float | None
) -> BoolArray:
    days, people = course.unwell.shape
    each = np.full(people, coverage) if coverage else drawn(rng, family.coverage, people)
    share = np.repeat(1 - each[None], days, axis=0)
    share += family.fading * np.linspace(0, 1, days)[:, None]
    share = np.where(course.unwell, share * family.unwell_silence, share)
    share = np.where(spells.away, np.maximum(share, 0.6), share)
    return ~silences(rng, share.clip(0.01, 0.95), family.burst)


@dataclass(frozen=True, kw_only=True)
class Sore:
    """Aches as they began, told on check-in days only. Those of an episode stand apart."""

    person: FloatArray
    day: FloatArray
    region: FloatArray
    severity: FloatArray
    lasts: FloatArray
    episode: BoolArray

    def aches(self, told: BoolArray, first: int, *, with_episodes: bool) -> Aches:
        worst: dict[tuple[int, int, int], float] = {}
        for i in range(len(self.person)):
            if self.episode[i] and not with_episodes:
                continue
            who, region = int(self.person[i]), int(self.region[i])
            for day in range(int(self.day[i]), min(len(told), int(self.day[i] + self.lasts[i]))):
                if told[day, who]:
                    key = who, day, region
                    worst[key] = max(worst.get(key, 0.0), float(self.severity[i]))
        table = np.array([(*key, severity) for key, severity in sorted(worst.items())]).reshape(-1, 4)
        return Aches(
            person=table[:, 0].astype(np.int64), day=table[:, 1].astype(np.int64) + first,
            region=table[:, 2].astype(np.int64), severity=table[:, 3],
        )  # fmt: skip


def sore(rng: np.random.Generator, family: Family, effect: FloatArray) -> Sore:
    days, people = effect.shape
    usual = np.asarray(family.aches * rng.gamma(1.5, 1 / 1.5, people))
    plain = rng.poisson(np.repeat(usual[None], days, axis=0))
    more = rng.poisson(family.ache_rate * effect)
    day, person = (np.concatenate(both) for both in zip(np.nonzero(plain), np.nonzero(more), strict=True))
    n = len(day)
    favourite = rng.integers(0, REGIONS, (people, 3))  # people ache in the same places
    region = np.where(
        rng.random(n) < 0.6, favourite[person, rng.integers(0, 3, n)], rng.integers(0, REGIONS, n)
    )
    return Sore(
        person=person.astype(float), day=day.astype(float), region=region.astype(float),
        severity=rng.integers(1, 6, n).astype(float),
        lasts=rng.geometric(1 / family.ache_days, n).clip(1, 30).astype(float),
        episode=np.arange(n) >= np.count_nonzero(plain),
    )  # fmt: skip
