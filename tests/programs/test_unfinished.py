"""A name nobody knows: guessed from its words, shown as a guess, and the coach's to complete."""

from collections import Counter
from typing import Any

import pytest
from django.test import Client as Browser
from hypothesis import given
from hypothesis import strategies as st

from clients.models import Change, Client, Coach
from programs.exercises import Book, class_of, find_or_make
from programs.guess import Guess, guess
from programs.library import rows
from programs.models import Exercise
from programs.policy.suitability import ExerciseFacts, exercise_class
from programs.unfinished import confirm, guessed
from tests.programs.app_names import SIXTY

FACTS = ("equipment", "mechanic", "pattern", "primary_muscle", "overhead", "coordination", "can_trap")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Zercher Good Morning (Barbell)", ("barbell", "compound", "hinge", "hamstrings", False, False, True)),
        ("Cable Woodpecker Curl", ("cable", "isolation", "isolation", "biceps", False, False, False)),
        ("Prime Chest Press (Plate Loaded)", ("machine", "compound", "horizontal_push", "chest", False, False, False)),
        ("Half kneeling overhead press (Kettlebell)", ("kettlebell", "compound", "vertical_push", "shoulders", True, False, False)),
        ("Hang power clean below knee", ("barbell", "compound", "olympic", "full_body", False, True, False)),
        ("Archer Push Ups", ("bodyweight", "compound", "horizontal_push", "chest", False, False, False)),
        ("Tempo Back Squat (Barbell)", ("barbell", "compound", "squat", "quads", False, False, True)),
        ("Rosca direta (Barra)", ("barbell", "", "", "", None, None, None)),
        ("Mystery movement", ("", "", "", "", None, None, None)),
    ],
)  # fmt: skip
def test_the_words_of_a_name_tell_what_it_is(name: str, told: tuple[Any, ...]) -> None:
    found = guess(name)
    assert tuple(getattr(found, fact) for fact in FACTS) == told


def test_of_what_it_says_of_the_librarys_own_names_nineteen_of_twenty_facts_are_right() -> None:
    right, said = Counter[str](), Counter[str]()
    for row in rows():
        for name in [row["name"], *row["aliases"]]:
            found = guess(name)
            for fact in FACTS:
                if getattr(found, fact) not in ("", None):
                    said[fact] += 1
                    right[fact] += getattr(found, fact) == row[fact]
    names = sum(1 + len(row["aliases"]) for row in rows())
    for fact in FACTS:
        assert right[fact] >= (0.9 if fact == "primary_muscle" else 0.95) * said[fact], fact
        assert said[fact] >= 0.8 * names, fact


def _class(found: Guess) -> str:
    facts = {name: getattr(found, name) for name in FACTS}
    return exercise_class(ExerciseFacts(**facts))[0].value


def test_no_common_lift_that_is_to_be_avoided_is_guessed_to_be_good() -> None:
    library = {row["name"]: row for row in rows()}
    real = {name: exercise_class(ExerciseFacts(**{f: library[name][f] for f in FACTS}))[0] for name in SIXTY}
    wrong = [
        said
        for name, names in SIXTY.items()
        for said in (name, *names)
        if real[name] == "avoid" and _class(guess(said)) == "good"
    ]
    assert wrong == []


@given(st.text(max_size=200))
def test_any_name_can_be_guessed_at(name: str) -> None:
    assert guess(name).body_mass_percent in range(101)


def test_until_it_is_completed_a_guess_changes_nothing(dana: Coach) -> None:
    made = find_or_make(dana.practice, "Zercher Good Morning (Barbell)")
    assert (made.to_complete, made.equipment, made.pattern) == (True, "", "")
    assert class_of(made) == ("caution", "Not enough is known about this exercise yet.")
    assert guessed(made)["pattern"] == "hinge"
    assert guessed(made)["overhead"] is False  # a plain no is told as well


def test_what_somebody_has_said_is_not_guessed_over(dana: Coach) -> None:
    made = find_or_make(dana.practice, "Zercher Good Morning (Barbell)")
    made.equipment = "smith"
    assert "equipment" not in guessed(made)


@pytest.fixture
def desk(dana: Coach) -> Browser:
    browser = Browser()
    browser.force_login(dana.user)
    return browser


