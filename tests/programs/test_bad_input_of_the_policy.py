"""Input that contradicts itself or the clock: each has one answer, and a sentence where a person reads it."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from clients.models import ApiToken, Client, Coach
from coaching.sessions_page import sessions_page
from programs import sessions
from programs.facts import read_recent
from programs.models import Exercise
from programs.policies import set_limit
from programs.standing import standing
from programs.verdicts import verdict_for
from tests import factories
from tests.coaching.api import coach_api
from tests.programs.phones import HTMX, filled, phone_of, set_url, started

NONE_LEFT = "You couldn’t finish a rep, so none were left: the set is stored with 0 left."


@pytest.fixture
def curl(db: None) -> Exercise:
    return factories.an_exercise(
        "Tale cable curl",
        equipment="cable",
        mechanic="isolation",
        pattern="isolation",
        primary_muscle="biceps",
    )


def test_the_ending_wins_over_a_reserve_and_the_phone_says_so(james: Client, curl: Exercise) -> None:
    phone, session = phone_of(james), started(james)
    sent = filled(curl, rir="3", ended="muscular_failure")
    assert NONE_LEFT in phone.post(set_url(session), sent, headers=HTMX).content.decode()
    row = session.sets.get()
    assert (row.ended, row.rir_halves) == ("muscular_failure", 0)
    plain = phone.post(set_url(session), filled(curl, rir="3", ended="muscular_failure"), follow=True)
    assert NONE_LEFT in plain.content.decode()
    agreed = phone.post(set_url(session), filled(curl, rir="0", ended="muscular_failure"), headers=HTMX)
    assert NONE_LEFT not in agreed.content.decode()


def test_a_correction_that_contradicts_itself_is_told_too(james: Client, curl: Exercise) -> None:
    phone, session = phone_of(james), started(james)
    phone.post(set_url(session), filled(curl))
    row = session.sets.get()
    sent = filled(curl, id=row.uuid, version=2, rir="3", ended="muscular_failure")
    answer = phone.post(f"{set_url(session)}{row.uuid}/", sent, follow=True)
    assert NONE_LEFT in answer.content.decode()
    row.refresh_from_db()
    assert row.rir_halves == 0


def test_the_api_refuses_it_with_a_sentence_at_the_field(dana: Coach, james: Client, curl: Exercise) -> None:
    session = factories.a_session(james, at=timezone.now() - timedelta(hours=1))
    body = {
        "session": str(session.uuid),
        "exercise": curl.name,
        "reps": 8,
        "rir": 3,
        "ended": "muscular_failure",
    }
    api = coach_api(dana, ApiToken.Scope.LOG)
    path = f"clients/{james.uuid}/sets/{uuid4()}/"
    refused = api.send("put", path, body)
    assert refused.status_code in (400, 422)
    assert "leaves none in reserve: send rir 0, or leave it out." in refused.content.decode()
    assert api.send("put", path, {**body, "rir": None}).status_code == 200
    assert session.sets.count() == 1


def test_a_set_with_neither_reserve_nor_ending_is_asked_on_the_phone_and_unrated_elsewhere(
    dana: Coach, james: Client, curl: Exercise
) -> None:
    phone, session = phone_of(james), started(james)
    asked = phone.post(set_url(session), filled(curl, rir=None, ended=None), headers=HTMX)
    assert asked.status_code == 422
    assert "Say how the set ended: one of the four buttons." in asked.content.decode()
    tapped = phone.post(set_url(session), filled(curl, rir=None), headers=HTMX)
    assert "How many more could you have done? Tap one." in tapped.content.decode()
    assert not session.sets.exists()
    sessions.log_set(
        id=uuid4(), session=session, exercise=curl, by=None, at=timezone.now(), weight_g=20_000, reps=8,
        rir_halves=None, ended="",
    )  # fmt: skip
    week = standing(james, at=timezone.now()).week
    assert (week.failure, week.rated, week.unrated) == (0, 0, 1)


def test_two_sessions_at_once_are_one_visit_and_the_phone_says_so(james: Client, curl: Exercise) -> None:
    now = timezone.now()
    for minutes in (50, 20):
        sessions.start(client=james, at=now - timedelta(minutes=minutes), by=None)
    first, _ = james.sessions.order_by("started_at")
    factories.a_set(first, curl, rir=0, ended="muscular_failure")
    other = factories.an_exercise(
        "Tale leg curl", mechanic="isolation", pattern="isolation", primary_muscle="hamstrings"
    )
    says = " ".join(verdict_for(james, other, at=now).says)
    assert "One exercise a session: Tale cable curl has been it." in says
    page = phone_of(james).get("/train/").content.decode()
    assert "Two sessions are open." in page


def test_sessions_begun_three_hours_apart_are_two(james: Client) -> None:
    now = timezone.now()
    sessions.start(client=james, at=now - timedelta(hours=4), by=None)
    sessions.start(client=james, at=now - timedelta(minutes=20), by=None)
    page = phone_of(james).get("/train/").content.decode()
    assert "Two sessions are open." not in page
    assert "was never finished." in page


LATE = datetime(2026, 6, 15, 10, tzinfo=UTC)


def test_a_session_logged_late_counts_from_its_own_time(james: Client, curl: Exercise) -> None:
    """It happened inside the closed window of another: both count, and the later one sets when it opens."""
    factories.a_set(
        factories.a_session(james, at=LATE - timedelta(hours=60)), curl, rir=0, ended="muscular_failure"
    )
    assert verdict_for(james, curl, at=LATE).opens_at == LATE + timedelta(hours=12)
    late = sessions.start(client=james, at=LATE, by=None, started_at=LATE - timedelta(hours=30))
    sessions.log_set(
        id=uuid4(), session=late, exercise=curl, by=None, at=LATE, weight_g=20_000, reps=8, rir_halves=0,
        ended="muscular_failure", done_at=LATE - timedelta(hours=29),
    )  # fmt: skip
    now = verdict_for(james, curl, at=LATE)
    assert now.opens_at == LATE + timedelta(hours=43)
    assert any("29 hours since Tale cable curl went to failure" in sentence for sentence in now.says)
    then = verdict_for(james, curl, at=LATE - timedelta(hours=30))
    assert then.codes == ("F3",)  # what the rules say of that hour, whenever it was written down


def test_a_late_set_that_was_shown_a_no_is_marked_on_the_coachs_page(james: Client, curl: Exercise) -> None:
    shown = {"answer": "no", "says": ["40 hours since Tale cable curl went to failure."]}
    session = factories.a_session(james, at=LATE - timedelta(hours=30))
    factories.a_set(session, curl, rir=0, ended="muscular_failure", shown_verdict=shown)
    (found,) = sessions_page(james, now=LATE, before=None).sessions
    assert found.sets[0].against == "40 hours since Tale cable curl went to failure."


def test_a_changed_time_zone_moves_no_hours_and_no_stored_day(james: Client, curl: Exercise) -> None:
    failed = datetime(2026, 6, 14, 22, 30, tzinfo=UTC)  # Sunday 23:30 in London
    session = factories.a_session(james, at=failed)
    factories.a_set(session, curl, rir=0, ended="muscular_failure")
    at = failed + timedelta(hours=40)
    opens = verdict_for(james, curl, at=at).opens_at
    Client.objects.filter(pk=james.pk).update(timezone="Asia/Tokyo")
    moved = Client.objects.get(pk=james.pk)
    session.refresh_from_db()
    assert session.local_day == date(2026, 6, 14)
    assert verdict_for(moved, curl, at=at).opens_at == opens == failed + timedelta(hours=72)
    assert read_recent(moved, at=at).monday == date(2026, 6, 15)
    assert standing(moved, at=at).week.failure == 0  # the set stays in the week of the day it was logged on
    assert standing(moved, at=at).days_28.failure == 1


@pytest.mark.parametrize(
    ("failed", "zone"),
    [
        (datetime(2026, 3, 27, 18, tzinfo=UTC), "Europe/London"),  # the clock goes forward on 29 March
        (datetime(2026, 10, 23, 18, tzinfo=UTC), "Europe/London"),  # and back on 25 October
        (datetime(2026, 3, 6, 18, tzinfo=UTC), "America/New_York"),
        (datetime(2026, 10, 30, 18, tzinfo=UTC), "America/New_York"),
    ],
)
def test_72_hours_are_72_hours_across_a_clock_change(
    james: Client, curl: Exercise, failed: datetime, zone: str
) -> None:
    Client.objects.filter(pk=james.pk).update(timezone=zone)
    client = Client.objects.get(pk=james.pk)
    factories.a_set(factories.a_session(client, at=failed), curl, rir=0, ended="muscular_failure")
    hours = timedelta(hours=72)
    minute = timedelta(minutes=1)
    assert "F3" in verdict_for(client, curl, at=failed + hours - minute).codes
    assert "F3" not in verdict_for(client, curl, at=failed + hours).codes
    assert "F3" not in verdict_for(client, curl, at=failed + hours + minute).codes


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        # A week of 167 hours and one of 169: the budget opens at Monday's midnight of the client.
        (datetime(2026, 3, 29, 12, tzinfo=UTC), datetime(2026, 3, 30, 0, tzinfo=ZoneInfo("Europe/London"))),
        (datetime(2026, 10, 25, 12, tzinfo=UTC), datetime(2026, 10, 26, 0, tzinfo=ZoneInfo("Europe/London"))),
    ],
)
def test_a_budget_used_up_opens_on_the_clients_monday_across_a_clock_change(
    dana: Coach, james: Client, curl: Exercise, at: datetime, opens: datetime
) -> None:
    press = factories.an_exercise("Tale row", pattern="horizontal_pull", primary_muscle="lats")
    for weeks in (1, 2):
        session = factories.a_session(james, at=at - timedelta(weeks=weeks))
        for _ in range(5):
            factories.a_set(session, press, rir=2)
    set_limit(coach=dana, key="recovery_hours", value=48, by=dana, at=at - timedelta(days=30))
    factories.a_set(
        factories.a_session(james, at=at - timedelta(days=3)), curl, rir=0, ended="muscular_failure"
    )
    verdict = verdict_for(james, curl, at=at)
    assert verdict.codes == ("F2",)
    assert verdict.opens_at == opens


def test_the_last_day_of_an_overrule_ends_by_the_clients_clock_on_a_change_day(
    dana: Coach, james: Client
) -> None:
    from clients.overrules import overrule

    at = datetime(2026, 10, 24, 12, tzinfo=UTC)
    overrule(
        client=james,
        indicator="experience",
        state="met",
        until=date(2026, 10, 25),
        reason="x",
        by=dana,
        at=at,
    )
    midnight = datetime(2026, 10, 26, 0, 0, tzinfo=ZoneInfo("Europe/London"))
    found = read_recent(james, at=midnight - timedelta(minutes=1)).readiness.experience
    assert found.computed is not None
    assert read_recent(james, at=midnight).readiness.experience.computed is None
