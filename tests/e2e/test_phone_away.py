"""Beginning without a connection: a session, an exercise that was never opened, the end of it; sent in order, once."""

import pytest
from playwright.sync_api import expect

from clients.models import Client
from programs.models import Exercise, Session, SetLog
from tests.e2e.a_phone import Phone, stored
from tests.e2e.bad_network import BadNetwork
from tests.factories import an_exercise
from tests.programs.phones import started

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AWAY_IS_KEPT = "async () => Boolean(await caches.match('/train/away/', { ignoreVary: true }))"


@pytest.fixture
def dip(db: None) -> Exercise:
    return an_exercise("Dip, try-out", equipment="bodyweight")


@pytest.fixture
def ready(phone: Phone, planned: Client) -> Phone:
    """Today was open with a connection; then there is none."""
    phone.open("/train/")
    phone.until(AWAY_IS_KEPT)
    phone.off()
    return phone


def test_the_planned_session_begins_goes_on_and_ends_without_a_connection(
    ready: Phone, planned: Client
) -> None:
    page = ready.page
    page.get_by_role("button", name="Start Push day").click()
    expect(page.get_by_role("heading", name="Chest press, try-out")).to_be_visible()
    expect(page.locator("input[name=weight]")).to_have_value("60")
    expect(page.locator(".plan")).to_contain_text("Last time")
    for reps in ("9", "8", "7", "6"):
        ready.log(reps=reps)
    expect(page.get_by_text("Cable curl, try-out: ")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Cable curl, try-out")).to_be_visible()
    ready.log(weight="12,5", reps="12")
    expect(page.locator("#sets .kept")).to_contain_text("12,5 kg × 12")
    page.get_by_role("link", name="Finish session").click()
    page.locator(".pick", has_text="8").first.click()
    page.get_by_role("button", name="Finish", exact=True).click()
    page.wait_for_url("**/train/")
    assert not Session.objects.filter(client=planned, ended_at=None).exists()
    ready.on()
    ready.settled()
    begun = Session.objects.get(client=planned, workout__isnull=False)
    assert [line["exercise"] for line in begun.prescribed] == ["Chest press, try-out", "Cable curl, try-out"]
    assert stored(begun) == [
        (1, 9, 60_000), (2, 8, 60_000), (3, 7, 60_000), (4, 6, 60_000), (5, 12, 12_500),
    ]  # fmt: skip
    first = begun.sets.order_by("done_at").first()
    assert begun.session_rpe == 8
    assert begun.ended_at
    assert first
    assert first.done_at
    assert begun.started_at <= first.done_at <= begun.ended_at


def test_a_free_session_with_exercises_that_were_never_opened(
    dip: Exercise, ready: Phone, planned: Client
) -> None:
    page = ready.page
    page.get_by_role("button", name="Start a free session").click()
    page.get_by_label("Name").fill("dip try")
    page.get_by_role("link", name="Dip, try-out").click()
    expect(page.get_by_label("Added weight, kg")).to_be_visible()
    ready.log(reps="8", rir="2", weight="−10")
    expect(page.locator("#sets .kept")).to_contain_text("2 left on the phone")
    page.get_by_role("link", name="Add an exercise").click()
    expect(page.get_by_role("link", name="Chest press, try-out")).to_be_visible()
    page.go_back()
    expect(page.locator("#sets .kept")).to_have_count(1)
    ready.on()
    ready.settled()
    row = SetLog.objects.get(exercise=dip)
    assert (row.weight_g, row.session.client, row.session.workout) == (-10_000, planned, None)
    expect(page.locator("#sets [data-set]")).to_have_count(1)  # the server's own page has taken over


def test_a_lost_answer_to_the_start_makes_no_second_session(
    phone: Phone, planned: Client, network: BadNetwork
) -> None:
    faults = ["lose", "500", "drop"]
    network.fault = lambda path: faults.pop() if faults and path == "/train/sessions/" else ""
    phone.open("/train/")
    phone.until(AWAY_IS_KEPT)
    phone.page.get_by_role("button", name="Start Push day").click()
    expect(phone.page.get_by_role("heading", name="Chest press, try-out")).to_be_visible(timeout=15000)
    phone.log(reps="9")
    phone.settled()
    assert faults == []
    begun = Session.objects.get(client=planned, workout__isnull=False)
    assert stored(begun) == [(1, 9, 60_000)]


def test_a_second_press_of_start_goes_on_with_what_was_begun(ready: Phone, planned: Client) -> None:
    page = ready.page
    page.get_by_role("button", name="Start Push day").click()
    expect(page.get_by_role("heading", name="Chest press, try-out")).to_be_visible()
    begun = page.url
    page.goto("/train/")
    expect(page.locator("#kept")).to_contain_text("Push day begun")
    page.get_by_role("button", name="Start Push day").click()
    page.wait_for_url(begun)
    ready.on()
    ready.settled()
    assert Session.objects.filter(client=planned, workout__isnull=False).count() == 1


def test_an_exercise_is_added_to_a_session_that_the_server_knows(
    phone: Phone, session: Session, planned: Client
) -> None:
    row = an_exercise("Landmine row, try-out", equipment="barbell")
    phone.open(f"/train/{session.uuid}/")
    phone.until(AWAY_IS_KEPT)
    phone.off()
    phone.page.get_by_role("link", name="Add an exercise").click()
    phone.page.get_by_label("Name").fill("landmine")
    phone.page.get_by_role("link", name="Landmine row, try-out").click()
    phone.log(weight="60", reps="8", rir="3")
    expect(phone.page.locator("#sets .kept")).to_have_count(1)
    phone.on()
    phone.settled()
    assert SetLog.objects.get(session=session).exercise == row


def test_a_session_that_nobody_knows_says_so(ready: Phone) -> None:
    ready.page.goto("/train/01940000-0000-7000-8000-000000000000/")
    expect(ready.page.get_by_role("heading", name="Not on this phone")).to_be_visible()


def test_in_a_superset_the_other_exercise_comes_next_without_a_connection(
    phone: Phone, planned: Client
) -> None:
    workout = planned.phases.get().workouts.get()
    workout.prescriptions.filter(position=1).update(with_next=True)
    begun = started(planned, workout)
    phone.open(f"/train/{begun.uuid}/")
    phone.off()
    turn = phone.page.get_by_role("navigation", name="Superset, in turn").get_by_role(
        "link", name="Cable curl"
    )
    expect(turn).not_to_have_class("button primary")
    phone.log(reps="9")
    expect(turn).to_have_class("button primary")
    turn.click()
    expect(phone.page.get_by_role("heading", name="Cable curl, try-out")).to_be_visible()
    phone.log(weight="12.5", reps="12")
    phone.on()
    phone.settled()
    assert stored(begun) == [(1, 9, 60_000), (2, 12, 12_500)]
