"""The scan of aches against a slow reading of its definition, one person and one day at a time."""

import math
from statistics import NormalDist

import numpy as np
import pytest

from clients.signs.aches import AcheDays, chance
from clients.signs.events import LOOKBACKS, Events
from clients.signs.kinds import FloatArray, IntArray
from clients.signs.silence import NEVER

PRIOR_EVENTS, PRIOR_DAYS = 1.5, 30.0  # one new ache in twenty days
FREE, NOT_FROZEN = np.full(1, -NEVER), np.full(1, NEVER)
HIM = np.array([0])


def days_of(checked: FloatArray, events: FloatArray, burden: FloatArray | None = None) -> AcheDays:
    seen, silent = np.zeros_like(checked), 0
    for t, said in enumerate(checked):
        seen[t] = said * (1 + min(silent, 3))
        silent = 0 if said else silent + 1
    none = np.zeros(0, dtype=np.int64)
    heavy = np.zeros_like(checked) if burden is None else burden
    return AcheDays(
        checked=checked[:, None],
        seen=seen[:, None],
        events=events[:, None],
        burden=heavy[:, None],
        same=np.cumsum(heavy > 0)[:, None].astype(float),
        person=none,
        day=none,
        region=none,
        severity=np.zeros(0),
        event=np.zeros(0, dtype=bool),
        explained=none,
    )


def taken_in(aches: AcheDays, until: int | None = None) -> Events:
    events = Events(aches)
    for t in range(len(aches.checked) if until is None else until + 1):
        events.add(t, np.ones(1))
    return events


def diary(seed: int, days: int = 130) -> AcheDays:
    rng = np.random.default_rng(seed)
    checked = (rng.random(days) < 0.7).astype(float)
    away = int(rng.integers(60, 90))
    checked[away : away + 18] = 0
    events = checked * (rng.random(days) < np.where(np.arange(days) > 105, 0.3, 0.06))
    return days_of(checked, events.astype(float))


def faded(values: FloatArray, at: int) -> float:
    return float(sum(0.5 ** ((at - day) / 120) * values[day] for day in range(at + 1)))


def slow(aches: AcheDays, t: int, earliest: int, frozen: int) -> tuple[float, int, float] | None:
    checked, seen, events = (a[:, 0] for a in (aches.checked, aches.seen, aches.events))
    said = [day for day in range(t + 1) if checked[day]]
    if not said or sum(day > t - 14 for day in said) < 5:
        return None
    resumed = [b for a, b in zip(said, said[1:], strict=False) if b - a > 14]
    first = max([earliest, said[0] + 14, *resumed])
    possible, best = False, (float("-inf"), t - int(LOOKBACKS[0]) + 1, 0.0)
    for back in LOOKBACKS:
        onset = t - int(back) + 1
        rest = min(onset - 1, frozen)
        if onset < first or checked[onset : t + 1].sum() < 4 or faded(checked, rest) < 12:
            continue
        possible = True
        k = events[onset : t + 1].sum()
        if k < 2:
            continue
        a, b = PRIOR_EVENTS + faded(events, rest), PRIOR_DAYS + faded(seen, rest)
        (p,) = chance(*(np.array([float(x)]) for x in (k, a, b, seen[onset : t + 1].sum())))
        z = -NormalDist().inv_cdf(p)
        if z > best[0]:
            rate = a / b
            n = seen[onset : t + 1].sum()
            spread = np.sqrt(max(rate, 0.05))
            best = (float(z), onset, (k / n - rate) / spread)
    return best if possible else None


