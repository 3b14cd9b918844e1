"""An import is undone as a whole for thirty days: what it made goes, what it changed is as before."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db.models import F
from django.utils import timezone

from clients.models import Client, Coach
from clients.problems import Refused
from coaching.exchange.apps.undoing import undo
from programs import rollups, sessions
from programs.models import AppExercise, Exercise, Import, LiftDay, Session, SetLog
from tests.coaching.apps.exports import PULL, said, strong, take_in

CHIN = f"{PULL},Chin Up,1,0,8,0,0,,,8.5"
PRESS = f"{PULL},Zorp press,2,40,8,0,0,,,9"
LATER = CHIN.replace("2024-03-04", "2024-03-06")


@pytest.fixture(autouse=True)
def _var(settings: object, tmp_path: Path, james: Client) -> None:
    settings.VAR_DIR = tmp_path / "var"  # type: ignore[attr-defined]


def facts() -> list[object]:
    """What a client's pages are made of; versions count on."""
    sets = SetLog.objects.live().order_by("session__ref", "set_no")
    return [
        list(Session.objects.order_by("ref").values("ref", "started_at", "duration_min", "note", "workout_name")),
        list(sets.values("session__ref", "set_no", "exercise__name", "weight_g", "reps", "rir_halves", "note")),
        list(LiftDay.objects.order_by("day", "exercise__name").annotate(name=F("exercise__name")).values("day", "name", "working")),
    ]  # fmt: skip


def rollups_hold(client: Client) -> bool:
    stored = set(LiftDay.objects.values_list("client_id", "exercise_id", "day"))
    return stored == {key for key, values in rollups.compute(rollups.known_keys(client.pk)) if values}


def test_what_it_made_is_gone(tmp_path: Path, dana: Coach, james: Client) -> None:
    before = facts()
    take_in(tmp_path, strong(CHIN, PRESS, LATER))
    done = undo(Import.objects.get(), by=dana.user, at=timezone.now())
    assert (done.removed, done.restored, done.left) == (2, 0, 0)
    assert facts() == before
    assert not Exercise.objects.filter(practice=dana.practice).exists()
    assert not AppExercise.objects.filter(name__iexact="zorp press").exists()
    assert said(take_in(tmp_path, strong(CHIN, PRESS, LATER)))["changes"]["new"] == 2, "and can come again"


def test_what_it_changed_is_as_before(tmp_path: Path, dana: Coach, james: Client) -> None:
    take_in(tmp_path, strong(CHIN, PRESS))
    before = facts()
    take_in(tmp_path, strong(CHIN.replace(",8,", ",9,").replace("58m", "30m"), LATER), timezone="Asia/Tokyo")
    assert facts() != before
    done = undo(Import.objects.latest("pk"), by=dana.user, at=timezone.now())
    assert (done.removed, done.restored, done.left) == (1, 1, 0)
    assert facts() == before
    assert rollups_hold(james)
    again = undo(Import.objects.latest("pk"), by=dana.user, at=timezone.now())
    assert (again.removed, again.restored) == (0, 0)


def test_a_session_edited_since_stays(tmp_path: Path, dana: Coach, now: datetime, james: Client) -> None:
    take_in(tmp_path, strong(CHIN, PRESS, LATER))
    first = SetLog.objects.filter(session__ref__contains="03-04", set_no=1).get()
    sessions.amend_set(set_log=first, version=2, by=None, at=now, reps=7)
    done = undo(Import.objects.get(), by=dana.user, at=timezone.now())
    assert (done.removed, done.left) == (1, 1)
    assert Session.objects.get().ref.endswith("2024-03-04T18:30:05")
    assert Exercise.objects.filter(name="Zorp press").exists(), "its sets are still of it"
    assert rollups_hold(james)


def test_the_later_one_first(tmp_path: Path, dana: Coach, james: Client) -> None:
    take_in(tmp_path, strong(CHIN))
    take_in(tmp_path, strong(CHIN, PRESS))
    first, second = Import.objects.order_by("pk")
    with pytest.raises(Refused, match="later import"):
        undo(first, by=dana.user, at=timezone.now())
    undo(second, by=dana.user, at=timezone.now())
    undo(first, by=dana.user, at=timezone.now())
    assert not Session.objects.exists()
    assert not LiftDay.objects.exists()


def test_for_thirty_days(tmp_path: Path, dana: Coach) -> None:
    take_in(tmp_path, strong(CHIN))
    made = Import.objects.get()
    assert made.done_at
    with pytest.raises(Refused, match="30 days"):
        undo(made, by=dana.user, at=made.done_at + timedelta(days=30, seconds=1))
    assert undo(made, by=dana.user, at=made.done_at + timedelta(days=30)).removed == 1
