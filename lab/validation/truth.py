"""What really happened to the people of a cohort: kept apart from their histories."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clients.signs.kinds import Sign
from lab.validation.families import ITEMS, Family

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
QUIET = 49  # days before the first episode
APART = 18  # days between two occasions
SIGNS = list(Sign)

# What an occasion may bring besides the sign that it brings first. Overreaching, life's stress, an illness of weeks,
# planned overload, niggles.
OCCASIONS: dict[str, tuple[Sign, ...]] = {
    "overreaching": (Sign.FATIGUE_MOOD, Sign.STRENGTH_DECLINE, Sign.SLEEP_DECLINE, Sign.DREAD, Sign.ACHES),
    "stress": (Sign.FATIGUE_MOOD, Sign.SLEEP_DECLINE, Sign.DREAD),
    "illness": (Sign.FATIGUE_MOOD, Sign.STRENGTH_DECLINE, Sign.SLEEP_DECLINE),
    "overload": (Sign.STRENGTH_DECLINE, Sign.ACHES, Sign.FATIGUE_MOOD),
    "niggles": (Sign.ACHES, Sign.DREAD),
}
MOVES: dict[Sign, dict[str, float]] = {  # how much of an effect each question takes
    Sign.FATIGUE_MOOD: {"energy": 1.0, "mood": 0.9, "stress": 0.8, "soreness": 0.4},
    Sign.DREAD: {"anticipation": 1.0},
    Sign.SLEEP_DECLINE: {"sleep_quality": 1.0, "sleep_hours": 0.7},
}


@dataclass(frozen=True, kw_only=True)
class Episode:
    """Days from the first of the cohort, both inclusive; effect in personal standard deviations."""

    person: int
    sign: Sign
    start: int
    end: int
    effect: float
    ramp: bool
    occasion: int
    kind: str
    coverage: float = 0.0  # of its days that were observed, filled in later


@dataclass(frozen=True, kw_only=True)
class Course:
    """[day, person]: how much of each sign's effect is there, 0 for none; and who is in an episode."""

    effect: dict[Sign, FloatArray]
    unwell: BoolArray
    episodes: tuple[Episode, ...]

    def of_items(self) -> FloatArray:
        """[day, person, item]: standard deviations below usual."""
        days, people = self.unwell.shape
        out = np.zeros((days, people, len(ITEMS)))
        for sign, parts in MOVES.items():
            for item, part in parts.items():
                at = ITEMS.index(item)
                out[:, :, at] = np.maximum(out[:, :, at], part * self.effect[sign])
        return out


def course(rng: np.random.Generator, family: Family, people: int, days: int) -> Course:
    effect = {sign: np.zeros((days, people)) for sign in SIGNS}
    unwell = np.zeros((days, people), dtype=bool)
    episodes: list[Episode] = []
    occasion = 0
    for person in range(people):
        at = QUIET + int(rng.exponential(30))
        while family.occasions > 0 and at < days - 10:
            last = at
            for one in _occasion(rng, family, person, at, days, occasion):
                shape = _shape(one, family.recovery, days)
                effect[one.sign][:, person] = np.maximum(effect[one.sign][:, person], one.effect * shape)
                unwell[one.start : one.end + 1, person] = True
                episodes.append(one)
                last = max(last, one.end)
            occasion += 1
            gap = 365 / family.occasions - (sum(family.days) / 2) - APART
            at = last + APART + int(rng.exponential(max(gap, 1.0)))
    return Course(effect=effect, unwell=unwell, episodes=tuple(episodes))


def _occasion(
    rng: np.random.Generator, family: Family, person: int, at: int, days: int, number: int
) -> list[Episode]:
    kind = str(rng.choice(list(OCCASIONS)))
    signs = list(OCCASIONS[kind])
    if rng.random() < family.joint:
        signs = signs[: int(rng.integers(2, len(signs) + 1))] if len(signs) > 2 else signs
    else:
        kind, signs = "alone", [SIGNS[rng.integers(len(SIGNS))]]
    length, strong = int(rng.integers(family.days[0], family.days[1] + 1)), rng.uniform(*family.effect)
    ramp, out = bool(rng.random() < family.ramps), []
    for i, sign in enumerate(signs):
        start = at + (0 if i == 0 else int(rng.integers(0, 6)))
        end = min(days - 1, start + length - 1)
        low, high = family.effect
        one = strong if i == 0 else float(np.clip(strong * rng.uniform(0.7, 1.2), low, high))
        out.append(
            Episode(
                person=person, sign=sign, start=start, end=end, effect=float(one), ramp=ramp, occasion=number,
                kind=kind,
            )
        )  # fmt: skip
    return [one for one in out if one.start < days - 7]


def _shape(one: Episode, recovery: int, days: int) -> FloatArray:
    """From 0 to 1: a step, or a ramp over its first half; then it ebbs away."""
    day = np.arange(days)
    length = one.end - one.start + 1
    rise = np.clip((day - one.start + 1) / (length / 2), 0, 1) if one.ramp else 1.0
    fall = np.clip(1 - (day - one.end) / (recovery + 1), 0, 1)
    return np.where(day >= one.start, rise * fall, 0.0)
