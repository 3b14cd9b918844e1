"""The evidence of each indicator, word for word and number for number."""

from datetime import date, timedelta
from math import log

import pytest

from clients.indicators import experience, form, no_injury, recovery, years_between
from clients.loading import OpenInjury
from clients.plateau import Point, Steadiness, Trend, plateau, steadiness, trend
from clients.readiness import NOTHING_KNOWN, Decision, Indicator, decide, met, not_met, unknown

TODAY = date(2026, 6, 18)


def aged(
    since: date | None, trained: int = 0, span: int = 0, least: float = 2.0
) -> tuple[str, str, float | None]:
    found = experience(since=since, today=TODAY, months=[4] * trained, logged_span=span, least=least)
    return found.indicator.state.value, found.indicator.says, found.years


@pytest.mark.parametrize(
    ("since", "trained", "span", "expected"),
    [
        (date(2020, 12, 18), 0, 0, ("met", "5.5 years of training declared.", 5.498)),
        (None, 30, 30, ("met", "2.5 years of training logged.", 2.5)),
        (date(2024, 6, 18), 24, 24, ("met", "2.0 years of training logged.", 2.0)),
        (date(2026, 3, 18), 18, 20, ("not_met", "1.5 years of training; at least 2 are needed.", 1.5)),
        (date(2025, 6, 18), 3, 4, ("not_met", "1.0 years of training; at least 2 are needed.", 1.0)),
        (None, 6, 6, ("unknown", "No start of training is known, and 0.5 years are logged.", None)),
        (date(2010, 6, 18), 11, 24, ("unknown", "16.0 years declared, but only 11 of 24 logged months had 4 sessions.", None)),
        (TODAY, 0, 0, ("not_met", "0.0 years of training; at least 2 are needed.", 0.0)),
        (TODAY + timedelta(days=1), 0, 0, ("unknown", "No start of training is known, and 0.0 years are logged.", None)),
    ],
)  # fmt: skip
def test_experience_says_how_long_and_from_where(
    since: date | None, trained: int, span: int, expected: tuple[str, str, float | None]
) -> None:
    state, says, years = aged(since, trained, span)
    assert (state, says) == expected[:2]
    assert years == (None if expected[2] is None else pytest.approx(expected[2], abs=0.01))


def test_more_years_may_be_asked_for() -> None:
    assert aged(date(2022, 6, 18), least=5) == (
        "not_met",
        "4.0 years of training; at least 5 are needed.",
        4.0,
    )


def test_three_sessions_do_not_make_a_month() -> None:
    found = experience(since=None, today=TODAY, months=[3] * 40, logged_span=40)
    assert (found.indicator.state, found.years) == ("unknown", None)


def test_years_count_by_anniversaries() -> None:
    assert years_between(date(2024, 6, 18), date(2024, 6, 18)) == 0
    assert years_between(date(2024, 6, 19), date(2026, 6, 18)) == pytest.approx(2 - 1 / 365)
    assert years_between(date(2024, 2, 29), date(2025, 2, 28)) == pytest.approx(365 / 366)
    assert years_between(date(2024, 2, 29), date(2025, 3, 1)) == 1
    assert years_between(date(2024, 12, 31), date(2026, 1, 1)) == pytest.approx(1 + 1 / 365)


@pytest.mark.parametrize(
    ("sets", "broken", "closed", "says"),
    [
        (30, 3, [], "Form broke in 3 of the last 30 hard sets (about 10 %, 4 to 16)."),
        (30, 4, [], "Form broke in 4 of the last 30 hard sets (about 12 %, 6 to 19): too close to call."),
        (30, 9, [], "Form broke in 9 of the last 30 hard sets (about 25 %, 16 to 34)."),
        (15, 0, [], "Form broke in 0 of the last 15 hard sets (about 4 %, 0 to 9)."),
        (16, 3, [], "Form broke in 3 of the last 16 hard sets (about 15 %, 6 to 24)."),
        (15, 15, [], "Form broke in 15 of the last 15 hard sets (about 64 %, 52 to 76)."),
        (14, 0, [], "Only 14 hard sets in 12 weeks; 15 are needed to judge form."),
        (30, 0, ["Squat"], "Form broke in 0 of the last 30 hard sets (about 2 %, 0 to 6), but Squat is closed until form is back."),
        (30, 3, ["Deadlift", "Squat"], "Form keeps breaking on Deadlift and Squat; form broke in 3 of the last 30 hard sets (about 10 %, 4 to 16)."),
    ],
)  # fmt: skip
def test_form_says_how_often_it_broke_and_how_surely(
    sets: int, broken: int, closed: list[str], says: str
) -> None:
    assert form(sets=sets, broken=broken, closed=closed).says == says


