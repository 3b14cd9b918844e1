"""When a flag opens, rises, falls back and closes: day by day, with numbers of a day's judgement put in."""

from typing import Any

import numpy as np
import pytest

from clients.signs.judged import SIGNS, WATCH, Judged, Moves, Record
from clients.signs.kinds import Person, Resolution, Sign
from clients.signs.life import Life
from clients.signs.silence import NEVER

FATIGUE, ACHES, DREAD = (SIGNS.index(sign) for sign in (Sign.FATIGUE_MOOD, Sign.ACHES, Sign.DREAD))
LINE = WATCH[Sign.FATIGUE_MOOD]
HIGH = max(WATCH.values())  # a line above every sign's
SURE = 2.2  # the own z that a flag needs
OF_ACHES = 1.7  # that of aches


class Holding:
    """Nothing in the series speaks against a flag but what a test says."""

    def __init__(self) -> None:
        self.barred, self.capped = False, ""

    def bars(self, t: int, row: int, person: int, onset: int) -> bool:
        return self.barred

    def caps(self, t: int, record: Record) -> str:
        return self.capped


class Days:
    """One person's life of flags; each day says what is not as on a day that is known and calm for no flag."""

    def __init__(self, **person: Any) -> None:
        self.guard = Holding()
        self.life = Life((Person(key=1, until=10_000, **person),), self.guard, 0)

    def day(self, t: int, rows: tuple[int, ...] = (FATIGUE,), **values: Any) -> Moves:
        plain: dict[str, Any] = {
            "score": 0.0, "z": 0.0, "d": 0.0, "onset": t - 6, "known": True, "seen": True,
            "answered": True, "low": False, "calm": False, "start": 0,
        }  # fmt: skip
        columns = {name: np.full((len(SIGNS), 1), value) for name, value in plain.items()}
        for name, value in values.items():
            columns[name][list(rows)] = value
        return self.life.step(t, Judged(**columns, alive=np.ones(1, dtype=bool)))

    def level(self, row: int = FATIGUE) -> int:
        return int(self.life.level[row, 0])

    def opened(self, t: int = 50, **values: Any) -> "Days":
        self.day(t, **{"score": LINE, "z": SURE, "d": 1.0, **values})
        assert self.level() == 1
        return self

    @property
    def record(self) -> Record:
        return self.life.records[-1]


@pytest.mark.parametrize(
    ("values", "level"),
    [
        ({}, 1),
        ({"score": LINE - 0.01}, 0),
        ({"z": SURE - 0.01}, 0),
        ({"known": False}, 0),
        ({"seen": False}, 0),
    ],
)
def test_a_flag_opens_on_an_observed_day_at_the_line_with_its_own_evidence(
    values: dict[str, Any], level: int
) -> None:
    days = Days()
    days.day(50, **{"score": LINE, "z": SURE, "d": 0.9, **values})
    assert days.level() == level
    if level:
        assert days.record == Record(
            row=FATIGUE, person=0, opened=50, since=44, d=0.9, floor=False, usual_from=-NEVER, frozen=43,
            steps=[(50, 1, LINE)],
        )  # fmt: skip


def test_a_flag_that_the_series_bar_does_not_open() -> None:
    days = Days()
    days.guard.barred = True
    assert days.day(50, score=9.0, z=4.0).discounted == []
    assert days.level() == 0
    days.day(51, score=9.0, z=4.0, low=True)
    assert days.record.floor, "a floor holds whatever the series say"


def test_a_sensitive_coach_moves_the_line_and_an_earlier_choice_holds_for_its_days() -> None:
    days = Days(sensitivity=-1.0, sensitivity_before=((20, 0.5), (40, 2.0)))
    for t, line in ((20, LINE + 0.5), (21, LINE + 2), (40, LINE + 2), (41, LINE - 1)):
        days.day(t, score=line - 0.01, z=3.0)
        assert days.level() == 0
        days.life.watch[:] = 0
        days.day(t, score=line, z=3.0)
        assert days.level() == 1
        days.life.close(t, FATIGUE, 0, Resolution.NEW_BASELINE, 0.0)
        days.life.closed[:] = -NEVER


@pytest.mark.parametrize(("more", "level"), [(2.0, 2), (1.99, 1)])
def test_two_above_the_line_are_an_act(more: float, level: int) -> None:
    days = Days().opened(d=0.5)
    days.day(51, score=LINE + more, z=SURE, d=0.5)
    assert days.level() == level


@pytest.mark.parametrize(("values", "level"), [({}, 2), ({"known": False}, 1), ({"z": SURE - 0.01}, 1)])
def test_an_act_needs_its_own_evidence_of_the_day(values: dict[str, Any], level: int) -> None:
    days = Days().opened()
    days.day(51, **{"score": 20.0, "z": SURE, **values})
    assert days.level() == level


