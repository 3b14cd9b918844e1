"""The exercise library: complete, in the vocabulary, classed as the article classes it."""

from typing import Any

import pytest

from clients.body import Muscle, Region
from clients.models import Coach
from lab import exercise_table
from programs.exercises import Book, class_of, find, find_or_make
from programs.library import load, rows
from programs.models import Exercise
from programs.names import words
from programs.policy.kinds import Equipment, Mechanic, Pattern
from tests.programs.app_names import SIXTY

ROWS = rows()


def test_the_library_holds_at_least_250_exercises() -> None:
    assert len(ROWS) >= 250


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_every_fact_is_known_and_in_the_vocabulary(row: dict[str, Any]) -> None:
    assert row["equipment"] in set(Equipment)
    assert row["mechanic"] in set(Mechanic)
    assert row["pattern"] in set(Pattern)
    assert {row["primary_muscle"], *row["secondary_muscles"]} <= set(Muscle)
    assert row["primary_muscle"] not in row["secondary_muscles"]
    assert set(row["loaded_regions"]) <= set(Region)
    assert None not in (row["overhead"], row["coordination"], row["can_trap"])


def test_no_name_means_two_exercises() -> None:
    owner: dict[frozenset[str], str] = {}
    for row in ROWS:
        for name in [row["name"], *row["aliases"]]:
            for said in (words(name), words(name) | words(row["equipment"])):
                assert owner.setdefault(said, row["name"]) == row["name"], name


def test_a_new_installation_has_the_library_and_loading_it_again_changes_nothing(db: None) -> None:
    assert load(Exercise.objects) == 0
    Exercise.objects.filter(name="Leg press").update(equipment="other")
    assert load(Exercise.objects) == 1
    assert load(Exercise.objects) == 0
    assert Exercise.objects.filter(practice=None).count() == len(ROWS)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Leg press", "good"),
        ("Lat pulldown", "good"),
        ("Machine chest press", "good"),
        ("Triceps pushdown", "good"),
        ("Seated cable row", "good"),
        ("Dumbbell curl", "good"),
        ("Dumbbell lateral raise", "good"),
        ("Push-up", "good"),
        ("Pull-up", "good"),
        ("Dip", "good"),
        ("Barbell curl", "caution"),
        ("Dumbbell bench press", "caution"),
        ("Smith squat", "caution"),
        ("Barbell row", "caution"),
        ("Barbell back squat", "avoid"),
        ("Conventional deadlift", "avoid"),
        ("Romanian deadlift", "avoid"),
        ("Barbell bench press", "avoid"),
        ("Barbell overhead press", "avoid"),
        ("Dumbbell overhead press", "avoid"),
        ("Machine shoulder press", "avoid"),
        ("Power clean", "avoid"),
        ("Kettlebell swing", "avoid"),
        ("Barbell skull crusher", "avoid"),
    ],
)
def test_exercises_are_classed_as_the_article_does(dana: Coach, name: str, expected: str) -> None:
    exercise = Exercise.objects.get(name=name)
    found, reason = class_of(exercise)
    assert found == expected
    assert reason.endswith(".")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Bench Press (Barbell)", "Barbell bench press"),
        ("BB bench", "Barbell bench press"),
        ("Flat barbell bench press", "Barbell bench press"),
        ("bench press", "Barbell bench press"),
        ("Incline Bench Press (Dumbbell)", "Incline dumbbell bench press"),
        ("Squat (Barbell)", "Barbell back squat"),
        ("Front Squat (Barbell)", "Barbell front squat"),
        ("Deadlift (Barbell)", "Conventional deadlift"),
        ("Romanian Deadlift (Barbell)", "Romanian deadlift"),
        ("RDL", "Romanian deadlift"),
        ("Romanian Deadlift (Dumbbell)", "Dumbbell romanian deadlift"),
        ("Overhead Press (Barbell)", "Barbell overhead press"),
        ("OHP", "Barbell overhead press"),
        ("Shoulder Press (Dumbbell)", "Dumbbell overhead press"),
        ("Lat Pulldown (Cable)", "Lat pulldown"),
        ("Lat Pull-down", "Lat pulldown"),
        ("Seated Row (Cable)", "Seated cable row"),
        ("Bent Over Row (Barbell)", "Barbell row"),
        ("Leg Press (Machine)", "Leg press"),
        ("Leg Extension (Machine)", "Leg extension"),
        ("Lying Leg Curl (Machine)", "Lying leg curl"),
        ("Seated Calf Raise", "Seated calf raise"),
        ("Bicep Curl (Dumbbell)", "Dumbbell curl"),
        ("Biceps Curls (Barbell)", "Barbell curl"),
        ("Hammer Curl (Dumbbell)", "Hammer curl"),
        ("Tricep Pushdown", "Triceps pushdown"),
        ("Triceps Rope Pushdown", "Rope pushdown"),
        ("Skullcrusher (Barbell)", "Barbell skull crusher"),
        ("Lateral Raise (Dumbbell)", "Dumbbell lateral raise"),
        ("Face Pull", "Face pull"),
        ("Chest Fly", "Dumbbell fly"),
        ("Butterfly (Pec Deck)", "Pec deck"),
        ("Cable Fly Crossovers", "Cable fly"),
        ("Pull Up", "Pull-up"),
        ("pullups", "Pull-up"),
        ("Pull Up (Weighted)", "Pull-up"),
        ("Chin-Ups", "Chin-up"),
        ("Push Ups", "Push-up"),
        ("Chest Dip", "Dip"),
        ("Hip Thrust (Barbell)", "Barbell hip thrust"),
        ("Bulgarian Split Squat", "Bulgarian split squat"),
        ("Farmers Walk", "Farmer's walk"),
        ("T Bar Row", "T-bar row"),
        ("Bench Press (Smith Machine)", "Smith bench press"),
        ("One-Arm Dumbbell Row", "Dumbbell row"),
    ],
)
def test_the_names_of_logging_apps_find_the_exercise(dana: Coach, said: str, meant: str) -> None:
    found = find(dana.practice, said)
    assert found is not None
    assert found.name == meant