@pytest.mark.parametrize(("seed", "earliest", "frozen"), [(1, -9, 999), (2, -9, 999), (3, 100, 999), (4, -9, 104), (5, 50, 80)])  # fmt: skip
def test_the_scan_of_aches_finds_what_its_definition_finds(seed: int, earliest: int, frozen: int) -> None:
    aches = diary(seed)
    events, said, told = Events(aches), 0, 0
    for t in range(len(aches.checked)):
        assert events.add(t, np.ones(1)).tolist() == [aches.events[t, 0] > 0]
        shift, expected = (
            events.scan(t, np.array([earliest]), np.array([frozen])),
            slow(aches, t, earliest, frozen),
        )
        assert shift.known.tolist() == [expected is not None]
        if expected is None:
            assert shift.z.tolist() == [-np.inf]
            continue
        said += 1
        assert float(shift.z[0]) == pytest.approx(expected[0])
        assert int(shift.onset[0]) == expected[1]
        p = min(NormalDist().cdf(-expected[0]), math.exp(-1))
        assert float(shift.odds[0]) == pytest.approx(-math.log(-math.e * p * math.log(p)), abs=1e-9)
        if np.isfinite(expected[0]):
            told += 1
            assert float(shift.d[0]) == pytest.approx(expected[2])
    assert said > 5
    assert told > 3


def test_people_side_by_side_are_scanned_as_each_alone() -> None:
    one, two, new = diary(1), diary(4), days_of(np.r_[np.zeros(125), np.ones(5)], np.zeros(130))
    people = (one, two, new)
    both = AcheDays(
        **{
            **vars(one),
            **{
                name: np.concatenate([getattr(who, name) for who in people], axis=1)
                for name in ("checked", "seen", "events", "burden", "same")
            },
        }
    )
    frozen = np.array([NEVER, 104, NEVER])
    together, alone = Events(both), [Events(who) for who in people]
    for t in range(130):
        together.add(t, np.ones(3))
        for events in alone:
            events.add(t, np.ones(1))
        shift = together.scan(t, np.full(3, -NEVER), frozen)
        for p, events in enumerate(alone):
            single = events.scan(t, FREE, frozen[[p]])
            for name in ("z", "odds", "onset", "known"):
                assert getattr(shift, name)[p] == getattr(single, name)[0], (t, p, name)


WEEKS = 120


def aching(fortnight: list[float], usual: float = 0.0, said: FloatArray | None = None) -> AcheDays:
    """Day by day: what aches add up to in the last fortnight, the last day last, and before it."""
    burden = np.full(WEEKS, usual)
    burden[-14:] = fortnight
    checked = np.ones(WEEKS) if said is None else said
    aches = days_of(checked, np.zeros(WEEKS), burden * checked)
    same = np.full((WEEKS, 1), float((burden[-14:] * checked[-14:] > 0).sum()))
    return AcheDays(**{**vars(aches), "same": same})


def lingers(aches: AcheDays, frozen: IntArray = NOT_FROZEN) -> tuple[bool, bool]:
    events = taken_in(aches)
    eased = events.eased(WEEKS - 1, HIM, frozen)
    return bool(events.lingering(WEEKS - 1, frozen)[0]), not eased[0]


@pytest.mark.parametrize(
    ("usual", "now", "high", "still"),
    [
        (0, 3, True, True), (0, 2.9, False, True), (0, 1, False, True), (0, 0.9, False, False),
        (2, 5, True, True), (2, 4.9, False, True), (2, 3, False, True), (2, 2.9, False, False),
        (4, 8, True, True), (4, 7.9, False, True), (4, 6, False, True), (4, 5.9, False, False),
    ],
)  # fmt: skip
def test_an_ache_has_eased_below_one_and_a_half_of_the_usual_or_one_point_above_it(
    usual: float, now: float, high: bool, still: bool
) -> None:
    """It begins at twice the usual and three points more, and stays until it has eased."""
    assert lingers(aching([now] * 14, usual)) == (high, still)


def test_the_usual_of_a_lingering_ache_lies_before_the_fortnight_and_before_the_flag() -> None:
    risen = aching([5.0] * 14, 2.0)
    risen.burden[-40:-14] = 4.0
    assert not lingers(risen)[0], "4 is usual by now"
    assert lingers(risen, np.array([WEEKS - 41]))[0], "2 was, when the flag opened"


