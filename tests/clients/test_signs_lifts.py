"""Which sessions count for strength, what a session comes to, and when a decline is none."""

from dataclasses import replace

import numpy as np
import pytest

from clients.signs.expected import expected
from clients.signs.facts import KINDS, ROW, Facts, facts_of
from clients.signs.fold import look
from clients.signs.grid import grid_of
from clients.signs.guard import ShiftGuard
from clients.signs.judged import Record
from clients.signs.kinds import Histories, Sign
from clients.signs.series import Series
from clients.signs.strength import strength
from tests.signs import FIRST, Diary, histories
from tests.telling import episode, strength_of

STRENGTH = ROW[Sign.STRENGTH_DECLINE]


def counted(told: Histories, person: int = 0) -> list[int]:
    """Days that yield a value, from 0."""
    grid = grid_of(told)
    y = strength(told, grid).y[:, person]
    return [int(day) + grid.first_day - FIRST for day in np.flatnonzero(np.isfinite(y))]


def lifter(days: list[int], until: int = 100) -> Diary:
    return Diary(days=until).train(days)


WEEKLY = list(range(0, 70, 7))


def test_a_lift_counts_from_its_third_day_on() -> None:
    assert counted(histories(lifter(WEEKLY))) == WEEKLY[2:]


@pytest.mark.parametrize(("gap", "left_out"), [(10, 0), (11, 2)])
def test_after_eleven_days_two_sessions_are_no_measure(gap: int, left_out: int) -> None:
    first = WEEKLY[-1] + gap
    back = [first, first + 2, first + 4, first + 6]
    assert counted(histories(lifter([*WEEKLY, *back]))) == WEEKLY[2:] + back[left_out:]


def test_a_break_at_the_end_of_one_history_leaves_the_next_person_alone() -> None:
    """The only session after the break; the next in the table is somebody else's."""
    away, steady = lifter([*WEEKLY, 90]), lifter(WEEKLY)
    told = histories(away, steady)
    assert counted(told, 0) == WEEKLY[2:]
    assert counted(told, 1) == WEEKLY[2:]
    assert counted(histories(away)) == WEEKLY[2:]


def test_what_is_left_out_or_has_no_certainty_yields_nothing() -> None:
    diary = lifter(WEEKLY)
    diary.left_out = {(42, 1), (42, 2), (42, 3), (49, 1)}
    assert counted(histories(diary)) == [day for day in WEEKLY[2:] if day != 42]
    told = histories(lifter(WEEKLY))
    for column in ("se", "ln_e"):
        values = getattr(told.lifts, column).copy()
        values[told.lifts.day == FIRST + 49] = np.nan
        unsure = replace(told, lifts=replace(told.lifts, **{column: values}))
        assert counted(unsure) == [day for day in WEEKLY[2:] if day != 49], column


def light(load: float = 0.9, rir: float = 3.5, day: int = 63, **others: float) -> list[int]:
    diary = lifter(WEEKLY)
    diary.load[day], diary.least_rir[day] = load, rir
    for name, value in others.items():
        diary.load[int(name[3:])] = value
    return [day for day in WEEKLY[2:] if day not in counted(histories(diary))]


@pytest.mark.parametrize(
    ("load", "rir", "left_out"),
    [(0.9, 3.5, [63]), (0.9, 3.01, [63]), (0.9, 3.0, []), (0.91, 3.5, []), (0.9, float("nan"), [63]), (0.0, 3.5, [])],
)  # fmt: skip
def test_an_easy_session_a_tenth_lighter_is_an_undeclared_deload(
    load: float, rir: float, left_out: list[int]
) -> None:
    """Unrated sets are not known to be hard. A load of nought is no load: it tells of nothing."""
    assert light(load, rir) == left_out


def test_a_load_is_light_against_the_middle_of_the_last_four_weeks() -> None:
    """Of the four sessions on days 35 to 56; the one of day 28 is too long ago."""
    assert light(0.9, day35=2.0, day42=2.0, day49=0.5, day56=0.5) == [63], "the middle of 2, 2, ½, ½ is 1.25"
    assert light(0.9, day35=0.95, day42=0.95, day49=0.95) == []
    assert light(0.9, day28=0.1, day21=0.1, day14=0.1) == [63]
    assert light(0.9, day35=0.0, day42=0.0) == [63], "nought is unknown"


def test_a_load_is_light_against_fourteen_sessions_at_most() -> None:
    """Daily sessions: seven at 1 and seven at 0.9 have a middle of 0.95, of which 0.87 is 92 in 100. One session
    less or more would make it 1."""
    diary = lifter(list(range(40)))
    diary.load = {26: 0.9, **dict.fromkeys(range(34, 40), 0.9)}
    diary.load[40], diary.least_rir[40] = 0.87, 3.5
    diary.train([40])
    assert 40 in counted(histories(diary))
    diary.load[40] = 0.85
    assert 40 not in counted(histories(diary))


