"""A flag that opens or is resolved is put down once for everybody who hears of the client, with the flag itself."""

import json
from datetime import timedelta

import pytest

from clients.models import Action, Change, Client, Coach, Delivery, Flag, Webhook
from coaching.due import due
from coaching.scan import scan
from tests import factories
from tests.coaching import stories
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


def hook(coach: Coach, url: str = "https://example.com/hook") -> Webhook:
    return Webhook.objects.create(coach=coach, url=url, secret="whsec_c2VjcmV0", made_at=NOW)


@pytest.fixture
def tired(james: Client) -> Client:
    stories.checkins(james, low_days=25)
    return james


def test_a_flag_that_opens_is_told_once_however_often_the_scan_runs(tired: Client, dana: Coach) -> None:
    mine = hook(dana)
    for minutes in range(3):
        scan([tired.pk], now=NOW + timedelta(minutes=minutes))
    [told] = Delivery.objects.filter(webhook=mine)
    flag = Flag.objects.open().get()
    said = json.loads(told.body)
    assert (told.kind, told.state, told.next_try_at) == ("flag.opened", "waiting", NOW)
    assert (said["id"], said["type"]) == (str(told.uuid), "flag.opened")
    assert said["data"]["flag"]["id"] == flag.pk
    assert said["data"]["flag"]["client"] == str(tired.uuid)
    assert said["data"]["flag"]["says"] == flag.says
    assert said["data"]["flag"]["closed_on"] is None


def test_a_flag_that_the_coach_ends_is_told_as_resolved(tired: Client, dana: Coach) -> None:
    hook(dana)
    scan(due(NOW), now=NOW)
    flag = Flag.objects.open().get()
    from coaching.respond import respond

    respond(flag=flag, kind=Action.Kind.WRONG_CALL, by=dana, at=NOW)
    for minutes in (1, 2):
        scan([tired.pk], now=NOW + timedelta(minutes=minutes))
    kinds = list(Delivery.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["flag.opened", "flag.resolved"]
    resolved = json.loads(Delivery.objects.last().body)["data"]["flag"]  # type: ignore[union-attr]
    assert resolved["closed_on"] is not None
    assert resolved["resolution"] == "wrong_call"


def test_what_a_scan_finds_out_of_the_past_is_no_news(james: Client, dana: Coach) -> None:
    hook(dana)
    stories.checkins(james, low_days=25)
    later = NOW + timedelta(days=120)
    scan([james.pk], now=later)  # the spell opened and closed long ago; nobody looked
    closed = Flag.objects.exclude(closed_on=None)
    assert closed.exists()
    assert not Delivery.objects.filter(
        change__subject__in=[f"flag:{pk}" for pk in closed.values_list("pk", flat=True)]
    ).exists()


def test_they_are_told_who_see_the_client(tired: Client, dana: Coach, eli: Coach) -> None:
    mate = factories.make_coach("mate@example.com", practice=dana.practice, head=False)
    head = factories.make_coach("head@example.com", practice=dana.practice, head=True)
    hooks = {
        name: hook(coach) for name, coach in (("own", dana), ("mate", mate), ("head", head), ("eli", eli))
    }
    scan(due(NOW), now=NOW)
    told = set(Delivery.objects.values_list("webhook", flat=True))
    assert told == {hooks["own"].pk, hooks["head"].pk}
    assert Delivery.objects.values("uuid").distinct().count() == 2  # each receiver has ids of its own


def test_what_a_broken_scan_takes_back_was_never_told(
    tired: Client, dana: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook(dana)

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("clients.flags.update_rows", _after_the_flags(fails))
    with pytest.raises(RuntimeError):
        scan(due(NOW), now=NOW)
    assert not Flag.objects.exists()
    assert not Delivery.objects.exists()


def _after_the_flags(fails: object) -> object:
    from clients.rows import update_rows

    def rows(model: type, *rest: object) -> None:
        if model is Client:
            fails()  # type: ignore[operator]
        update_rows(model, *rest)  # type: ignore[arg-type]

    return rows


def test_one_event_is_one_delivery_whatever_writes_it(tired: Client, dana: Coach) -> None:
    from django.db import IntegrityError, transaction

    mine = hook(dana)
    change = Change.objects.create(kind="flag opened", subject="flag:1", client=tired, at=NOW)
    Delivery.objects.create(webhook=mine, change=change, kind="flag.opened", body="{}", queued_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(webhook=mine, change=change, kind="flag.opened", body="{}", queued_at=NOW)
