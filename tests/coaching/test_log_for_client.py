"""A coach logs sets for a client: into the day's session or a new one, once, undone by one click."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.utils import timezone

from clients.models import Client, Coach
from programs.models import LiftDay, Session, SetLog
from tests.factories import a_session, an_exercise

FINE = {
    "exercise": "Leg press", "count": "3", "weight": "120", "reps": "10", "rir": "2", "ended": "target",
}  # fmt: skip


@pytest.fixture
def desk(dana: Coach) -> Browser:
    browser = Browser()
    browser.force_login(dana.user)
    return browser


def log(desk: Browser, client: Client, **fields: Any) -> Any:
    day = timezone.localdate(timezone=client.zone)
    return desk.post(
        f"/clients/{client.pk}/sets/", {"id": str(uuid4()), "day": day, **FINE, **fields}, follow=True
    )


def test_like_sets_go_into_a_new_session_that_is_over_with_them(desk: Browser, james: Client) -> None:
    page = log(desk, james).content.decode()
    assert "Logged: 3 sets of Leg press." in page
    session = Session.objects.get(client=james)
    assert session.ended_at is not None
    assert (
        list(SetLog.objects.values_list("weight_g", "reps", "rir_halves", "ended", "source"))
        == [(120_000, 10, 4, "target", "coach")] * 3
    )
    assert LiftDay.objects.get(client=james).hold_back == 3


def test_a_session_of_the_day_takes_them_in(desk: Browser, james: Client) -> None:
    session = a_session(james, at=timezone.now() - timedelta(minutes=5))
    log(desk, james, count="1")
    assert SetLog.objects.get().session == session
    session.refresh_from_db()
    assert session.ended_at is None


def test_undo_takes_them_out_of_everything(desk: Browser, james: Client) -> None:
    log(desk, james)
    keys = list(SetLog.objects.values_list("uuid", flat=True))
    for _ in range(2):
        page = desk.post(f"/clients/{james.pk}/sets/undo/", {"set": keys}, follow=True).content.decode()
        assert "Undone." in page
    assert not SetLog.objects.live().exists()
    assert not LiftDay.objects.exists()


def test_the_same_form_twice_is_the_same_sets(desk: Browser, james: Client) -> None:
    key = str(uuid4())
    for _ in range(2):
        assert "Logged: 3 sets" in log(desk, james, id=key).content.decode()
    assert SetLog.objects.count() == 3


def test_a_rep_that_failed_leaves_nothing_in_reserve(desk: Browser, james: Client) -> None:
    log(desk, james, count="1", rir="3", ended="muscular_failure")
    assert SetLog.objects.get().rir_halves == 0


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"exercise": ""}, "Which exercise?"),
        ({"exercise": "Moon jump"}, "No exercise has that name."),
        ({"day": "soon"}, "Give the day as a date"),
        ({"day": "2999-01-01"}, "has not come yet"),
        ({"day": "1900-01-01"}, "cannot be right"),
        ({"count": "0"}, "Between 1 and 20 sets"),
        ({"count": "many"}, "Sets are a whole number."),
        ({"weight": "heavy"}, "Enter the weight as a number"),
        ({"weight": "9e9"}, ""),
        ({"reps": ""}, "How many reps?"),
        ({"reps": "1000"}, ""),
        ({"rir": "2.3"}, "go in halves"),
        ({"rir": "40"}, ""),
        ({"ended": "??"}, ""),
        ({"id": "x"}, "load the page again"),
    ],
)
def test_what_cannot_be_logged_is_said_at_its_field_and_nothing_is_kept(
    desk: Browser, james: Client, fields: dict[str, str], sentence: str
) -> None:
    an_exercise()
    response = log(desk, james, **fields)
    assert response.status_code == 422
    page = response.content.decode()
    assert 'class="error' in page
    assert sentence in page
    assert not SetLog.objects.exists()
    assert not Session.objects.exists()


def test_nothing_is_logged_for_an_archived_client(desk: Browser, james: Client) -> None:
    Client.objects.update(archived_at=timezone.now())
    assert log(desk, james).status_code == 404