def test_a_first_session_is_held_against_nothing() -> None:
    """Nor does a history of few rows reach back behind its first."""
    diary = Diary(days=30, load={0: 0.5}, least_rir={0: 4.0}).train([0, 7, 14, 21])
    assert counted(histories(diary)) == [14, 21]
    first = Diary(days=30, load={7: 0.8, 14: 0.8, 21: 0.85}, least_rir={21: 4.0}).train(
        [0, 7, 14, 21], lifts=[1]
    )
    assert counted(histories(first)) == [14, 21], "0.85 is more than the middle of 1, 0.8 and 0.8"
    unrated = Diary(days=30, least_rir=dict.fromkeys((0, 7, 14, 21), float("nan"))).train([0, 7, 14, 21])
    assert counted(histories(unrated)) == [14, 21]
    assert counted(histories(Diary(days=5, load={0: 0.0}, least_rir={0: 4.0}).train([0]))) == []


def test_a_lift_is_light_against_itself_alone() -> None:
    """Two lifts of very different loads, and two people: neither is the other's usual."""
    diary = lifter(WEEKLY)
    told = histories(diary, diary)
    heavy = np.where(told.lifts.lift == 1, 10.0, 1.0) * np.where(told.lifts.person == 1, 3.0, 1.0)
    easy = np.where(told.lifts.day == FIRST + 63, 3.5, 2.0)
    here = replace(told, lifts=replace(told.lifts, load_kg=100 * heavy, least_rir=easy))
    assert counted(here, 0) == counted(here, 1) == WEEKLY[2:]


def test_a_light_session_is_light_in_the_middle_of_its_lifts() -> None:
    """One lift a half lighter is a change of plan; two of three are a deload; of two the mean decides."""
    told = histories(lifter(WEEKLY))
    day = told.lifts.day == FIRST + 63

    def left_out(ratios: dict[int, float]) -> bool:
        load = np.full(len(day), 100.0)
        for lift, ratio in ratios.items():
            load[day & (told.lifts.lift == lift)] = 100 * ratio
        keep = ~day | np.isin(told.lifts.lift, list(ratios))
        columns = {**vars(told.lifts), "load_kg": load, "least_rir": np.where(day, 4.0, 2.0)}
        kept = replace(told.lifts, **{name: column[keep] for name, column in columns.items()})
        return 63 not in counted(replace(told, lifts=kept))

    assert not left_out({1: 0.5, 2: 1.0, 3: 1.0})
    assert left_out({1: 0.9, 2: 0.5, 3: 1.0})
    assert left_out({1: 0.7, 2: 1.1})
    assert not left_out({1: 0.8, 2: 1.1})


def test_a_session_is_the_mean_of_its_lifts_by_their_certainty() -> None:
    """Each weighs 1 / (its variance + 2.5 %² by the values its level is made of); 12 % off is the most."""
    diary = lifter(WEEKLY)
    diary.lifts[63] = {1: np.log(94.0), 2: np.log(97.0)}
    told = histories(diary)
    first = told.lifts.lift == 1
    unsure = replace(told, lifts=replace(told.lifts, se=np.where(first, 0.01, 0.05)))
    grid = grid_of(unsure)
    found = strength(unsure, grid)
    rows = unsure.lifts
    order = np.lexsort((rows.day, rows.lift))
    level = expected(rows.lift[order] - 1, rows.person[order], rows.day[order] - FIRST, rows.ln_e[order], 100)
    last = [
        int(np.flatnonzero((rows.lift[order] == lift) & (rows.day[order] == FIRST + 63))[0])
        for lift in (1, 2)
    ]
    below = 100 * (level.ln_e[last] - np.log([94.0, 97.0]))
    weight = 1 / (np.array([0.01, 0.05]) ** 2 + 0.025**2 / level.weight[last])
    assert found.y[63, 0] == pytest.approx(float((weight * below).sum() / weight.sum()))
    assert found.below[-2:] == pytest.approx(below)
    assert found.weight[-2:] == pytest.approx(weight)
    diary.lifts[63] = {1: np.log(70.0)}
    assert strength(histories(diary), grid).y[63, 0] == 12
    diary.lifts[63] = {1: np.log(140.0)}
    assert strength(histories(diary), grid).y[63, 0] == -12


def guard(before: dict[int, float], after: dict[int, float]) -> tuple[ShiftGuard, Facts]:
    """Sessions every other day, from day 41 on as `after`."""
    sessions = {day: before if day < 40 else after for day in range(1, 60, 2)}
    facts = facts_of(histories(Diary(days=60).answer([0])))
    facts = replace(facts, strength=strength_of(sessions, 60))
    series = Series(facts.values(), KINDS)
    for t in range(60):
        series.add(t, np.ones((4, 1)))
    return ShiftGuard(facts, series), facts


