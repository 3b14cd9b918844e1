"""A coach's clients as records."""

import pytest
from django.test import Client as Browser

from clients.models import Change, Client, Coach

GOOD = {
    "name": "Nadia Petrov",
    "email": "",
    "timezone": "Europe/Paris",
    "units": "kg",
    "training_since": "",
    "away_until": "",
}


@pytest.fixture
def desk(dana: Coach) -> Browser:
    browser = Browser()
    browser.force_login(dana.user)
    return browser


def test_a_name_is_enough_to_add_a_client(desk: Browser, dana: Coach) -> None:
    response = desk.post("/clients/add/", GOOD)
    client = Client.objects.get()
    assert response["Location"] == f"/clients/{client.pk}/invitation/"
    assert (client.coach, client.practice, client.timezone) == (dana, dana.practice, "Europe/Paris")
    assert Change.objects.get().kind == "client added"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "A client needs a name."),
        ("name", "a\x00b", "Null characters"),
        ("email", "nobody", "valid email"),
        ("timezone", "Europe/Atlantis", "no such time zone"),
        ("timezone", "../etc/passwd", "no such time zone"),
        ("units", "stone", "valid choice"),
        ("training_since", "last year", "as a date"),
        ("training_since", "0001-01-01", "cannot be right"),
        ("away_until", "9999-12-31", "cannot be right"),
    ],
)
def test_a_wrong_field_says_so_and_keeps_what_was_typed(
    desk: Browser, field: str, value: str, sentence: str
) -> None:
    response = desk.post("/clients/add/", {**GOOD, field: value})
    assert response.status_code == 422
    page = response.content.decode()
    assert sentence in page
    assert "Europe/Paris" in page
    assert not Client.objects.exists()


def test_a_change_is_kept_with_before_and_after_and_no_change_leaves_no_trace(
    desk: Browser, james: Client
) -> None:
    facts = {**GOOD, "name": james.name, "timezone": james.timezone}
    desk.post(f"/clients/{james.pk}/edit/", facts)
    assert not Change.objects.exists()
    desk.post(f"/clients/{james.pk}/edit/", {**facts, "away_until": "2026-07-01"})
    change = Change.objects.get()
    assert (change.before, change.after) == ({"away_until": None}, {"away_until": "2026-07-01"})
    james.refresh_from_db()
    assert james.history_version == 1


def test_archiving_twice_is_archiving_once_and_bringing_back_makes_due_for_a_scan(
    desk: Browser, james: Client
) -> None:
    for _ in range(2):
        desk.post(f"/clients/{james.pk}/archive/")
    james.refresh_from_db()
    assert james.archived_at
    assert Change.objects.count() == 1
    desk.post(f"/clients/{james.pk}/archive/", {"do": "back"})
    assert Client.objects.filter(pk=james.pk, archived_at=None, history_version=1).exists()


def test_the_record_of_another_coachs_client_does_not_exist(james: Client, eli: Coach) -> None:
    browser = Browser()
    browser.force_login(eli.user)
    for path in ("edit", "archive"):
        assert browser.post(f"/clients/{james.pk}/{path}/", GOOD).status_code == 404
