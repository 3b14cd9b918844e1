"""Whoever types the name of an exercise finds it, with typing errors too."""

import re
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from clients.models import Client, Coach
from programs import choosing
from programs.catalogue import Catalogue, likeness, slips_between
from programs.library import rows
from programs.models import Exercise, Prescription
from tests.factories import a_session, an_exercise, make_client
from tests.programs.plans import a_phase, a_workout


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("benhc pres", "Barbell bench press"),
        ("romainian", "Romanian deadlift"),
        ("lat puldown", "Lat pulldown"),
        ("latpulldown", "Lat pulldown"),
        ("sqaut", "Barbell back squat"),
        ("deadlfit", "Conventional deadlift"),
        ("tricpe pushdwon", "Triceps pushdown"),
        ("dumbell curl", "Dumbbell curl"),
        ("bicep crul", "Dumbbell curl"),
        ("leg extention", "Leg extension"),
        ("lateral rase", "Dumbbell lateral raise"),
        ("skul crusher", "Barbell skull crusher"),
        ("bulgarain", "Bulgarian split squat"),
        ("pul up", "Pull-up"),
        ("push u", "Push-up"),
        ("calf rasie standing", "Standing calf raise"),
        ("hip trust", "Barbell hip thrust"),
        ("face pul", "Face pull"),
        ("leg pres", "Leg press"),
        ("press leg", "Leg press"),
        ("BENCH", "Barbell bench press"),
        ("inc", "Incline push-up"),
        ("incline bech", "Incline barbell bench press"),
        ("smith bech", "Smith bench press"),
        ("rdl", "Romanian deadlift"),
        ("ohp", "Barbell overhead press"),
        ("plank", "Plank"),
        ("flat chest press machine", "Machine chest press"),  # one word too many
    ],
)
def test_what_was_meant_stands_first(dana: Coach, typed: str, first: str) -> None:
    found = choosing.nearest(choosing.known(dana.practice), typed)
    assert [row.name for row in found][:1] == [first]


def test_every_exercise_is_found_first_by_each_of_its_names(dana: Coach) -> None:
    known = choosing.known(dana.practice)
    missed = {
        name: row.name
        for row in known
        for name in [row.name, *row.aliases]
        if choosing.nearest(known, name)[0].name != row.name
    }
    assert missed == {}


def longest_word(name: str) -> str:
    return str(max(re.findall("[A-Za-z]+", name), key=len))


def _slips(name: str) -> list[str]:
    """Two neighbours swapped, a letter left out, one doubled: at each place within the longest word."""
    word = longest_word(name)
    at = name.index(word)
    return [
        name[: at + n] + changed + name[at + n + 2 :]
        for n in range(1, len(word) - 2)
        for pair in [name[at + n : at + n + 2]]
        for changed in (pair[::-1], pair[1], pair[0] + pair)
    ]


def test_any_one_slip_in_the_longest_word_of_a_name_still_finds_it() -> None:
    library = rows()
    catalogue = Catalogue((row["name"], *row["aliases"]) for row in library)
    missed = []
    for place, row in enumerate(library):
        if len(longest_word(row["name"])) >= 5:
            missed += [said for said in _slips(row["name"]) if place not in catalogue.find(said)[:5]]
    assert missed == []


@pytest.mark.parametrize("typed", ["", "   ", "the", "zzzz", "\u676d\u94c3", "()", "qx qx"])
def test_what_means_nothing_finds_nothing(dana: Coach, typed: str) -> None:
    assert choosing.nearest(choosing.known(dana.practice), typed) == []


@given(st.text(max_size=200))
def test_nothing_that_can_be_typed_breaks_the_search(typed: str) -> None:
    catalogue = Catalogue([("Leg press", "Sled"), ("Leg curl",)])
    found = catalogue.find(typed)
    assert len(set(found)) == len(found)
    assert set(found) <= {0, 1}


@pytest.mark.parametrize(
    ("one", "other", "most", "slips"),
    [
        ("bench", "bench", 2, 0),
        ("benhc", "bench", 1, 1),
        ("bnch", "bench", 1, 1),
        ("bencch", "bench", 1, 1),
        ("banch", "bench", 1, 1),
        ("banhc", "bench", 1, 0),  # two, and one was allowed
        ("banhc", "bench", 2, 2),
        ("press", "squat", 2, 0),
        ("", "ab", 2, 2),
    ],
)
def test_slips_are_counted(one: str, other: str, most: int, slips: int) -> None:
    assert slips_between(one, other, most) == slips
    assert slips_between(other, one, most) == slips


def test_the_same_word_stands_before_its_beginning_its_slip_and_its_middle() -> None:
    scores = [
        likeness(typed, "deadlift") for typed in ("deadlift", "dead", "deadlfit", "daedlfit", "lift", "row")
    ]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)
    assert scores[-1] == 0


def test_of_two_that_fit_as_well_the_first_of_the_list_comes_first() -> None:
    assert Catalogue([("Red row",), ("Low row",)]).find("row") == [0, 1]
    assert Catalogue([("Low row",), ("Red row",)]).find("row") == [0, 1]


@pytest.fixture
def desk(dana: Coach) -> Browser:
    browser = Browser()
    browser.force_login(dana.user)
    return browser


def test_the_coachs_list_forgives_typing_errors(desk: Browser) -> None:
    body = desk.get("/exercises/?q=benhc+pres").content.decode()
    assert body.index("Barbell bench press") < body.index("Smith bench press")
    assert "Leg press" not in body
    assert "No exercise is called" in desk.get("/exercises/?q=zzzz").content.decode()


def test_the_phones_chooser_forgives_typing_errors(dana: Coach, now: Any) -> None:
    client = make_client(dana, "Ivy Cole", signed_in=True)
    phone = Browser()
    assert client.user is not None
    phone.force_login(client.user)
    session = a_session(client, at=now)
    url = reverse("session-exercises", kwargs={"session_uuid": session.uuid})
    assert "Lat pulldown" in phone.get(url, {"q": "lat puldown"}).content.decode()


def test_the_builder_offers_what_a_name_with_typing_errors_may_have_meant(
    desk: Browser, james: Client
) -> None:
    workout = a_workout(a_phase(james))
    url = reverse("workout-line-add", args=[workout.pk])
    data = {
        "exercise": "benhc pres",
        "sets": "3",
        "reps_min": "8",
        "reps_max": "10",
        "rir": "2",
        "rest_s": "120",
    }
    response = desk.post(url, data)
    body = response.content.decode()
    assert response.status_code == 422
    assert "Did you mean one of these?" in body
    assert 'value="benhc pres"' in body
    assert '<button type="submit" name="exercise" value="Barbell bench press">' in body
    # A press of that button sends its name after the field's: the later one counts.
    desk.post(url, {**data, "exercise": ["benhc pres", "Barbell bench press"]})
    assert Prescription.objects.get(workout=workout).exercise.name == "Barbell bench press"


def test_the_own_row_stands_in_for_the_librarys_in_every_search(dana: Coach) -> None:
    own = an_exercise("leg press", practice=dana.practice)
    found = choosing.nearest(choosing.known(dana.practice), "leg press")
    assert found[0] == own
    assert Exercise.objects.get(practice=None, name="Leg press") not in found
