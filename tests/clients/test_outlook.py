"""When each indicator may change: the day, and what it takes."""

from datetime import date, timedelta

import pytest

from clients import outlook
from clients.indicators import experience, form, no_injury, recovery
from clients.loading import OpenInjury
from clients.outlook import Night
from clients.plateau import Steadiness
from clients.readiness import Indicator, State, met, unknown

TODAY = date(2026, 6, 15)
DAY = timedelta(days=1)


def years(since: date | None, *, months: list[int] | None = None, span: int = 0, least: float = 2, this_month: bool = False) -> Indicator:  # fmt: skip
    months = months or []
    age = experience(since=since, today=TODAY, months=months, logged_span=span, least=least)
    return outlook.of_experience(
        age.indicator, since=since, today=TODAY, trained=sum(m >= 4 for m in months), this_month=this_month,
        logged_span=span, least=least,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("since", "least", "on"),
    [
        (date(2024, 6, 16), 2, date(2026, 6, 16)),
        (date(2025, 1, 1), 3, date(2028, 1, 1)),
        (date(2024, 12, 16), 2.5, date(2027, 6, 17)),
        (date(2024, 2, 29), 3, date(2027, 3, 1)),
    ],
)
def test_experience_reaches_its_years_on_a_day(since: date, least: float, on: date) -> None:
    found = years(since, least=least)
    assert found.state is State.NOT_MET
    assert found.changes_on == on
    whole = experience(since=since, today=on, months=[], logged_span=0, least=least)
    before = experience(since=since, today=on - DAY, months=[], logged_span=0, least=least)
    assert (whole.indicator.state, before.indicator.state) == (State.MET, State.NOT_MET)


def test_experience_that_nobody_declared_comes_by_logged_months() -> None:
    found = years(None, months=[4] * 22, span=22, this_month=False)
    assert found.state is State.UNKNOWN
    assert found.changes_on == date(2026, 7, 1)  # June and July make 24
    assert (
        found.changes == "Logged months reach 2 years in July 2026 at the earliest, with 4 sessions in each."
    )
    assert years(None, months=[4] * 22, span=22, this_month=True).changes_on == date(2026, 8, 1)


def test_experience_that_is_met_has_no_day() -> None:
    assert years(date(2020, 1, 1)).changes_on is None


def test_form_waits_for_sets_and_forgets_them_after_twelve_weeks() -> None:
    sets = [(TODAY - 80 * DAY, True)] * 8 + [(TODAY - 10 * DAY, False)] * 20
    now = form(sets=28, broken=8, closed=())
    assert now.state is State.NOT_MET
    found = outlook.of_form(now, today=TODAY, sets=sets, closed=())
    assert found.changes_on == TODAY + 4 * DAY  # the 84th day after the broken ones
    few = outlook.of_form(form(sets=9, broken=0, closed=()), today=TODAY, sets=sets[-9:], closed=())
    assert few.changes == "6 more hard sets and it can be judged."
    assert few.changes_on is None
    shut = outlook.of_form(
        form(sets=20, broken=1, closed=("Row",)), today=TODAY, sets=sets[-20:], closed=("Row",)
    )
    assert shut.changes.startswith("Clean sessions open Row again.")


def nights(hours: float, days: int, stress: float = 4) -> list[Night]:
    return [Night(day=TODAY - n * DAY, hours=hours, stress=stress) for n in range(days)]


def rest(found: list[Night], sleep_flag: str = "") -> Indicator:
    now = recovery(
        hours=[n.hours for n in found if n.hours is not None], stress=[n.stress for n in found if n.stress is not None], sleep_flag=sleep_flag,
    )  # fmt: skip
    return outlook.of_recovery(now, today=TODAY, nights=found, sleep_flag=sleep_flag, needed=7, consent=True)


def test_recovery_that_is_met_lapses_when_answers_leave_the_fourteen_nights() -> None:
    found = rest(nights(7.5, 10))
    assert found.state is State.MET
    assert found.changes_on == TODAY + 7 * DAY  # the night of TODAY−9 … −7 gone: seven are left


def test_recovery_comes_back_at_the_earliest_with_good_nights() -> None:
    found = rest(nights(6, 14))
    assert found.state is State.NOT_MET
    assert found.changes_on == TODAY + 7 * DAY  # 7 × 6 h and 7 × 8 h make 7.0
    assert found.changes == "On 22 June 2026 at the earliest, with 8 h a night and calm days from now."
    assert rest(nights(8, 5)).changes_on == TODAY + 3 * DAY


def test_recovery_waits_for_the_sleep_sign() -> None:
    found = rest(nights(8, 14), "act")
    assert (found.changes_on, found.changes) == (None, "Not before the sleep warning sign is gone.")


def test_an_injury_changes_when_it_is_noted_as_healed() -> None:
    hurt = (OpenInjury(region="knee"),)
    now = no_injury(hurt, anything_known=True)
    assert outlook.of_injury(now, injuries=hurt, ends=[None], consent=True).changes_on is None
    assert outlook.of_injury(now, injuries=hurt, ends=[TODAY + DAY], consent=True).changes_on == TODAY + DAY
    none = outlook.of_injury(no_injury((), anything_known=False), injuries=(), ends=[], consent=True)
    assert none.changes == "Changes with the first check-in."


def test_the_plateau_can_be_judged_after_six_weeks() -> None:
    young = outlook.of_plateau(
        unknown("x"), Steadiness(steady=None, says="x"), today=TODAY, days=[TODAY], first_ever=TODAY - 20 * DAY,
        deload_ends=None,
    )  # fmt: skip
    assert young.changes_on == TODAY + 21 * DAY
    still = outlook.of_plateau(
        met("x"), Steadiness(steady=True, says="x"), today=TODAY, days=[TODAY - 3 * DAY], first_ever=TODAY - 90 * DAY,
        deload_ends=None,
    )  # fmt: skip
    assert still.changes_on == TODAY + 8 * DAY
    light = outlook.of_plateau(
        unknown("x"), Steadiness(steady=False, says="x"), today=TODAY, days=[], first_ever=TODAY - 90 * DAY,
        deload_ends=TODAY + 2 * DAY,
    )  # fmt: skip
    assert light.changes_on == TODAY + 3 * DAY
