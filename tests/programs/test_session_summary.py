"""The end of a session: its records, and the week's 80/20 bar."""

from datetime import timedelta

import pytest
from django.utils import timezone

from clients.models import Client
from programs.models import Exercise, Session
from programs.records import records_of
from programs.rollups import known_keys, rebuild_days
from programs.week_share import week_share
from tests.factories import a_session, a_set, an_exercise
from tests.programs.phones import phone_of


@pytest.fixture
def press(db: None) -> Exercise:
    return an_exercise("Chest press", equipment="machine", pattern="horizontal_push", primary_muscle="chest")


def trained(
    client: Client, exercise: Exercise, *, ago: int, kg: float = 60, reps: int = 8, **fields: object
) -> Session:
    at = timezone.now() - timedelta(days=ago)
    session = a_session(client, at=at, ended_at=at + timedelta(hours=1))
    a_set(session, exercise, kg=kg, reps=reps, **{"rir": 2, "ended": "target", **fields})  # type: ignore[arg-type]
    rebuild_days(known_keys(client.pk))
    return session


def said(session: Session) -> list[str]:
    return [record.says for record in records_of(session, session.client)]


def test_more_reps_with_a_known_weight_are_a_record_and_so_is_the_strength(
    james: Client, press: Exercise
) -> None:
    trained(james, press, ago=7)
    session = trained(james, press, ago=0, reps=10)
    assert said(session) == [
        "Strongest so far: about 84 kg for a single rep, before 80 kg.",
        "10 reps with 60 kg, before 8.",
    ]


def test_the_first_time_and_the_same_again_are_no_records(james: Client, press: Exercise) -> None:
    assert said(trained(james, press, ago=7)) == []
    assert said(trained(james, press, ago=0)) == []


def test_reps_with_broken_form_are_no_record(james: Client, press: Exercise) -> None:
    trained(james, press, ago=7)
    assert said(trained(james, press, ago=0, reps=12, rir=None, ended="technical_failure")) == []


def test_an_old_session_keeps_the_records_that_it_was(james: Client, press: Exercise) -> None:
    trained(james, press, ago=9)
    old = trained(james, press, ago=7, reps=10)
    trained(james, press, ago=0, reps=12)
    assert "10 reps with 60 kg, before 8." in said(old)


def test_the_weeks_bar_counts_failure_among_rated_sets_against_the_own_limit(
    james: Client, press: Exercise
) -> None:
    session = trained(james, press, ago=0)
    for number in range(3):
        a_set(session, press, kg=60, reps=8, rir=2, ended="target", set_no=number + 2)
    a_set(session, press, kg=60, reps=9, rir=0, ended="muscular_failure", set_no=5)
    rebuild_days(known_keys(james.pk))
    week = week_share(james, day=session.local_day, limit=20)
    assert (week.percent, week.over) == (20, False)
    assert week.says == "1 of 5 rated sets went to failure: 20 %. The most is 20 %."
    assert week_share(james, day=session.local_day, limit=15).over
    assert week_share(james, day=session.local_day - timedelta(days=7), limit=20).percent is None


def test_the_summary_shows_both(james: Client, press: Exercise) -> None:
    trained(james, press, ago=7)
    session = trained(james, press, ago=0, reps=10)
    page = phone_of(james).get(f"/train/{session.uuid}/").content.decode()
    assert "10 reps with 60 kg, before 8." in page
    assert "0 of 1 rated sets went to failure: 0 %." in page
