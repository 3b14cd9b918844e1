"""Logging a set on the phone, with and without HTMX."""

import re
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from clients.models import Checkin, Client, Coach, Consent
from programs import sessions
from programs.models import Exercise, Session, SetLog
from tests.factories import an_exercise
from tests.programs.phones import HTMX, a_workout, field_of, filled, phone_of, set_url, started


@pytest.fixture
def press(db: None) -> Exercise:
    return an_exercise(
        "Incline dumbbell press", equipment="dumbbell", pattern="horizontal_push", primary_muscle="chest"
    )


@pytest.fixture
def phone(james: Client) -> Browser:
    return phone_of(james)


@pytest.fixture
def session(james: Client, press: Exercise) -> Session:
    return started(james, a_workout(james, press))


@pytest.fixture
def free(james: Client) -> Session:
    return started(james)


def address(name: str, session: Session, row: SetLog | None = None) -> str:
    keys: dict[str, Any] = {"session_uuid": session.uuid}
    return reverse(name, kwargs={**keys, "set_uuid": row.uuid} if row else keys)


def test_as_planned_stores_the_prescribed_reserve(phone: Browser, session: Session, press: Exercise) -> None:
    page = phone.get(address("session", session)).content.decode()
    assert "As planned: 2 left" in page
    phone.post(set_url(session), filled(press, rir=None, planned=field_of(page, "planned")))
    row = SetLog.objects.get()
    assert (row.ended, row.rir_halves, row.weight_g, row.set_no) == ("target", 4, 26_000, 1)


def test_a_tapped_reserve_stands_before_the_planned_one(
    phone: Browser, session: Session, press: Exercise
) -> None:
    phone.post(set_url(session), filled(press, planned=4, rir="5"))
    assert SetLog.objects.get().rir_halves == 10  # "4+" is kept as 5


def test_without_a_plan_the_reserve_is_a_tap_of_its_own(
    phone: Browser, free: Session, press: Exercise
) -> None:
    answer = phone.post(set_url(free), filled(press, rir=None), headers=HTMX)
    assert answer.status_code == 422
    assert "Tap one" in answer.content.decode()
    assert not SetLog.objects.exists()


@pytest.mark.parametrize(
    ("ended", "rir", "stored"),
    [
        ("muscular_failure", None, 0),
        ("muscular_failure", "2", 0),
        ("technical_failure", None, None),
        ("technical_failure", "1", 2),
        ("stopped", None, None),
    ],
)
def test_each_ending_keeps_what_it_says_of_the_reserve(
    phone: Browser, free: Session, press: Exercise, ended: str, rir: str | None, stored: int | None
) -> None:
    phone.post(set_url(free), filled(press, ended=ended, rir=rir, planned=4))
    row = SetLog.objects.get()
    assert (row.ended, row.rir_halves) == (ended, stored)


def test_a_last_set_planned_for_failure_is_not_logged_as_one_by_as_planned(
    phone: Browser, james: Client, press: Exercise
) -> None:
    session = started(james, a_workout(james, press, sets=1, failure_on_last=True))
    page = phone.get(address("session", session)).content.decode()
    assert "Planned: this one to failure" in page
    assert field_of(page, "planned") == ""


def test_a_set_sent_twice_is_stored_once(phone: Browser, free: Session, press: Exercise) -> None:
    sent = filled(press)
    first, again = phone.post(set_url(free), sent), phone.post(set_url(free), sent)
    assert (first.status_code, again.status_code, SetLog.objects.count()) == (302, 302, 1)


def test_a_set_sent_again_with_other_numbers_is_a_conflict_that_shows_what_is_stored(
    phone: Browser, free: Session, press: Exercise
) -> None:
    sent = filled(press)
    phone.post(set_url(free), sent)
    answer = phone.post(set_url(free), {**sent, "reps": 3}, headers=HTMX)
    assert answer.status_code == 409
    assert "26 kg × 9" in answer.content.decode()
    assert SetLog.objects.get().reps == 9


def test_two_phones_on_one_number_are_told(phone: Browser, free: Session, press: Exercise) -> None:
    phone.post(set_url(free), filled(press, set_no=1))
    answer = phone.post(set_url(free), filled(press, set_no=1), headers=HTMX)
    assert "Another phone logged a set meanwhile" in answer.content.decode()
    assert sorted(SetLog.objects.values_list("set_no", flat=True)) == [1, 2]


def test_after_a_form_break_the_set_is_closed_and_the_next_is_lighter(
    phone: Browser, session: Session, press: Exercise
) -> None:
    answer = phone.post(set_url(session), filled(press, weight="26", ended="technical_failure"), headers=HTMX)
    page = answer.content.decode()
    assert "Form broke, so that set is closed. Next one lighter: 24 kg." in page
    assert field_of(page, "weight") == "24"


def test_the_verdict_stands_before_the_set_and_is_kept_with_it(
    phone: Browser, session: Session, press: Exercise
) -> None:
    page = phone.get(address("session", session)).content.decode()
    assert "Stop 2 short." in page
    assert "Only the last set of an exercise may go to failure" in page
    phone.post(set_url(session), filled(press, shown=field_of(page, "shown")))
    shown = SetLog.objects.get().shown_verdict
    assert shown is not None
    assert shown["answer"] == "no"
    assert "F6" in shown["codes"]


def test_a_verdict_that_we_never_showed_is_not_kept(phone: Browser, free: Session, press: Exercise) -> None:
    phone.post(set_url(free), filled(press, shown='{"answer": "yes"}'))
    assert SetLog.objects.get().shown_verdict is None


