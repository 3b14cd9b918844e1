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
    day = SetLog.objects.filter(day__lte=stories.LAST - timedelta(days=back)).latest("day").day
    for one in SetLog.objects.filter(day=day):
        SetLog.objects.filter(pk=one.pk).update(weight_g=int((one.weight_g or 0) * factor))
    rollups.rebuild_days(
        {(client.pk, exercise, day) for exercise in SetLog.objects.values_list("exercise", flat=True)}
    )
    history.touch(client.pk)


@pytest.mark.parametrize("factor", [2.205, 100, 1 / 2.205, 0.01])
def test_a_day_of_weights_in_a_wrong_unit_is_no_flag_but_a_hint(sarah: Client, factor: float) -> None:
    stories.training(sarah, stories.lifts())
    mistyped(sarah, factor)
    scan(due(NOW), now=NOW)
    assert not Flag.objects.exists()
    sarah.refresh_from_db()
    assert len(sarah.doubts) == 3, "a sentence a lift"
    wrong_unit = factor in (2.205, 1 / 2.205)
    assert all(("pounds entered as kilograms" in says) == wrong_unit for says in sarah.doubts)


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
