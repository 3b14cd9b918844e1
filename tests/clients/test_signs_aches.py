"""Increased minor aches and pains."""

import math

import numpy as np
import pytest

from clients.signs.aches import chance
from clients.signs.fold import look
from clients.signs.kinds import Episode, Level, Resolution, Sign
from tests.signs import FIRST, Diary, histories

REGIONS = ("knee", "elbow", "hip", "wrist", "ankle", "neck")


def marcus(days: int = 110, **person: object) -> Diary:
    return Diary(days=days, name="Marcus", person=dict(person)).answer(range(days))


def aching(diary: Diary, days: list[int], severity: float = 3) -> Diary:
    for i, day in enumerate(days):
        diary.aches.setdefault(day, {})[REGIONS[i % len(REGIONS)]] = severity
    return diary


def episodes(diary: Diary) -> list[Episode]:
    return [e for e in look(histories(diary)).episodes if e.sign == Sign.ACHES]


def test_four_new_aches_in_two_weeks_are_flagged_with_their_regions() -> None:
    (found,) = episodes(aching(marcus(), [92, 96, 100, 103]))
    assert FIRST + 96 <= found.opened <= FIRST + 103
    assert found.says.startswith("Marcus reported 4 new aches on the last")
    assert "knee (3)" in found.says.lower() or "knee (3 of 10)" in found.says.lower()


def test_an_ache_now_and_then_is_no_warning() -> None:
    assert episodes(aching(marcus(400), list(range(20, 400, 25)))) == []


def test_an_ache_that_stays_is_one_event_until_it_is_forgotten() -> None:
    lasting = marcus()
    for day in range(92, 100):
        lasting.aches[day] = {"knee": 2}
    coming_back = aching(marcus(), [])
    for day in (90, 94, 98, 102):
        coming_back.aches[day] = {"knee": 2}
    assert episodes(lasting) == []
    assert len(episodes(coming_back)) == 1


def test_an_ache_absent_from_three_check_ins_is_new_again_and_from_two_it_is_not() -> None:
    for step, flags in ((3, 0), (4, 1)):
        diary = marcus()
        for day in range(84, 105, step):
            diary.aches[day] = {"knee": 2}
        assert len(episodes(diary)) == flags


def test_worse_by_two_is_a_new_event() -> None:
    diary = marcus()
    for day, severity in zip(range(96, 105), (1, 1, 3, 3, 5, 5, 6, 6, 6), strict=True):
        diary.aches[day] = {"knee": severity}
    one_more = marcus()
    for day, severity in zip(range(96, 105), (1, 1, 2, 2, 3, 3, 4, 4, 4), strict=True):
        one_more.aches[day] = {"knee": severity}
    assert len(episodes(diary)) == 1
    assert episodes(one_more) == []


def test_a_known_injury_explains_its_own_region_only() -> None:
    injured = marcus(injuries=(("knee", FIRST + 85, None),))
    for day in (90, 94, 98, 102):
        injured.aches[day] = {"knee": 4}
    assert episodes(injured) == []
    other = marcus(injuries=(("hip", FIRST + 85, None),))
    for day in (90, 94, 98, 102):
        other.aches[day] = {"knee": 4}
    assert len(episodes(other)) == 1


@pytest.mark.parametrize(("resolved", "flags"), [(88, 0), (75, 1), (76, 0)])
def test_a_region_is_explained_until_two_weeks_after_it_healed(resolved: int, flags: int) -> None:
    diary = marcus(injuries=(("knee", FIRST + 60, FIRST + resolved),))
    for day in (90, 94, 98):
        diary.aches[day] = {"knee": 4}
    assert len(episodes(diary)) == flags


def test_a_severe_ache_counts_until_it_is_recorded_as_an_injury() -> None:
    """A worse answer must not say less; and while no injury is known, nothing explains it."""
    severe, minor = (episodes(aching(marcus(), [92, 96, 100, 103], severity=s)) for s in (9, 6))
    assert [(e.opened, e.score) for e in severe] == [(e.opened, e.score) for e in minor]


def test_the_same_ache_that_will_not_go_is_watched() -> None:
    diary = marcus(130)
    for day in range(95, 130):
        diary.aches[day] = {"knee": 4}
    (found,) = episodes(diary)
    assert found.steps[0].level == Level.WATCH
    assert found.says.startswith("The same ache will not go: Marcus reports knee")


@pytest.mark.parametrize(("without", "flags"), [((99, 104), 1), ((97, 101, 105), 0)])
def test_an_ache_will_not_go_when_it_is_there_on_nearly_every_check_in(
    without: tuple[int, ...], flags: int
) -> None:
    """On 85 of 100: twelve of a fortnight's fourteen are, eleven are not."""
    diary = marcus(109)
    for day in range(95, 109):
        if day not in without:
            diary.aches[day] = {"knee": 4}
    assert len(episodes(diary)) == flags


@pytest.mark.parametrize(("answered", "flags"), [(8, 1), (7, 0)])
def test_an_ache_will_not_go_is_said_of_eight_check_ins_in_a_fortnight(answered: int, flags: int) -> None:
    diary = marcus(95)
    days = [95 + 13 * i // (answered - 1) for i in range(answered)]
    diary.days = 109
    diary.answer(days)
    for day in days:
        diary.aches[day] = {"knee": 4}
    assert len(episodes(diary)) == flags


@pytest.mark.parametrize(
    ("usual", "now", "flags"), [(0, 2.9, 0), (0, 3, 1), (2, 4.9, 0), (2, 5, 1), (3, 5.9, 0), (3, 6, 1)]
)
def test_an_ache_will_not_go_when_it_is_twice_the_usual_and_three_points_more(
    usual: float, now: float, flags: int
) -> None:
    diary = marcus(200)
    for day in range(200):
        diary.aches[day] = {"knee": usual if day < 186 else now}
    assert len([e for e in episodes(diary) if e.says.startswith("The same ache")]) == flags


def test_aches_recover_when_a_fortnight_brings_no_more_than_usual() -> None:
    (found,) = episodes(aching(marcus(150), [92, 96, 100, 103]))
    assert found.resolution == Resolution.RECOVERED
    assert found.closed is not None
    assert found.closed >= found.opened + 7


@pytest.mark.parametrize(("k", "a", "b", "m"), [(2, 2.5, 60, 10), (5, 4, 100, 30), (3, 2, 33.3, 4)])
def test_chance_is_that_of_a_negative_binomial(k: int, a: float, b: float, m: float) -> None:
    q = b / (b + m)
    more = 1 - sum(
        math.exp(math.lgamma(a + j) - math.lgamma(a) - math.lgamma(j + 1)) * q**a * (1 - q) ** j
        for j in range(k)
    )
    assert chance(*(np.array([float(x)]) for x in (k, a, b, m))) == pytest.approx([more])
