"""What a set says of strength (SCIENCE 1.2)."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from programs.strength import LiftDays, LiftValues, e1rm, lift_values, rep_max

NAN = float("nan")
COLUMNS = (
    "best_load_g", "best_reps2", "best_rir2", "next_load_g", "next_reps2", "next_rir2", "open_load_g", "open_reps",
    "open_prescribed_rir2", "median_reps2", "median_rir2", "rated",
)  # fmt: skip


def lift_days(*rows: dict[str, Any]) -> LiftDays:
    """Rows of one client; by default the bench at 100 kg × 8 with 2 in reserve, every third day."""
    plain = {"client": 1, "exercise": 1, "best_load_g": 100_000, "best_reps2": 20, "best_rir2": 4,
             "median_reps2": 20, "median_rir2": 4, "rated": 3}  # fmt: skip
    full = [{**dict.fromkeys(COLUMNS, NAN), **plain, "day": 1 + 3 * i, **row} for i, row in enumerate(rows)]
    columns: dict[str, Any] = {k: np.array([r[k] for r in full], dtype=float) for k in COLUMNS}
    keys: dict[str, Any] = {
        k: np.array([r[k] for r in full], dtype=int) for k in ("client", "exercise", "day")
    }
    return LiftDays(**keys, **columns)


def values(*rows: dict[str, Any]) -> LiftValues:
    return lift_values(lift_days(*rows))


def test_one_repetition_to_failure_is_the_maximum_itself() -> None:
    assert e1rm(100, 1) == 100


def test_both_formulas_meet_at_ten_repetitions() -> None:
    assert e1rm(90, 10) == pytest.approx(120)
    assert e1rm(90, 10.000001) == pytest.approx(120, rel=1e-4)


@pytest.mark.parametrize(("load", "reps"), [(100, 0), (100, 20.5), (0, 5), (-20, 5)])
def test_a_missed_single_a_long_set_or_no_load_says_nothing(load: float, reps: float) -> None:
    assert e1rm(load, reps) is None


@pytest.mark.parametrize("reps", [1, 3, 5, 8, 10, 12])
def test_the_table_of_maxima_turns_the_estimate_around(reps: int) -> None:
    e = e1rm(80, reps)
    assert e is not None
    assert rep_max(e, reps) == pytest.approx(80)


def test_eight_reps_with_two_in_reserve_are_known_to_four_percent() -> None:
    assert values({}).se[0] == pytest.approx(0.04, abs=0.002)


def test_repetitions_unlike_the_usual_ones_cost_precision_and_no_strength() -> None:
    rows: list[dict[str, Any]] = [{}] * 5
    usual = values(*rows, {})
    unlike = values(*rows, {"best_load_g": 120_000, "best_reps2": 10, "best_rir2": 2, "median_reps2": 10})
    assert unlike.se[-1] > np.hypot(0.6 * usual.se[-1], 0.006 * 4)
    assert unlike.ln_e[-1] == pytest.approx(np.log(120 * 36 / 32))


def test_the_two_best_sets_are_averaged_by_their_certainty() -> None:
    both = values({"next_load_g": 90_000, "next_reps2": 16, "next_rir2": 0})
    one, other = (
        values({}),
        values({"best_load_g": 90_000, "best_reps2": 16, "best_rir2": 0, "median_reps2": 20}),
    )
    weights = one.se[0] ** -2, other.se[0] ** -2
    assert both.ln_e[0] == pytest.approx(
        (weights[0] * one.ln_e[0] + weights[1] * other.ln_e[0]) / sum(weights)
    )


def test_never_surer_than_two_percent() -> None:
    rows = {
        "best_reps2": 2,
        "best_rir2": 0,
        "next_load_g": 100_000,
        "next_reps2": 2,
        "next_rir2": 0,
        "median_reps2": 2,
    }
    assert values(rows).se[0] == 0.02


@pytest.mark.parametrize(
    "row", [{"best_reps2": 31}, {"best_rir2": 9}, {"best_load_g": 0}, {"best_load_g": NAN}]
)
def test_sets_too_long_too_easy_or_without_load_enter_no_trend(row: dict[str, Any]) -> None:
    assert np.isnan(values(row).ln_e[0])


UNRATED = {"best_load_g": NAN, "best_reps2": NAN, "best_rir2": NAN, "median_rir2": NAN, "rated": 0,
           "open_load_g": 100_000, "open_reps": 8}  # fmt: skip


def test_an_unrated_set_counts_with_its_prescribed_reserve() -> None:
    planned = values({**UNRATED, "open_prescribed_rir2": 4})
    assert planned.ln_e[0] == pytest.approx(values({}).ln_e[0])
    assert planned.se[0] > values({}).se[0]


def test_an_unrated_set_prescribed_easier_than_three_in_reserve_does_not_count() -> None:
    assert np.isfinite(values({**UNRATED, "open_prescribed_rir2": 6}).ln_e[0])
    assert np.isnan(values({**UNRATED, "open_prescribed_rir2": 7}).ln_e[0])


def test_without_prescription_a_habit_of_five_rated_sets_is_needed() -> None:
    assert np.isnan(values({"rated": 2}, {"rated": 2}, UNRATED).ln_e[2])
    assert np.isfinite(values({"rated": 3}, {"rated": 2}, UNRATED).ln_e[2])


def test_a_habit_older_than_ninety_days_is_none() -> None:
    recent = values({"day": 1, "rated": 5}, {**UNRATED, "day": 90})
    old = values({"day": 1, "rated": 5}, {**UNRATED, "day": 91})
    assert np.isfinite(recent.ln_e[1])
    assert np.isnan(old.ln_e[1])


def test_a_habit_of_easy_sets_tells_nothing_of_an_unrated_one() -> None:
    easy = {"rated": 5, "median_rir2": 7, "best_rir2": 7}
    assert np.isnan(values(easy, UNRATED).ln_e[1])


@pytest.mark.parametrize("factor", [2, 0.5, 2.205, 1 / 2.205, 1.81, 2.5, 10, 100, 0.01])
def test_a_unit_slip_is_marked_and_the_way_back_is_not(factor: float) -> None:
    rows = [{}, {}, {}, {"best_load_g": 100_000 * factor}, {}, {}]
    assert values(*rows).unit_slip.tolist() == [False, False, False, True, False, False]


def test_a_lasting_change_of_unit_is_another_scale_of_the_lift_from_its_fourth_day_on() -> None:
    pounds = {"best_load_g": 220_500}
    found = values(*[{}] * 5, *[pounds] * 6)
    assert found.unit_slip.tolist() == [False] * 5 + [True] * 3 + [False] * 3
    assert found.scale.tolist() == [0] * 5 + [1] * 6


def test_who_comes_back_to_kilograms_is_where_the_lift_was_before() -> None:
    pounds = {"best_load_g": 220_500}
    found = values(*[{}] * 5, *[pounds] * 6, *[{}] * 4, pounds)
    assert found.unit_slip[11:].tolist() == [False] * 5
    assert found.scale.tolist() == [0] * 5 + [1] * 6 + [0] * 4 + [1]


def test_slips_of_two_kinds_do_not_make_each_other_usual() -> None:
    twice, tenfold = {"best_load_g": 200_000}, {"best_load_g": 1_000_000}
    found = values({}, {}, twice, {}, tenfold, twice, {}, tenfold, {})
    assert found.unit_slip.tolist() == [False, False, True, False, True, True, False, True, False]
    assert found.scale.tolist() == [0, 0, 1, 0, 2, 1, 0, 2, 0]


def test_a_lift_that_grows_slowly_beyond_twice_its_beginning_stays_one() -> None:
    found = values(*({"best_load_g": 50_000 * 1.03**n} for n in range(40)))
    assert not found.unit_slip.any()
    assert not found.scale.any()


@pytest.mark.parametrize("load_g", [125_000, 175_000, 58_000])
def test_a_hard_won_quarter_more_is_no_unit_slip(load_g: float) -> None:
    assert not values({}, {}, {"best_load_g": load_g}).unit_slip.any()


def test_lifts_and_clients_do_not_mix() -> None:
    rows: list[dict[str, Any]] = [
        {},
        {},
        {"exercise": 2, "best_load_g": 200_000},
        {"client": 2, "best_load_g": 50_000},
    ]
    together = values(*rows)
    assert not together.unit_slip.any()
    assert together.se[3] == values({"best_load_g": 50_000}).se[0]


def test_what_comes_later_changes_nothing_before() -> None:
    rng = np.random.default_rng(3)
    rows = [
        {"best_load_g": float(rng.integers(60, 120) * 1000), "best_reps2": float(rng.integers(6, 34)),
         "median_reps2": float(rng.integers(6, 40)), "rated": float(rng.integers(0, 5)),
         **(UNRATED if rng.random() < 0.3 else {})}
        for _ in range(60)
    ]  # fmt: skip
    whole, part = values(*rows), values(*rows[:37])
    np.testing.assert_array_equal(whole.ln_e[:37], part.ln_e)
    np.testing.assert_array_equal(whole.se[:37], part.se)
    np.testing.assert_array_equal(whole.unit_slip[:37], part.unit_slip)
    np.testing.assert_array_equal(whole.scale[:37], part.scale)
    assert whole.scale.any()


def test_no_rows_are_no_values() -> None:
    none = lift_days()
    assert len(lift_values(none).ln_e) == 0
    assert len(lift_values(replace(none)).se) == 0
