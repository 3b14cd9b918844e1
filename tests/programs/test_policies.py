"""Own limits: within their bounds, kept with who and when, in force from the next look on, and never before."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from clients.models import Client, Coach
from clients.problems import Refused
from programs.limits_of import limits_of, limits_of_coach
from programs.models import Exercise, PolicyValue, SetLog
from programs.policies import set_limit
from programs.policy.limits import LIMITS, Limit
from programs.rollups import rebuild_days
from programs.standing import shares, shares_and_limits
from programs.verdicts import verdict_for
from tests import factories
from tests.conftest import NOW

HOUR = timedelta(hours=1)


def test_the_article_holds_until_somebody_says_otherwise(james: Client) -> None:
    assert limits_of(james, at=NOW).recovery_hours == 72


@pytest.mark.parametrize("hours", [48, 96, 120])
def test_72_hours_may_be_48_to_120(dana: Coach, james: Client, hours: float) -> None:
    set_limit(coach=dana, key="recovery_hours", value=hours, by=dana, at=NOW)
    assert limits_of(james, at=NOW).recovery_hours == hours


@pytest.mark.parametrize("hours", [0, -72, 47, 121, float("nan"), float("inf")])
def test_and_never_0_nor_anything_else_outside(dana: Coach, hours: float) -> None:
    with pytest.raises(Refused, match=r"^Choose from 48 to 120 hours; the default is 72\.$") as refused:
        set_limit(coach=dana, key="recovery_hours", value=hours, by=dana, at=NOW)
    assert refused.value.field == "value"
    assert not PolicyValue.objects.exists()


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.key)
def test_every_limit_may_be_moved_to_its_bounds_and_not_beyond(dana: Coach, limit: Limit) -> None:
    for value in (limit.low, limit.high):
        set_limit(coach=dana, key=limit.key, value=value, by=dana, at=NOW)
        assert getattr(limits_of_coach(dana, at=NOW), limit.key) == value
    for value in (limit.low - 0.25, limit.high + 0.25):
        with pytest.raises(Refused):
            set_limit(coach=dana, key=limit.key, value=value, by=dana, at=NOW)


def test_counts_are_whole_and_years_go_by_halves(dana: Coach) -> None:
    with pytest.raises(Refused, match="whole number"):
        set_limit(coach=dana, key="clean_sessions", value=2.5, by=dana, at=NOW)
    with pytest.raises(Refused, match=r"steps of 0\.5"):
        set_limit(coach=dana, key="experience_years", value=2.25, by=dana, at=NOW)
    assert set_limit(coach=dana, key="experience_years", value=2.5, by=dana, at=NOW)


def test_a_name_nobody_knows_is_refused(dana: Coach) -> None:
    with pytest.raises(Refused, match="no limit of this name"):
        set_limit(coach=dana, key="sets_of_steel", value=1, by=dana, at=NOW)


def test_a_clients_own_limit_beats_the_coachs_and_goes_back_to_it(
    dana: Coach, james: Client, sarah: Client
) -> None:
    set_limit(coach=dana, client=james, key="recovery_hours", value=96, by=dana, at=NOW)
    set_limit(coach=dana, key="recovery_hours", value=60, by=dana, at=NOW + HOUR)
    later = NOW + 2 * HOUR
    assert limits_of(james, at=later).recovery_hours == 96
    assert limits_of(sarah, at=later).recovery_hours == 60
    set_limit(coach=dana, client=james, key="recovery_hours", value=None, by=dana, at=later)
    assert limits_of(james, at=later).recovery_hours == 60
    set_limit(coach=dana, key="recovery_hours", value=None, by=dana, at=later)
    assert limits_of(james, at=later).recovery_hours == 72


def test_a_clients_own_limit_goes_with_the_client_to_a_colleague(dana: Coach, james: Client) -> None:
    set_limit(coach=dana, client=james, key="recovery_hours", value=96, by=dana, at=NOW)
    mate = factories.make_coach("mate@example.com", practice=dana.practice, head=False)
    set_limit(coach=mate, key="failure_share", value=10, by=mate, at=NOW)
    Client.objects.filter(pk=james.pk).update(coach=mate)
    found = limits_of(Client.objects.get(pk=james.pk), at=NOW + HOUR)
    assert (found.recovery_hours, found.failure_share) == (96, 10)


def test_the_limits_and_shares_of_many_are_those_of_each(
    dana: Coach, james: Client, sarah: Client, django_assert_num_queries: Any
) -> None:
    set_limit(coach=dana, key="failure_share", value=15, by=dana, at=NOW)
    set_limit(coach=dana, client=sarah, key="failure_share", value=5, by=dana, at=NOW)
    press = factories.an_exercise()
    for rir in (0, 2, 2, None):
        factories.a_set(
            factories.a_session(james, at=NOW, ref=f"rir {rir}{SetLog.objects.count()}"), press, rir=rir
        )
    rebuild_days({(james.pk, press.pk, NOW.date())})
    shares_and_limits(
        [james.pk], on=NOW.date(), at=NOW
    )  # Django asks the database once whether it knows JSON
    with django_assert_num_queries(1):
        many = shares_and_limits([james.pk, sarah.pk], on=NOW.date(), at=NOW)
    assert {pk: limits for pk, (_, limits) in many.items()} == {
        james.pk: limits_of(james, at=NOW),
        sarah.pk: limits_of(sarah, at=NOW),
    }
    assert {pk: share for pk, (share, _) in many.items()} == shares([james.pk, sarah.pk], on=NOW.date())
    assert many[sarah.pk][1].failure_share == 5


def test_saying_it_twice_writes_it_once_and_nothing_is_overwritten(dana: Coach) -> None:
    assert set_limit(coach=dana, key="recovery_hours", value=96, by=dana, at=NOW)
    assert set_limit(coach=dana, key="recovery_hours", value=96, by=dana, at=NOW + HOUR) is None
    assert set_limit(coach=dana, key="failure_share", value=None, by=dana, at=NOW) is None
    set_limit(coach=dana, key="recovery_hours", value=None, by=dana, at=NOW + HOUR)
    assert list(PolicyValue.objects.order_by("pk").values_list("value", flat=True)) == [96, None]


@pytest.fixture
def pushdown() -> Exercise:
    return factories.an_exercise(
        "Policy pushdown", mechanic="isolation", pattern="isolation", primary_muscle="triceps"
    )


def test_a_verdict_holds_by_the_limit_of_its_own_time(dana: Coach, james: Client, pushdown: Exercise) -> None:
    failed = datetime(2026, 6, 10, 10, tzinfo=UTC)
    factories.a_set(
        factories.a_session(james, at=failed), pushdown, rir=0, ended="muscular_failure", done_at=failed
    )
    asked = failed + 80 * HOUR
    assert "F3" not in verdict_for(james, pushdown, at=asked).codes
    set_limit(coach=dana, key="recovery_hours", value=96, by=dana, at=asked + HOUR)
    assert "F3" not in verdict_for(james, pushdown, at=asked).codes
    now = verdict_for(james, pushdown, at=asked + 2 * HOUR)
    assert "F3" in now.codes
    assert any("96 hours are needed" in sentence for sentence in now.says)
