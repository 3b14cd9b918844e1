"""Bad input on the phone: a sentence at the field, 422, and what was typed is still there."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clients.models import Client
from programs.logbook import usual_g
from programs.models import Exercise, Session, SetLog
from programs.rollups import known_keys, rebuild_days
from tests.factories import a_session, a_set, an_exercise
from tests.programs.phones import HTMX, field_of, filled, phone_of, set_url, started


@pytest.fixture
def press(db: None) -> Exercise:
    return an_exercise("Leg press")


@pytest.fixture
def phone(james: Client) -> Browser:
    return phone_of(james)


@pytest.fixture
def free(james: Client) -> Session:
    return started(james)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"weight": "-5"}, "weight", "Weight cannot be below 0 here"),
        ({"weight": "10000"}, "weight", "heavier than anything"),
        ({"weight": "1e400"}, "weight", "as a number, like 62.5"),
        ({"weight": "NaN"}, "weight", "as a number, like 62.5"),
        ({"weight": "heavy"}, "weight", "as a number, like 62.5"),
        ({"weight": "10,000"}, "weight", "without the comma"),
        ({"weight": "6\x002"}, "", "as a number, like 62.5"),
        ({"reps": "0"}, "reps", "0 reps only fits"),
        ({"reps": "500"}, "reps", "from 0 to 100"),
        ({"reps": "9" * 19}, "reps", "from 0 to 100"),
        ({"reps": "9" * 5000}, "", "whole number"),
        ({"reps": "8,5"}, "reps", "whole number"),
        ({"reps": ""}, "reps", "How many reps"),
        ({"rir": "11"}, "rir", "from 0 to 10"),
        ({"rir": "-1"}, "", "from 0 to 10"),
        ({"rir": "1.3"}, "", "halves"),
        ({"ended": "exploded"}, "", "one of the four buttons"),
        ({"ended": None}, "", "one of the four buttons"),
        ({"done_at": "2999-01-01T00:00:00Z"}, "done_at", "not come yet"),
        ({"done_at": "1969-12-31T23:59:59Z"}, "done_at", "too long ago"),
        ({"done_at": "yesterday"}, "", "not a time"),
        ({"done_at": "2026-13-45T99:00:00Z"}, "", "not a time"),
        ({"id": "garbage"}, "", "load the page again"),
        ({"id": None}, "", "load the page again"),
        ({"version": "x"}, "", "load the page again"),
        ({"set_no": "99999999999"}, "", "numbered from 1"),
        ({"note": "a\x00b"}, "", "cannot be kept"),
    ],
)  # fmt: skip
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(
    phone: Browser,
    free: Session,
    press: Exercise,
    values: dict[str, Any],
    field: str,
    sentence: str,
    headers: Any,
) -> None:
    answer = phone.post(set_url(free), filled(press, **values), headers=headers)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    if field and field != "rir":
        assert field_of(page, field) == str(values[field])
    assert not SetLog.objects.exists()


@pytest.mark.parametrize("weight", ["62,5", "62.5", " 62.5 ", "62.50"])
def test_a_comma_is_a_decimal_mark(phone: Browser, free: Session, press: Exercise, weight: str) -> None:
    assert phone.post(set_url(free), filled(press, weight=weight)).status_code == 302
    assert SetLog.objects.get().weight_g == 62_500


def test_help_on_a_bodyweight_lift_and_a_missed_single_are_fine(phone: Browser, free: Session) -> None:
    pull_up = an_exercise("Pull-up", equipment="bodyweight", pattern="vertical_pull", primary_muscle="lats")
    phone.post(set_url(free), filled(pull_up, weight="−20"))
    phone.post(set_url(free), filled(pull_up, weight="", reps=0, rir=None, ended="muscular_failure"))
    rows = SetLog.objects.order_by("set_no").values_list("weight_g", "reps", "rir_halves")
    assert list(rows) == [(-20_000, 9, 4), (0, 0, 0)]


def test_an_error_names_its_field_for_a_screen_reader(phone: Browser, free: Session, press: Exercise) -> None:
    page = phone.post(set_url(free), filled(press, reps="500"), headers=HTMX).content.decode()
    assert 'aria-invalid="true"' in page
    assert 'id="id_reps_error"' in page


FIELDS = (
    "id",
    "version",
    "set_no",
    "planned",
    "done_at",
    "shown",
    "usual",
    "sure",
    "weight",
    "reps",
    "rir",
    "ended",
    "warm_up",
    "note",
    "exercise",
)
WILD = st.one_of(
    st.text(max_size=30),
    st.integers().map(str),
    st.floats().map(str),
    st.sampled_from(["", "1e9999", "\x00", "٣", "--", "None", "²", "1_0"]),
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(FIELDS), WILD, max_size=5))
def test_nothing_that_is_sent_breaks_the_page(
    phone: Browser, free: Session, press: Exercise, wild: dict[str, str]
) -> None:
    answer = phone.post(set_url(free), {**filled(press), **wild})
    assert answer.status_code in {302, 404, 409, 422}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["session_rpe", "duration_min", "note"]), WILD, max_size=3))
def test_no_word_about_a_session_breaks_its_end(phone: Browser, free: Session, wild: dict[str, str]) -> None:
    url = reverse("session-finish", kwargs={"session_uuid": free.uuid})
    assert phone.post(url, wild).status_code in {302, 422}


def test_a_lost_decimal_mark_is_asked_about_once(
    phone: Browser, james: Client, free: Session, press: Exercise
) -> None:
    before = a_session(james, at=timezone.now() - timedelta(days=3), ended_at=timezone.now())
    a_set(before, press, kg=102.5, reps=8, rir=2, ended="target")
    rebuild_days(known_keys(james.pk))
    page = phone.get(f"/train/{free.uuid}/?lift={press.pk}").content.decode()
    sent = filled(press, weight="1025", usual=field_of(page, "usual"))
    asked = phone.post(set_url(free), sent, headers=HTMX)
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "1025 kg? You usually take 102.5 here. Tap again to keep it." in page
    assert field_of(page, "weight") == "1025"
    sure = {**sent, "sure": field_of(page, "sure")}
    assert phone.post(set_url(free), {**sure, "weight": "1026"}).status_code == 422
    assert phone.post(set_url(free), sure).status_code == 302
    assert SetLog.objects.get(session=free).weight_g == 1_025_000


def test_one_slip_that_was_kept_does_not_become_the_usual(james: Client, press: Exercise) -> None:
    for ago, kg in ((9, 100), (7, 100), (5, 1000), (3, 100)):
        day = a_session(james, at=timezone.now() - timedelta(days=ago), ended_at=timezone.now())
        a_set(day, press, kg=kg, reps=8, rir=2, ended="target")
    rebuild_days(known_keys(james.pk))
    assert usual_g(james, press) == 100_000
