"""The month's report: each week as it was, before against after with what it may be, and what is missing."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from clients.days import monday_of
from clients.models import Client, Coach
from coaching.month_page import month_page
from coaching.month_report import ALONE
from programs import months
from programs.models import Month
from programs.rollups import known_keys, rebuild_days
from tests.conftest import NOW
from tests.factories import a_checkin, a_session, a_set, an_exercise
from tests.programs.phones import phone_of

MONDAY = date(2026, 5, 11)
OVER = datetime(2026, 6, 9, 10, tzinfo=NOW.tzinfo)  # the day after its 28
NEVER = ("caused", "thanks to", "proves", "works", "because of")


def live(
    client: Client,
    *,
    first: date = MONDAY,
    energy: tuple[int, int] = (2, 4),
    kg: tuple[float, float] = (100, 105),
) -> None:
    """Eight weeks: three sessions and six check-ins a week, another level from the month's Monday on."""
    press = an_exercise()
    for week in range(-4, 4):
        after = week >= 0
        for day in range(6):
            on = first + timedelta(days=7 * week + day)
            wobble = (week + day) % 2
            a_checkin(
                client, on, energy=energy[after] + wobble * (1 if energy[after] < 5 else 0), sleep_hours=6.5 + after + 0.2 * wobble,
                sleep_quality=3 + wobble, soreness=3, stress=3 + after,
            )  # fmt: skip
            if day % 2 == 0:
                at = datetime(on.year, on.month, on.day, 17, tzinfo=NOW.tzinfo)
                session = a_session(client, at=at, session_rpe=7, duration_min=60)
                for number in range(4):
                    failed = number == 3 and (not after or day == 0)
                    a_set(
                        session,
                        press,
                        kg=kg[after] + 0.5 * wobble,
                        reps=8,
                        rir=0 if failed else 2,
                        ended="target",
                    )
    rebuild_days(known_keys(client.pk))


def a_month(client: Client, by: Coach, first: date = MONDAY, **fields: Any) -> Month:
    return Month.objects.create(client=client, starts_on=first, by=by, at=NOW, **fields)


def test_before_and_after_with_the_uncertainty(dana: Coach, james: Client) -> None:
    live(james)
    page = month_page(james, a_month(james, dana), now=OVER)
    assert page.status == "Ended; 28 days against the 28 before."
    said = " ".join(page.says)
    assert "In the month, James’s lifts were 5 % higher (" in said
    assert "% of rated sets went to failure, 25 % before (" in said
    assert "James’s energy averaged 4.5, 2.0 higher (" in said
    assert "James slept 7.6 hours a night, 1.0 hours more (" in said
    assert "James’s calm averaged 4.0, 1.0 higher (" in said
    assert page.says[-1] == ALONE
    assert page.missing == ()
    assert not any(word in said for word in NEVER)


def test_each_week_stands_there_as_it_was(dana: Coach, james: Client) -> None:
    live(james)
    page = month_page(james, a_month(james, dana), now=OVER)
    assert [week.name for week in page.before] == ["4 before", "3 before", "2 before", "1 before"]
    assert [week.name for week in page.weeks] == ["Week 1", "Week 2", "Week 3", "Week 4"]
    first = dict(page.weeks[0].named)
    assert (first["Energy"], first["Sleep, h"], first["Calm"]) == ("4.5", "7.6", "4.0")
    assert first["To failure"] == "1 of 12"
    assert first["Strength"].startswith("+")
    assert dict(page.before[0].named)["To failure"] == "3 of 12"
    assert page.doses == "Of 12 days trained, 4 had one exercise to failure, 8 none."


def test_it_runs_as_of_a_date(dana: Coach, james: Client) -> None:
    live(james)
    month = a_month(james, dana)
    middle = datetime(2026, 5, 24, 10, tzinfo=NOW.tzinfo)  # Sunday of week 2
    page = month_page(james, month, now=middle)
    assert page.status.startswith("Day 14 of 28.")
    assert [bool(week.cells[0]) for week in page.weeks] == [True, True, False, False]
    assert all(
        sentence.startswith("So far") or "James" in sentence or "%" in sentence for sentence in page.says[:-1]
    )
    assert page.says[0].startswith("So far, James’s lifts")
    before = datetime(2026, 5, 10, 10, tzinfo=NOW.tzinfo)
    assert month_page(james, month, now=before).weeks == ()
    assert month_page(james, month, now=before).status == "Begins in 1 day."