def test_the_practices_own_exercise_stands_before_the_librarys(dana: Coach, eli: Coach) -> None:
    own = Exercise.objects.create(practice=dana.practice, name="leg press", equipment="machine")
    assert find(dana.practice, "Leg Press") == own
    assert find(dana.practice, "Leg Press (Machine)") == own
    library = find(eli.practice, "Leg Press")
    assert library is not None
    assert library.practice is None


def test_a_name_nobody_knows_is_made_once_with_caution_and_marked(dana: Coach, eli: Coach) -> None:
    made = find_or_make(dana.practice, "  Jefferson   curl\x00 ")
    assert (made.name, made.practice, made.to_complete) == ("Jefferson curl", dana.practice, True)
    assert class_of(made)[0] == "caution"
    assert find_or_make(dana.practice, "jefferson CURL") == made
    assert find(eli.practice, "Jefferson curl") is None


def test_a_book_reads_all_names_in_one_query(dana: Coach, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        book = Book(dana.practice)
        assert all(book.find(row["name"]) for row in ROWS)


def test_words_that_say_nothing_find_nothing(dana: Coach) -> None:
    assert [find(dana.practice, name) for name in ("", "   ", "()", "the", "杠铃卧推")] == [None] * 5


@pytest.mark.parametrize("meant", SIXTY)
def test_the_60_most_common_lifts_are_found_as_each_app_writes_them(dana: Coach, meant: str) -> None:
    book = Book(dana.practice)
    found = {said: book.find(said) for said in SIXTY[meant]}
    assert {said: row.name if row else None for said, row in found.items()} == dict.fromkeys(
        SIXTY[meant], meant
    )


def test_sixty_are_sixty() -> None:
    assert len(SIXTY) >= 60
    assert all(len(names) >= 3 for names in SIXTY.values())


def test_the_published_table_is_the_library_as_it_is() -> None:
    assert exercise_table.PAGE.read_text(encoding="utf-8") == exercise_table.page(), "run `make docs`"
    assert exercise_table.page().count("\n| ") == len(ROWS) + 1
