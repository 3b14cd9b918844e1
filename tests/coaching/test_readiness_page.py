"""Readiness on the client's page: evidence, the day when it may change, what is allowed, and the coach's own word."""

from datetime import date, timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from clients.models import Client, Coach, Overrule
from coaching.client_page import client_page
from tests.factories import a_checkin, a_session, a_set, an_exercise
from tests.programs.phones import phone_of

SECRET = "Her physio wrote to me."


@pytest.fixture
def desk(dana: Coach) -> Browser:
    browser = Browser()
    browser.force_login(dana.user)
    return browser


def soon() -> str:
    return (timezone.now().date() + timedelta(days=7)).isoformat()


def test_each_indicator_says_its_evidence_and_when_it_may_change(desk: Browser, james: Client) -> None:
    since = timezone.now().date() - timedelta(days=100)
    Client.objects.filter(pk=james.pk).update(training_since=since)
    page = desk.get(f"/clients/{james.pk}/").content.decode()
    assert "0.3 years of training; at least 2 are needed." in page
    assert f"Reaches 2 years on {since.day} {since.replace(year=since.year + 2):%B %Y}." in page
    assert "Only 0 hard sets in 12 weeks; 15 are needed to judge form." in page
    assert "15 more hard sets and it can be judged." in page
    assert "Failure sets are closed." in page
    assert "Allowed: every set, 1–3 reps short of failure; none to failure." in page


def test_a_coach_sets_an_indicator_and_takes_it_back(desk: Browser, dana: Coach, james: Client) -> None:
    sent = {"indicator": "experience", "state": "met", "until": soon(), "reason": SECRET}
    page = desk.post(f"/clients/{james.pk}/readiness/", sent, follow=True).content.decode()
    assert "set by a coach" in page
    assert "The log says not known: No start of training is known" in page
    assert SECRET in page
    assert "by you" in page
    row = Overrule.objects.get()
    page = desk.post(f"/overrules/{row.pk}/withdrawal/", follow=True).content.decode()
    assert "withdrawn by you" in page
    assert "set by a coach" not in page


def test_htmx_gets_the_piece_with_a_word_in_the_status_line(desk: Browser, james: Client) -> None:
    sent = {"indicator": "experience", "state": "met", "until": soon(), "reason": SECRET}
    answer = desk.post(f"/clients/{james.pk}/readiness/", sent, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert "<html" not in page
    assert "Experience set until" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": ""}, "Write down why"),
        ({"until": "never"}, "Choose the last day"),
        ({"until": "2020-01-01"}, "is over"),
        ({"until": "9999-12-31"}, "365 days is the most"),
        ({"state": "perhaps"}, "met or as not met"),
        ({"indicator": "luck"}, "no indicator"),
        ({"reason": "a\x00"}, "cannot be kept"),
    ],
)
def test_what_is_refused_says_why_and_keeps_what_was_typed(
    desk: Browser, james: Client, changes: dict[str, str], sentence: str
) -> None:
    sent = {"indicator": "form", "state": "met", "until": soon(), "reason": "typed words", **changes}
    answer = desk.post(f"/clients/{james.pk}/readiness/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page or changes.get("indicator")
    if "reason" not in changes and "indicator" not in changes:
        assert 'value="typed words"' in page
    assert not Overrule.objects.exists()


def test_a_client_never_reads_the_reason(desk: Browser, dana: Coach, james: Client) -> None:
    sent = {"indicator": "experience", "state": "not_met", "until": soon(), "reason": SECRET}
    desk.post(f"/clients/{james.pk}/readiness/", sent)
    press = an_exercise()
    session = a_session(james, at=timezone.now() - timedelta(minutes=5))
    phone = phone_of(james)
    page = phone.get(f"/train/{session.uuid}/?lift={press.pk}").content.decode()
    assert "The coach has set experience to not met" in page
    assert SECRET not in page
    assert SECRET not in phone.get("/train/").content.decode()


def test_the_week_and_the_28_days_say_what_is_counted_and_what_is_not_known(
    dana: Coach, james: Client, now: object
) -> None:
    from tests.conftest import NOW

    press = an_exercise()
    session = a_session(james, at=NOW - timedelta(hours=1))
    for rir, ended in [(0, ""), (2, ""), (2, ""), (None, ""), (1, "technical_failure")]:
        a_set(session, press, rir=rir, ended=ended)
    stand = client_page(dana, james, now=NOW, until=None).stand
    assert stand.week == (
        "5 sets done; no programme says how many are planned.",
        "1 failure set this week; the usual week is not known yet, so nor is the budget.",
        "1 of 4 rated sets to failure: 25 %.",
        "1 set unrated: the share lies between 20 % and 40 %.",
        "Too few rated to judge by: 8 rated sets are needed, and most of the sets rated.",
        "1 set ended because form broke: it is counted apart, and as failure only at 0 in reserve.",
    )
    more = a_session(james, at=NOW - timedelta(days=10))
    for rir in (0, 2, 2, 2, 2, 3, 3):
        a_set(more, press, rir=rir)
    month = client_page(dana, james, now=NOW, until=None).stand.month
    assert month[0] == "2 of 11 rated sets to failure: 18 %."
    assert month[-1] == "The habit behind this count may lie anywhere from 6 % to 43 %."


def test_a_usual_week_stands_in_for_a_plan_and_says_so(dana: Coach, james: Client) -> None:
    from tests.conftest import NOW

    press = an_exercise()
    for weeks in (1, 2):
        session = a_session(james, at=NOW - timedelta(weeks=weeks))
        for _ in range(10):
            a_set(session, press, rir=2)
    week = client_page(dana, james, now=NOW, until=None).stand.week
    assert week[1] == "0 of 2 failure sets used this week, 2 left."
    assert week[2] == "A usual week stands in for the plan: 10 sets, the middle of the last weeks trained."


def test_recovery_says_how_long_it_holds(dana: Coach, james: Client) -> None:
    from tests.conftest import NOW

    for back in range(10):
        a_checkin(james, date(2026, 6, 15) - timedelta(days=back), sleep_hours=8, stress=4)
    stand = client_page(dana, james, now=NOW, until=None).stand
    recovery = next(one for one in stand.indicators if one.key == "recovery")
    assert recovery.word == "met"
    assert recovery.changes == "Lapses on 22 June 2026 if no more nights are answered."
