"""The pages of own limits: all of them, within bounds, with who changed what; each to whom they belong."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from clients.models import Client, Coach
from programs.limits_of import limits_of
from programs.models import PolicyValue
from programs.policies import set_limit
from programs.policy.limits import LIMITS
from tests import factories


def signed_in(coach: Coach) -> Browser:
    browser = Browser()
    browser.force_login(coach.user)
    return browser


@pytest.fixture
def desk(dana: Coach) -> Browser:
    return signed_in(dana)


def test_every_limit_stands_there_with_default_bounds_unit_and_source(desk: Browser, james: Client) -> None:
    for path in ("/policy/", f"/clients/{james.pk}/policy/"):
        page = desk.get(path).content.decode()
        for limit in LIMITS:
            assert limit.says in page
            assert f"Default {limit.default:g}; may be {limit.low:g}–{limit.high:g}." in page
    assert "every limit is the default" in desk.get("/policy/").content.decode()


def test_a_change_is_saved_said_and_kept_with_who_and_when(desk: Browser, dana: Coach, james: Client) -> None:
    sent = {"key": "recovery_hours", "value": "96"}
    page = desk.post(f"/coaches/{dana.pk}/policy/limits/", sent, follow=True).content.decode()
    assert "Recovery after a failure set: now 96 hours." in page
    assert "Recovery after a failure set: default → 96 hours" in page
    assert "Back to default" in page
    back = desk.post(
        f"/coaches/{dana.pk}/policy/limits/", {"key": "recovery_hours", "default": "1"}, follow=True
    )
    assert "Recovery after a failure set: back to the default." in back.content.decode()
    assert "96 → default hours" in back.content.decode()


def test_a_client_sees_the_coachs_limit_as_what_holds_without_their_own(
    desk: Browser, dana: Coach, james: Client
) -> None:
    set_limit(coach=dana, key="sleep_hours", value=7.5, by=dana, at=timezone.now() - timedelta(days=1))
    page = desk.get(f"/clients/{james.pk}/policy/").content.decode()
    assert "The coach’s: 7.5. Default 7; may be 6.5–9." in page
    sent = {"key": "sleep_hours", "value": "8,25"}
    page = desk.post(f"/clients/{james.pk}/policy/limits/", sent, follow=True).content.decode()
    assert "now 8.25 hours" in page
    assert limits_of(james, at=timezone.now()).sleep_hours == 8.25


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("0", "Choose from 48 to 120 hours; the default is 72."),
        ("1e9", "Choose from 48 to 120 hours"),
        ("seventy", "Give a number, like 72."),
        ("72\x00", "Give a number, like 72."),
        ("72.5", "Give a whole number."),
        ("9" * 400, "Give a number, like 72."),
    ],
)
def test_what_cannot_be_gets_a_sentence_and_stays_typed(
    desk: Browser, james: Client, value: str, sentence: str
) -> None:
    answer = desk.post(f"/clients/{james.pk}/policy/limits/", {"key": "recovery_hours", "value": value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert f'value="{value[:40]}"' in page
    assert not PolicyValue.objects.exists()


def test_a_form_without_a_name_is_a_422_not_a_500(desk: Browser, james: Client) -> None:
    for sent in ({}, {"key": "nothing", "value": "3"}, {"key": "x" * 500}):
        assert desk.post(f"/clients/{james.pk}/policy/limits/", sent).status_code == 422


def test_a_head_coach_sees_and_sets_for_the_practice_a_coach_for_their_own(
    dana: Coach, eli: Coach, james: Client
) -> None:
    mate = factories.make_coach("mate@example.com", name="Mate", practice=dana.practice, head=False)
    hers = factories.make_client(mate, "Nora Vance")
    head, other = signed_in(dana), signed_in(mate)
    assert "Policy of Mate" in head.get(f"/coaches/{mate.pk}/policy/").content.decode()
    sent = {"key": "failure_share", "value": "15"}
    assert head.post(f"/coaches/{mate.pk}/policy/limits/", sent).status_code == 302
    assert head.post(f"/clients/{hers.pk}/policy/limits/", {**sent, "value": "10"}).status_code == 302
    assert "15 %" in other.get("/policy/").content.decode()
    assert "Dana Reyes" in other.get(f"/clients/{hers.pk}/policy/").content.decode()
    for path in (f"/coaches/{dana.pk}/policy/", f"/clients/{james.pk}/policy/"):
        assert other.get(path).status_code == 404
        assert other.post(path + "limits/", sent).status_code == 404
    assert signed_in(eli).get(f"/coaches/{mate.pk}/policy/").status_code == 404


def test_the_board_counts_against_the_clients_own_limit_and_offers_its_days(
    desk: Browser, dana: Coach, james: Client
) -> None:
    from tests.flags import a_flag

    a_flag(james)
    now = timezone.now()
    set_limit(coach=dana, client=james, key="scale_back_days", value=21, by=dana, at=now)
    assert 'name="days" value="21"' in desk.get("/").content.decode()
    flag = james.flags.get()
    desk.post(f"/flags/{flag.pk}/actions/", {"kind": "scale_back"})
    action = james.actions.get()
    assert action.until is not None
    assert (action.until - action.on).days == 20
