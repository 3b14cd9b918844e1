"""What a set cannot say is refused with a sentence at the field, and nothing is written."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from clients.models import Client
from programs import sessions
from programs.models import Session, SetLog
from programs.sessions import Refused
from tests.conftest import NOW
from tests.factories import an_exercise


@pytest.fixture
def session(james: Client) -> Session:
    return sessions.start(client=james, at=NOW, by=None)


def log(session: Session, **values: Any) -> SetLog:
    exercise = values.pop("exercise", None) or an_exercise()
    values = {"weight_g": 80_000, "reps": 8, "rir_halves": 4, "ended": "target", **values}
    return sessions.log_set(id=uuid4(), session=session, exercise=exercise, by=None, at=NOW, **values)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"weight_g": -5_000}, "weight"),
        ({"weight_g": 10_000_000}, "weight"),
        ({"reps": 0}, "reps"),
        ({"reps": 0, "ended": ""}, "reps"),
        ({"reps": 101}, "reps"),
        ({"reps": 500}, "reps"),
        ({"reps": -1}, "reps"),
        ({"rir_halves": 21}, "rir"),
        ({"rir_halves": 22}, "rir"),
        ({"rir_halves": -1}, "rir"),
        ({"ended": "gave up"}, "ended"),
        ({"done_at": NOW + timedelta(minutes=6)}, "done_at"),
        ({"done_at": datetime(1969, 12, 31, 23, 59, tzinfo=UTC)}, "done_at"),
        ({"note": "a\x00b"}, "note"),
        ({"note": "a" * 2001}, "note"),
        ({"set_no": 0}, "set_no"),
        ({"set_no": 10**12}, "set_no"),
    ],
)
def test_an_impossible_value_is_refused_at_its_field(
    session: Session, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        log(session, **values)
    assert refused.value.field == field
    assert refused.value.sentence.endswith(".")
    assert not SetLog.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"reps": 0, "ended": "muscular_failure"},
        {"reps": 0, "ended": "technical_failure"},
        {"reps": 0, "ended": "stopped"},
        {"reps": 100},
        {"rir_halves": 20},
        {"rir_halves": 0},
        {"weight_g": 0},
        {"weight_g": None, "reps": None, "rir_halves": None, "ended": ""},
        {"done_at": NOW + timedelta(minutes=5)},
        {"done_at": datetime(1970, 1, 1, tzinfo=UTC)},
    ],
)
def test_what_is_unusual_but_possible_is_kept(session: Session, values: dict[str, Any]) -> None:
    kept = log(session, **values)
    assert {name: getattr(kept, name) for name in values} == values


def test_help_on_a_bodyweight_lift_is_negative(session: Session) -> None:
    pull_up = an_exercise("Assisted pull-up", equipment="bodyweight")
    assert log(session, exercise=pull_up, weight_g=-20_000).weight_g == -20_000
    with pytest.raises(Refused):
        log(session, exercise=pull_up, weight_g=-500_001)


def test_an_amendment_is_held_to_the_same_bounds(session: Session) -> None:
    kept = log(session)
    with pytest.raises(Refused):
        sessions.amend_set(set_log=kept, version=2, by=None, at=NOW, reps=500)
    assert SetLog.objects.get().version == 1