@pytest.mark.parametrize(
    ("after", "barred"),
    [
        ({1: 1.5, 2: 1.5}, False),
        ({1: 1.49, 2: 1.49}, True),
        ({1: 9.0, 2: 0.0, 3: 0.0}, True),
        ({1: 9.0, 2: 0.01, 3: -0.5}, False),
        ({1: 9.0, 2: -0.5, 3: 0.49, 4: -0.6}, True),
    ],
)
def test_no_flag_below_one_and_a_half_percent_nor_where_most_lifts_hold(
    after: dict[int, float], barred: bool
) -> None:
    found, _ = guard(dict.fromkeys(after, 0.0), after)
    assert found.bars(59, STRENGTH, 0, 40) == barred
    assert not found.bars(59, ROW[Sign.DREAD], 0, 40)


def test_one_and_a_half_percent_are_held_against_the_persons_own_usual() -> None:
    """Eighteen faded sessions 2 % below shrink towards 0 by sixty: 0.4 % are usual, so 1.8 % are 1.4 more."""
    weight = float((0.5 ** ((39 - np.arange(1, 40, 2)) / 120)).sum())
    usual = 2 * weight / (weight + 60)
    for more, barred in ((1.48, True), (1.52, False)):
        found, _ = guard({1: 2.0, 2: 2.0}, {1: usual + more, 2: usual + more})
        assert found.bars(59, STRENGTH, 0, 40) == barred
    held, _ = guard({1: 2.0, 2: 2.0, 3: 2.0}, {1: 9.0, 2: usual - 0.01, 3: usual - 0.01})
    assert held.bars(59, STRENGTH, 0, 40)
    fell, _ = guard({1: 2.0, 2: 2.0, 3: 2.0}, {1: 9.0, 2: usual + 0.01, 3: usual - 0.01})
    assert not fell.bars(59, STRENGTH, 0, 40)


def strength_record() -> Record:
    return episode(Sign.STRENGTH_DECLINE, 40)


def test_a_flag_of_one_lift_says_whose_it_is() -> None:
    found, _ = guard({1: 0.0, 2: 0.0, 3: 0.0}, {1: 0.5, 2: 9.0, 3: 0.5})
    assert found.caps(59, strength_record()) == "Mostly Cable row."
    unnamed, _ = guard({7: 0.0, 8: 0.0, 9: 0.0}, {7: 0.5, 8: 9.0, 9: 0.5})
    assert unnamed.caps(59, strength_record()) == "Mostly one lift."
    evenly, _ = guard({1: 0.0, 2: 0.0, 3: 0.0}, {1: 4.0, 2: 4.0, 3: 4.0})
    assert evenly.caps(59, strength_record()) == ""


def test_a_lighter_body_is_the_reason_before_a_single_lift() -> None:
    found, facts = guard({1: 0.0, 2: 0.0, 3: 0.0}, {1: -4.0, 2: 1.0, 3: 12.0})
    found.facts = replace(facts, histories=replace(facts.histories, bodyweight_lifts=frozenset({1})))
    assert (
        found.caps(59, strength_record()) == "It could be weight loss: lifts of the own body rose meanwhile."
    )


@pytest.mark.parametrize(("deviations", "capped"), [(0.29, True), (0.31, False), (float("nan"), True)])
def test_hours_without_quality_are_no_act(deviations: float, capped: bool) -> None:
    """Who always rated 4 has a deviation that shrinks from 0.7 with every day; 0.3 of it are a decline."""
    days = 60
    diary = Diary(days=days).answer(range(days)).answer(range(50, days), sleep_hours=5.5)
    weight = float((0.5 ** (np.arange(1, 51) / 120)).sum())
    deviation = 0.7 * (10 / (10 + weight)) ** 0.5
    diary.answer(range(50, days), sleep_quality=4 - deviations * deviation)
    facts = facts_of(histories(diary))
    found = ShiftGuard(facts, Series(facts.values(), KINDS))
    record = episode(Sign.SLEEP_DECLINE, 50)
    found.past = {(record.row, 0): [record]}
    said = "The nights are shorter, but rated as usual." if capped else ""
    assert found.caps(59, record) == said
    assert found.caps(59, episode(Sign.DREAD, 50)) == ""


def test_a_strength_flag_of_two_people_is_each_ones_own() -> None:
    """Somebody else's lifts are no reason, nor are days outside the span."""
    falling, steady = lifter(list(range(0, 130, 2)), 130), lifter(list(range(0, 130, 2)), 130)
    falling.train(range(110, 130, 2), change=-8)
    told = histories(steady, falling, steady)
    (found,) = look(told).episodes
    assert (found.key, found.sign) == (101, Sign.STRENGTH_DECLINE)
    assert [d["name"] for d in found.evidence["details"]] == ["bench press", "cable row", "leg press"]
