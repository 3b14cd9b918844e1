"""The check-in on the phone: one screen, the day it is for, and what cannot be answered."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clients import consent
from clients.days import local_day
from clients.forms import open_days
from clients.ids import new_id
from clients.models import Checkin, Client
from tests.programs.phones import field_of, phone_of

PAGE = "/train/checkin/"


@pytest.fixture
def phone(james: Client) -> Browser:
    return phone_of(james)


@pytest.fixture
def today(james: Client) -> date:
    return open_days(timezone.now(), james)[0]


def answered(day: date, **values: Any) -> dict[str, Any]:
    return {
        "id": new_id(),
        "day": day.isoformat(),
        "sleep_hours": "7,5",
        "energy": "4",
        "mood": "3",
        "ache_knee": "2",
        **values,
    }


@pytest.mark.parametrize(
    ("hour", "minute", "days"),
    [
        (0, 0, [14, 15]),
        (3, 59, [14, 15]),
        (4, 0, [15, 14]),
        (11, 59, [15, 14]),
        (12, 0, [15]),
        (23, 59, [15]),
    ],
)
def test_the_day_is_todays_yesterdays_until_noon_and_the_nights_before(
    james: Client, hour: int, minute: int, days: list[int]
) -> None:
    london = datetime(2026, 6, 15, hour, minute, tzinfo=james.zone).astimezone(UTC)
    assert [day.day for day in open_days(london, james)] == days


def test_sleep_starts_empty_and_yesterdays_answers_are_never_prefilled(
    phone: Browser, james: Client, today: date
) -> None:
    Checkin.objects.create(client=james, day=today - timedelta(days=1), sleep_hours=6, energy=1, note="tired")
    page = phone.get(PAGE).content.decode()
    assert field_of(page, "sleep_hours") == ""
    assert " checked" not in page
    assert "tired" not in page


def test_a_check_in_is_kept_once_a_day_and_can_be_changed(phone: Browser, james: Client, today: date) -> None:
    sent = answered(today)
    for _ in range(2):
        assert phone.post(PAGE, sent).status_code == 302
    kept = Checkin.objects.get()
    assert (kept.sleep_hours, kept.energy, kept.mood, kept.stress, kept.aches, kept.version) == (
        Decimal("7.50"),
        4,
        3,
        None,
        {"knee": 2},
        1,
    )
    again = phone.get(PAGE).content.decode()
    assert field_of(again, "sleep_hours") == "7.5"
    phone.post(PAGE, answered(today, energy="2"))
    assert (Checkin.objects.get().energy, Checkin.objects.get().version) == (2, 2)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"sleep_hours": "25"}, "from 0 to 24"),
        ({"sleep_hours": "-1"}, "from 0 to 24"),
        ({"sleep_hours": "lots"}, "as a number, like 7.5"),
        ({"sleep_hours": "1e300"}, "as a number, like 7.5"),
        ({"energy": "6"}, "Choose one of the five."),
        ({"energy": "0"}, "Choose one of the five."),
        ({"ache_knee": "11"}, "from 0 to 10"),
        ({"ache_knee": "x"}, "from 0 to 10"),
        ({"note": "a\x00b"}, "cannot be kept"),
        ({"note": "a" * 2001}, "below 2,000 characters"),
        ({"id": "garbage"}, "load this page again"),
        ({"day": "soon"}, "Choose a day."),
        ({"day": "1969-01-01"}, "for today"),
    ],
)
def test_bad_answers_get_a_sentence_and_keep_what_was_typed(
    phone: Browser, today: date, values: dict[str, str], sentence: str
) -> None:
    answer = phone.post(PAGE, {**answered(today, mood="5"), **values})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert 'name="mood" value="5"' in page
    assert page[page.index('name="mood" value="5"') :].split(">")[0].count("checked") == 1
    if "sleep_hours" in values:
        assert field_of(page, "sleep_hours") == values["sleep_hours"]
    assert not Checkin.objects.exists()


def test_a_check_in_for_tomorrow_is_refused(phone: Browser, james: Client) -> None:
    tomorrow = local_day(timezone.now(), james.zone) + timedelta(days=1)
    answer = phone.post(PAGE, answered(tomorrow))
    assert answer.status_code == 422
    assert "has not come yet" in answer.content.decode()
    assert not Checkin.objects.exists()


def test_nothing_answered_is_no_check_in(phone: Browser, today: date) -> None:
    answer = phone.post(PAGE, {"id": new_id(), "day": today.isoformat()})
    assert answer.status_code == 422
    assert "One answer is enough" in answer.content.decode()


def test_without_agreement_the_page_explains_and_offers_it(
    phone: Browser, james: Client, today: date
) -> None:
    consent.withdraw(client=james, by=None, at=timezone.now())
    assert "It needs your agreement first" in phone.get(PAGE).content.decode()
    assert phone.post(PAGE, answered(today)).status_code == 422
    assert not Checkin.objects.exists()
    given = phone.post(reverse("client-consent"), {"answer": "give", "next": PAGE}, follow=True)
    assert given.redirect_chain == [(PAGE, 302)]
    assert phone.post(PAGE, answered(today)).status_code == 302


def test_a_check_in_is_removed(phone: Browser, james: Client, sarah: Client, today: date) -> None:
    phone.post(PAGE, answered(today))
    stored = Checkin.objects.get()
    url = reverse("checkin-remove", args=[stored.uuid])
    assert phone_of(sarah).post(url).status_code == 404
    assert url in phone.get(PAGE).content.decode()
    phone.post(url)
    assert not Checkin.objects.live().exists()


def test_a_check_in_costs_at_most_twelve_statements(phone: Browser, today: date) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert phone.post(PAGE, answered(today)).status_code == 302
    assert len(queries) <= 12


def test_settings_keep_units_and_show_when_agreement_was_given(phone: Browser, james: Client) -> None:
    page = phone.get("/train/settings/").content.decode()
    assert "by your coach’s word, on 1 January 2025" in page
    phone.post("/train/settings/", {"units": "lb"})
    james.refresh_from_db()
    assert james.units == "lb"
    assert phone.post("/train/settings/", {"units": "stone"}).status_code == 422
    phone.post(reverse("client-consent"), {"answer": "withdraw"})
    assert "You have not agreed" in phone.get("/train/settings/").content.decode()


@pytest.mark.parametrize(
    "sent", [{}, {"answer": "maybe"}, {"answer": "give", "next": "https://evil.example/"}]
)
def test_an_answer_leads_back_here_and_nowhere_else(phone: Browser, sent: dict[str, str]) -> None:
    assert phone.post(reverse("client-consent"), sent)["Location"] == "/train/settings/"


@pytest.mark.parametrize("key", ["", "x", "9" * 30])
def test_another_record_is_chosen_only_if_it_is_mine(phone: Browser, sarah: Client, key: str) -> None:
    for wanted in (key, str(sarah.pk)):
        assert phone.post(reverse("client-record"), {"client": wanted}).status_code == 404
