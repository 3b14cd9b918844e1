"""Today on the phone: what is planned, what is under way, and how many questions it costs the database."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clients.days import local_day
from clients.ids import new_id
from clients.models import Client, Consent
from programs.models import Exercise, Session, SetLog
from tests.factories import a_session, a_set, an_exercise
from tests.programs.phones import HTMX, a_workout, filled, phone_of, set_url, started

TODAY = "/train/"


@pytest.fixture
def press(db: None) -> Exercise:
    return an_exercise("Chest press", pattern="horizontal_push", primary_muscle="chest")


@pytest.fixture
def curl(db: None) -> Exercise:
    return an_exercise(
        "Cable curl", equipment="cable", mechanic="isolation", pattern="isolation", primary_muscle="biceps"
    )


@pytest.fixture
def phone(james: Client) -> Browser:
    return phone_of(james)


def page_of(phone: Browser, url: str = TODAY) -> str:
    answer = phone.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def years_of_training(client: Client, exercises: list[Exercise], sessions: int) -> None:
    from programs.rollups import known_keys, rebuild_days

    for ago in range(1, sessions + 1):
        session = a_session(client, at=timezone.now() - timedelta(days=2 * ago), ended_at=timezone.now())
        for exercise in exercises:
            a_set(session, exercise, kg=60, reps=9, rir=2, ended="target")
    rebuild_days(known_keys(client.pk))


def test_the_plan_of_the_day_stands_there_with_last_times_numbers(
    phone: Browser, james: Client, press: Exercise, curl: Exercise
) -> None:
    years_of_training(james, [press], 2)
    a_workout(james, press, curl, note="Slow down")
    page = page_of(phone)
    for words in (
        "Push day",
        "Hypertrophy, week 3",
        "Chest press",
        "3 × 8–10 · stop 2 short",
        "60 kg × 9",
        "Slow down",
    ):
        assert words in page


def test_without_a_plan_a_free_session_is_offered(phone: Browser) -> None:
    page = page_of(phone)
    assert "Nothing planned for today" in page
    assert "Start a free session" in page


def test_starting_twice_with_one_form_is_one_session(phone: Browser, james: Client, press: Exercise) -> None:
    workout = a_workout(james, press)
    sent = {"id": new_id(), "workout": workout.pk}
    first, again = (phone.post(reverse("session-start"), sent) for _ in range(2))
    session = Session.objects.get()
    assert first["Location"] == again["Location"] == reverse("session", kwargs={"session_uuid": session.uuid})
    assert session.prescribed[0]["exercise"] == "Chest press"
    assert "Under way since" in page_of(phone)


@pytest.mark.parametrize("sent", [{}, {"id": "garbage", "workout": ""}])
def test_a_start_without_an_id_still_starts(phone: Browser, sent: dict[str, str]) -> None:
    assert phone.post(reverse("session-start"), sent).status_code == 302
    assert Session.objects.count() == 1


def test_nobody_starts_somebody_elses_workout(phone: Browser, sarah: Client, press: Exercise) -> None:
    workout = a_workout(sarah, press)
    phone.post(reverse("session-start"), {"workout": workout.pk})
    assert Session.objects.get().workout is None
    assert phone.post(reverse("session-start"), {"workout": "9" * 40}).status_code == 404


@pytest.mark.parametrize("script", [True, False])
def test_each_last_set_has_its_verdict_with_and_without_a_script(
    phone: Browser, james: Client, press: Exercise, curl: Exercise, script: bool
) -> None:
    a_workout(james, press, curl)
    if script:
        page = phone.get(reverse("today-verdicts"), headers=HTMX).content.decode()
        assert page.lstrip().startswith('<div id="judged">')
    else:
        page = phone.get(reverse("today-verdicts"), follow=True).content.decode()
    assert page.count("Last set:") == 2


def test_a_free_session_begins_with_choosing_lately_done_first(
    phone: Browser, james: Client, press: Exercise, curl: Exercise
) -> None:
    years_of_training(james, [curl], 1)
    session = started(james)
    chosen = phone.get(
        reverse("session", kwargs={"session_uuid": session.uuid}), follow=True
    ).content.decode()
    assert chosen.index("Lately") < chosen.index("Cable curl") < chosen.index("All exercises")
    url = reverse("session-exercises", kwargs={"session_uuid": session.uuid})
    found = phone.get(url, {"q": "press chest"}, headers=HTMX).content.decode()
    assert "Chest press" in found
    assert "Cable curl" not in found
    assert "No exercise has" in phone.get(url, {"q": "zzz\x00<b>"}).content.decode()


def test_a_session_is_finished_and_shown_and_corrected(
    phone: Browser, james: Client, press: Exercise
) -> None:
    session = started(james)
    phone.post(set_url(session), filled(press))
    finish = reverse("session-finish", kwargs={"session_uuid": session.uuid})
    assert "20" in page_of(phone, finish)  # minutes, from the clock
    done = phone.post(
        finish, {"session_rpe": "7", "duration_min": "45,5", "note": "Good"}, follow=True
    ).content.decode()
    for words in ("45.5", "7 of 10", "Good", "26 kg × 9"):
        assert words in done
    session.refresh_from_db()
    assert (session.session_rpe, session.duration_min) == (Decimal(7), Decimal("45.50"))
    assert "45.5" in page_of(phone, finish)
    began_today = session.local_day == local_day(
        timezone.now(), james.zone
    )  # not twenty minutes after midnight
    assert ("done" in page_of(phone)) is began_today


@pytest.mark.parametrize(
    ("field", "value"),
    [("session_rpe", "11"), ("duration_min", "-5"), ("duration_min", "1441"), ("note", "a\x00")],
)
def test_a_word_that_cannot_be_is_refused_and_the_session_stays_open(
    phone: Browser, james: Client, field: str, value: str
) -> None:
    session = started(james)
    answer = phone.post(reverse("session-finish", kwargs={"session_uuid": session.uuid}), {field: value})
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    session.refresh_from_db()
    assert session.ended_at is None


def test_an_end_pressed_too_early_is_taken_back(phone: Browser, james: Client, press: Exercise) -> None:
    session = started(james)
    phone.post(set_url(session), filled(press))
    phone.post(reverse("session-finish", kwargs={"session_uuid": session.uuid}), {})
    page = phone.post(
        reverse("session-reopen", kwargs={"session_uuid": session.uuid}), follow=True
    ).content.decode()
    assert "Set 2" in page


def test_a_closed_record_says_what_to_do_on_every_page_but_the_settings(
    phone: Browser, james: Client
) -> None:
    Client.objects.filter(pk=james.pk).update(archived_at=timezone.now())
    for page in (TODAY, reverse("checkin")):
        answer = phone.get(page)
        assert answer.status_code == 410
        assert "ask them for an invitation link" in answer.content.decode()
    assert phone.post(reverse("session-start")).status_code == 410
    assert not Session.objects.exists()
    assert phone.get(reverse("client-settings")).status_code == 200


def counted(phone: Browser, url: str, sent: dict[str, object] | None = None) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = phone.post(url, sent, headers=HTMX) if sent else phone.get(url)
    assert answer.status_code == 200, answer.content
    return len(queries)


def test_today_costs_the_same_with_any_history_and_plan(
    phone: Browser, james: Client, press: Exercise, curl: Exercise
) -> None:
    workout = a_workout(james, press)
    years_of_training(james, [press, curl], 3)
    few = counted(phone, TODAY)
    years = [Exercise(name=f"Lift {n}", equipment="machine") for n in range(8)]
    for position, exercise in enumerate(Exercise.objects.bulk_create(years), 5):
        workout.prescriptions.create(exercise=exercise, position=position, sets=3, reps_min=8, reps_max=10)
    years_of_training_more(james, [press, curl])
    assert counted(phone, TODAY) == few <= 12


def test_a_logged_set_costs_at_most_twenty_statements_with_any_history(
    phone: Browser, james: Client, press: Exercise, curl: Exercise
) -> None:
    session = started(james, a_workout(james, press, curl))
    phone.post(
        set_url(session), filled(curl, set_no=1), headers=HTMX
    )  # what is asked once a process is asked
    few = counted(phone, set_url(session), filled(press, set_no=2))
    years_of_training_more(james, [press, curl])
    for _ in range(6):
        phone.post(set_url(session), filled(curl))
    many = counted(phone, set_url(session), filled(press, set_no=9))
    assert SetLog.objects.filter(session=session).count() == 9
    assert many == few <= 20


def years_of_training_more(client: Client, exercises: list[Exercise]) -> None:
    at: datetime = timezone.now() - timedelta(days=400)
    for n in range(20):
        session = a_session(client, at=at + timedelta(days=3 * n, minutes=1))
        for exercise in exercises:
            a_set(session, exercise)
    assert Consent.objects.filter(client=client).exists()
