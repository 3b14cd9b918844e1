"""My progress on the phone, and my own data as a file."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clients.models import Client, Injury
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
