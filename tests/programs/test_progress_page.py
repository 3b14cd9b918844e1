"""My progress on the phone, and my own data as a file."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clients.models import Change, Client, Coach, Injury
from programs.merging import merge
from programs.models import Exercise, Session
from programs.rollups import known_keys, rebuild_days
from tests.factories import a_checkin, a_session, a_set, an_exercise
from tests.programs.phones import phone_of

PAGE = "/train/progress/"


@pytest.fixture
def press(db: None) -> Exercise:
    return an_exercise("Chest press", equipment="machine", pattern="horizontal_push", primary_muscle="chest")


@pytest.fixture
def phone(james: Client) -> Browser:
    return phone_of(james)


def trained(client: Client, exercise: Exercise, *, ago: int, kg: float = 60, reps: int = 8) -> Session:
    at = timezone.now() - timedelta(days=ago)
    session = a_session(client, at=at, ended_at=at + timedelta(hours=1))
    a_set(session, exercise, kg=kg, reps=reps, rir=2, ended="target")
    rebuild_days(known_keys(client.pk))
    return session


def test_strength_best_and_most_reps_stand_there_in_words(
    phone: Browser, james: Client, press: Exercise
) -> None:
    trained(james, press, ago=20, reps=10)
    trained(james, press, ago=2)
    page = phone.get(PAGE).content.decode()
    assert "About 80 kg for a single rep" in page
    assert "best 84 kg on" in page
    assert "Most reps with 60 kg: 10." in page
    assert "<polyline points=" in page


def test_a_new_client_is_told_what_will_stand_here(phone: Browser) -> None:
    page = phone.get(PAGE).content.decode()
    assert "Log a few sets" in page
    assert "No check-in in the last days" in page


def test_the_page_asks_the_database_as_much_after_a_year_as_after_a_week(
    phone: Browser, james: Client, press: Exercise
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert phone.get(PAGE).status_code == 200
        return len(queries)

    trained(james, press, ago=2)
    a_checkin(james, timezone.now().date(), energy=3)
    phone.get(PAGE)
    few = asked()
    for ago in range(3, 90, 3):
        trained(james, press, ago=ago)
        a_checkin(james, timezone.now().date() - timedelta(days=ago), energy=3)
    assert asked() == few <= 12


LIFTS = [f"Machine {letter}" for letter in "ABCDEFGH"]


@pytest.fixture
def eight(james: Client) -> list[Exercise]:
    """Eight lifts, the first trained most."""
    lifts = [an_exercise(name) for name in LIFTS]
    for place, exercise in enumerate(lifts):
        for ago in range(2, 2 + 2 * (len(lifts) - place), 2):
            trained(james, exercise, ago=ago)
    return lifts


def shown(page: str) -> list[str]:
    return re.findall(r"<strong>(Machine .)</strong>", page)


def ticked(page: str) -> list[int]:
    return [int(key) for key in re.findall(r'name="lift" value="(\d+)" checked', page)]


def test_the_lifts_that_are_trained_most_stand_there_until_others_are_chosen(
    phone: Browser, james: Client, eight: list[Exercise]
) -> None:
    page = phone.get(PAGE).content.decode()
    assert shown(page) == LIFTS[:6]
    assert ticked(page) == [one.pk for one in eight[:6]]
    assert "Back to those I train most" not in page
    for _ in range(2):
        answer = phone.post(PAGE, {"lift": [eight[7].pk, eight[1].pk]})
        assert answer.headers["Location"] == f"{PAGE}#strength"
    assert Change.objects.filter(kind="lifts chosen").count() == 1
    page = phone_of(james).get(PAGE).content.decode()  # on any phone
    assert sorted(shown(page)) == ["Machine B", "Machine H"]
    assert ticked(page) == [eight[1].pk, eight[7].pk]
    phone.post(PAGE, {"lift": [eight[7].pk], "usual": "1"})
    assert shown(phone.get(PAGE).content.decode()) == LIFTS[:6]


def test_a_chosen_lift_stays_after_months_without_it(phone: Browser, james: Client, press: Exercise) -> None:
    old = an_exercise("Machine Z")
    trained(james, press, ago=2)
    trained(james, old, ago=200)
    assert shown(phone.get(PAGE).content.decode()) == []
    phone.post(PAGE, {"lift": old.pk})
    assert shown(phone.get(PAGE).content.decode()) == ["Machine Z"]


def test_more_than_six_are_refused_with_a_sentence_and_stay_ticked(
    phone: Browser, james: Client, eight: list[Exercise]
) -> None:
    sent = [one.pk for one in eight[1:]]
    answer = phone.post(PAGE, {"lift": sent})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose up to 6 lifts: 7 are ticked." in page
    assert ticked(page) == sent
    james.refresh_from_db()
    assert james.shown_lifts == []


@pytest.mark.parametrize("sent", ["x", "-1", "", "0", "9" * 18, "9" * 30, "1\x00", "²"])
def test_a_lift_that_was_never_logged_is_refused_with_a_sentence(
    phone: Browser, james: Client, press: Exercise, sent: str
) -> None:
    trained(james, press, ago=2)
    answer = phone.post(PAGE, {"lift": [press.pk, sent]})
    assert answer.status_code == 422
    assert "one that was sent is not one that you have logged" in answer.content.decode()


def test_a_lift_of_somebody_else_cannot_be_chosen(
    phone: Browser, james: Client, sarah: Client, press: Exercise
) -> None:
    trained(sarah, press, ago=2)
    assert phone.post(PAGE, {"lift": press.pk}).status_code == 422


def test_a_chosen_lift_that_is_merged_goes_on_under_its_new_name(
    phone: Browser, james: Client, dana: Coach, press: Exercise
) -> None:
    own = an_exercise("Machine Q", practice=james.practice, to_complete=True)
    trained(james, own, ago=2)
    trained(james, press, ago=4)
    phone.post(PAGE, {"lift": own.pk})
    stays = merge(exercise=own, into=press, by=dana, at=timezone.now())
    james.refresh_from_db()
    assert james.shown_lifts == [stays.pk]


def test_own_data_holds_what_was_logged_and_nothing_that_the_coach_wrote(
    phone: Browser, james: Client, sarah: Client
) -> None:
    own = an_exercise("Own machine", practice=james.practice, failure_class="avoid", reason="Zzyzx reason")
    session = trained(james, own, ago=2)
    trained(sarah, own, ago=2, kg=99)
    session.note = "felt strong"
    session.save(update_fields=["note"])
    a_checkin(james, timezone.now().date(), energy=3, note="slept well")
    Injury.objects.create(client=james, region="knee", onset=timezone.now().date(), note="Zzyzx note")
    answer = phone.get("/train/progress/file/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="reserve.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as bundle:
        text = "\n".join(bundle.read(name).decode() for name in bundle.namelist())
    for mine in ("felt strong", "slept well", "Own machine", "knee", james.ref):
        assert mine in text
    for theirs in ("Zzyzx", sarah.ref):
        assert theirs not in text