def test_pounds_are_typed_and_shown_and_grams_are_kept(
    phone: Browser, james: Client, free: Session, press: Exercise
) -> None:
    james.units = "lb"
    james.save(update_fields=["units"])
    phone.post(set_url(free), filled(press, weight="55"))
    assert SetLog.objects.get().weight_g == 24_948
    page = phone.get(f"{address('session', free)}?lift={press.pk}").content.decode()
    assert "55 lb × 9" in page


def test_a_set_is_corrected_and_the_correction_is_counted(
    phone: Browser, free: Session, press: Exercise
) -> None:
    phone.post(set_url(free), filled(press))
    row = SetLog.objects.get()
    page = phone.get(address("set", free, row)).content.decode()
    assert (field_of(page, "weight"), field_of(page, "version")) == ("26", "2")
    sent = filled(press, id=row.uuid, version=2, weight="27,5", rir="3")
    assert phone.post(address("set", free, row), sent).status_code == 302
    assert phone.post(address("set", free, row), sent).status_code == 302
    row.refresh_from_db()
    assert (row.weight_g, row.rir_halves, row.version) == (27_500, 6, 2)
    stale = phone.post(address("set", free, row), {**sent, "reps": 1})
    assert (stale.status_code, field_of(stale.content.decode(), "reps")) == (409, "9")


def test_the_last_set_is_undone_and_brought_back(phone: Browser, free: Session, press: Exercise) -> None:
    phone.post(set_url(free), filled(press))
    row = SetLog.objects.get()
    gone = phone.post(address("set-delete", free, row), headers=HTMX).content.decode()
    assert "Set removed." in gone
    assert address("set-restore", free, row) in gone
    assert not SetLog.objects.live().exists()
    back = phone.post(address("set-restore", free, row), headers=HTMX).content.decode()
    assert "26 kg × 9" in back
    assert SetLog.objects.live().count() == 1


def test_undo_works_without_a_script(phone: Browser, free: Session, press: Exercise) -> None:
    phone.post(set_url(free), filled(press))
    row = SetLog.objects.get()
    page = phone.post(address("set-delete", free, row), follow=True).content.decode()
    assert address("set-restore", free, row) in page
    assert "26 kg × 9" in phone.post(address("set-restore", free, row), follow=True).content.decode()


def test_a_pain_becomes_an_ache_of_the_days_check_in(
    phone: Browser, james: Client, free: Session, press: Exercise
) -> None:
    asked = phone.post(set_url(free), filled(press, ended="stopped"), headers=HTMX).content.decode()
    row = SetLog.objects.get()
    assert "Why did you stop?" in asked
    answer = {"reason": "pain", "region": "shoulder", "severity": "4"}
    for _ in range(2):
        phone.post(address("set-why", free, row), answer)
    assert Checkin.objects.get().aches == {"shoulder": 4}
    row.refresh_from_db()
    assert row.note == "Stopped: something hurts."


def test_without_agreement_a_pain_is_not_kept_anywhere(
    phone: Browser, james: Client, free: Session, press: Exercise
) -> None:
    Consent.objects.filter(client=james).update(withdrawn_at=timezone.now())
    phone.post(set_url(free), filled(press, ended="stopped"))
    row = SetLog.objects.get()
    answer = {"reason": "pain", "region": "shoulder", "severity": "4"}
    page = phone.post(address("set-why", free, row), answer, follow=True).content.decode()
    assert "you have not agreed to health data" in page
    row.refresh_from_db()
    assert (row.note, Checkin.objects.count()) == ("", 0)


def test_a_session_that_ended_elsewhere_says_so_and_offers_a_new_one(
    phone: Browser, free: Session, press: Exercise
) -> None:
    sessions.finish(session=free, at=timezone.now(), session_rpe=None, duration_min=None, note="", by=None)
    for headers in ({}, HTMX):
        answer = phone.post(set_url(free), filled(press), headers=headers)
        assert answer.status_code == 409
        assert "This session has ended" in answer.content.decode()
        assert "Start a new session" in answer.content.decode()
    assert not SetLog.objects.exists()


def test_what_is_somebody_elses_does_not_exist(
    phone: Browser, free: Session, press: Exercise, sarah: Client, eli: Coach
) -> None:
    hers = started(sarah)
    row = sessions.log_set(
        id=uuid4(), session=hers, exercise=press, by=None, at=timezone.now(),
        weight_g=1000, reps=5, rir_halves=2, ended="target",
    )  # fmt: skip
    foreign = an_exercise("Eli's own curl", practice=eli.practice)
    pages = [
        address("set", free, row), address("set-delete", free, row), address("set-delete", hers, row),
        set_url(hers), address("session-finish", hers), address("session-reopen", hers),
    ]  # fmt: skip
    assert {phone.post(page, filled(press)).status_code for page in pages} == {404}
    for exercise in (str(foreign.pk), "9" * 30, "-1", ""):
        sent = {**filled(press), "exercise": exercise}
        assert phone.post(set_url(free), sent).status_code == 404
    assert phone.get(f"{address('session', free)}?lift=%00").status_code == 404
    assert SetLog.objects.get().deleted_at is None


def test_the_rest_goes_on_at_the_next_exercise(phone: Browser, free: Session, press: Exercise) -> None:
    curl = an_exercise("Cable curl", equipment="cable", mechanic="isolation")
    next_page = f"{address('session', free)}?lift={curl.pk}"
    assert 'data-rest-from=""' in phone.get(next_page).content.decode()
    phone.post(set_url(free), filled(press))
    shown = re.search(r'data-rest-from="([^"]+)"', phone.get(next_page).content.decode())
    assert shown
    assert datetime.fromisoformat(shown[1]) == SetLog.objects.get().done_at
