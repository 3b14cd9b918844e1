"""How often nothing is called something, and how often something is found."""

import numpy as np

from clients.signs.fold import look
from clients.signs.kinds import Sign
from tests.cohort import Noise, cohort
from tests.signs import FIRST

PEOPLE, DAYS = 100, 378


def test_people_whom_nothing_ails_are_watched_less_than_twice_a_year() -> None:
    found = look(cohort(PEOPLE, DAYS, seed=21, noise=Noise())).episodes
    years = PEOPLE * (DAYS - 42) / 365
    assert len(found) / years <= 1.6
    acts = sum(any(step.level == "act" for step in e.steps) for e in found)
    assert acts / years <= 0.6


def test_a_strong_joint_decline_is_found_in_nearly_everybody() -> None:
    told = cohort(PEOPLE, 140, seed=22, noise=Noise(shift=1.8, span=(100, 128)))
    signs = (Sign.FATIGUE_MOOD, Sign.DREAD, Sign.SLEEP_DECLINE)
    found = [e for e in look(told).episodes if e.sign in signs and FIRST + 100 <= e.opened <= FIRST + 135]
    assert len({e.key for e in found}) >= 0.9 * PEOPLE
    off = [e.since - (FIRST + 100) for e in found]
    assert abs(np.median(off)) <= 3
    assert np.median([e.opened - (FIRST + 100) for e in found]) <= 12


def test_a_found_episode_is_one_flag() -> None:
    told = cohort(PEOPLE, 160, seed=23, noise=Noise(shift=1.8, span=(100, 125)))
    lives: dict[int, int] = {}
    for e in look(told).episodes:
        if e.sign == Sign.FATIGUE_MOOD and e.opened >= FIRST + 100 and e.since <= FIRST + 122:
            lives[e.key] = lives.get(e.key, 0) + 1
    assert np.mean(list(lives.values())) <= 1.1