@pytest.mark.parametrize(
    ("hours", "stress", "flag", "says"),
    [
        ([7.5] * 10, [4] * 6, "", "7.5 h of sleep over 10 nights, stress 4.0 of 5 (5 is relaxed)."),
        ([6.5] * 10, [4] * 6, "", "6.5 h of sleep over 10 nights; 7 h are needed."),
        ([6.0, 7.6] * 4, [4] * 6, "", "6.8 h of sleep over 8 nights: too close to 7 h to call."),
        ([8.0] * 7, [4] * 6, "", "Sleep is known for 7 of the last 14 nights; 8 are needed."),
        ([], [], "", "Sleep is known for 0 of the last 14 nights; 8 are needed."),
        ([8.0] * 9, [4] * 6, "watch", "8.0 h of sleep over 9 nights, but the sleep warning sign is open."),
        ([8.0] * 9, [4] * 6, "act", "The sleep warning sign is open and asks for action."),
        ([8.0] * 9, [1.5] * 6, "", "Stress averages 1.5 of 5 (5 is relaxed) over 6 answers."),
        ([8.0] * 9, [2.25] * 6, "", "8.0 h of sleep over 9 nights, and stress averages 2.2 of 5: not enough to call recovery good."),
        ([8.0] * 9, [4] * 4, "", "8.0 h of sleep over 9 nights, and stress was answered 4 times: not enough to call recovery good."),
        ([20.0, -1.0, *[8.0] * 8], [4] * 5, "", "8.0 h of sleep over 8 nights, stress 4.0 of 5 (5 is relaxed)."),
        ([16.0, 0.0, *[7.5] * 8], [4] * 5, "", "7.5 h of sleep over 10 nights, stress 4.0 of 5 (5 is relaxed)."),
    ],
)  # fmt: skip
def test_recovery_says_hours_nights_and_stress(
    hours: list[float], stress: list[float], flag: str, says: str
) -> None:
    assert recovery(hours=hours, stress=stress, sleep_flag=flag).says == says


def test_how_surely_sleep_is_short_follows_from_its_scatter() -> None:
    # mean 6.6, sd 1: short by 0.4; 1.28 standard errors of 14 nights are 0.405, of 15 would be 0.391
    night = [6.6 + d for d in (1.0, -1.0)] * 7
    sd = (14 / 13) ** 0.5
    half = 1.28 * sd / (14 / 1.4) ** 0.5
    assert recovery(hours=night, stress=[4] * 6, needed=6.6 + half + 0.01).state == "not_met"
    assert recovery(hours=night, stress=[4] * 6, needed=6.6 + half - 0.01).state == "unknown"


def test_no_consent_says_so_and_nothing_else() -> None:
    says = "There is no consent to keep health data."
    assert recovery(hours=[8] * 14, stress=[5] * 9, consent=False).says == says
    assert no_injury([], anything_known=True, consent=False).says == says


def test_injuries_are_named_with_muscle_and_severity() -> None:
    injuries = [
        OpenInjury(region="knee", severity="mild"),
        OpenInjury(region="other", muscle="lower_back", severity="severe"),
        OpenInjury(region="upper_back"),
    ]
    assert no_injury(injuries, anything_known=True).says == (
        "Open: knee, mild, other (lower back), severe, upper back. Exercises that load it are closed for failure."
    )
    assert no_injury([], anything_known=True).says == "No injury is open."
    assert (
        no_injury([], anything_known=False).says == "Neither a check-in nor an injury has been recorded yet."
    )


