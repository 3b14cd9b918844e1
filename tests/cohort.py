"""Clients by the dozen whom nothing ails, with the noise of people: alike days, moods shared, answers missing in runs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clients.signs.kinds import Aches, Checkins, Histories, Lifts, Person, Training
from tests.signs import CONSENT, FIRST, ITEMS

MEANS = np.array([7.2, 3.4, 3.4, 3.5, 3.3, 3.3, 3.7])
SPREADS = np.array([0.9, 0.65, 0.65, 0.6, 0.65, 0.6, 0.7])
LIFT_COUNT = 6


@dataclass(frozen=True, kw_only=True)
class Noise:
    alike: float = 0.2  # lag-1 correlation of days
    shared: float = 0.3  # correlation of answers of a day
    missing: float = 0.25
    drift: float = 0.1  # standard deviations a year
    shift: float = 0.0  # of all answers, in standard deviations …
    span: tuple[int, int] = (0, 0)  # … from, to


def cohort(people: int, days: int, *, seed: int, noise: Noise, first: int = FIRST) -> Histories:
    rng = np.random.default_rng(seed)
    strength_noise = rng.normal(size=(days, people))
    return Histories(
        people=tuple(
            Person(key=i, first_name=f"Client {i}", until=first + days - 1, consent=CONSENT)
            for i in range(people)
        ),
        lift_names={lift: f"Lift {lift}" for lift in range(LIFT_COUNT)},
        checkins=(checkins := _checkins(rng, people, days, noise, first)),
        aches=_aches(rng, checkins, days, first),
        lifts=(lifts := _lifts(rng, people, days, strength_noise, first)),
        training=_training(rng, lifts),
    )


def _checkins(rng: np.random.Generator, people: int, days: int, noise: Noise, first: int) -> Checkins:
    usual = MEANS + rng.normal(0, 0.4, (people, 7))
    spread = SPREADS * np.exp(rng.normal(0, 0.2, (people, 7)))
    one = _alike(rng, (days, people, 1), noise.alike)
    own = _alike(rng, (days, people, 7), noise.alike)
    drift = np.cumsum(rng.normal(0, noise.drift / np.sqrt(365), (days, people, 7)), axis=0)
    x = np.sqrt(noise.shared) * one + np.sqrt(1 - noise.shared) * own + drift
    x[noise.span[0] : noise.span[1]] -= noise.shift
    y = usual + spread * x
    y[:, :, 1:] = np.round(y[:, :, 1:]).clip(1, 5)
    y[:, :, 0] = (np.round(y[:, :, 0] * 2) / 2).clip(3, 12)
    away = np.zeros((days, people), dtype=bool)
    now = np.zeros(people, dtype=bool)
    for t in range(days):
        luck = rng.random(people)
        now = np.where(now, luck > 0.4, luck < 0.4 * noise.missing / (1 - noise.missing))
        away[t] = now
    person, day = np.nonzero(~away.T)
    return Checkins(
        person=person, day=day + first, **{item: y[day, person, i] for i, item in enumerate(ITEMS)}
    )


def _alike(rng: np.random.Generator, shape: tuple[int, ...], phi: float) -> NDArray[np.float64]:
    x = rng.normal(size=shape)
    for t in range(1, shape[0]):
        x[t] = phi * x[t - 1] + np.sqrt(1 - phi * phi) * x[t]
    return x


def _aches(rng: np.random.Generator, checkins: Checkins, days: int, first: int) -> Aches:
    told = set(zip(checkins.person.tolist(), (checkins.day - first).tolist(), strict=True))
    rows: dict[tuple[int, int, int], int] = {}
    for person in range(int(checkins.person.max()) + 1):
        for start in np.flatnonzero(rng.random(days) < 0.05 * rng.gamma(2, 0.5)):
            region, severity, lasts = (
                int(n) for n in (rng.integers(14), rng.integers(1, 5), rng.geometric(0.5))
            )
            for day in range(int(start), int(start) + lasts):
                if (person, day) in told:
                    rows[person, day, region] = severity
    table = np.array([(*key, severity) for key, severity in sorted(rows.items())]).reshape(-1, 4)
    return Aches(
        person=table[:, 0], day=table[:, 1] + first, region=table[:, 2], severity=table[:, 3].astype(float)
    )


def _lifts(
    rng: np.random.Generator, people: int, days: int, day_form: NDArray[np.float64], first: int
) -> Lifts:
    rows = []
    for person in range(people):
        weekdays = rng.choice(7, rng.integers(2, 5), replace=False)
        level, growth = np.log(rng.uniform(30, 120, LIFT_COUNT)), rng.uniform(0, 0.003) / 7
        for day in range(days):
            if day % 7 in weekdays and rng.random() < 0.9:
                for lift in np.sort(rng.choice(LIFT_COUNT, 3, replace=False)):
                    form = 0.01 * day_form[day, person] + rng.normal(0, 0.03)
                    rows.append((person, day, lift, level[lift] + growth * day + form))
    person, day, lift, ln_e = np.array(rows).T
    n = len(rows)
    return Lifts(
        person=person.astype(np.int64), day=day.astype(np.int64) + first, lift=lift.astype(np.int64), ln_e=ln_e,
        se=np.full(n, 0.035), load_kg=np.full(n, 60.0), least_rir=np.full(n, 2.0), left_out=np.zeros(n, dtype=bool),
        scale=np.zeros(n, dtype=np.int64),
    )  # fmt: skip


def _training(rng: np.random.Generator, lifts: Lifts) -> Training:
    key = np.unique(lifts.person * 10_000_000 + lifts.day)
    n = len(key)
    return Training(
        person=key // 10_000_000, day=key % 10_000_000, costs=np.full(n, 1.0), rated=np.full(n, 12.0),
        unrated=np.zeros(n), hard=np.full(n, 12.0), load=300 * np.exp(rng.normal(0, 0.2, n)),
    )  # fmt: skip