@pytest.fixture
def zercher(dana: Coach) -> Exercise:
    return find_or_make(dana.practice, "Zercher Good Morning (Barbell)")


def test_it_is_listed_and_counted_wherever_the_coach_is(desk: Browser, zercher: Exercise, eli: Coach) -> None:
    find_or_make(eli.practice, "Somebody else's lift")
    listed = desk.get("/exercises/to-complete/").content.decode()
    assert "Zercher Good Morning" in listed
    assert "barbell, compound, hinge, hamstrings, can trap" in listed
    assert 'class-avoid">avoid' in listed
    assert "Somebody else" not in listed
    assert "1 exercise to complete" in desk.get("/exercises/").content.decode()
    assert '1<span class="hidden-visually"> to complete</span>' in desk.get("/").content.decode()


def test_nothing_to_complete_says_so_and_shows_no_count(desk: Browser) -> None:
    assert "Nothing to complete" in desk.get("/exercises/to-complete/").content.decode()
    assert "to complete" not in desk.get("/").content.decode()


def test_the_form_shows_the_guess_as_a_guess(desk: Browser, zercher: Exercise) -> None:
    page = desk.get(f"/exercises/{zercher.pk}/").content.decode()
    assert "Equipment (a guess)" in page
    assert '<option value="hinge" selected>' in page
    assert page.count('<option value="no" selected>') == 2
    assert "would make it" in page
    zercher.refresh_from_db()
    assert (zercher.to_complete, zercher.equipment) == (True, "")


def test_a_name_that_is_added_comes_with_its_guess(desk: Browser) -> None:
    page = desk.get("/exercises/new/?name=Tempo+back+squat+(barbell)").content.decode()
    assert '<option value="squat" selected>' in page
    assert "(a guess)" not in desk.get("/exercises/new/").content.decode()


def test_a_guess_that_the_coach_confirms_is_knowledge(desk: Browser, dana: Coach, zercher: Exercise) -> None:
    for _ in range(2):
        assert desk.post(f"/exercises/{zercher.pk}/guess/").status_code == 302
    zercher.refresh_from_db()
    assert (zercher.to_complete, zercher.equipment, zercher.can_trap) == (False, "barbell", True)
    assert class_of(zercher)[0] == "avoid"
    change = Change.objects.get(kind="exercise changed")
    assert (change.actor, (change.before or {})["equipment"], (change.after or {})["equipment"]) == (
        dana.user,
        "",
        "barbell",
    )


def test_a_guess_that_lacks_something_leads_to_the_form(desk: Browser, dana: Coach) -> None:
    made = find_or_make(dana.practice, "Mystery movement")
    response = desk.post(f"/exercises/{made.pk}/guess/")
    assert response.headers["Location"] == f"/exercises/{made.pk}/"
    made.refresh_from_db()
    assert made.to_complete


def test_what_the_coach_changes_wins_over_the_guess(desk: Browser, zercher: Exercise) -> None:
    data = {"name": zercher.name, "equipment": "smith", "mechanic": "compound", "pattern": "hinge",
            "primary_muscle": "glutes", "overhead": "no", "coordination": "no", "can_trap": "no"}  # fmt: skip
    desk.post(f"/exercises/{zercher.pk}/", data)
    zercher.refresh_from_db()
    assert (zercher.to_complete, zercher.equipment, zercher.primary_muscle) == (False, "smith", "glutes")


def test_a_strangers_exercise_is_nobodys(eli: Coach, zercher: Exercise) -> None:
    other = Browser()
    other.force_login(eli.user)
    for url in (f"/exercises/{zercher.pk}/guess/", f"/exercises/{zercher.pk}/merge/"):
        assert other.post(url, {"into": Exercise.objects.filter(practice=None)[0].pk}).status_code == 404


def test_confirming_touches_the_clients_that_lift_it(
    dana: Coach, james: Client, zercher: Exercise, now: Any
) -> None:
    from programs.rollups import rebuild
    from tests.factories import a_session, a_set

    session = a_session(james, at=now)
    a_set(session, zercher)
    rebuild(james.pk, zercher.pk, session.local_day)
    before = Client.objects.get(pk=james.pk).history_version
    confirm(exercise=zercher, by=dana, at=now)
    assert Client.objects.get(pk=james.pk).history_version > before
    assert Book(dana.practice).find("zercher good morning (barbell)") == zercher
