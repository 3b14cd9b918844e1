"""Which exercise a name in a bundle leads to."""

from pathlib import Path

import pytest

from clients.models import Coach
from programs.models import Exercise, LiftDay, SetLog
from tests.coaching.bundles import Said, take_in, write
from tests.factories import an_exercise

HEAD = "name,equipment,mechanic,pattern,primary_muscle,aliases\n"


@pytest.fixture(autouse=True)
def _var(settings: object, tmp_path: Path, dana: Coach) -> None:
    settings.VAR_DIR = tmp_path / "var"  # type: ignore[attr-defined]


@pytest.fixture
def press() -> Exercise:
    return an_exercise("Leg press")


def bundle(folder: Path, *names: str, exercises: str = "") -> Said:
    sets = "".join(f"j1,{n},{name},60,8\n" for n, name in enumerate(names, 1))
    files = {
        "clients.csv": "client_ref\njames\n",
        "sessions.csv": "session_ref,client_ref,started_at\nj1,james,2026-06-01T18:00:00+01:00\n",
        "sets.csv": f"session_ref,set_no,exercise,weight_kg,reps\n{sets}",
    }
    if exercises:
        files["exercises.csv"] = HEAD + exercises
    said = take_in(write(folder, files))
    assert said.code == 0, said.err
    return said


def exercises_of_sets() -> list[Exercise]:
    return [one.exercise for one in SetLog.objects.select_related("exercise").order_by("set_no")]


def test_the_library_is_found_in_any_case_and_by_alias(tmp_path: Path, press: Exercise) -> None:
    alias = press.aliases[0]
    bundle(tmp_path / "b", "Leg press", "LEG PRESS", f" {alias.upper()} ")
    assert {one.pk for one in exercises_of_sets()} == {press.pk}
    assert not Exercise.objects.exclude(practice=None).exists()


def test_a_name_nobody_knows_is_made_once_to_be_completed(tmp_path: Path, dana: Coach) -> None:
    said = bundle(tmp_path / "b", "Zercher yoke thing", "zercher YOKE thing")
    one, two = exercises_of_sets()
    assert one == two
    assert (one.practice_id, one.to_complete, one.equipment, one.failure_class) == (
        dana.practice_id,
        True,
        "",
        "",
    )
    assert said.counts["exercises.csv"]["created"] == 0, "no row of the file made it"
    bundle(tmp_path / "b", "Zercher yoke thing")
    assert Exercise.objects.filter(practice=dana.practice).count() == 1


def test_what_the_bundle_describes_is_the_practices_own(tmp_path: Path, dana: Coach) -> None:
    bundle(tmp_path / "b", "Yoke", "Y1", exercises="Yoke,other,compound,carry,full_body,Y1;Y2\n")
    one, two = exercises_of_sets()
    assert one == two
    assert (one.practice_id, one.to_complete, one.aliases) == (dana.practice_id, False, ["Y1", "Y2"])
    bundle(tmp_path / "c", "y2")
    assert exercises_of_sets()[0] == one


def test_a_description_that_says_what_the_library_says_makes_nothing(tmp_path: Path, press: Exercise) -> None:
    row = f"Leg press,{press.equipment},{press.mechanic},,{press.primary_muscle},\n"
    said = bundle(tmp_path / "b", "Leg press", exercises=row)
    assert said.counts["exercises.csv"] == {"created": 0, "updated": 0, "unchanged": 1}
    assert exercises_of_sets() == [press]


def test_a_description_that_differs_stands_over_the_library(
    tmp_path: Path, dana: Coach, press: Exercise
) -> None:
    said = bundle(tmp_path / "b", "Leg press", exercises="Leg press,smith,,,,\n")
    assert said.counts["exercises.csv"]["created"] == 1
    (own,) = exercises_of_sets()
    assert (own.practice_id, own.equipment, own.pattern) == (dana.practice_id, "smith", press.pattern)
    press.refresh_from_db()
    assert press.equipment == "machine"


def test_history_follows_to_the_practices_own_row(tmp_path: Path, press: Exercise) -> None:
    bundle(tmp_path / "b", "Leg press")
    said = bundle(tmp_path / "c", "Leg press", exercises="Leg press,smith,,,,\n")
    assert said.counts["sets.csv"] == {"created": 0, "updated": 0, "unchanged": 1}
    (own,) = exercises_of_sets()
    assert own.pk != press.pk
    assert LiftDay.objects.get().exercise == own


def test_a_later_bundle_completes_what_was_made_from_a_name(tmp_path: Path) -> None:
    bundle(tmp_path / "b", "Yoke")
    said = bundle(tmp_path / "c", "Yoke", exercises="yoke,other,compound,carry,full_body,\n")
    assert said.counts["exercises.csv"]["updated"] == 1
    (own,) = exercises_of_sets()
    assert (own.name, own.to_complete, own.equipment) == ("Yoke", False, "other")


@pytest.mark.parametrize(
    ("pattern", "percent"),
    [("vertical_pull", 100), ("horizontal_push", 64), ("horizontal_pull", 60), ("core", 0)],
)
def test_a_new_bodyweight_lift_moves_the_share_of_its_kind(
    tmp_path: Path, pattern: str, percent: int
) -> None:
    bundle(tmp_path / "b", "My lift", exercises=f"My lift,bodyweight,compound,{pattern},chest,\n")
    assert exercises_of_sets()[0].body_mass_percent == percent
    best = LiftDay.objects.get().open_load_g
    assert best == (60_000 + percent * 750 if percent else None)


def test_help_is_allowed_where_the_bundle_itself_says_bodyweight(tmp_path: Path) -> None:
    sets = "session_ref,set_no,exercise,weight_kg,reps\nj1,1,My lift,-20,8\n"
    base = {
        "clients.csv": "client_ref\njames\n",
        "sessions.csv": "session_ref,client_ref,started_at\nj1,james,2026-06-01T18:00:00+01:00\n",
        "sets.csv": sets,
    }
    said = take_in(write(tmp_path / "b", base))
    assert said.code == 1
    assert "sets.csv:2: weight_kg: below 0 is help" in said.err
    described = {**base, "exercises.csv": HEAD + "My lift,bodyweight,compound,vertical_pull,lats,\n"}
    assert take_in(write(tmp_path / "c", described)).code == 0


def test_a_name_of_nothing_that_can_be_read_is_refused(tmp_path: Path) -> None:
    sessions = "session_ref,client_ref,started_at\ns,c,2026-06-01T18:00:00Z\n"
    sets = "session_ref,set_no,exercise\ns,1,\u200b\ns,2,Bench\u200bless press\n"
    files = {"clients.csv": "client_ref\nc\n", "sessions.csv": sessions, "sets.csv": sets}
    said = take_in(write(tmp_path / "b", files))
    assert [problem.split(": ")[:2] for problem in said.problems] == [["sets.csv:2", "exercise"]]


def test_a_picture_made_of_several_stays_one(tmp_path: Path) -> None:
    bundle(tmp_path / "b", "\U0001f3cb\ufe0f\u200d\u2640\ufe0f lift")
    assert exercises_of_sets()[0].name == "\U0001f3cb\ufe0f\u200d\u2640\ufe0f lift"