def test_a_reason_against_an_act_keeps_the_flag_at_watch_and_is_noted() -> None:
    days = Days().opened()
    days.guard.capped = "Mostly leg press."
    days.day(51, score=20.0, z=4.0)
    assert (days.level(), days.record.capped) == (1, "Mostly leg press.")
    days.guard.capped = ""
    days.day(52, score=20.0, z=4.0)
    assert (days.level(), days.record.capped) == (2, "")
    assert days.record.steps == [(50, 1, LINE), (52, 2, 20.0)]


@pytest.mark.parametrize(
    ("row", "z", "level"), [(ACHES, OF_ACHES, 1), (ACHES, OF_ACHES - 0.01, 0), (DREAD, OF_ACHES, 0)]
)
def test_aches_that_stand_out_less_count_beside_other_signs(row: int, z: float, level: int) -> None:
    days = Days()
    days.day(50, (row,), score=HIGH, z=z)
    assert days.level(row) == level


def test_a_flag_that_is_an_act_at_once_has_one_step() -> None:
    days = Days()
    days.day(50, score=LINE + 2, z=4.0)
    assert days.record.steps == [(50, 2, LINE + 2)]


def test_three_open_signs_are_an_act_and_two_are_not() -> None:
    days = Days()
    days.day(50, (FATIGUE, DREAD), score=HIGH, z=3.0)
    assert [days.level(row) for row in (FATIGUE, DREAD)] == [1, 1]
    days.day(51, (ACHES,), score=HIGH, z=3.0)
    assert [days.level(row) for row in (FATIGUE, ACHES, DREAD)] == [2, 2, 2]


@pytest.mark.parametrize(
    ("t", "values", "level"),
    [
        (64, {}, 2), (63, {}, 1), (64, {"d": 0.79}, 1), (64, {"z": 2.19}, 1), (64, {"known": False}, 1),
    ],
)  # fmt: skip
def test_a_watch_of_a_fortnight_that_is_still_large_is_an_act(
    t: int, values: dict[str, Any], level: int
) -> None:
    days = Days().opened()
    days.day(t, **{"score": LINE - 2, "z": 2.2, "d": 0.8, **values})
    assert days.level() == level


def risen() -> Days:
    days = Days().opened()
    days.day(51, score=LINE + 3, z=4.0, d=1.0)
    assert days.level() == 2
    return days


def levels(days: Days, first: int, scores: list[float], **values: Any) -> list[int]:
    out = []
    for t, score in enumerate(scores, first):
        days.day(t, **{"score": score, "z": 2.0, "d": 0.5, **values})
        out.append(days.level())
    return out


EASED = LINE + 0.99


def test_an_act_falls_back_on_the_third_day_in_a_row_that_is_one_below_it() -> None:
    assert levels(risen(), 52, [EASED, EASED, EASED, EASED]) == [2, 2, 1, 1]
    assert levels(risen(), 52, [EASED, EASED, LINE + 1.01, EASED, EASED, EASED]) == [2, 2, 2, 2, 2, 1]


def test_a_day_that_is_not_known_neither_counts_nor_interrupts() -> None:
    days = risen()
    assert levels(days, 52, [EASED, EASED]) == [2, 2]
    assert levels(days, 54, [0.0], known=False) == [2]
    assert levels(days, 55, [EASED]) == [1]


def test_an_act_falls_back_again_only_after_three_new_days() -> None:
    days = risen()
    assert levels(days, 52, [EASED] * 3) == [2, 2, 1]
    assert levels(days, 55, [LINE + 2], z=3.0) == [2]
    assert levels(days, 56, [EASED] * 3) == [2, 2, 1]


def test_an_act_that_lasts_or_is_shared_does_not_fall_back() -> None:
    days = risen()
    assert levels(days, 64, [EASED] * 4, z=SURE, d=0.8) == [2] * 4
    assert levels(days, 68, [EASED] * 3, z=SURE, d=0.79) == [2, 2, 1]
    shared = Days()
    shared.day(50, (FATIGUE, ACHES, DREAD), score=HIGH, z=3.0)
    assert levels(shared, 51, [EASED] * 4) == [2] * 4


def test_a_flag_closes_on_the_third_calm_day_in_a_row() -> None:
    days = Days().opened()
    for t, calm in ((51, True), (52, True), (53, False), (54, True), (55, True)):
        assert days.day(t, calm=calm).closed == []
    (record,) = days.day(56, calm=True, score=0.5).closed
    assert (record.closed, record.resolution, record.score) == (56, Resolution.RECOVERED, 0.5)
    assert days.level() == 0


def test_after_a_recovery_a_new_shift_may_start_four_days_before_it_on_the_next_day() -> None:
    days = Days().opened()
    days.day(54, calm=True)
    days.day(55, calm=True)
    days.day(56, calm=True, score=9.0, z=4.0)
    assert (days.level(), int(days.life.earliest[FATIGUE, 0])) == (0, 52)
    days.day(57, score=9.0, z=4.0)
    assert days.level() == 2