def test_the_mean_is_of_check_in_days() -> None:
    """Eight of fourteen days, 4 on each: 4 a check-in day, not 2.3 a day."""
    said = np.ones(WEEKS)
    said[[-13, -11, -9, -7, -5, -3]] = 0
    assert lingers(aching([4.0] * 14, 0.0, said)) == (True, True)


def calm(events: dict[int, float], *, opened: int = 100, t: int = 119, frozen: int = 99) -> bool:
    came, said = np.zeros(WEEKS), np.ones(WEEKS)
    for day, n in events.items():
        came[day] = n
    return bool(taken_in(days_of(said, came)).calm(t, HIM, np.array([opened]), np.array([frozen]))[0])


def test_one_ache_in_a_fortnight_is_calm_for_who_had_none_and_two_are_not() -> None:
    assert calm({110: 1})
    assert not calm({110: 1, 115: 1})
    assert calm({105: 1, 110: 1}), "the fortnight begins on day 106"
    assert not calm({106: 1, 110: 1})


def test_calm_is_not_before_a_week() -> None:
    assert calm({}, opened=112)
    assert not calm({}, opened=113)


@pytest.mark.parametrize(("now", "quiet"), [(4, True), (5, False)])
def test_who_has_aches_often_is_calm_at_a_fifth_more_than_usual(now: int, quiet: bool) -> None:
    """An ache every third day is 0.27 a day as known on day 99: 1.2 × 14 of it are 4.5."""
    often = dict.fromkeys(range(0, 100, 3), 1.0)
    ages = np.array([99 - day for day in often])
    rate = (1.5 + (0.5 ** (ages / 120)).sum()) / (30 + (0.5 ** (np.arange(100) / 120)).sum())
    assert 4 < 1.2 * 14 * rate < 5
    assert calm({**often, **{106 + 3 * i: 1.0 for i in range(now - 1)}, 118: 1.0}) == quiet


@pytest.mark.parametrize(("answers", "quiet"), [(5, True), (4, False)])
def test_calm_takes_five_check_ins_in_a_fortnight(answers: int, quiet: bool) -> None:
    said = np.ones(WEEKS)
    said[106:] = 0
    said[106 : 106 + 2 * answers : 2] = 1
    events = taken_in(days_of(said, np.zeros(WEEKS)))
    assert events.calm(119, HIM, np.array([100]), np.array([99])).tolist() == [quiet]


def test_days_inside_a_flag_of_aches_count_a_tenth() -> None:
    came = np.zeros(WEEKS)
    came[[20, 112, 115]] = 1
    events = taken_in(days_of(np.ones(WEEKS), came))
    events.discount(119, 0, 110)
    ages = np.arange(119, -1, -1)
    w = 0.5 ** (ages / 120) * np.where(np.arange(WEEKS) >= 110, 0.1, 1.0)
    assert events.usual[-1, :3, 0] == pytest.approx([(w * came).sum(), w.sum(), w.sum()])


def test_a_new_normal_of_aches_rests_on_the_last_four_weeks() -> None:
    came = np.zeros(WEEKS)
    came[[20, 91, 92, 115]] = 1
    events = taken_in(days_of(np.ones(WEEKS), came))
    events.restart(119, 0)
    w = 0.5 ** (np.arange(28) / 120)
    fresh = 0.5 ** (np.array([27, 4]) / 120)
    assert events.usual[-1, :3, 0] == pytest.approx([fresh.sum(), w.sum(), w.sum()])


def test_a_new_normal_in_the_first_weeks_rests_on_all_there_is() -> None:
    events = taken_in(days_of(np.ones(10), np.ones(10)))
    events.restart(9, 0)
    w = 0.5 ** (np.arange(10) / 120)
    assert events.usual[-1, :3, 0] == pytest.approx([w.sum()] * 3)
