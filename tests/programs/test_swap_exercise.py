"""The machine is taken: what else trains the same."""

import pytest
from django.test import Client as Browser

from clients.models import Client, Coach
from programs.alike import alike
from programs.models import Exercise
from tests.factories import an_exercise
from tests.programs.phones import phone_of, started


@pytest.fixture
def press(db: None) -> Exercise:
    return an_exercise("Try press", pattern="try_push", primary_muscle="try_chest")


def names(client: Client, exercise: Exercise) -> list[str]:
    return [row.name for row in alike(client, exercise)]


def test_the_same_muscle_by_the_same_movement_comes_first_then_the_muscle_then_the_movement(
    james: Client, press: Exercise, eli: Coach
) -> None:
    an_exercise("A row", pattern="try_pull", primary_muscle="try_back")
    an_exercise("Dip", pattern="try_push", primary_muscle="try_triceps")
    an_exercise("Fly", pattern="isolation", primary_muscle="try_chest")
    an_exercise("Push-up", pattern="try_push", primary_muscle="try_chest")
    an_exercise("Eli's press", pattern="try_push", primary_muscle="try_chest", practice=eli.practice)
    assert names(james, press) == ["Push-up", "Fly", "Dip"]


def test_an_exercise_that_nobody_described_is_like_no_other(james: Client) -> None:
    an_exercise("Nameless", pattern="", primary_muscle="")
    assert names(james, an_exercise("Mystery", pattern="", primary_muscle="")) == []


def test_the_chooser_offers_them_where_an_exercise_is_to_be_swapped(james: Client, press: Exercise) -> None:
    other = an_exercise("Push-up", pattern="try_push", primary_muscle="try_chest")
    phone: Browser = phone_of(james)
    session = started(james)
    page = phone.get(f"/train/{session.uuid}/?lift={press.pk}").content.decode()
    address = f"/train/{session.uuid}/exercises/?instead={press.pk}"
    assert address in page
    page = phone.get(address).content.decode()
    assert "Instead of Try press" in page
    assert page.index(f"?lift={other.pk}") < page.index("All exercises")
    assert phone.get(f"/train/{session.uuid}/exercises/?instead=x").status_code == 404
