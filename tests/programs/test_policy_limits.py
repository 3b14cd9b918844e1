"""Every limit of a policy at its boundary: as it is, and as a coach may set it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from clients.indicators import experience, recovery
from programs.policy.judge import judge
from programs.policy.kinds import PhaseKind
from programs.policy.limits import LIMITS, Limits
from programs.policy.recent import PhaseNow, Recent
from tests.programs.policy import AT, CURL, LEG_PRESS, PUSHDOWN, a_bout, ask, readiness, recent

# Key: default, least and most that may be set. The article's spirit: 72 h may be 48–120, never 0.
BOUNDS = {
    "form_break_sessions": (2, 1, 2),
    "clean_sessions": (2, 1, 4),
    "failure_share": (20, 5, 25),
    "recovery_hours": (72, 48, 120),
    "reps_least": (5, 3, 8),
    "reps_most": (15, 10, 20),
    "strength_phase_sets": (1, 0, 2),
    "compound_sessions": (1, 1, 2),
    "exercise_sessions": (2, 1, 2),
    "experience_years": (2, 2, 5),
    "compound_years": (3, 2, 6),
    "sleep_hours": (7, 6.5, 9),
    "scale_back_days": (14, 7, 42),
}


def test_every_limit_has_its_default_and_its_bounds() -> None:
    assert {limit.key: (limit.default, limit.low, limit.high) for limit in LIMITS} == BOUNDS
    assert all(limit.low <= limit.default <= limit.high for limit in LIMITS)


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.key)
def test_a_limit_says_what_it_is_and_where_it_comes_from(limit: object) -> None:
    for name in ("rule", "unit", "says", "source"):
        assert getattr(limit, name)


@pytest.mark.parametrize("key", BOUNDS)
def test_a_value_is_held_within_its_bounds(key: str) -> None:
    default, low, high = BOUNDS[key]
    assert getattr(Limits(), key) == default
    for given, held in (
        (low, low),
        (high, high),
        (low - 0.5, low),
        (high + 0.5, high),
        (-1e9, low),
        (1e9, high),
    ):
        assert getattr(Limits.of({key: given}), key) == held


def codes(past: Recent, **asked: int) -> tuple[str, ...]:
    return judge(ask(PUSHDOWN, **asked), past).codes


def failed(ago: timedelta) -> Callable[[Limits], Recent]:
    return lambda limits: recent(a_bout(PUSHDOWN, ago=ago, costs=1), limits=limits)


def broke(pattern: str) -> Callable[[Limits], Recent]:
    changes: dict[str, dict[str, int]] = {"b": {"form_breaks": 1}, "c": {}}
    bouts = [a_bout(PUSHDOWN, ago=timedelta(days=30 - n), **changes[kind]) for n, kind in enumerate(pattern)]
    return lambda limits: recent(*bouts, limits=limits)


def used(sets: int, planned: int) -> Callable[[Limits], Recent]:
    bout = a_bout(CURL, ago=timedelta(days=3), costs=sets, rated=5, working=5)
    return lambda limits: recent(bout, planned=planned, limits=limits)


def in_strength(sets: int) -> Callable[[Limits], Recent]:
    bouts = [a_bout(CURL, ago=timedelta(days=3), costs=sets)] if sets else []
    phase = PhaseNow(kind=PhaseKind.STRENGTH)
    return lambda limits: recent(*bouts, phase=phase, limits=limits)


def went(sessions: int) -> Callable[[Limits], Recent]:
    """The pushdown went to failure in this many sessions of Monday, all of them over 72 h ago."""
    bouts = [a_bout(PUSHDOWN, ago=timedelta(days=3, hours=4 * n), costs=1) for n in range(sessions)]
    return lambda limits: recent(*bouts, limits=limits)


HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.mark.parametrize(
    ("key", "value", "past", "closed", "code"),
    [
        ("recovery_hours", 72, failed(72 * HOUR - MINUTE / 60), True, "F3"),
        ("recovery_hours", 72, failed(72 * HOUR), False, "F3"),
        ("recovery_hours", 48, failed(48 * HOUR - MINUTE), True, "F3"),
        ("recovery_hours", 48, failed(48 * HOUR), False, "F3"),
        ("recovery_hours", 120, failed(120 * HOUR - MINUTE), True, "F3"),
        ("recovery_hours", 120, failed(120 * HOUR), False, "F3"),
        ("form_break_sessions", 2, broke("bcc"), False, "F1"),
        ("form_break_sessions", 2, broke("bcb"), True, "F1"),
        ("form_break_sessions", 1, broke("b"), True, "F1"),
        ("form_break_sessions", 1, broke("bc"), True, "F1"),
        ("form_break_sessions", 1, broke("bcc"), False, "F1"),
        ("clean_sessions", 2, broke("bbc"), True, "F1"),
        ("clean_sessions", 2, broke("bbcc"), False, "F1"),
        ("clean_sessions", 1, broke("bbc"), False, "F1"),
        ("clean_sessions", 4, broke("bbccc"), True, "F1"),
        ("clean_sessions", 4, broke("bbcccc"), False, "F1"),
        ("failure_share", 20, used(1, 9), True, "F2"),
        ("failure_share", 20, used(1, 10), False, "F2"),
        ("failure_share", 25, used(1, 7), True, "F2"),
        ("failure_share", 25, used(1, 8), False, "F2"),
        ("failure_share", 5, used(0, 19), True, "F2"),
        ("failure_share", 5, used(0, 20), False, "F2"),
        ("exercise_sessions", 2, went(1), False, "F6"),
        ("exercise_sessions", 2, went(2), True, "F6"),
        ("exercise_sessions", 1, went(0), False, "F6"),
        ("exercise_sessions", 1, went(1), True, "F6"),
    ],
)  # fmt: skip
def test_a_limit_closes_on_one_side_of_its_value_and_opens_on_the_other(
    key: str, value: float, past: Callable[[Limits], Recent], closed: bool, code: str
) -> None:
    assert (code in codes(past(Limits.of({key: value})))) is closed


@pytest.mark.parametrize(("allowed", "done", "answer"), [(1, 0, "caution"), (1, 1, "no"), (0, 0, "no"), (2, 1, "caution"), (2, 2, "no")])  # fmt: skip
def test_a_strength_phase_holds_so_many_isolation_sets(allowed: int, done: int, answer: str) -> None:
    past = in_strength(done)(Limits.of({"strength_phase_sets": allowed}))
    verdict = judge(ask(PUSHDOWN), past)
    assert (verdict.answer, verdict.codes) == (answer, ("F5",))


@pytest.mark.parametrize(("allowed", "sessions", "closed"), [(1, 0, False), (1, 1, True), (2, 1, False), (2, 2, True)])  # fmt: skip
def test_a_compound_has_so_many_failure_sessions_a_week(allowed: int, sessions: int, closed: bool) -> None:
    bouts = [a_bout(LEG_PRESS, ago=timedelta(days=3, hours=4 * n), costs=1) for n in range(sessions)]
    past = recent(*bouts, limits=Limits.of({"compound_sessions": allowed}))
    assert ("F5" in judge(ask(LEG_PRESS), past).codes) is closed


@pytest.mark.parametrize(
    ("limits", "reps", "cautioned"),
    [
        ({}, 4, True), ({}, 5, False), ({}, 15, False), ({}, 16, True), ({}, 0, True),
        ({"reps_least": 3}, 3, False), ({"reps_least": 3}, 2, True),
        ({"reps_least": 8}, 8, False), ({"reps_least": 8}, 7, True),
        ({"reps_most": 10}, 10, False), ({"reps_most": 10}, 11, True),
        ({"reps_most": 20}, 20, False), ({"reps_most": 20}, 21, True),
    ],
)  # fmt: skip
def test_failure_pays_in_a_range_of_reps(limits: dict[str, float], reps: int, cautioned: bool) -> None:
    assert codes(recent(limits=Limits.of(limits)), reps=reps) == (("F5",) if cautioned else ())


@pytest.mark.parametrize(
    ("value", "years", "cautioned"),
    [(3, 2.999, True), (3, 3.0, False), (2, 1.999, True), (2, 2.0, False), (6, 5.999, True), (6, 6.0, False), (3, 1.0, True)],
)  # fmt: skip
def test_a_compound_needs_so_many_years(value: float, years: float, cautioned: bool) -> None:
    past = recent(readiness=readiness(years=years), limits=Limits.of({"compound_years": value}))
    assert judge(ask(LEG_PRESS), past).codes == (("F7",) if cautioned else ())


TODAY = date(2026, 6, 18)


@pytest.mark.parametrize(
    ("least", "since", "state"),
    [
        (2, date(2025, 6, 18), "not_met"),  # 1 year
        (2, date(2024, 6, 19), "not_met"),
        (2, date(2024, 6, 18), "met"),  # 2 years
        (2, date(2023, 6, 18), "met"),  # 3 years
        (3, date(2024, 6, 18), "not_met"),
        (3, date(2023, 6, 19), "not_met"),
        (3, date(2023, 6, 18), "met"),
        (5, date(2021, 6, 19), "not_met"),
        (5, date(2021, 6, 18), "met"),
    ],
)
def test_experience_begins_at_so_many_years(least: float, since: date, state: str) -> None:
    found = experience(since=since, today=TODAY, months=[], logged_span=0, least=least)
    assert found.indicator.state == state


@pytest.mark.parametrize(
    ("needed", "minutes", "state"),
    [
        (7, 7 * 60, "met"), (7, 7 * 60 - 1, "not_met"), (6.5, 6 * 60 + 30, "met"), (6.5, 6 * 60 + 29, "not_met"),
        (9, 9 * 60, "met"), (9, 9 * 60 - 1, "not_met"),
    ],
)  # fmt: skip
def test_recovery_begins_at_so_many_hours_of_sleep(needed: float, minutes: int, state: str) -> None:
    assert recovery(hours=[minutes / 60] * 14, stress=[3] * 6, needed=needed).state == state


def test_a_habit_of_exactly_a_fifth_is_within_and_one_set_more_is_over() -> None:
    def habit(failure: int, rated: int) -> tuple[str, ...]:
        return codes(recent(a_bout(CURL, ago=timedelta(days=10), costs=failure, rated=rated, working=rated)))

    for fifth in (2, 4, 20, 200):
        assert habit(fifth, 5 * fifth) == ()
        assert habit(fifth + 1, 5 * fifth + 1) == ("F2",)
        assert habit(fifth + 1, 5 * (fifth + 1)) == ()


def test_a_deload_ends_with_its_last_day_to_the_second() -> None:
    last = PhaseNow(kind=PhaseKind.DELOAD, last_day=TODAY)
    opens = judge(ask(PUSHDOWN), recent(phase=last)).opens_at
    assert opens == AT.replace(hour=23)  # midnight in London
    assert judge(ask(PUSHDOWN), replace(recent(phase=last), scale_back_until=TODAY)).opens_at == opens


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("recovery_hours", 48, ""),
        ("recovery_hours", 120, ""),
        ("recovery_hours", 47, "Choose from 48 to 120 hours; the default is 72."),
        ("recovery_hours", 121, "Choose from 48 to 120 hours; the default is 72."),
        ("recovery_hours", 0, "Choose from 48 to 120 hours; the default is 72."),
        ("recovery_hours", float("nan"), "Choose from 48 to 120 hours; the default is 72."),
        ("recovery_hours", 72.5, "Give a whole number."),
        ("sleep_hours", 6.5, ""),
    ],
)
def test_a_value_of_ones_own_is_within_the_bounds_and_a_step(key: str, value: float, says: str) -> None:
    assert next(limit for limit in LIMITS if limit.key == key).against(value) == says


def test_a_value_between_two_steps_is_told_the_step() -> None:
    sleep = next(limit for limit in LIMITS if limit.key == "sleep_hours")
    assert sleep.step < 1
    assert sleep.against(7 + sleep.step) == ""
    assert sleep.against(7 + sleep.step / 2) == f"Give it in steps of {sleep.step:g}."
