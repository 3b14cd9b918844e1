"""A coach notes an injury, changes it, says that it has healed: the rules follow at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from clients import consent
from clients.days import local_day
from clients.models import Change, Client, Coach, Injury
from programs.verdicts import verdict_for
from tests.factories import an_exercise


@pytest.fixture
def desk(dana: Coach) -> Browser:
    browser = Browser()
    browser.force_login(dana.user)
    return browser


def page_of(client: Client) -> str:
    return f"/clients/{client.pk}/injuries/"


def said(client: Client, **changes: str) -> dict[str, str]:
    today = local_day(timezone.now(), client.zone)
    return {"region": "shoulder", "severity": "moderate", "onset": today.isoformat(), **changes}


def codes(client: Client, lift: str) -> tuple[str, ...]:
    found = verdict_for(client, an_exercise(lift), at=timezone.now())
    return found.codes if found.answer == "no" else ()


def test_a_noted_injury_closes_what_loads_it_and_healing_opens_it_again(desk: Browser, sarah: Client) -> None:
    assert desk.post(page_of(sarah), said(sarah))["Location"] == page_of(sarah)
    injury = Injury.objects.get(client=sarah)
    assert "F7" in codes(sarah, "Machine chest press")
    assert "F7" not in codes(sarah, "Leg press")
    desk.post(f"/injuries/{injury.pk}/healed/")
    desk.post(f"/injuries/{injury.pk}/healed/")
    assert "F7" not in codes(sarah, "Machine chest press")
    assert list(Change.objects.filter(subject=f"injury:{injury.pk}").values_list("kind", flat=True)) == [
        "injury noted", "injury healed",
    ]  # fmt: skip


def test_a_new_injury_makes_the_client_due_for_a_scan(desk: Browser, sarah: Client) -> None:
    before = Client.objects.get(pk=sarah.pk).history_version
    desk.post(page_of(sarah), said(sarah))
    assert Client.objects.get(pk=sarah.pk).history_version > before


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("region", "", "Say where it hurts."),
        ("region", "tail", "Choose a region of the list."),
        ("onset", "", "Give the day on which it began."),
        ("onset", "yesterday", "Give the day as a date, like 2026-09-01."),
        ("onset", "1969-12-31", "Give the day on which it began: today, or an earlier one."),
        ("onset", "2190-01-01", "Give the day on which it began: today, or an earlier one."),
        ("resolved", "2001-01-01", "It cannot have healed before it began."),
        ("resolved", "2190-01-01", "That is too far ahead: leave it empty while it is open."),
    ],
)
def test_what_cannot_be_gets_a_sentence_at_its_field_and_keeps_what_was_typed(
    desk: Browser, sarah: Client, field: str, value: str, sentence: str
) -> None:
    response = desk.post(page_of(sarah), said(sarah, note="slipped on the stairs", **{field: value}))
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert "slipped on the stairs" in response.content.decode()
    assert not Injury.objects.exists()


def test_the_same_injury_is_not_noted_twice(desk: Browser, sarah: Client) -> None:
    desk.post(page_of(sarah), said(sarah))
    response = desk.post(page_of(sarah), said(sarah))
    assert response.status_code == 422
    assert "is noted already: change that one" in response.content.decode()
    assert Injury.objects.count() == 1


def test_without_agreement_nothing_about_health_is_kept(desk: Browser, sarah: Client) -> None:
    consent.withdraw(client=sarah, by=None, at=timezone.now())
    assert "has not agreed to health data being kept" in desk.get(page_of(sarah)).content.decode()
    assert desk.post(page_of(sarah), said(sarah)).status_code == 422
    assert not Injury.objects.exists()


def test_a_changed_injury_says_who_changed_it(desk: Browser, sarah: Client, dana: Coach) -> None:
    desk.post(page_of(sarah), said(sarah))
    injury = Injury.objects.get()
    earlier = (injury.onset - timedelta(days=9)).isoformat()
    desk.post(f"/injuries/{injury.pk}/", said(sarah, severity="mild", onset=earlier))
    injury.refresh_from_db()
    assert (injury.severity, injury.onset.isoformat()) == ("mild", earlier)
    change = Change.objects.get(kind="injury changed")
    assert change.actor == dana.user
    assert change.before is not None
    assert change.before["severity"] == "moderate"
    desk.post(f"/injuries/{injury.pk}/", said(sarah, severity="mild", onset=earlier))
    assert Change.objects.filter(kind="injury changed").count() == 1


def test_a_mistake_is_taken_back_and_the_history_keeps_it(desk: Browser, sarah: Client) -> None:
    desk.post(page_of(sarah), said(sarah))
    injury = Injury.objects.get()
    desk.post(f"/injuries/{injury.pk}/removal/")
    assert not Injury.objects.exists()
    change: Any = Change.objects.get(kind="injury removed")
    assert change.before["region"] == "shoulder"
    assert desk.post(f"/injuries/{injury.pk}/removal/").status_code == 404