def test_too_few_answers_are_said_as_such(dana: Coach, james: Client) -> None:
    for n in range(4):
        a_checkin(james, MONDAY - timedelta(days=n + 1), energy=3)
    for n in range(2):
        a_checkin(james, MONDAY + timedelta(days=n), energy=4)
    page = month_page(james, a_month(james, dana), now=OVER)
    assert page.says == ()
    assert (
        "Strength cannot be compared: 3 sessions with the same lifts are needed on each side." in page.missing
    )
    assert "Energy: too few answers, 4 before and 2 in the month; 5 are needed on each side." in page.missing
    assert dict(page.weeks[0].named)["Energy"] == "2 answers"
    assert page.doses == "No session has been logged in it yet."


def test_without_consent_no_check_in_is_read(dana: Coach, james: Client) -> None:
    live(james)
    james.consents.update(withdrawn_at=NOW)
    page = month_page(james, a_month(james, dana), now=OVER)
    assert page.missing == ("There is no consent to keep health data, so energy and recovery are not read.",)
    assert {row.name for row in page.contrasts} == {"Strength", "Failure share"}
    assert dict(page.weeks[0].named)["Energy"] == "–"


def test_a_month_stopped_early_is_reported_for_the_days_it_had(dana: Coach, james: Client) -> None:
    live(james)
    month = a_month(james, dana, stopped_on=MONDAY + timedelta(days=13), stopped_by=dana)
    page = month_page(james, month, now=OVER)
    assert page.status == "Stopped early, after 14 days."
    assert [bool(week.cells[0]) for week in page.weeks] == [True, True, False, False]


@pytest.fixture
def desk(dana: Coach) -> Browser:
    browser = Browser()
    browser.force_login(dana.user)
    return browser


def test_a_coach_starts_stops_and_takes_back_on_the_page(desk: Browser, dana: Coach, james: Client) -> None:
    monday = months.first_monday(timezone.now().astimezone(james.zone).date())
    page = desk.get(f"/clients/{james.pk}/month/").content.decode()
    assert f'value="{monday}"' in page
    page = desk.post(f"/clients/{james.pk}/months/", {"starts_on": f"{monday}"}, follow=True).content.decode()
    assert "The month starts on" in page
    month = Month.objects.get()
    Month.objects.update(starts_on=monday_of(monday - timedelta(days=7)))
    assert "Stop it today" in desk.get(f"/clients/{james.pk}/month/").content.decode()
    assert "Today is its last day." in desk.post(f"/months/{month.pk}/stop/", follow=True).content.decode()
    assert "It goes on" in desk.post(f"/months/{month.pk}/return/", follow=True).content.decode()
    assert "Taken back" in desk.post(f"/months/{month.pk}/undo/", follow=True).content.decode()
    assert "Four weeks to try it" in desk.get(f"/clients/{james.pk}/month/").content.decode()


@pytest.mark.parametrize("text", ["", "never", "2026-13-45", "2020-01-06", "9999-12-31", "2026-06-17\x00"])
def test_a_start_that_cannot_be_is_a_422_with_what_was_typed(desk: Browser, james: Client, text: str) -> None:
    answer = desk.post(f"/clients/{james.pk}/months/", {"starts_on": text})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Month.objects.exists()


def test_the_client_reads_it_in_plain_words(dana: Coach, james: Client) -> None:
    phone = phone_of(james)
    assert "No month is planned." in phone.get("/train/month/").content.decode()
    today = timezone.now().astimezone(james.zone).date()
    first = monday_of(today) - timedelta(days=7)
    live(james, first=first)
    a_month(james, dana, first)
    page = phone.get("/train/month/").content.decode()
    assert "So far, your lifts were" in page
    assert "You slept" in page
    assert "The month: week 2 of 4" in phone.get("/train/").content.decode()


def test_the_page_costs_the_same_queries_with_any_history(
    desk: Browser, dana: Coach, james: Client, django_assert_max_num_queries: Any
) -> None:
    live(james)
    a_month(james, dana)
    with django_assert_max_num_queries(25):
        desk.get(f"/clients/{james.pk}/month/")
