"""What the sets of one lift on one day come to."""

import random

import pytest

from programs.lift_day import LiftDayValues, LoggedSet, lift_day
from programs.policy.kinds import EndedBy
from programs.strength import e1rm

TARGET, FAILED, FORM, STOPPED = (member.value for member in EndedBy)


def came_to(*sets: LoggedSet, **lift: int) -> LiftDayValues:
    values = lift_day(sets, bodyweight=bool(lift), body_mass_percent=lift.get("percent", 0))
    assert values is not None
    return values


def a(
    kg: float | None = 100, reps: int | None = 8, rir: float | None = 2, ended: str = TARGET, **more: object
) -> LoggedSet:
    weight = None if kg is None else round(kg * 1000)
    return LoggedSet(weight, reps, None if rir is None else round(rir * 2), ended, **more)  # type: ignore[arg-type]


def test_every_working_set_is_counted_in_one_class() -> None:
    values = came_to(
        a(rir=2), a(rir=3), a(rir=3.5), a(rir=0), a(rir=None, ended=FAILED), a(ended=FORM), a(rir=0, ended=FORM),
        a(rir=None), a(ended=STOPPED),
    )  # fmt: skip
    assert values[:8] == (9, 2, 2, 1, 2, 1, 1, 1)
    assert values.working == sum(values[1:3]) + sum(values[4:8])


def test_warm_ups_alone_leave_no_row() -> None:
    assert lift_day([a(warm_up=True)]) is None
    assert lift_day([]) is None


def test_hard_sets_reach_4_in_reserve_and_planned_ones_count_as_planned() -> None:
    assert came_to(a(rir=4), a(rir=4.5), a(rir=None, ended=FAILED)).hard == 2
    assert (
        came_to(a(rir=None, prescribed_rir_halves=8), a(rir=None, prescribed_rir_halves=9), a(rir=None)).hard
        == 1
    )
    assert came_to(a(rir=5, prescribed_rir_halves=4)).hard == 0, "a report stands before the plan"
    assert came_to(a(rir=None, ended="", prescribed_rir_halves=4)).hard == 0, "an unknown ending kept no plan"


def test_the_two_best_sets_are_those_of_highest_estimate() -> None:
    values = came_to(a(100, 8, 2), a(105, 5, 1), a(90, 12, 2), a(110, 1, 5))
    assert (values.best_load_g, values.best_reps2, values.best_rir2) == (100_000, 20, 4)
    assert (values.next_load_g, values.next_reps2, values.next_rir2) == (90_000, 28, 4)


@pytest.mark.parametrize("reps", [1, 5, 9, 10, 11, 15])
def test_the_order_of_sets_is_that_of_their_estimates(reps: int) -> None:
    heavier, lighter = a(100, reps, 0), a(99.9, reps, 0)
    assert came_to(lighter, heavier).best_load_g == 100_000
    more = a(100, min(reps + 1, 15), 0)
    assert came_to(heavier, more).best_reps2 == 2 * min(reps + 1, 15)
    estimate = e1rm(100, reps)
    assert estimate is not None
    just_less = a(round(estimate - 0.01, 3), 1, 0)
    assert came_to(just_less, heavier).best_reps2 == 2 * reps


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (a(reps=12, rir=3.5), "more than 15 to failure"),
        (a(rir=4.5), "more than 4 in reserve"),
        (a(ended=FORM), "form broke"),
        (a(ended=STOPPED), "stopped"),
        (a(kg=None), "weight unknown"),
        (a(kg=0), "nothing on the bar"),
        (a(reps=0, rir=None, ended=FAILED), "a missed single"),
        (a(reps=None), "repetitions unknown"),
    ],
)
def test_what_is_unfit_for_trends_is_no_best_set(one: LoggedSet, why: str) -> None:
    assert came_to(one).best_load_g is None, why


def test_muscular_failure_counts_the_completed_reps_and_nothing_in_reserve() -> None:
    values = came_to(a(reps=8, rir=2, ended=FAILED))
    assert (values.best_reps2, values.best_rir2, values.least_rir2) == (16, 0, 0)


def test_a_missed_single_counts_as_failure_and_moves_no_volume() -> None:
    values = came_to(a(reps=0, rir=None, ended=FAILED))
    assert (values.failure, values.volume_g, values.hard) == (1, 0, 1)


def test_a_bodyweight_lift_moves_its_share_of_75_kg() -> None:
    values = came_to(a(0, 8, 2), a(-20, 10, 1), percent=100)
    assert values.best_load_g == 75_000
    assert values.next_load_g == 55_000
    assert values.volume_g == 8 * 75_000 + 10 * 55_000


def test_help_that_leaves_5_kg_or_less_leaves_no_load() -> None:
    assert came_to(a(-70), percent=100).best_load_g is None
    assert came_to(a(-69.9), percent=100).best_load_g == 5_100


def test_what_is_added_to_an_unknown_share_of_body_mass_is_no_load() -> None:
    assert came_to(a(10), percent=0).best_load_g is None
    assert came_to(a(None), percent=100).best_load_g is None


def test_an_unrated_set_stands_apart_with_what_was_prescribed() -> None:
    values = came_to(
        a(100, 8, None, prescribed_rir_halves=4),
        a(90, 8, None),
        a(120, 3, 2),
        a(200, 16, None),
        a(300, 5, None, FORM),
    )
    assert (values.open_load_g, values.open_reps, values.open_prescribed_rir2) == (100_000, 8, 4)
    assert values.best_load_g == 120_000


def test_medians_say_what_is_usual() -> None:
    values = came_to(a(100, 8, 2), a(90, 8, 1), a(60, 8, 6), a(50, 15, None))
    assert (values.median_load_g, values.median_reps2, values.median_rir2) == (75_000, 19, 4)
    assert values.least_rir2 == 2


def test_the_order_in_which_sets_come_does_not_matter() -> None:
    rng = random.Random(7)
    sets = [
        a(
            rng.choice([60, 80, 100.5]),
            rng.randint(1, 15),
            rng.choice([None, 0, 1.5, 3, 5]),
            rng.choice(["", TARGET, FORM]),
        )
        for _ in range(12)
    ]
    first = lift_day(sets)
    for _ in range(20):
        rng.shuffle(sets)
        assert lift_day(sets) == first