@pytest.mark.parametrize(
    ("why", "earliest", "usual_from"),
    [
        (Resolution.RECOVERED, 96, -NEVER),
        (Resolution.NEW_BASELINE, 101, 73),
        (Resolution.WRONG_CALL, 101, 73),
        (Resolution.BY_COACH, 101, -NEVER),
        (Resolution.NO_CONSENT, 101, -NEVER),
    ],
)
def test_how_a_flag_ended_says_where_the_next_may_start_and_what_is_usual(
    why: Resolution, earliest: int, usual_from: int
) -> None:
    days = Days().opened(90)
    record, anew = days.life.close(100, FATIGUE, 0, why, 1.5)
    assert (record.closed, record.resolution, record.score) == (100, why, 1.5)
    assert anew == (usual_from > 0)
    assert int(days.life.earliest[FATIGUE, 0]) == earliest
    assert int(days.life.usual_from[FATIGUE, 0]) == usual_from
    assert days.life.open == {}
    later = [days.day(t, score=9.0, z=4.0) and days.level() for t in (100, 101)]
    assert later == [0, 2]


def test_ten_weeks_are_the_new_usual_but_never_under_a_floor_and_aches_have_none() -> None:
    assert Days().opened().day(119).closed == []
    (record,) = (moves := Days().opened().day(120)).closed
    assert record.resolution == Resolution.NEW_BASELINE
    assert moves.restarted == [(FATIGUE, 0)]
    assert Days().opened().day(120, low=True).closed == []
    aching = Days()
    aching.day(50, (ACHES,), score=9.0, z=4.0)
    assert len(aching.day(120, (ACHES,), low=True).closed) == 1


def test_a_floor_opens_without_a_shift_and_starts_with_its_fortnight() -> None:
    days = Days()
    assert days.day(50, low=True, onset=3, start=10, d=0.4).discounted == []
    assert (days.record.since, days.record.frozen, days.record.floor) == (37, NEVER, True)
    young = Days()
    young.day(9, low=True, start=2)
    assert young.record.since == 2
    aching = Days()
    assert aching.day(50, (ACHES,), low=True).discounted == [aching.record]
    assert (aching.record.since, aching.record.frozen) == (37, 36)


def test_a_floor_opens_on_a_day_that_was_answered() -> None:
    days = Days()
    days.day(50, low=True, answered=False)
    assert days.level() == 0
    days.day(51, low=True, seen=False, known=False)
    assert days.level() == 1


@pytest.mark.parametrize(("why", "silent"), [(Resolution.BY_COACH, 14), (Resolution.RECOVERED, 56)])
def test_a_floor_that_was_left_or_answered_is_silent_for_its_time(why: Resolution, silent: int) -> None:
    days = Days()
    days.day(50, low=True)
    days.life.close(60, FATIGUE, 0, why, 0.0)
    days.day(60 + silent - 1, low=True)
    assert days.level() == 0
    days.day(60 + silent, low=True)
    assert days.level() == 1


def test_a_shift_that_recovered_leaves_its_floor_armed() -> None:
    days = Days().opened()
    days.life.close(60, FATIGUE, 0, Resolution.RECOVERED, 0.0)
    days.day(61, low=True)
    assert days.level() == 1


def test_a_floor_called_wrong_is_silent_until_it_was_left() -> None:
    days = Days()
    days.day(50, low=True)
    days.life.close(60, FATIGUE, 0, Resolution.WRONG_CALL, 0.0)
    for t in range(61, 100):
        days.day(t, low=True)
    assert days.level() == 0
    days.day(100)
    days.day(101, low=True)
    assert days.level() == 1


def test_a_start_may_turn_out_earlier_and_never_later() -> None:
    days = Days().opened()
    assert days.record.since == 44
    days.day(55, z=SURE, onset=46)
    days.day(56, z=SURE - 0.01, onset=40)
    days.day(57, z=SURE, onset=40, known=False)
    assert (days.record.since, days.record.frozen) == (44, 43)
    assert days.day(58, z=SURE, onset=40).discounted == []
    assert (days.record.since, days.record.frozen) == (40, 39)
    assert (int(days.life.since[FATIGUE, 0]), int(days.life.frozen[FATIGUE, 0])) == (40, 39)


def test_a_floor_may_turn_into_a_shift_and_keeps_its_earlier_start() -> None:
    """From then on the usual before the shift is held, and what came since counts a tenth."""
    days = Days()
    days.day(50, low=True)
    days.day(51, low=True, score=LINE - 0.1, z=SURE, onset=45, d=1.2)
    assert days.record.frozen == NEVER
    assert days.day(52, low=True, score=LINE, z=SURE, onset=45, d=1.2).discounted == [days.record]
    assert (days.record.since, days.record.frozen, days.record.d) == (37, 44, 1.2)
    assert days.day(53, low=True, score=LINE, z=SURE, onset=45).discounted == []
