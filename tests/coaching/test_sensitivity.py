"""How readily the signs speak, chosen for a client: dated, kept, and never unsaying what was said."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from clients import roster
from clients.models import Change, Client, Coach, Flag
from clients.sensitivity import CHOICES
from clients.signs.fold import look
from clients.signs.kinds import Sign
from coaching.due import due
from coaching.scan import scan
from tests.coaching import stories
from tests.conftest import NOW
from tests.signs import FIRST, Diary, histories


def choose(client: Client, coach: Coach, value: int, *, days: int = 0) -> None:
    client.refresh_from_db()
    given = {**roster.facts(client), "sensitivity": value}
    roster.change(client=client, by=coach.user, at=NOW + timedelta(days=days), **given)


def test_the_page_says_what_each_choice_costs_and_keeps_the_choice(
    james: Client, dana: Coach, client: Browser
) -> None:
    client.force_login(dana.user)
    page = client.get(reverse("client-edit", args=[james.pk])).content.decode()
    for choice in CHOICES:
        assert choice.says in page
    given = {"name": james.name, "timezone": james.timezone, "units": "kg", "sensitivity": "1"}
    assert client.post(reverse("client-edit", args=[james.pk]), given).status_code == 302
    james.refresh_from_db()
    assert james.sensitivity == 1
    change = Change.objects.get(kind="client changed")
    assert (change.before, change.after) == ({"sensitivity": 0}, {"sensitivity": 1})


@pytest.mark.parametrize("value", ["2", "calm", "-1.5"])
def test_another_choice_is_refused(james: Client, dana: Coach, client: Browser, value: str) -> None:
    client.force_login(dana.user)
    given = {"name": james.name, "timezone": james.timezone, "units": "kg", "sensitivity": value}
    assert client.post(reverse("client-edit", args=[james.pk]), given).status_code == 422


def test_a_form_that_does_not_ask_leaves_the_choice_alone(
    james: Client, dana: Coach, client: Browser
) -> None:
    choose(james, dana, -1)
    client.force_login(dana.user)
    client.post(
        reverse("client-edit", args=[james.pk]), {"name": "J", "timezone": james.timezone, "units": "kg"}
    )
    james.refresh_from_db()
    assert (james.name, james.sensitivity) == ("J", -1)


def test_a_calmer_choice_unsays_nothing(james: Client, dana: Coach) -> None:
    stories.checkins(james, low_days=25)
    scan(due(NOW), now=NOW)
    before = list(Flag.objects.values("sign", "opened_on", "since_on"))
    assert before
    choose(james, dana, 1)
    scan(due(NOW), now=NOW + timedelta(minutes=1))
    assert list(Flag.objects.values("sign", "opened_on", "since_on")) == before
    assert not Flag.objects.filter(resolution="withdrawn").exists()


def test_of_two_choices_on_a_day_the_last_holds_and_the_one_before_the_day_is_remembered(
    james: Client, dana: Coach
) -> None:
    choose(james, dana, 1)
    choose(james, dana, -1)
    james.refresh_from_db()
    yesterday = (NOW.date() - timedelta(days=1)).isoformat()
    assert (james.sensitivity, james.sensitivity_before) == (-1, [[yesterday, 0.0]])
    assert james.history_version == 2


@pytest.mark.parametrize("day", [60, 85, 110])
def test_a_choice_holds_from_its_day_on(day: int) -> None:
    def slipping(**person: object) -> Diary:
        diary = Diary(days=120, person=dict(person)).answer(range(120))
        return diary.answer(range(80, 120), energy=3.2, mood=3.4)

    def opened(**person: object) -> int:
        return min(
            e.opened for e in look(histories(slipping(**person))).episodes if e.sign == Sign.FATIGUE_MOOD
        )

    calm, alert = opened(sensitivity=1.0), opened(sensitivity=-1.0)
    assert alert < calm
    changed = opened(sensitivity=-1.0, sensitivity_before=((FIRST + day - 1, 1.0),))
    assert changed == (calm if FIRST + day > calm else max(alert, FIRST + day))
