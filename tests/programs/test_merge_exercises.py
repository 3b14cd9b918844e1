"""Two names of one exercise become one: with what was done, what is planned, and every name that leads there."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client as Browser

from clients.models import Client, Coach
from clients.problems import Refused
from programs import choosing
from programs.exercises import Book, find, find_or_make
from programs.merging import merge
from programs.models import Exercise, LiftDay, SetLog
from programs.rollups import rebuild
from tests.factories import a_session, a_set, an_exercise
from tests.programs.plans import a_line, a_phase, a_workout

pytestmark = pytest.mark.django_db


@pytest.fixture
def odd(dana: Coach) -> Exercise:
    return an_exercise(
        "Beinpresse", practice=dana.practice, to_complete=True, equipment="", aliases=["Presse"]
    )


@pytest.fixture
def library() -> Exercise:
    return Exercise.objects.get(practice=None, name="Leg press")


def merged(odd: Exercise, into: Exercise, by: Coach, now: Any) -> Exercise:
    return merge(exercise=odd, into=into, by=by, at=now)


def test_sets_plans_and_rollups_go_over_and_the_old_name_leads_on(
    dana: Coach, james: Client, odd: Exercise, library: Exercise, now: Any
) -> None:
    line = a_line(a_workout(a_phase(james)), odd)
    prescribed = [{"exercise_id": odd.pk, "exercise": "Beinpresse", "sets": 3, "rir_halves": 4}]
    session = a_session(james, at=now, prescribed=prescribed)
    a_set(session, odd, kg=100, reps=8)
    a_set(session, library, kg=120, reps=5)
    earlier = a_session(james, at=now - timedelta(days=3))
    a_set(earlier, odd, kg=90, reps=8)
    for exercise, one in ((odd, session), (library, session), (odd, earlier)):
        rebuild(james.pk, exercise.pk, one.local_day)
    version = Client.objects.get(pk=james.pk).history_version
    stays = merged(odd, library, dana, now)
    assert (stays.practice, stays.name) == (dana.practice, "Leg press")
    assert set(SetLog.objects.values_list("exercise", flat=True)) == {stays.pk}
    assert list(LiftDay.objects.order_by("day").values_list("exercise", "volume_g")) == [
        (stays.pk, 90_000 * 8),
        (stays.pk, 100_000 * 8 + 120_000 * 5),
    ]
    line.refresh_from_db()
    session.refresh_from_db()
    assert (line.exercise, session.prescribed[0]["exercise_id"]) == (stays, stays.pk)
    assert find(dana.practice, "beinpresse") == stays
    assert find(dana.practice, "PRESSE") == stays
    assert find_or_make(dana.practice, "Beinpresse") == stays
    assert "Beinpresse" not in [row.name for row in choosing.known(dana.practice)]
    assert Client.objects.get(pk=james.pk).history_version > version


def test_a_second_time_changes_nothing(dana: Coach, odd: Exercise, library: Exercise, now: Any) -> None:
    first = merged(odd, library, dana, now)
    before = list(Exercise.objects.order_by("pk").values_list())
    assert merged(odd, first, dana, now) == first
    assert merged(odd, library, dana, now) == first
    assert list(Exercise.objects.order_by("pk").values_list()) == before


def test_the_librarys_row_is_left_as_it_was_and_other_practices_see_nothing(
    dana: Coach, eli: Coach, odd: Exercise, library: Exercise, now: Any
) -> None:
    merged(odd, library, dana, now)
    library.refresh_from_db()
    assert "Beinpresse" not in library.aliases
    assert find(eli.practice, "Beinpresse") is None
    assert find(eli.practice, "Leg press") == library


def test_a_twin_keeps_what_the_coach_has_said_of_it(
    dana: Coach, odd: Exercise, library: Exercise, now: Any
) -> None:
    twin = an_exercise("leg press", practice=dana.practice, failure_class="avoid", reason="old sled")
    stays = merged(odd, library, dana, now)
    assert (stays.pk, stays.failure_class, stays.reason) == (twin.pk, "avoid", "old sled")


def test_merges_follow_one_another(dana: Coach, odd: Exercise, library: Exercise, now: Any) -> None:
    middle = an_exercise("Presse 45", practice=dana.practice)
    merged(odd, middle, dana, now)
    stays = merged(middle, library, dana, now)
    assert find(dana.practice, "Beinpresse") == find(dana.practice, "Presse 45") == stays


@pytest.mark.parametrize("case", ["itself", "library", "stranger", "help"])
def test_what_cannot_be_merged_is_refused_with_a_sentence(
    dana: Coach, eli: Coach, james: Client, odd: Exercise, library: Exercise, now: Any, case: str
) -> None:
    into, exercise = library, odd
    if case == "itself":
        into = odd
    elif case == "library":
        exercise, into = library, odd
    elif case == "stranger":
        into = an_exercise("Theirs", practice=eli.practice)
    else:
        a_set(a_session(james, at=now), odd, kg=-20)
    with pytest.raises(Refused) as refused:
        merged(exercise, into, dana, now)
    assert refused.value.sentence.endswith(".")
    assert not Exercise.objects.exclude(merged_into=None).exists()


def test_the_page_offers_the_nearest_and_merges_without_a_script(
    dana: Coach, odd: Exercise, library: Exercise
) -> None:
    desk = Browser()
    desk.force_login(dana.user)
    url = f"/exercises/{odd.pk}/merge/"
    assert "Leg press" in desk.get(url, {"q": "leg pres"}).content.decode()
    for nonsense in ({}, {"into": "x"}, {"into": "9" * 30}, {"into": "0"}, {"into": odd.pk}):
        response = desk.post(url, nonsense)
        assert response.status_code == 422
        assert 'class="error"' in response.content.decode()
    assert desk.post(url, {"into": library.pk}).status_code == 302
    stays = Exercise.objects.get(practice=dana.practice, merged_into=None)
    assert desk.get(url).status_code == 404
    # An old address of the merged one leads to the one that stays.
    assert "Leg press" in desk.get(f"/exercises/{odd.pk}/").content.decode()
    again = desk.post("/exercises/new/", {"name": "Beinpresse"})
    assert again.status_code == 422
    assert "was merged into “Leg press”" in again.content.decode()
    assert stays.aliases[-2:] == ["Beinpresse", "Presse"]


def test_a_phone_that_was_away_still_finds_the_exercise(
    dana: Coach, odd: Exercise, library: Exercise, now: Any
) -> None:
    from django.urls import reverse

    from tests.factories import make_client

    client = make_client(dana, "Ivy Cole", signed_in=True)
    session = a_session(client, at=now)
    stays = merged(odd, library, dana, now)
    phone = Browser()
    assert client.user is not None
    phone.force_login(client.user)
    page = phone.get(reverse("session", kwargs={"session_uuid": session.uuid}), {"lift": odd.pk})
    assert stays.name in page.content.decode()


def test_an_old_bundle_that_still_names_it_brings_it_back_into_the_one_that_stays(
    dana: Coach, james: Client, odd: Exercise, library: Exercise, now: Any, tmp_path: Path
) -> None:
    a_set(a_session(james, at=now), odd)
    call_command("export_bundle", str(tmp_path / "old"), "--coach", "dana@example.com")
    stays = merged(odd, library, dana, now)
    call_command("import_bundle", str(tmp_path / "old"), "--coach", "dana@example.com")
    assert list(SetLog.objects.values_list("exercise", flat=True)) == [stays.pk]
    stays.refresh_from_db()
    assert stays.equipment == "machine"
    call_command("export_bundle", str(tmp_path / "new"), "--coach", "dana@example.com")
    text = (tmp_path / "new" / "exercises.csv").read_text(encoding="utf-8")
    assert "Beinpresse" in text  # as another name of the one that stays
    assert Book(dana.practice).find("beinpresse") == stays
