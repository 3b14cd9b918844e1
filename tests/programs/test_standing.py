"""Where clients stand: the same share for one as for many."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from clients.models import Client
from programs.models import SetLog
from programs.policy.share import Share
from programs.rollups import rebuild_days
from programs.standing import shares, standing
from programs.verdicts import Asked, verdict_for, verdicts_for
from tests.factories import a_session, a_set, an_exercise

NOW = datetime(2026, 6, 18, 17, 0, tzinfo=UTC)
TODAY = date(2026, 6, 18)


def train(client: Client) -> None:
    """Every kind of set, on both sides of the edge of the 28 days."""
    press = an_exercise()
    for days in (0, 3, 27, 28):
        session = a_session(client, at=NOW - timedelta(days=days, hours=4))
        for rir, ended in (
            (0, ""),
            (2, "target"),
            (5, ""),
            (None, ""),
            (None, "muscular_failure"),
            (0, "stopped"),
        ):
            a_set(session, press, rir=rir, ended=ended)
        for rir in (0, 1):
            a_set(session, press, rir=rir, ended="technical_failure")
        a_set(session, press, rir=0, warm_up=True)
    rebuild_days(set(SetLog.objects.values_list("client_id", "exercise_id", "day")))


def test_the_share_of_many_is_the_share_of_each(james: Client, sarah: Client) -> None:
    train(james)
    many = shares([james.pk, sarah.pk], on=TODAY)
    assert many == {james.pk: Share(failure=9, rated=18, unrated=3), sarah.pk: Share()}
    assert standing(james, at=NOW).days_28 == many[james.pk]


def test_the_shares_of_many_cost_one_query(
    james: Client, sarah: Client, django_assert_num_queries: Any
) -> None:
    train(james)
    train(sarah)
    for keys in ([james.pk], [james.pk, sarah.pk]):
        with django_assert_num_queries(1):
            shares(keys, on=TODAY)


def test_a_workout_is_judged_from_one_reading_and_as_each_set_alone(
    james: Client, django_assert_max_num_queries: Any
) -> None:
    train(james)
    asked = [
        Asked(exercise=an_exercise(name), reps=reps, set_no=set_no, of=3)
        for name in ("Leg press", "Triceps pushdown", "Pull-up", "Romanian deadlift")
        for reps in (4, 8)
        for set_no in (1, 3)
    ]
    with django_assert_max_num_queries(5):
        together = verdicts_for(james, asked, at=NOW)
    alone = [verdict_for(james, a.exercise, at=NOW, reps=a.reps, set_no=a.set_no, of=a.of) for a in asked]
    assert together == alone


def test_nothing_asked_is_nothing_read(james: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert verdicts_for(james, [], at=NOW) == []
