"""A client's check-ins as a coach reads them."""

from datetime import date, datetime, timedelta

from clients.models import Client, Consent
from coaching.checkins_page import PAGE, checkins_page
from tests.factories import a_checkin

TODAY = date(2026, 6, 15)


def test_a_line_a_day_newest_first_with_what_is_missing_between(james: Client, now: datetime) -> None:
    a_checkin(james, TODAY, energy=3, sleep_hours=6.5, aches={"knee": 4}, note="Slept in a tent")
    a_checkin(james, TODAY - timedelta(days=4), mood=2)
    first, second = checkins_page(james, now=now, before=None).lines
    assert (first.day, first.ago, first.sleep, first.aches, first.gap) == (
        "Mon 15 Jun 2026", "today", "6.5 h", "knee 4/10", "3 days without a check-in",
    )  # fmt: skip
    assert (second.items, second.gap) == (("", "2", "", "", "", ""), "")


def test_pages_of_eight_weeks_lead_back_to_the_first(james: Client, now: datetime) -> None:
    for back in range(PAGE + 3):
        a_checkin(james, TODAY - timedelta(days=back), energy=3)
    page = checkins_page(james, now=now, before=None)
    assert len(page.lines) == PAGE
    older = checkins_page(james, now=now, before=date.fromisoformat(page.older.split("=")[1]))
    assert (len(older.lines), older.older) == (3, "")


def test_without_consent_nothing_is_read(james: Client, now: datetime) -> None:
    a_checkin(james, TODAY, energy=3)
    Consent.objects.update(withdrawn_at=now)
    page = checkins_page(james, now=now, before=None)
    assert (page.agreed, page.lines) == (False, ())
