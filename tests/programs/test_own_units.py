"""Pounds for one exercise, kilograms for the rest: nothing drifts, and what was typed in one is never read in the other."""

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from clients.models import Client, Coach
from programs import own_exercises, own_units
from programs.merging import merge
from programs.models import Exercise, Session, SetLog
from programs.own_units import units_for
from tests.factories import an_exercise
from tests.programs.phones import field_of, filled, phone_of, set_url, started


@pytest.fixture
def press(db: None) -> Exercise:
    return an_exercise("Chest press", pattern="horizontal_push", primary_muscle="chest")


@pytest.fixture
def phone(james: Client) -> Browser:
    return phone_of(james)


@pytest.fixture
def free(james: Client) -> Session:
    return started(james)


def in_pounds(phone: Browser, session: Session, exercise: Exercise) -> str:
    url = reverse("session-units", args=[session.uuid])
    answer = phone.post(url, {"exercise": exercise.pk, "units": "lb"}, follow=True)
    return answer.content.decode()


def test_225_pounds_come_back_as_225_pounds_everywhere(
    phone: Browser, free: Session, press: Exercise, james: Client
) -> None:
    page = in_pounds(phone, free, press)
    assert "Weight, lb" in page
    assert 'data-plates="' not in page  # no bar on a machine
    phone.post(set_url(free), filled(press, weight="225", unit="lb"))
    row = SetLog.objects.get()
    assert row.weight_g == 102_058
    page = phone.get(f"/train/{free.uuid}/?lift={press.pk}").content.decode()
    assert "225 lb × 9" in page
    assert field_of(page, "weight") == "225"
    assert field_of(phone.get(f"/train/{free.uuid}/sets/{row.uuid}/").content.decode(), "weight") == "225"
    phone.post(f"/train/{free.uuid}/finish/", {})
    assert "225 lb × 9" in phone.get(f"/train/{free.uuid}/").content.decode()


def test_the_other_exercises_stay_in_the_clients_own_unit(
    phone: Browser, free: Session, press: Exercise
) -> None:
    in_pounds(phone, free, press)
    curl = an_exercise("Cable curl", equipment="cable")
    assert "Weight, kg" in phone.get(f"/train/{free.uuid}/?lift={curl.pk}").content.decode()


def test_a_set_typed_in_pounds_stays_pounds_when_the_choice_changes_before_it_arrives(
    phone: Browser, free: Session, press: Exercise, james: Client
) -> None:
    in_pounds(phone, free, press)
    waiting = filled(press, weight="225", unit="lb")
    own_units.choose(client=james, exercise=press, units="kg", by=None, at=timezone.now())
    phone.post(set_url(free), waiting)
    assert SetLog.objects.get().weight_g == 102_058


@pytest.mark.parametrize("units", ["", "stone", "\x00"])
def test_a_unit_that_there_is_not_is_refused_in_words(
    phone: Browser, free: Session, press: Exercise, james: Client, units: str
) -> None:
    url = reverse("session-units", args=[free.uuid])
    page = phone.post(url, {"exercise": press.pk, "units": units}, follow=True).content.decode()
    assert "Weights are in kg or in lb." in page
    james.refresh_from_db()
    assert james.units_of == {}


def test_a_merged_exercise_keeps_its_unit(james: Client, dana: Coach, press: Exercise) -> None:
    facts = {name: getattr(press, name) for name in own_exercises.FACTS}
    own = own_exercises.keep(exercise=None, facts={**facts, "name": "My press"}, by=dana, at=timezone.now())
    own_units.choose(client=james, exercise=own, units="lb", by=None, at=timezone.now())
    stays = merge(exercise=own, into=press, by=dana, at=timezone.now())
    james.refresh_from_db()
    assert units_for(james, stays) == "lb"


def test_an_exercise_that_becomes_the_practices_own_keeps_its_unit(
    james: Client, dana: Coach, press: Exercise
) -> None:
    own_units.choose(client=james, exercise=press, units="lb", by=None, at=timezone.now())
    facts = {name: getattr(press, name) for name in own_exercises.FACTS}
    changed = {**facts, "failure_class": "avoid", "reason": "an old machine"}
    own = own_exercises.keep(exercise=press, facts=changed, by=dana, at=timezone.now())
    assert own.pk != press.pk
    james.refresh_from_db()
    assert james.units_of == {str(own.pk): "lb"}
