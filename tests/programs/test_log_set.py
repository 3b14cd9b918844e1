"""A set is logged once, whatever the phone does; what is changed or deleted is remembered."""

import threading
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections

from clients.models import Change, Client
from programs import sessions
from programs.models import Exercise, LiftDay, Session, SetLog
from programs.sessions import Conflict
from tests.conftest import NOW
from tests.factories import an_exercise


@pytest.fixture
def press(db: None) -> Exercise:
    return an_exercise("Incline dumbbell press", equipment="dumbbell")


@pytest.fixture
def session(james: Client) -> Session:
    return sessions.start(client=james, at=NOW, by=None)


def log(session: Session, exercise: Exercise, id: UUID | None = None, **values: Any) -> SetLog:
    values = {"weight_g": 26_000, "reps": 9, "rir_halves": 4, "ended": "target", **values}
    return sessions.log_set(
        id=id or uuid4(), session=session, exercise=exercise, by=None, at=values.pop("at", NOW), **values
    )


def version_of(client: Client) -> int:
    return Client.objects.get(pk=client.pk).history_version


def test_a_resent_set_is_recorded_once(session: Session, press: Exercise, james: Client) -> None:
    sent = uuid4()
    first = log(session, press, sent)
    marked = version_of(james)
    again = log(session, press, sent)
    assert (again.pk, again.version, SetLog.objects.count()) == (first.pk, 1, 1)
    assert version_of(james) == marked
    assert LiftDay.objects.get().working == 1


def test_a_time_of_our_own_is_no_part_of_what_was_sent(session: Session, press: Exercise) -> None:
    sent = uuid4()
    log(session, press, sent, done_at=NOW, stamped=True)
    later = NOW + timedelta(minutes=2)
    assert log(session, press, sent, at=later, done_at=later, stamped=True).done_at == NOW


def test_a_known_set_with_the_next_version_is_an_amendment(session: Session, press: Exercise) -> None:
    sent = uuid4()
    log(session, press, sent)
    amended = log(session, press, sent, reps=8, version=2)
    assert (amended.reps, amended.version, SetLog.objects.count()) == (8, 2, 1)
    change = Change.objects.get(kind="set amended")
    assert change.before is not None
    assert change.after is not None
    assert (change.before["reps"], change.after["reps"]) == (9, 8)
    assert LiftDay.objects.get().volume_g == 26_000 * 8


@pytest.mark.parametrize("version", [1, 3])
def test_any_other_version_is_a_conflict_that_shows_the_stored_set(
    session: Session, press: Exercise, version: int
) -> None:
    sent = uuid4()
    stored = log(session, press, sent)
    with pytest.raises(Conflict) as conflict:
        log(session, press, sent, reps=3, version=version)
    assert conflict.value.stored == stored
    assert SetLog.objects.get().reps == 9


def test_two_phones_on_one_number_get_two_numbers(session: Session, press: Exercise) -> None:
    numbers = [log(session, press, set_no=1).set_no for _ in range(3)]
    assert numbers == [1, 2, 3]


def test_a_deleted_set_counts_nowhere_and_can_be_brought_back(
    session: Session, press: Exercise, james: Client
) -> None:
    sent = uuid4()
    first = log(session, press, sent)
    sessions.delete_set(set_log=first, by=None, at=NOW)
    assert not LiftDay.objects.exists()
    assert log(session, press, sent).deleted_at == NOW
    other = log(session, press, set_no=1)
    back = sessions.restore_set(set_log=first, by=None, at=NOW)
    assert (other.set_no, back.set_no, back.deleted_at) == (1, 2, None)
    assert LiftDay.objects.get().working == 2
    kinds = Change.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["set deleted", "set restored"]


def test_deleting_and_restoring_twice_changes_nothing_more(
    session: Session, press: Exercise, james: Client
) -> None:
    first = log(session, press)
    for _ in range(2):
        sessions.delete_set(set_log=first, by=None, at=NOW)
    for _ in range(2):
        sessions.restore_set(set_log=first, by=None, at=NOW)
    assert Change.objects.count() == 2
    assert version_of(james) == 4  # start, log, delete, restore


def test_a_deleted_set_cannot_be_amended(session: Session, press: Exercise) -> None:
    first = log(session, press)
    sessions.delete_set(set_log=first, by=None, at=NOW)
    with pytest.raises(Conflict):
        sessions.amend_set(set_log=first, version=2, by=None, at=NOW, reps=5)


def test_amending_to_another_exercise_moves_the_day_of_both_lifts(session: Session, press: Exercise) -> None:
    other = an_exercise("Chest press")
    first = log(session, press)
    sessions.amend_set(set_log=first, version=2, by=None, at=NOW, exercise=other)
    assert LiftDay.objects.get().exercise == other


def test_an_amendment_sent_twice_is_made_once(session: Session, press: Exercise) -> None:
    first = log(session, press)
    for _ in range(2):
        amended = sessions.amend_set(set_log=first, version=2, by=None, at=NOW, reps=7)
    assert (amended.version, Change.objects.count()) == (2, 1)


def test_the_same_id_of_another_client_is_another_set(
    session: Session, press: Exercise, sarah: Client
) -> None:
    sent = uuid4()
    log(session, press, sent)
    hers = sessions.start(client=sarah, at=NOW, by=None, id=session.uuid)
    assert hers != session
    assert log(hers, press, sent).client == sarah
    assert SetLog.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_eight_resends_at_once_make_one_set(session: Session, press: Exercise) -> None:
    _at_once(lambda sent: log(session, press, sent), [uuid4()] * 8)
    assert SetLog.objects.count() == 1
    assert LiftDay.objects.get().working == 1


@pytest.mark.django_db(transaction=True)
def test_eight_sets_at_once_get_eight_numbers(session: Session, press: Exercise) -> None:
    _at_once(lambda sent: log(session, press, sent, set_no=1), [uuid4() for _ in range(8)])
    assert sorted(SetLog.objects.values_list("set_no", flat=True)) == list(range(1, 9))
    assert LiftDay.objects.get().working == 8


def _at_once(work: Any, ids: list[UUID]) -> None:
    gate = threading.Barrier(len(ids))

    def one(sent: UUID) -> None:
        gate.wait()
        try:
            work(sent)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(sent,)) for sent in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
