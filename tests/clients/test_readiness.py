"""The indicators of readiness at their boundaries."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.indicators import experience, form, no_injury, recovery, years_between
from clients.loading import OpenInjury
from clients.readiness import State

TODAY = date(2026, 6, 18)
UNKNOWN, MET, NOT_MET = State.UNKNOWN, State.MET, State.NOT_MET


def trained(since: date | None = None, months: list[int] | None = None, span: int | None = None) -> State:
    months = months or []
    span = len(months) if span is None else span
    return experience(since=since, today=TODAY, months=months, logged_span=span).indicator.state


@pytest.mark.parametrize(
    ("since", "state"),
    [
        (date(2024, 6, 18), MET),  # two years to the day
        (date(2024, 6, 19), NOT_MET),
        (date(2025, 6, 18), NOT_MET),
        (date(2010, 1, 1), MET),
        (date(2027, 1, 1), UNKNOWN),  # a date to come says nothing
        (None, UNKNOWN),
    ],
)
def test_two_years_are_two_years(since: date | None, state: State) -> None:
    assert trained(since) is state


def test_a_logged_month_counts_with_four_sessions() -> None:
    assert trained(None, [4] * 24) is MET
    assert trained(None, [4] * 23 + [3]) is UNKNOWN
    assert trained(date(2026, 1, 1), [4] * 24) is MET
    assert trained(date(2026, 1, 1), [3] * 24) is NOT_MET


def test_two_logged_years_without_training_contradict_what_was_declared() -> None:
    assert trained(date(2010, 1, 1), [4] * 12 + [1] * 12) is MET
    assert trained(date(2010, 1, 1), [4] * 11 + [1] * 13) is UNKNOWN
    assert trained(date(2010, 1, 1), [4] * 11, span=23) is MET  # less than two years logged
    assert trained(date(2010, 1, 1), [4] * 11, span=24) is UNKNOWN  # months without any session count


def test_a_leap_day_has_its_anniversary() -> None:
    assert years_between(date(2024, 2, 29), date(2026, 2, 28)) < 2
    assert years_between(date(2024, 2, 29), date(2026, 3, 1)) == 2
    assert years_between(date(2025, 6, 18), date(2025, 12, 18)) == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize(
    ("sets", "broken", "closed", "state"),
    [
        (14, 0, [], UNKNOWN),
        (15, 0, [], MET),
        (30, 3, [], MET),  # (1 + 3) / 40 is exactly one in ten
        (30, 4, [], UNKNOWN),
        (30, 5, [], UNKNOWN),  # exactly 15 %
        (30, 6, [], NOT_MET),
        (15, 14, [], NOT_MET),
        (30, 0, ["Deadlift"], UNKNOWN),
        (30, 0, ["Deadlift", "Squat"], NOT_MET),
        (3, 3, ["Deadlift", "Squat"], NOT_MET),
    ],
)
def test_form_is_judged_from_fifteen_hard_sets(
    sets: int, broken: int, closed: list[str], state: State
) -> None:
    assert form(sets=sets, broken=broken, closed=closed).state is state


def nights(hours: float, count: int = 14) -> list[float]:
    return [hours] * count


@pytest.mark.parametrize(
    ("hours", "stress", "state"),
    [
        (nights(7.0), [3] * 5, MET),
        (nights(6 + 59 / 60), [3] * 5, NOT_MET),  # 6:59 without any doubt
        ([6.0, 7.9] * 7, [3] * 5, UNKNOWN),  # 6.95, too close to call
        (nights(8.0, 7), [3] * 5, UNKNOWN),  # seven nights
        (nights(8.0, 8), [3] * 5, MET),
        (nights(8.0), [3] * 4, UNKNOWN),
        (nights(8.0), [2, 2, 3, 3, 2.5], MET),
        (nights(8.0), [2, 2, 3, 3, 2], UNKNOWN),
        (nights(8.0), [2] * 5, UNKNOWN),
        (nights(8.0), [2, 2, 2, 2, 1], NOT_MET),
        (nights(8.0), [1] * 4, UNKNOWN),
        ([], [], UNKNOWN),
        ([*nights(7.0, 8), 20.0, -1.0], [3] * 5, MET),  # outside 0–16 is unknown
        ([*nights(7.0, 7), 20.0], [3] * 5, UNKNOWN),
        ([*nights(7.0, 8), 0.0], [3] * 5, UNKNOWN),  # counted as 3, too close to call
    ],
)
def test_recovery_is_seven_hours_and_stress_in_hand(
    hours: list[float], stress: list[float], state: State
) -> None:
    assert recovery(hours=hours, stress=stress).state is state


@pytest.mark.parametrize(("flag", "state"), [("", MET), ("watch", UNKNOWN), ("act", NOT_MET)])
def test_an_open_sleep_sign_speaks_against_recovery(flag: str, state: State) -> None:
    assert recovery(hours=nights(8), stress=[4] * 6, sleep_flag=flag).state is state


def test_without_consent_nothing_is_known() -> None:
    assert recovery(hours=nights(5), stress=[1] * 9, sleep_flag="act", consent=False).state is UNKNOWN
    assert no_injury([OpenInjury(region="knee")], anything_known=True, consent=False).state is UNKNOWN


def test_a_policy_may_ask_for_more_sleep() -> None:
    assert recovery(hours=nights(7.2), stress=[4] * 6, needed=7.5).state is NOT_MET


@given(
    hours=st.lists(st.floats(0, 16), min_size=8, max_size=14),
    more=st.floats(0, 8),
    which=st.integers(0, 13),
)
def test_a_better_night_never_takes_recovery_away(hours: list[float], more: float, which: int) -> None:
    better = list(hours)
    better[which % len(hours)] = min(16.0, better[which % len(hours)] + more)
    if recovery(hours=hours, stress=[4] * 6).state is MET:
        assert recovery(hours=better, stress=[4] * 6).state is MET


def test_no_injury_is_known_only_once_something_was_recorded() -> None:
    assert no_injury([], anything_known=False).state is UNKNOWN
    assert no_injury([], anything_known=True).state is MET
    found = no_injury([OpenInjury(region="lower_back", severity="moderate")], anything_known=True)
    assert found.state is NOT_MET
    assert found.says == "Open: lower back, moderate. Exercises that load it are closed for failure."


def test_dates_move_together() -> None:
    later = timedelta(days=365)
    assert years_between(TODAY, TODAY + later) == 1