STEADY = Steadiness(steady=True, says="Steady.")


def lift(
    slope: float, *, noise: float = 0.1, sessions: int = 12, every: int = 3, lift: int = 1
) -> list[Point]:
    return [
        Point(
            day=TODAY - timedelta(days=every * n), lift=lift,
            ln_e=(-every * n / 7 * slope + noise * (1, -1, -1, 1)[n % 4]) / 100 + log(100), se=0.03,
        )
        for n in range(sessions)
    ]  # fmt: skip


def told(points: dict[str, list[Point]], steady: Steadiness = STEADY, years: float | None = 5.0) -> Indicator:
    return plateau(points, today=TODAY, steadiness=steady, years=years)


def test_a_plateau_names_what_stands_still_and_progress_what_grows() -> None:
    flat, up, down = lift(0), lift(2), lift(-2)
    both = {"quads": flat, "lower_back": flat, "chest": up}
    assert told(both) == met("Standing still for six weeks: lower back, quads.")
    assert told({"quads": flat, "chest": up}) == met("Standing still for six weeks: quads.")
    assert told({"quads": up, "lower_back": up, "chest": flat}) == not_met(
        "Still progressing: lower back, quads."
    )
    assert told({"quads": down}) == unknown("Strength fell rather than stood still.")
    assert told({}) == unknown("Six weeks of lifts do not tell yet whether strength stands still.")
    assert told({"quads": up, "chest": down}) == not_met("Still progressing: quads.")


def test_not_steady_is_no_plateau_and_a_young_log_may_still_show_progress() -> None:
    unsteady, young = Steadiness(steady=False, says="A gap."), Steadiness(steady=None, says="Too young.")
    assert told({"quads": lift(0)}, unsteady) == not_met("A gap.")
    assert told({"quads": lift(2)}, unsteady) == not_met("A gap.")
    assert told({"quads": lift(0)}, young) == unknown("Too young.")
    assert told({"quads": lift(2)}, young) == not_met("Still progressing: quads.")


@pytest.mark.parametrize(("years", "expected"), [(2.0, "met"), (None, "met"), (2.1, "unknown")])
def test_what_a_gain_is_worth_depends_on_the_years(years: float | None, expected: str) -> None:
    """The interval ends between the trained client's 0.25 % a week and the beginner's 0.5."""
    slow = lift(0.03, noise=0.8)
    found = trend(slow, today=TODAY, gain=0.25), trend(slow, today=TODAY, gain=0.5)
    assert found == (Trend.UNDECIDED, Trend.PLATEAU)
    assert told({"quads": slow}, years=years).state == expected


def test_the_interval_of_a_slope_is_the_text_books() -> None:
    """Against the closed form of a straight line through one lift, with equal weights."""
    points = lift(0.2, noise=0.9, sessions=9)
    x = [(p.day - TODAY).days / 7 for p in points]
    y = [100 * p.ln_e for p in points]
    mx, my = sum(x) / 9, sum(y) / 9
    sxx = sum((a - mx) ** 2 for a in x)
    slope = sum((a - mx) * (b - my) for a, b in zip(x, y, strict=True)) / sxx
    rest = sum((b - my - slope * (a - mx)) ** 2 for a, b in zip(x, y, strict=True))
    upper = slope + 1.415 * (rest / 7 / sxx) ** 0.5  # Student's t, 80 %, 7 degrees of freedom
    assert trend(points, today=TODAY, gain=upper + 0.001) is Trend.PLATEAU
    assert trend(points, today=TODAY, gain=upper - 0.001) is Trend.UNDECIDED


def test_heavier_evidence_weighs_more() -> None:
    """The same numbers, the off ones ten times less sure: what was undecided is a plateau."""
    noisy = lift(0, noise=0.05, sessions=10)
    off = [
        Point(day=p.day, lift=p.lift, ln_e=p.ln_e + (0.02 if n % 2 else -0.02), se=p.se)
        for n, p in enumerate(noisy[:4])
    ]
    mixed = [*off, *noisy[4:]]
    unsure = [Point(day=p.day, lift=p.lift, ln_e=p.ln_e, se=0.5) for p in off] + noisy[4:]
    assert trend(mixed, today=TODAY, gain=0.25) is Trend.UNDECIDED
    assert trend(unsure, today=TODAY, gain=0.25) is Trend.PLATEAU


