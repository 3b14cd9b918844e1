"""A coach overrules readiness: for a while, with a reason, taken back or ended by itself, never erased."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from clients.models import Change, Client, Coach, Overrule
from clients.overrules import overrule, withdraw
from clients.problems import Refused
from clients.readiness import State
from programs.facts import read_recent
from programs.models import Exercise
from programs.standing import standing
from programs.verdicts import verdict_for
from tests import factories
from tests.conftest import NOW

TODAY = date(2026, 6, 15)
UNTIL = date(2026, 6, 21)
SECRET = "Her physio wrote to me on Friday."


def say(client: Client, by: Coach, **changes: Any) -> Overrule:
    fields: dict[str, Any] = {
        "indicator": "experience", "state": "not_met", "until": UNTIL, "reason": SECRET, "at": NOW,
    }  # fmt: skip
    return overrule(client=client, by=by, **{**fields, **changes})


def state_of(client: Client, at: datetime, name: str = "experience") -> State:
    return read_recent(client, at=at).readiness.indicators[name].state


@pytest.fixture
def old_hand(james: Client) -> Client:
    james.training_since = date(2010, 1, 1)
    james.save(update_fields=["training_since"])
    return james


@pytest.fixture
def pushdown() -> Exercise:
    return factories.an_exercise(
        "Tale pushdown",
        equipment="cable",
        mechanic="isolation",
        pattern="isolation",
        primary_muscle="triceps",
    )


def test_it_holds_from_the_click_to_the_end_of_its_last_day(dana: Coach, old_hand: Client) -> None:
    say(old_hand, dana)
    assert state_of(old_hand, NOW - timedelta(seconds=1)) is State.MET
    assert state_of(old_hand, NOW) is State.NOT_MET
    midnight = datetime(2026, 6, 21, 23, 0, tzinfo=UTC)  # 00:00 in London
    assert state_of(old_hand, midnight - timedelta(seconds=1)) is State.NOT_MET
    assert state_of(old_hand, midnight) is State.MET


def test_verdict_and_status_honour_it_at_the_time_asked_about(
    dana: Coach, old_hand: Client, pushdown: Exercise
) -> None:
    row = say(old_hand, dana)
    closed = verdict_for(old_hand, pushdown, at=NOW + timedelta(hours=1))
    assert closed.codes == ("F7",)
    assert closed.says == (
        "Not ready for failure training: The coach has set experience to not met until 21 June 2026.",
    )
    assert standing(old_hand, at=NOW).decision == "closed"
    withdraw(overrule=row, by=dana, at=NOW + timedelta(hours=2))
    assert "F7" not in verdict_for(old_hand, pushdown, at=NOW + timedelta(hours=3)).codes or (
        verdict_for(old_hand, pushdown, at=NOW + timedelta(hours=3)).answer != "no"
    )
    assert verdict_for(old_hand, pushdown, at=NOW + timedelta(hours=1)).codes == ("F7",)  # it was so then


def test_what_the_log_says_stays_beside_it(dana: Coach, old_hand: Client) -> None:
    say(old_hand, dana)
    found = read_recent(old_hand, at=NOW).readiness.experience
    assert found.changes_on == date(2026, 6, 22)
    assert found.computed is not None
    assert found.computed.state is State.MET
    assert "declared" in found.computed.says


def test_no_sentence_that_a_client_reads_holds_the_reason(
    dana: Coach, old_hand: Client, pushdown: Exercise
) -> None:
    say(old_hand, dana)
    recent = read_recent(old_hand, at=NOW)
    assert SECRET not in repr(recent)
    assert SECRET not in repr(verdict_for(old_hand, pushdown, at=NOW))


def test_another_word_takes_its_place_and_the_first_is_kept_as_history(dana: Coach, old_hand: Client) -> None:
    first = say(old_hand, dana)
    second = say(old_hand, dana, state="met", at=NOW + timedelta(hours=1))
    first.refresh_from_db()
    assert first.withdrawn_at == NOW + timedelta(hours=1)
    assert state_of(old_hand, NOW + timedelta(hours=2)) is State.MET
    withdraw(overrule=second, by=dana, at=NOW + timedelta(hours=3))
    assert read_recent(old_hand, at=NOW + timedelta(hours=4)).readiness.experience.computed is None
    assert Overrule.objects.count() == 2


def test_twice_is_once(dana: Coach, old_hand: Client) -> None:
    assert say(old_hand, dana) == say(old_hand, dana, at=NOW + timedelta(seconds=1))
    row = Overrule.objects.get()
    for _ in range(2):
        row = withdraw(overrule=row, by=dana, at=NOW + timedelta(hours=1))
    assert list(Change.objects.order_by("pk").values_list("kind", flat=True)) == [
        "readiness overruled",
        "overrule withdrawn",
    ]


def test_what_has_ended_cannot_be_withdrawn(dana: Coach, old_hand: Client) -> None:
    row = say(old_hand, dana)
    with pytest.raises(Refused, match="ended on 21 June"):
        withdraw(overrule=row, by=dana, at=NOW + timedelta(days=7))


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"reason": "  "}, "reason", "Write down why"),
        ({"reason": "x" * 2001}, "reason", "below 2,000"),
        ({"reason": "a\x00b"}, "reason", "cannot be kept"),
        ({"until": None}, "until", "Choose the last day"),
        ({"until": TODAY - timedelta(days=1)}, "until", "is over"),
        ({"until": TODAY + timedelta(days=366)}, "until", "365 days is the most"),
        ({"state": "unknown"}, "state", "met or as not met"),
        ({"indicator": "mood"}, "indicator", "no indicator of this name"),
        ({"indicator": "injury"}, "state", "Record the injury"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    dana: Coach, james: Client, changes: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence) as refused:
        say(james, dana, **changes)
    assert refused.value.field == field
    assert not Overrule.objects.exists()


@pytest.mark.parametrize(
    "broken",
    [{"reason": ""}, {"indicator": "mood"}, {"state": "unknown"}, {"withdrawn_at": NOW}],
)
def test_the_database_keeps_its_promises(dana: Coach, james: Client, broken: dict[str, Any]) -> None:
    fields = {"indicator": "form", "state": "met", "reason": "x", "by": dana, "at": NOW, "until": UNTIL}
    with pytest.raises(IntegrityError), transaction.atomic():
        Overrule.objects.create(client=james, **{**fields, **broken})


def test_an_injury_called_no_limitation_opens_what_it_loads_until_the_last_day(
    dana: Coach, old_hand: Client
) -> None:
    press = factories.an_exercise("Tale chest press", pattern="horizontal_push", primary_muscle="chest")
    old_hand.injuries.create(region="shoulder", onset=date(2026, 6, 1), severity="moderate")
    loads = "Tale chest press loads the injured shoulder: no failure until that has healed."
    assert any(loads in says for says in verdict_for(old_hand, press, at=NOW).says)
    say(old_hand, dana, indicator="injury", state="met")
    assert not any(loads in says for says in verdict_for(old_hand, press, at=NOW).says)
    after = NOW + timedelta(days=7)
    assert any(loads in says for says in verdict_for(old_hand, press, at=after).says)
