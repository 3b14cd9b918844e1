"""A session begins once, keeps its day and what was prescribed, and ends once."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from clients.models import Change, Client
from programs import sessions
from programs.models import Phase, Prescription, Program, Session, SetLog, Workout
from programs.sessions import Ended, Refused
from tests.conftest import NOW
from tests.factories import an_exercise


@pytest.fixture
def push(james: Client) -> Workout:
    program = Program.objects.create(client=james, name="Autumn")
    phase = Phase.objects.create(
        client=james, program=program, kind="hypertrophy", starts_on=NOW.date() - timedelta(days=14)
    )
    workout = Workout.objects.create(phase=phase, name="Push day", position=1)
    Prescription.objects.create(
        workout=workout, exercise=an_exercise(), position=1, sets=3, reps_min=8, reps_max=10
    )
    return workout


def finish(session: Session, **values: object) -> Session:
    values = {"session_rpe": 7, "duration_min": 60, "note": "", "at": NOW + timedelta(hours=1), **values}
    return sessions.finish(session=session, by=None, **values)  # type: ignore[arg-type]


def late_set(session: Session, minutes: int) -> SetLog:
    done = NOW + timedelta(minutes=minutes)
    return sessions.log_set(
        id=uuid4(), session=session, exercise=an_exercise(), by=None, at=NOW + timedelta(hours=3),
        weight_g=80_000, reps=8, rir_halves=4, ended="target", done_at=done,
    )  # fmt: skip


def test_a_session_started_twice_with_one_id_is_one_session(james: Client) -> None:
    sent = uuid4()
    assert sessions.start(client=james, at=NOW, by=None, id=sent) == sessions.start(
        client=james, at=NOW + timedelta(minutes=1), by=None, id=sent
    )
    assert Session.objects.get().started_at == NOW


def test_a_session_belongs_to_the_clients_own_day(james: Client) -> None:
    james.timezone = "Pacific/Auckland"
    james.save(update_fields=["timezone"])
    late = NOW.replace(hour=23)
    session = sessions.start(client=james, at=late, by=None)
    assert (session.local_day, session.utc_offset_min) == (NOW.date() + timedelta(days=1), 720)


def test_a_session_keeps_the_prescription_it_was_started_under(james: Client, push: Workout) -> None:
    session = sessions.start(client=james, at=NOW, by=None, workout=push)
    push.prescriptions.update(sets=9)
    kept = Session.objects.get(pk=session.pk)
    assert kept.workout_name == "Push day"
    assert [(line["exercise"], line["sets"]) for line in kept.prescribed] == [("Leg press", 3)]


@pytest.mark.parametrize("days", [1, -365 * 60])
def test_a_session_in_the_future_or_before_1970_is_refused(james: Client, days: int) -> None:
    with pytest.raises(Refused):
        sessions.start(client=james, at=NOW, by=None, started_at=NOW + timedelta(days=days))
    assert not Session.objects.exists()


def test_a_session_ends_once_and_what_is_said_of_it_can_be_corrected(james: Client) -> None:
    session = sessions.start(client=james, at=NOW, by=None)
    first = finish(session)
    again = finish(session, session_rpe="7.5", at=NOW + timedelta(hours=2))
    assert first.ended_at == again.ended_at == NOW + timedelta(hours=1)
    assert again.session_rpe == Decimal("7.5")
    finish(session, session_rpe="7.5")
    assert Change.objects.filter(kind="session amended").count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"session_rpe": 10.5}, "session_rpe"),
        ({"session_rpe": -1}, "session_rpe"),
        ({"duration_min": 1441}, "duration_min"),
        ({"duration_min": Decimal("NaN")}, "duration_min"),
        ({"note": "\x00"}, "note"),
    ],
)
def test_an_impossible_word_about_a_session_is_refused(
    james: Client, values: dict[str, object], field: str
) -> None:
    session = sessions.start(client=james, at=NOW, by=None)
    with pytest.raises(Refused) as refused:
        finish(session, **values)
    assert refused.value.field == field
    assert Session.objects.get().ended_at is None


def test_a_set_done_after_the_end_is_refused_and_one_done_before_it_is_never_lost(james: Client) -> None:
    session = finish(sessions.start(client=james, at=NOW, by=None))
    assert late_set(session, 60).session == session
    with pytest.raises(Ended):
        late_set(session, 61)


def test_an_end_pressed_too_early_can_be_undone(james: Client) -> None:
    session = finish(sessions.start(client=james, at=NOW, by=None))
    opened = sessions.reopen(session=session, by=None, at=NOW)
    assert opened.ended_at is None
    assert late_set(opened, 90).session == session
