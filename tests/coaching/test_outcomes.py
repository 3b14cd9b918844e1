"""What came of an action: measured once, when its window ends, in words that may be said."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from clients import history
from clients.models import Action, Change, Checkin, Client, Coach, Flag
from coaching import outcomes
from coaching.outcome_words import ANYWAY, TOO_LITTLE
from programs.models import SetLog
from tests import factories
from tests.coaching import stories
from tests.conftest import NOW

ON = stories.LAST - timedelta(days=40)  # the day of the action
DUE = ON + timedelta(days=28)


def an_action(
    client: Client, by: Coach, *, sign: str = "fatigue_mood", kind: str = "scale_back", **fields: Any
) -> Action:
    flag = Flag.objects.create(
        client=client, sign=sign, level="act", opened_on=ON - timedelta(days=8), since_on=ON - timedelta(days=20),
        level_on=ON, score=9, says="", recorded_at=NOW,
    )  # fmt: skip
    fields.setdefault("outcome_due_on", DUE)
    return Action.objects.create(
        client=client, flag=flag, kind=kind, by=by, at=datetime(ON.year, ON.month, ON.day, 9, tzinfo=NOW.tzinfo),
        on=ON, until=ON + timedelta(days=13), **fields,
    )  # fmt: skip


@pytest.fixture
def recovered(claire: Client) -> Client:
    """Energy 2 in the four weeks before the action, as usual otherwise."""
    stories.checkins(claire)
    Checkin.objects.filter(
        client=claire, day__gte=ON - timedelta(days=28), day__lte=ON + timedelta(days=3)
    ).update(energy=2)
    return claire


def test_an_outcome_is_due_once_its_window_has_ended(dana: Coach, claire: Client) -> None:
    action = an_action(claire, dana, outcome_due_on=NOW.date() - timedelta(days=1))
    assert outcomes.due(NOW.replace(hour=2)) == []  # 03:00 in London: yesterday is not judged yet
    assert outcomes.due(NOW.replace(hour=3)) == [action.pk]


def test_energy_that_came_back_is_said_with_its_size_and_its_usual(dana: Coach, recovered: Client) -> None:
    action = an_action(recovered, dana)
    assert outcomes.measure_due(NOW) == 1
    action.refresh_from_db()
    assert action.outcome is not None
    row = next(row for row in action.outcome["rows"] if row["what"] == "energy")
    assert row["before"] == 2.0
    assert 1.4 < row["change"] < 2.2
    assert row["low"] < row["change"] < row["high"]
    assert row["back"] is True
    said = next(text for text in action.outcome["says"] if "energy" in text)
    assert said.startswith("Claire’s energy averaged 3.")
    assert "higher (" in said
    assert "back at the usual 3." in said
    assert action.outcome["says"][-1] == ANYWAY


def test_days_0_to_3_belong_to_neither_side(dana: Coach, recovered: Client) -> None:
    action = an_action(recovered, dana)
    outcomes.measure_due(NOW)
    action.refresh_from_db()
    assert action.outcome is not None
    assert action.outcome["before"] == [str(ON - timedelta(days=28)), str(ON - timedelta(days=1))]
    assert action.outcome["after"] == [str(ON + timedelta(days=4)), str(DUE)]


def test_strength_is_compared_within_each_lift_alone(dana: Coach, claire: Client) -> None:
    """All lifts are down 12 % until the action's wash-out is over; a lift of one side only is not compared."""
    lifts = stories.lifts()
    stories.training(claire, lifts, weeks=30)
    low = SetLog.objects.filter(
        client=claire, day__gte=ON - timedelta(days=28), day__lte=ON + timedelta(days=3)
    )
    for found in low:
        found.weight_g = round((found.weight_g or 0) * 0.88)
        found.save(update_fields=["weight_g"])
    only_after = factories.an_exercise("Tale thruster", pattern="", primary_muscle="")
    late = claire.sessions.filter(local_day__gte=ON + timedelta(days=5)).order_by("started_at")[:3]
    for session in late:
        factories.a_set(session, only_after, kg=300)
    from programs import rollups

    rollups.mended([claire.pk])
    action = an_action(claire, dana, sign="strength_decline")
    outcomes.measure_due(NOW)
    action.refresh_from_db()
    assert action.outcome is not None
    row = next(row for row in action.outcome["rows"] if row["what"] == "strength")
    assert row["change"] == pytest.approx(12.8, abs=2)
    assert row["back"] is True
    assert action.outcome["says"][0].startswith("In the 4 weeks after, Claire’s lifts were 1")
    assert "back at their usual" in action.outcome["says"][0]