def test_six_sessions_in_four_weeks_are_looked_at_alone() -> None:
    old = [Point(day=TODAY - timedelta(days=28 + n), lift=1, ln_e=log(80), se=0.03) for n in range(14)]
    assert trend([*lift(0, sessions=6), *old], today=TODAY, gain=0.25) is Trend.PLATEAU
    assert trend([*lift(0, sessions=5), *old], today=TODAY, gain=0.25) is Trend.PROGRESS
    coming = [Point(day=TODAY + timedelta(days=n + 1), lift=1, ln_e=log(200), se=0.03) for n in range(6)]
    assert trend([*lift(0, sessions=6), *coming], today=TODAY, gain=0.25) is Trend.PLATEAU


def test_two_lifts_need_a_degree_of_freedom_each() -> None:
    five = [Point(day=p.day, lift=n % 4, ln_e=p.ln_e, se=p.se) for n, p in enumerate(lift(0, sessions=5))]
    assert trend(five, today=TODAY, gain=5) is Trend.UNDECIDED


def days(*ago: int) -> list[date]:
    return [TODAY - timedelta(days=n) for n in ago]


def regular(*ago: int, planned: int | None = None, deload: bool = False, first: int = 100) -> Steadiness:
    return steadiness(
        days(*ago), today=TODAY, first_ever=TODAY - timedelta(days=first), planned=planned, deload=deload
    )


TWICE = tuple(n for week in range(6) for n in (7 * week + 1, 7 * week + 4))


def test_steadiness_says_what_it_counted() -> None:
    assert regular(*TWICE) == Steadiness(steady=True, says="Two sessions a week in 6 of the last six weeks.")
    assert regular(*TWICE[:-1]) == Steadiness(
        steady=True, says="Two sessions a week in 5 of the last six weeks."
    )
    assert regular(*TWICE[1:-1]) == Steadiness(
        steady=False, says="Two sessions a week in 4 of the last six weeks."
    )
    assert regular(*TWICE, deload=True) == Steadiness(steady=False, says="The six weeks end in a deload.")
    assert regular(*TWICE, planned=16) == Steadiness(
        steady=True, says="12 of 16 planned sessions done in six weeks."
    )
    assert regular(*TWICE, planned=17) == Steadiness(
        steady=False, says="12 of 17 planned sessions done in six weeks."
    )


def test_a_gap_of_eleven_days_is_one_of_ten_is_not() -> None:
    assert regular(0, 10, 20, 30, 40, planned=5).steady is True
    assert regular(0, 11, 21, 31, 40, planned=5) == Steadiness(
        steady=False, says="Training stood still for 11 days within the last six weeks."
    )
    assert regular(10, 20, 30, 40, planned=4).steady is True  # up to today
    assert regular(11, 20, 30, 40, planned=4).steady is False
    assert regular(1, 11, 21, 31, planned=4).steady is True  # from the first of the 42 days
    assert regular(0, 10, 20, 30, planned=4).steady is False


def test_six_weeks_must_have_passed() -> None:
    young = Steadiness(steady=None, says="There are less than six weeks of training to look at.")
    assert regular(*TWICE, first=40) == young
    assert regular(*TWICE, first=41).steady is True
    assert steadiness(days(*TWICE), today=TODAY, first_ever=None, planned=None, deload=False) == young


def test_two_sessions_on_one_day_are_one_day() -> None:
    assert regular(*(n for week in range(6) for n in (7 * week, 7 * week))).steady is False


def test_decisions_and_reasons_follow_from_the_states() -> None:
    assert decide(NOTHING_KNOWN, scaled_back=False) is Decision.SELECTIVE
    assert len(NOTHING_KNOWN.unknown()) == 5
    assert NOTHING_KNOWN.against() == []
    assert NOTHING_KNOWN.open_points() == ["Nothing is known yet."] * 5
    assert list(NOTHING_KNOWN.indicators) == ["experience", "form", "recovery", "injury", "plateau"]


