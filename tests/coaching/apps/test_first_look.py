"""The first look after an import: what years elsewhere say, what they cannot say, and what to do first."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client as Browser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clients.models import Client, Coach, Flag
from coaching.charts.bars import bars
from coaching.first_look import first_look
from coaching.stalls import stall_of
from programs.models import Session
from tests.coaching.apps.exports import strong, take_in
from tests.conftest import NOW

DAY = "{} 18:30:05,Push,58m,Bench Press (Barbell),{},{},5,0,0,,,{}"


@pytest.fixture(autouse=True)
def _var(settings: object, tmp_path: Path, james: Client) -> None:
    settings.VAR_DIR = tmp_path / "var"  # type: ignore[attr-defined]


def weeks(marks: str, *, rpe: str = "", stalled: int = 14) -> str:
    """Half a year of two days a week, a set each mark: 2 % a week better, then at a standstill."""
    rows = []
    for number in range(26):
        kg = 60 * 1.02 ** min(number, 26 - stalled)
        for day in (1, 4):
            on = date(2025, 12, 1) + timedelta(weeks=number, days=day)
            rows += [DAY.format(on, mark, round(kg, 1), rpe) for mark in marks]
    return strong(*rows)


def test_james_in_the_words_of_the_article(tmp_path: Path, james: Client) -> None:
    take_in(tmp_path, weeks("FFFFFFFFF1", rpe="9"))
    look = first_look(james, now=NOW)
    assert look.headline == "James: 9 of 10 sets to failure in the last months; 1 lift at a standstill."
    assert look.share_says.startswith("468 of 520 rated sets went to failure: 90 %.")
    (lift,) = look.lifts
    assert "at a standstill since February 2026" in lift.says
    assert look.steps[0].says.startswith("Start the 80/20 rule this week: one exercise a session")
    assert "James was stuck like this" in look.steps[0].says
    assert any("Check-ins: none" in line for line in look.missing)
    assert any("form that broke" in line for line in look.missing)
    assert "<svg" in look.chart


def test_marks_alone_are_the_least_that_it_can_be(tmp_path: Path, james: Client) -> None:
    take_in(tmp_path, weeks("F1111"))
    look = first_look(james, now=NOW)
    assert look.headline.startswith("James: at least 2 of 10 sets to failure")
    assert "208 say nothing of their reserve" in look.share_says
    assert look.months[0][3] == "at least 20 %"
    assert not any("80/20" in step.says and "Start" in step.says for step in look.steps), (
        "20 % is within the rule"
    )


def test_nothing_rated_still_shows_a_rough_trend_and_raises_no_flag(tmp_path: Path, james: Client) -> None:
    from coaching.scan import scan

    take_in(tmp_path, weeks("111"))
    look = first_look(james, now=NOW)
    (lift,) = look.lifts
    assert lift.says.startswith("≈ ")
    assert lift.stalled
    assert look.headline == "James: no set to failure on record; 1 lift at a standstill."
    scan([james.pk], now=NOW)
    assert not Flag.objects.exists()


def test_progress_until_the_end_is_no_standstill(tmp_path: Path, james: Client) -> None:
    take_in(tmp_path, weeks("111", stalled=0))
    assert first_look(james, now=NOW).stalls_says.startswith("The main lifts moved")


def test_the_page(tmp_path: Path, james: Client, dana: Coach, eli: Coach) -> None:
    browser = Browser()
    browser.force_login(dana.user)
    address = f"/clients/{james.pk}/first-look/"
    assert "No set is on record yet" in browser.get(address).content.decode()
    take_in(tmp_path, weeks("FFFFFFFFF1"))
    page = browser.get(address).content.decode()
    assert "at least 9 of 10 sets to failure" in page
    assert "What the warning signs would have said" in page
    browser.force_login(eli.user)
    assert browser.get(address).status_code == 404
    assert Session.objects.count() == 52


def days(*values: float, every: int = 3) -> list[tuple[date, float]]:
    return [(date(2026, 1, 1) + timedelta(days=every * n), value) for n, value in enumerate(values)]


def test_a_standstill_is_eight_weeks_of_training_without_a_rise_of_one_per_cent() -> None:
    flat = days(*[100.0] * 22)  # 63 days: 57 since the third
    assert stall_of(flat, until=flat[-1][0])
    assert stall_of(flat[:21], until=flat[20][0]) is None, "54 days"
    rising = days(*[100.0] * 19, 102, 102, 102)
    assert stall_of(rising, until=rising[-1][0]) is None
    assert stall_of(flat, until=flat[-1][0] + timedelta(days=61)) is None, "given up, not stalled"
    seldom = days(*[100.0] * 8, every=30)
    assert stall_of(seldom, until=seldom[-1][0]) is None, "too few sessions to say"


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(values=st.lists(st.integers(1, 500), max_size=60), every=st.integers(1, 30))
def test_a_standstill_never_begins_outside_the_history(values: list[int], every: int) -> None:
    points = days(*values, every=every)
    found = stall_of(points, until=points[-1][0] if points else date(2026, 1, 1))
    assert found is None or (points[0][0] <= found.since <= points[-1][0] and found.sessions >= 6)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(values=st.lists(st.tuples(st.text(max_size=5), st.none() | st.floats(0, 100)), max_size=12))
def test_the_picture_is_well_formed(values: list[tuple[str, float | None]]) -> None:
    from xml.etree import ElementTree

    ElementTree.fromstring(bars(values, limit=20, title="<share>"))
