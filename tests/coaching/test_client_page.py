"""One client's page: the open signs with their proof, sixteen weeks, what was done, the sessions."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clients import answers
from clients.models import Change, Client, Coach, Consent, Flag, Injury
from coaching import respond
from coaching.client_page import client_page
from coaching.evidence import evidence_of
from programs.models import LiftDay, Phase
from programs.rollups import rebuild_days
from tests.factories import a_checkin, a_session, a_set, an_exercise
from tests.flags import a_flag

TODAY = date(2026, 6, 15)
EVIDENCE = {
    "unit": "", "item": "energy", "usual": 3.4, "now": 2.3, "change": -1.1, "low": -1.6, "high": -0.7,
    "observations": 11, "missing_days": 4, "since": "2026-06-01", "band": [2.9, 3.9],
    "series": [["2026-05-01", 3.5], ["2026-05-02", None], ["2026-06-10", 2.2]],
    "details": [{"name": "sleep_quality", "now": 2.5, "usual": 3.6}, {"name": "squat", "change": -7.2}, {"x": 1}, 3],
    "missing": ["No check-in on 4 days."], "around": ["27 % went to failure."], "goes_away": "Three good days.",
}  # fmt: skip


@pytest.fixture
def desk(dana: Coach) -> Browser:
    browser = Browser()
    browser.force_login(dana.user)
    return browser


def test_a_flag_shows_sentence_picture_four_numbers_missing_and_what_would_end_it(
    dana: Coach, james: Client, now: datetime
) -> None:
    a_flag(james, "fatigue_mood", evidence=EVIDENCE, since_on=date(2026, 6, 1))
    (flag,) = client_page(dana, james, now=now, until=None).flags
    assert flag.says.startswith("Energy has averaged 2.3")
    assert flag.evidence.numbers == (
        ("usual", "3.4"), ("now", "2.3"), ("change", "−1.1 (−1.6 to −0.7)"), ("seen", "11 times since about 1 June"),
    )  # fmt: skip
    assert 'class="usual"' in flag.evidence.picture
    assert flag.evidence.details == ("sleep quality 2.5, usually 3.6", "squat −7.2")
    assert flag.evidence.missing == ("No check-in on 4 days.",)
    assert flag.evidence.goes_away == "Three good days."


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"series": "x", "band": [1], "usual": "much", "missing": 7},
        {"series": [["never", 1], [1, 2], ["2026-01-01"]], "band": None, "now": True, "low": float("nan")},
        {"series": [["2026-01-01", None]], "goes_away": None, "unit": 3},
    ],
)
def test_evidence_that_lacks_a_part_shows_the_rest(kept: dict[str, Any]) -> None:
    shown = evidence_of(kept, word="dread", since=TODAY, today=TODAY)
    assert shown.numbers == ()
    assert shown.goes_away == ""


def test_strength_is_said_in_whole_percent() -> None:
    kept = {"unit": "% of expected", "change": -4.3, "low": -6.1, "high": -2.0, "usual": -0.2}
    assert evidence_of(kept, word="strength", since=TODAY, today=TODAY).numbers == (
        ("usual", "0 %"),
        ("change", "−4 % (−6 % to −2 %)"),
    )


def test_opening_the_page_is_seeing_its_flags_once(desk: Browser, james: Client) -> None:
    flag = a_flag(james)
    for _ in range(2):
        assert desk.get(f"/clients/{james.pk}/").status_code == 200
    flag.refresh_from_db()
    assert flag.seen_at is not None
    assert Change.objects.filter(kind="flags seen").count() == 1


def test_what_was_done_stands_with_its_outcome_or_when_it_will_be_known(
    dana: Coach, james: Client, now: datetime
) -> None:
    flag = a_flag(james)
    done = respond.respond(flag=flag, kind="scale_back", by=dana, at=now)
    (shown,) = client_page(dana, james, now=now, until=None).actions
    assert (shown.said, shown.by, shown.waits) == (
        "Scaled back until 28 June", "you", "Its outcome will be known after 13 July.",
    )  # fmt: skip
    assert shown.undo
    done.outcome, done.measured_at = {"says": ["James' lifts were 2 % higher (0 to 5)."], "rows": []}, now
    done.save()
    (shown,) = client_page(dana, james, now=now + timedelta(days=30), until=None).actions
    assert shown.outcome == ("James' lifts were 2 % higher (0 to 5).",)
    assert (shown.waits, shown.undo) == ("", "")


def test_a_scale_back_says_so_and_leaves_no_budget(dana: Coach, james: Client, now: datetime) -> None:
    respond.respond(flag=a_flag(james), kind="scale_back", by=dana, at=now)
    page = client_page(dana, james, now=now + timedelta(minutes=1), until=None)
    assert page.scale_back == "Scaled back until 28 June: no failure sets."
    assert page.decision == "Failure sets are closed."


def test_without_consent_no_health_data_are_shown(dana: Coach, james: Client, now: datetime) -> None:
    a_checkin(james, TODAY, energy=1, sleep_hours=4, note="Slept badly")
    Injury.objects.create(client=james, region="knee", onset=TODAY)
    assert len(client_page(dana, james, now=now, until=None).timeline.checkins) == 1
    Consent.objects.update(withdrawn_at=now)
    page = client_page(dana, james, now=now, until=None)
    assert (page.timeline.checkins, page.timeline.injuries, page.consent) == ((), (), False)
    assert "night" not in page.timeline.svg


def test_what_cannot_be_judged_says_why(desk: Browser, james: Client) -> None:
    james.unknown = {"dread": "6 more check-ins and we know what is usual for him.", "nonsense": "x"}
    james.save()
    page = desk.get(f"/clients/{james.pk}/").content.decode()
    assert "6 more check-ins" in page
    assert "nonsense" not in page


def test_the_timeline_has_its_numbers_in_a_table_and_moves(
    desk: Browser, dana: Coach, james: Client, now: datetime
) -> None:
    press = an_exercise()
    session = a_session(james, at=now - timedelta(days=1), session_rpe=7, duration_min=60)
    a_set(session, press, kg=100, reps=8, rir=0, ended="muscular_failure")
    rebuild_days([(james.pk, press.pk, session.local_day)])
    a_checkin(james, TODAY - timedelta(days=1), sleep_hours=6.5, energy=2, aches={"knee": 3})
    (row,) = client_page(dana, james, now=now, until=None).timeline.rows
    assert (row.lifts, row.load, row.failures, row.sleep) == (
        "Leg press 124 kg", "420", "1 muscular", "6.5 h",
    )  # fmt: skip
    assert row.items == "energy 2, knee 3/10"
    early = client_page(dana, james, now=now, until=date(2026, 1, 1)).timeline
    assert (early.rows, early.last) == ((), date(2026, 1, 1))


@pytest.mark.parametrize("until", ["9999-12-31", "0001-01-01", "x", "2026-02-30", "\x00"])
def test_a_day_that_makes_no_sense_in_the_address_is_today_or_its_edge(
    desk: Browser, james: Client, until: str
) -> None:
    for page in ("?until=", "sessions/?before="):
        assert desk.get(f"/clients/{james.pk}/{page}{until}").status_code == 200


def test_the_page_takes_fifteen_queries_after_one_year_and_after_three(
    desk: Browser, dana: Coach, james: Client
) -> None:
    year(dana, james, 1)
    desk.get(f"/clients/{james.pk}/")
    one = queries(desk, james)
    year(dana, james, 2)
    year(dana, james, 3)
    desk.get(f"/clients/{james.pk}/")
    assert queries(desk, james) == one <= 15


def year(dana: Coach, client: Client, back: int) -> None:
    today, press = timezone.now().astimezone(ZoneInfo(client.timezone)).date(), an_exercise()
    first = today - timedelta(days=365 * back)
    for day in (first + timedelta(days=n) for n in range(1, 365, 7)):
        at = datetime.combine(day, datetime.min.time(), ZoneInfo("UTC")) + timedelta(hours=12)
        a_set(a_session(client, at=at, session_rpe=6, duration_min=50), press, rir=1)
        a_checkin(client, day, energy=3, sleep_hours=7)
    days = [(client.pk, press.pk, d) for d in LiftDay.objects.values_list("day", flat=True)]
    rebuild_days(days or [(client.pk, press.pk, first + timedelta(days=n)) for n in range(1, 365, 7)])
    Phase.objects.create(client=client, kind="strength", starts_on=first, ends_on=first + timedelta(days=200))
    Injury.objects.create(client=client, region="knee", onset=first, resolved=first + timedelta(days=9))
    flag = a_flag(client, opened_on=first, since_on=first, level_on=first)
    answers.answer(flag=flag, kind="acknowledge", by=dana, at=timezone.now())
    Flag.objects.filter(pk=flag.pk).update(closed_on=first, closed_at=timezone.now(), resolution="recovered")


def queries(desk: Browser, client: Client) -> int:
    with CaptureQueriesContext(connection) as counted:
        assert desk.get(f"/clients/{client.pk}/").status_code == 200
    return len(counted)


def test_a_set_that_went_to_failure_against_the_rules_is_marked_with_what_they_had_said(
    desk: Browser, james: Client, now: datetime
) -> None:
    session = a_session(james, at=now, session_rpe=7, duration_min="62.5")
    said_no = {"answer": "no", "says": ["Less than 72 hours since the last failure set."]}
    a_set(session, an_exercise(), rir=0, ended="muscular_failure", shown_verdict=said_no)
    a_set(session, an_exercise(), rir=2, ended="target", shown_verdict=said_no)
    page = desk.get(f"/clients/{james.pk}/sessions/").content.decode()
    assert page.count("against the rules:") == 1
    assert "Less than 72 hours" in page
    assert "effort 7 of 10, 62.5 minutes" in page


def test_an_archived_client_has_a_page_and_no_place_on_the_board(
    desk: Browser, james: Client, now: datetime
) -> None:
    Client.objects.filter(pk=james.pk).update(archived_at=now)
    assert "archived" in desk.get(f"/clients/{james.pk}/").content.decode()
    assert f"/clients/{james.pk}/" not in desk.get("/").content.decode()
