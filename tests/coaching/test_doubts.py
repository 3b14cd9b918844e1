"""Entries that look wrong: a hint on the client's page, and no flag from a slip."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from clients import history
from clients.models import Checkin, Client, Coach, Consent, Flag
from coaching.due import due
from coaching.scan import scan
from programs import rollups
from programs.models import SetLog
from tests.coaching import stories
from tests.conftest import NOW


def mistyped(client: Client, factor: float, *, back: int = 6) -> None:
    """All weights of one day of training, that many times too large."""
    counted_otherwise(client, factor, since=back, until=back, days=1)


def counted_otherwise(
    client: Client, factor: float, *, since: int, until: int = 0, days: int | None = None
) -> None:
    """All weights between so many days before the last one; of the latest `days` of training among them."""
    within = SetLog.objects.filter(day__lte=stories.LAST - timedelta(days=until))
    if days is None:
        within = within.filter(day__gte=stories.LAST - timedelta(days=since))
    trained = sorted(set(within.values_list("day", flat=True)))[-(days or 0) :]
    for one in SetLog.objects.filter(day__in=trained):
        SetLog.objects.filter(pk=one.pk).update(weight_g=int((one.weight_g or 0) * factor))
    exercises = set(SetLog.objects.values_list("exercise", flat=True))
    rollups.rebuild_days({(client.pk, exercise, day) for exercise in exercises for day in trained})
    history.touch(client.pk)


POUNDS, SIDES, SLIP = "pounds entered as kilograms", "one side entered for both", "a slip of the finger"


@pytest.mark.parametrize(
    ("factor", "says"),
    [(2.205, POUNDS), (1 / 2.205, POUNDS), (2, SIDES), (0.5, SIDES), (100, SLIP), (0.01, SLIP)],
)
def test_a_day_of_weights_in_a_wrong_unit_is_no_flag_but_a_hint(
    sarah: Client, factor: float, says: str
) -> None:
    stories.training(sarah, stories.lifts())
    mistyped(sarah, factor)
    scan(due(NOW), now=NOW)
    assert not Flag.objects.exists()
    sarah.refresh_from_db()
    assert len(sarah.doubts) == 3, "a sentence a lift"
    assert all(says in doubt for doubt in sarah.doubts)


@pytest.mark.parametrize("factor", [2.205, 2, 0.5, 1 / 2.205])
@pytest.mark.parametrize(("since", "until"), [(70, 49), (35, 0)])
def test_weeks_in_another_unit_or_on_another_machine_are_no_sign_nor_is_the_way_back(
    sarah: Client, factor: float, since: int, until: int
) -> None:
    stories.training(sarah, stories.lifts())
    counted_otherwise(sarah, factor, since=since, until=until)
    scan(due(NOW), now=NOW)
    assert not Flag.objects.exists()


def test_a_decline_in_pounds_is_one(sarah: Client) -> None:
    stories.training(sarah, stories.lifts(), weak_days=21)
    counted_otherwise(sarah, 2.205, since=80)
    scan(due(NOW), now=NOW)
    assert Flag.objects.get().sign == "strength_decline"


def test_the_hint_stands_on_the_clients_page_and_goes_once_it_is_put_right(
    sarah: Client, dana: Coach, client: Browser
) -> None:
    stories.training(sarah, stories.lifts())
    mistyped(sarah, 2.205)
    scan(due(NOW), now=NOW)
    client.force_login(dana.user)
    page = client.get(reverse("client", args=[sarah.pk])).content.decode()
    assert "Entries that look wrong" in page
    assert "is 2.2 times what was usual" in page
    mistyped(sarah, 1 / 2.205)
    scan(due(NOW), now=NOW + timedelta(minutes=1))
    assert "Entries that look wrong" not in client.get(reverse("client", args=[sarah.pk])).content.decode()


@pytest.mark.parametrize(("hours", "hint"), [(24, True), (16.5, True), (0, True), (16, False), (1, False)])
def test_a_night_that_cannot_be_is_asked_about(james: Client, hours: float, hint: bool) -> None:
    stories.checkins(james)
    Checkin.objects.filter(client=james, day=stories.LAST - timedelta(days=5)).update(sleep_hours=hours)
    scan(due(NOW), now=NOW)
    james.refresh_from_db()
    assert [f"{hours:g} hours of sleep on 9 June" in says for says in james.doubts] == [True] * hint
    assert not Flag.objects.exists()


def test_without_consent_nothing_is_told_of_nights(james: Client) -> None:
    stories.checkins(james)
    Checkin.objects.filter(client=james, day=stories.LAST - timedelta(days=5)).update(sleep_hours=24)
    Consent.objects.filter(client=james).update(withdrawn_at=NOW - timedelta(days=60))
    history.touch(james.pk)
    scan(due(NOW), now=NOW)
    james.refresh_from_db()
    assert james.doubts == []


def test_an_old_slip_is_forgotten(sarah: Client) -> None:
    stories.training(sarah, stories.lifts())
    mistyped(sarah, 2.205, back=40)
    scan(due(NOW), now=NOW)
    sarah.refresh_from_db()
    assert sarah.doubts == []
