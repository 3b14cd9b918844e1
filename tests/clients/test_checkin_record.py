"""A check-in is kept once a day, however often and however wrongly it is sent."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from clients import checkins, consent
from clients.days import local_day
from clients.models import Change, Checkin, Client
from clients.problems import Conflict, Refused
from tests.conftest import NOW

TODAY = NOW.date()


def record(client: Client, day: Any = TODAY, **kwargs: Any) -> Checkin:
    kwargs.setdefault("items", {"energy": 4})
    return checkins.record(client=client, day=day, by=None, at=NOW, **kwargs)


def test_a_resent_check_in_is_recorded_once(sarah: Client) -> None:
    sent = uuid4()
    first, again = record(sarah, id=sent), record(sarah, id=sent)
    assert first.pk == again.pk
    assert (again.version, sarah.checkins.count(), Change.objects.count()) == (1, 1, 0)


def test_a_second_check_in_of_the_day_replaces_the_first_and_keeps_what_it_said(sarah: Client) -> None:
    record(sarah, id=uuid4(), items={"energy": 4, "sleep_hours": "7,5"})
    now = record(sarah, id=uuid4(), items={"energy": 2, "aches": {"knee": 3}})
    assert sarah.checkins.get() == now
    assert (now.energy, now.sleep_hours, now.aches, now.version) == (2, None, {"knee": 3}, 2)
    change = Change.objects.get(kind="check-in amended")
    assert change.before is not None
    assert change.before["sleep_hours"] == 7.5


def test_an_amendment_must_be_the_next_version(sarah: Client) -> None:
    record(sarah)
    record(sarah, items={"energy": 3}, version=2)
    with pytest.raises(Conflict) as stale:
        record(sarah, items={"energy": 1}, version=2)
    assert stale.value.stored.energy == 3


def test_every_writing_marks_the_client_for_the_scan(sarah: Client) -> None:
    def version() -> int:
        return Client.objects.get(pk=sarah.pk).history_version

    kept = record(sarah)
    assert version() == 1
    record(sarah, items={"energy": 3})
    assert version() == 2
    checkins.remove(checkin=kept, by=None, at=NOW)
    assert version() == 3


def test_a_late_resend_does_not_bring_a_removed_check_in_back(sarah: Client) -> None:
    sent = uuid4()
    kept = record(sarah, id=sent)
    checkins.remove(checkin=kept, by=None, at=NOW)
    assert record(sarah, id=sent).deleted_at == NOW
    assert not sarah.checkins.live().exists()
    assert record(sarah, id=uuid4()).pk != kept.pk


@pytest.mark.parametrize(
    ("items", "field"),
    [
        ({"energy": 0}, "energy"),
        ({"energy": 6}, "energy"),
        ({"mood": 2.5}, "mood"),
        ({"mood": True}, "mood"),
        ({"mood": []}, "mood"),
        ({"sleep_hours": 24.5}, "sleep_hours"),
        ({"sleep_hours": -1}, "sleep_hours"),
        ({"sleep_hours": "NaN"}, "sleep_hours"),
        ({"sleep_hours": "1e400"}, "sleep_hours"),
        ({"sleep_hours": "lots"}, "sleep_hours"),
        ({"aches": {"knee": 11}}, "aches"),
        ({"aches": {"tail": 2}}, "aches"),
        ({"aches": [1]}, "aches"),
        ({"note": "a\x00b"}, "note"),
        ({"note": 3}, "note"),
        ({"weight": 3}, "weight"),
        ({}, ""),
        ({"note": "  ", "aches": {}}, ""),
    ],
)
def test_an_impossible_answer_is_refused_at_its_field(
    sarah: Client, items: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        record(sarah, items=items)
    assert refused.value.field == field
    assert not sarah.checkins.exists()


def test_an_unanswered_question_stays_unknown(sarah: Client) -> None:
    kept = record(sarah, items={"sleep_hours": 0})
    assert (kept.sleep_hours, kept.energy, kept.aches) == (Decimal(0), None, {})


def test_tomorrow_is_refused_and_today_is_the_clients_own(sarah: Client) -> None:
    sarah.timezone = "Pacific/Kiritimati"  # 14 hours ahead: the 16th began there two minutes ago
    late = NOW.replace(hour=10, minute=2)
    tomorrow = TODAY + timedelta(days=1)
    assert local_day(late, sarah.zone) == tomorrow
    checkins.record(client=sarah, day=tomorrow, items={"mood": 3}, by=None, at=late)
    with pytest.raises(Refused, match="not come yet"):
        checkins.record(client=sarah, day=tomorrow + timedelta(days=1), items={"mood": 3}, by=None, at=late)


def test_without_agreement_nothing_is_kept(sarah: Client) -> None:
    consent.withdraw(client=sarah, by=None, at=NOW)
    with pytest.raises(checkins.NoConsent):
        record(sarah)
    assert not sarah.checkins.exists()


def test_a_pain_during_training_joins_the_days_check_in(sarah: Client) -> None:
    record(sarah, items={"energy": 4, "aches": {"knee": 5}})
    for region, severity in (("shoulder", 3), ("knee", 2)):
        checkins.add_ache(client=sarah, day=TODAY, region=region, severity=severity, by=None, at=NOW)
    kept = sarah.checkins.get()
    assert (kept.energy, kept.aches) == (4, {"knee": 5, "shoulder": 3})