def test_the_failure_share_is_said_in_points(dana: Coach, claire: Client) -> None:
    stories.training(claire, stories.lifts(), weeks=20)
    SetLog.objects.filter(client=claire, day__lt=ON, set_no__lte=2).update(rir_halves=0)
    from programs import rollups

    rollups.mended([claire.pk])
    action = an_action(claire, dana)
    outcomes.measure_due(NOW)
    action.refresh_from_db()
    assert action.outcome is not None
    said = next(text for text in action.outcome["says"] if "failure" in text)
    assert said.startswith("0 % of rated sets went to failure, 33 % before (−4")


def test_too_little_is_said_as_such(dana: Coach, claire: Client) -> None:
    action = an_action(claire, dana)
    outcomes.measure_due(NOW)
    action.refresh_from_db()
    assert action.outcome == {
        "says": [TOO_LITTLE], "rows": [], "before": [str(ON - timedelta(days=28)), str(ON - timedelta(days=1))],
        "after": [str(ON + timedelta(days=4)), str(DUE)],
    }  # fmt: skip


def test_an_outcome_is_written_once_and_kept(dana: Coach, recovered: Client) -> None:
    action = an_action(recovered, dana)
    assert outcomes.measure_due(NOW) == 1
    assert outcomes.measure_due(NOW + timedelta(hours=1)) == 0
    assert outcomes.measure([action.pk], now=NOW + timedelta(hours=1)) == 0
    action.refresh_from_db()
    assert action.measured_at == NOW
    assert Change.objects.filter(kind="outcome measured").count() == 1


def test_what_was_taken_back_is_not_measured(dana: Coach, recovered: Client) -> None:
    an_action(recovered, dana, undone_at=NOW, undone_by=dana)
    assert outcomes.measure_due(NOW) == 0


def test_answers_kept_without_consent_are_not_measured(dana: Coach, recovered: Client) -> None:
    recovered.consents.update(withdrawn_at=NOW - timedelta(days=2))
    history.touch(recovered.pk)
    action = an_action(recovered, dana)
    outcomes.measure_due(NOW)
    action.refresh_from_db()
    assert action.outcome is not None
    assert [row["what"] for row in action.outcome["rows"]] == []


def test_the_queries_do_not_grow_with_the_actions(dana: Coach) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in (2, 4):
        for one in range(number):
            client = factories.make_client(dana, f"C{number}{one}", ref=f"c{number}{one}")
            stories.checkins(client, seed=one)
            an_action(client, dana)
        ids = outcomes.due(NOW)
        with CaptureQueriesContext(connection) as queries:
            outcomes.measure(ids, now=NOW)
        counts.append((len(ids), len([q for q in queries if q["sql"].lstrip("(").startswith("SELECT")])))
    assert counts[0][1] == counts[1][1]


def test_nothing_is_summed_up_below_five_clients(dana: Coach) -> None:
    measured(dana, 4)
    assert outcomes.summary(dana) == []


def test_five_clients_are_summed_up_with_an_interval(dana: Coach) -> None:
    measured(dana, 5)
    (found,) = outcomes.summary(dana)
    assert (found.clients, found.kind, found.what) == (5, "scale_back", "strength")
    assert found.mean == pytest.approx(2.0, abs=0.5)
    assert found.low < found.mean < found.high
    assert found.says.startswith("After 5 scale backs strength was 2.0 % higher (")
    assert found.says.endswith("part of that would have come anyway.")


def test_a_client_counts_once(dana: Coach, claire: Client) -> None:
    measured(dana, 4)
    for _ in range(2):
        row = {"what": "strength", "change": 2.0, "se": 1.0}
        flag = Flag.objects.create(
            client=claire, sign="dread", level="act", opened_on=ON + timedelta(days=Flag.objects.count()),
            since_on=ON, level_on=ON, score=9, says="", recorded_at=NOW, closed_on=NOW.date(), closed_at=NOW,
            resolution="recovered",
        )  # fmt: skip
        Action.objects.create(
            client=claire, flag=flag, kind="scale_back", by=dana, at=NOW, on=ON, until=DUE, measured_at=NOW,
            outcome={"rows": [row]},
        )  # fmt: skip
    assert outcomes.summary(dana)[0].clients == 5


def measured(coach: Coach, count: int) -> None:
    for number in range(count):
        client = factories.make_client(coach, f"Client {number}", ref=f"m{number}")
        row = {"what": "strength", "change": 1.0 + 0.5 * number, "se": 1.0}
        an_action(client, coach, outcome={"rows": [row]}, measured_at=NOW)