@pytest.mark.parametrize(
    ("since", "trained", "span", "expected"),
    [
        (date(2024, 9, 18), 3, 24, ("not_met", "0.2 years of training; at least 2 are needed.", 0.25)),
        (date(2024, 6, 18), 3, 24, ("unknown", "2.0 years declared, but only 3 of 24 logged months had 4 sessions.", None)),
    ],
)  # fmt: skip
def test_what_the_log_contradicts_is_not_relied_on(
    since: date, trained: int, span: int, expected: tuple[str, str, float | None]
) -> None:
    assert aged(since, trained, span) == expected


def test_a_session_on_the_first_of_the_42_days_counts() -> None:
    assert regular(1, 11, 21, 31, 41, planned=6).says == "5 of 6 planned sessions done in six weeks."


def test_the_42nd_day_back_is_too_old_for_a_trend() -> None:
    recent = lift(0, sessions=4, every=9)
    fifth = [Point(day=TODAY - timedelta(days=back), lift=1, ln_e=log(100), se=0.03) for back in (41, 42)]
    assert trend([*recent, fifth[0]], today=TODAY, gain=0.5) is Trend.PLATEAU
    assert trend([*recent, fifth[1]], today=TODAY, gain=0.5) is Trend.UNDECIDED


def test_one_degree_of_freedom_is_enough() -> None:
    exact = [
        Point(day=TODAY - timedelta(days=3 * n), lift=n % 3, ln_e=log(50 * (n % 3 + 1)), se=0.03) for n in range(5)
    ]  # fmt: skip
    assert trend(exact, today=TODAY, gain=0.25) is Trend.PLATEAU


def test_the_surer_numbers_decide() -> None:
    """Flat and sure; steep and unsure on the same days: it is the sure ones that tell."""
    sure = [Point(day=TODAY - timedelta(days=3 * n), lift=1, ln_e=log(100), se=0.02) for n in range(10)]
    steep = [
        Point(day=TODAY - timedelta(days=3 * n), lift=2, ln_e=log(100) - 0.05 * n, se=2.0) for n in range(10)
    ]
    assert trend([*sure, *steep], today=TODAY, gain=0.25) is Trend.PLATEAU
    sure_of_the_steep = [Point(day=p.day, lift=p.lift, ln_e=p.ln_e, se=0.02) for p in steep]
    unsure_of_the_flat = [Point(day=p.day, lift=p.lift, ln_e=p.ln_e, se=2.0) for p in sure]
    assert trend([*sure_of_the_steep, *unsure_of_the_flat], today=TODAY, gain=0.25) is Trend.PROGRESS


@pytest.mark.parametrize(("free", "t"), [(29, 1.311), (30, 1.310), (31, 1.29), (40, 1.29)])
def test_many_points_use_the_last_rows_of_the_table(free: int, t: float) -> None:
    """28 days of one lift, some days twice, `free` + 2 sets in all: the interval's upper end by the closed form."""
    ago = [*range(28), *range(free + 2 - 28)]
    twice = [
        Point(day=TODAY - timedelta(days=n), lift=1, ln_e=log(100) + 0.004 * (1, -1, -1, 1)[n % 4], se=0.03)
        for n in ago
    ]
    x, y = [(p.day - TODAY).days / 7 for p in twice], [100 * p.ln_e for p in twice]
    count = len(twice)
    mx, my = sum(x) / count, sum(y) / count
    sxx = sum((a - mx) ** 2 for a in x)
    slope = sum((a - mx) * (b - my) for a, b in zip(x, y, strict=True)) / sxx
    rest = sum((b - my - slope * (a - mx)) ** 2 for a, b in zip(x, y, strict=True))
    upper = slope + t * (rest / free / sxx) ** 0.5
    assert trend(twice, today=TODAY, gain=upper + 1e-5) is Trend.PLATEAU
    assert trend(twice, today=TODAY, gain=upper - 1e-5) is Trend.UNDECIDED
