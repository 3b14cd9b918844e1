"""Logging without a network, in a real browser: nothing lost, nothing doubled, and one always sees where a row is."""

import os
import random
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from clients.models import Checkin, Client
from programs.models import Exercise, Session, SetLog
from tests.e2e.a_phone import Phone, stored
from tests.e2e.bad_network import BadNetwork
from tests.factories import a_set
from tests.programs.phones import phone_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SETS = int(os.environ.get("RESERVE_PHONE_SETS", "60"))  # of the run over all faults; 500 on demand


def test_a_set_stands_there_before_the_server_has_answered(
    phone: Phone, session: Session, network: BadNetwork
) -> None:
    phone.open(f"/train/{session.uuid}/")
    network.gate.clear()
    phone.log(rir="3")
    row = phone.page.locator("#sets .kept")
    expect(row).to_contain_text("60 kg × 9 3 left on the phone")
    expect(phone.page.locator(".which")).to_have_text("Set 2 of 4")
    assert not SetLog.objects.filter(session=session).exists()
    network.gate.set()
    expect(phone.page.locator("#sets [data-set]")).to_contain_text("60 kg × 9 3 left ✓")
    expect(row).to_have_count(0)
    assert stored(session) == [(1, 9, 60_000)]


def test_a_session_goes_on_without_a_network_over_a_reload_and_is_sent_afterwards(
    phone: Phone, session: Session
) -> None:
    phone.open(f"/train/{session.uuid}/")
    phone.off()
    for reps in ("9", "8", "7"):
        phone.log(reps=reps)
    expect(phone.page.locator("#sets .kept")).to_have_count(3)
    expect(phone.page.locator("#unsure")).to_be_visible()
    phone.page.reload()
    expect(phone.page.locator("#sets .kept")).to_have_count(3)
    expect(phone.page.locator("#as-of")).to_contain_text("No connection")
    expect(phone.page.locator(".which")).to_have_text("Set 4 of 4")
    phone.log(reps="6")
    expect(phone.page.get_by_text("All 4 sets done.")).to_be_visible()
    phone.page.get_by_role("link", name="Next: Cable curl, try-out").click()
    expect(phone.page.get_by_role("heading", name="Cable curl, try-out")).to_be_visible()
    phone.log(weight="12,5", reps="12")
    phone.page.goto("/train/")
    expect(phone.page.locator("#kept summary")).to_contain_text("5 on the phone")
    assert stored(session) == []
    phone.on()
    phone.settled()
    assert stored(session) == [
        (1, 9, 60_000), (2, 8, 60_000), (3, 7, 60_000), (4, 6, 60_000), (5, 12, 12_500),
    ]  # fmt: skip


def test_a_tap_in_the_moment_the_page_is_left_is_kept(phone: Phone, session: Session) -> None:
    phone.open(f"/train/{session.uuid}/")
    phone.off()
    phone.page.evaluate(
        "IDBDatabase.prototype.transaction = () => ({ objectStore: () => ({ getAll: () => ({}) }) })"
    )
    phone.log(reps="9")  # the phone's store is still busy with it
    phone.page.goto("/train/")
    expect(phone.page.locator("#kept summary")).to_contain_text("1 on the phone")
    phone.page.reload()
    expect(phone.page.locator("#kept summary")).to_contain_text("1 on the phone")
    phone.on()
    phone.settled()
    assert stored(session) == [(1, 9, 60_000)]


def test_what_was_sent_is_on_the_page_that_opens_without_a_network(phone: Phone, session: Session) -> None:
    phone.open(f"/train/{session.uuid}/")
    phone.log(reps="9")
    expect(phone.page.locator("#sets [data-set]")).to_have_count(1)
    phone.settled()
    phone.off()
    phone.page.goto(f"/train/{session.uuid}/")
    expect(phone.page.locator("#sets [data-set]")).to_contain_text("60 kg × 9")
    expect(phone.page.locator(".which")).to_have_text("Set 2 of 4")


def test_a_killed_browser_sends_what_it_had_when_it_is_opened_again(phone: Phone, session: Session) -> None:
    phone.open(f"/train/{session.uuid}/")
    phone.off()
    phone.log(reps="9")
    expect(phone.page.locator("#sets .kept")).to_have_count(1)
    phone.killed()
    phone.network.dead = False
    phone.page.goto("/train/")
    phone.settled()
    assert stored(session) == [(1, 9, 60_000)]


@pytest.mark.parametrize("fault", ["500", "503", "429", "401", "403", "drop", "lose"])
def test_whatever_goes_wrong_once_the_set_is_stored_once(
    phone: Phone, session: Session, network: BadNetwork, fault: str
) -> None:
    faults = [fault]
    network.fault = lambda path: faults.pop() if faults and "/sets/" in path else ""
    phone.open(f"/train/{session.uuid}/")
    phone.log(reps="9")
    phone.log(rir="3", reps="8") if fault == "drop" else None
    phone.settled()
    assert [reps for _, reps, _ in stored(session)] == ([9, 8] if fault == "drop" else [9])
    assert fault in network.writes


@pytest.mark.parametrize("fault", ["409", "410", "422", "413"])
def test_what_is_refused_stays_with_its_reason_and_can_be_sent_again(
    phone: Phone, session: Session, network: BadNetwork, fault: str
) -> None:
    faults = [fault]
    network.fault = lambda path: faults.pop() if faults and "/sets/" in path else ""
    phone.open(f"/train/{session.uuid}/")
    phone.log(reps="9")
    row = phone.page.locator("#sets .kept.refused")
    expect(row).to_contain_text("needs you")
    expect(row.locator(".why")).not_to_be_empty()
    phone.page.reload()
    row.get_by_role("button", name="Send again").click()
    phone.settled()
    assert stored(session) == [(1, 9, 60_000)]


def test_a_refused_set_is_corrected_and_takes_its_own_place(phone: Phone, session: Session) -> None:
    phone.open(f"/train/{session.uuid}/")
    phone.off()
    phone.log(weight="1,500", reps="9")  # one and a half, or fifteen hundred: the server asks
    phone.on()
    row = phone.page.locator("#sets .kept.refused")
    phone.page.reload()
    expect(row.locator(".why")).to_contain_text("Please write it without the comma")
    row.get_by_role("button", name="Change").click()
    phone.log(weight="62.5")
    phone.settled()
    expect(row).to_have_count(0)
    assert stored(session) == [(1, 9, 62_500)]


def test_a_session_that_ended_on_another_phone_says_so_and_the_set_waits_for_an_answer(
    phone: Phone, session: Session
) -> None:
    phone.open(f"/train/{session.uuid}/")
    Session.objects.filter(pk=session.pk).update(ended_at=timezone.now() - timedelta(minutes=5))
    phone.log(reps="9")
    expect(phone.page.get_by_role("heading", name="This session has ended")).to_be_visible()
    phone.page.goto("/train/")
    expect(phone.page.locator("#kept")).to_contain_text("1 needs you")
    Session.objects.filter(pk=session.pk).update(ended_at=None)
    phone.page.locator("#kept").get_by_role("button", name="Send again").click()
    phone.settled()
    assert stored(session) == [(1, 9, 60_000)]


def test_what_cannot_wait_says_so_instead_of_losing_the_page(phone: Phone, session: Session) -> None:
    phone.open(f"/train/{session.uuid}/")
    phone.off()
    phone.page.get_by_role("button", name="This one in pounds").click()
    expect(phone.page.get_by_role("status").last).to_contain_text("This needs a connection")
    expect(phone.page).to_have_url(f"{phone.network.url}/train/{session.uuid}/")


def test_sets_wait_for_their_own_client(phone: Phone, session: Session, sarah: Client) -> None:
    phone.open(f"/train/{session.uuid}/")
    phone.off()
    phone.log(reps="9")
    phone.context.clear_cookies()
    phone.on()
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.page.locator("#kept summary")).to_contain_text("sign in to send")
    assert (
        phone.page.evaluate("caches.keys().then((all) => all.filter((one) => one.startsWith('pages-')))")
        == []
    )
    phone.sign_in(phone_of(sarah))
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.page.goto("/train/")
    expect(phone.page.locator("#kept")).to_be_hidden()
    assert not SetLog.objects.filter(client=sarah).exists()
    assert stored(session) == []
    phone.sign_in(phone_of(session.client))
    phone.page.goto("/train/")
    phone.settled()
    assert stored(session) == [(1, 9, 60_000)]


def test_a_phone_whose_clock_is_a_day_ahead_still_says_when_a_set_was_done(
    phone: Phone, session: Session
) -> None:
    phone.context.add_init_script("const real = Date.now; Date.now = () => real() + 86400000;")
    phone.open(f"/train/{session.uuid}/")
    phone.log(reps="9")
    phone.settled()
    done = SetLog.objects.get(session=session).done_at
    assert done is not None
    assert timedelta() <= timezone.now() - done < timedelta(minutes=5)


def test_a_double_tap_is_one_set(phone: Phone, session: Session) -> None:
    phone.open(f"/train/{session.uuid}/")
    phone.page.locator("#ended-target").dblclick()
    phone.settled()
    assert len(stored(session)) == 1


def test_a_set_is_corrected_and_taken_back_without_a_network(
    phone: Phone, session: Session, press: Exercise
) -> None:
    one, two = (
        a_set(session, press, kg=60, reps=reps, set_no=number, ended="target", rir=2)
        for number, reps in ((1, 9), (2, 8))
    )
    phone.open(f"/train/{session.uuid}/")
    phone.off()
    phone.page.get_by_role("button", name="Undo last set").click()
    expect(phone.page.locator(f"[data-set='{two.uuid}']")).to_contain_text("removed, on the phone")
    phone.page.get_by_role("link", name="Change set 1").click()
    phone.page.locator("input[name=reps]").fill("10")
    phone.page.get_by_role("button", name="Save").click()
    expect(phone.page.locator(f"[data-set='{one.uuid}']")).to_contain_text("changed, on the phone")
    phone.on()
    phone.settled()
    assert stored(session) == [(1, 10, 60_000)]


def test_a_change_made_elsewhere_meanwhile_is_not_overwritten(
    phone: Phone, session: Session, press: Exercise
) -> None:
    row = a_set(session, press, kg=60, reps=9, ended="target", rir=2)
    phone.open(f"/train/{session.uuid}/")
    phone.off()
    phone.page.get_by_role("link", name="Change set 1").click()
    phone.page.locator("input[name=reps]").fill("10")
    phone.page.get_by_role("button", name="Save").click()
    expect(phone.page.locator(f"[data-set='{row.uuid}']")).to_contain_text("changed, on the phone")
    SetLog.objects.filter(pk=row.pk).update(reps=7, version=2)
    phone.on()
    phone.page.reload()
    expect(phone.page.locator("#kept")).to_contain_text("changed on another phone")
    assert stored(session)[0][1] == 7


def test_a_set_changed_elsewhere_meanwhile_is_not_removed_by_a_phone_that_did_not_see_it(
    phone: Phone, session: Session, press: Exercise
) -> None:
    row = a_set(session, press, kg=60, reps=9, ended="target", rir=2)
    phone.open(f"/train/{session.uuid}/")
    phone.off()
    phone.page.get_by_role("button", name="Undo last set").click()
    expect(phone.page.locator(f"[data-set='{row.uuid}']")).to_contain_text("removed, on the phone")
    SetLog.objects.filter(pk=row.pk).update(reps=7, version=2)
    phone.on()
    phone.page.goto("/train/")
    expect(phone.page.locator("#kept")).to_contain_text("changed on another phone")
    assert stored(session)[0][1] == 7
    phone.page.locator("#kept").get_by_role("button", name="Change").click()
    phone.page.get_by_role("button", name="Undo last set").click()
    phone.settled()
    expect(phone.page.locator("#kept")).to_be_hidden()
    assert stored(session) == []


def test_a_set_is_corrected_then_removed_on_the_way(phone: Phone, session: Session, press: Exercise) -> None:
    a_set(session, press, kg=60, reps=9, ended="target", rir=2)
    phone.open(f"/train/{session.uuid}/")
    phone.off()
    phone.page.get_by_role("link", name="Change set 1").click()
    phone.page.locator("input[name=reps]").fill("10")
    phone.page.get_by_role("button", name="Save").click()
    expect(phone.page.locator(".state", has_text="changed, on the phone")).to_be_visible()
    phone.page.get_by_role("button", name="Undo last set").click()
    expect(phone.page.locator(".state", has_text="removed, on the phone")).to_be_visible()
    phone.on()
    phone.settled()
    assert stored(session) == []
    assert SetLog.objects.get(session=session).reps == 10
    expect(phone.page.locator("#kept")).to_be_hidden()


def test_why_a_set_was_stopped_is_told_without_a_network(
    phone: Phone, session: Session, james: Client
) -> None:
    phone.open(f"/train/{session.uuid}/")
    phone.off()
    phone.page.get_by_role("button", name="stopped", exact=True).click()
    why = phone.page.locator("#why")
    why.locator(".pick", has_text="Something hurts").click()
    why.get_by_text("If something hurts").click()
    why.get_by_label("Where?").select_option("knee")
    why.get_by_role("button", name="Save the reason").click()
    expect(why).to_have_count(0)
    expect(phone.page.locator("#kept")).to_contain_text("2 on the phone")
    phone.page.reload()
    expect(phone.page.locator("#sets .kept")).to_contain_text("stopped")
    phone.on()
    phone.settled()
    row = SetLog.objects.get(session=session)
    assert (row.ended, row.note) == ("stopped", "Stopped: something hurts.")
    assert Checkin.objects.get(client=james).aches == {"knee": 3}


def test_a_check_in_without_a_network_is_sent_for_its_day(
    phone: Phone, session: Session, james: Client
) -> None:
    phone.open("/train/")
    phone.off()
    phone.page.get_by_role("link", name="Check-in", exact=True).click()
    phone.page.get_by_role("group", name="Energy").locator(".pick", has_text="4").click()
    phone.page.get_by_role("button", name="Save check-in").click()
    expect(phone.page.locator("#kept summary")).to_contain_text("1 on the phone")
    phone.on()
    phone.settled()
    assert [(row.energy, row.version) for row in Checkin.objects.filter(client=james)] == [(4, 1)]


def test_sign_out_asks_what_becomes_of_rows_that_are_only_here(
    phone: Phone, session: Session, network: BadNetwork
) -> None:
    phone.open(f"/train/{session.uuid}/")
    network.fault = lambda path: "drop" if "/sets/" in path else ""
    phone.log(reps="9")
    phone.page.goto("/train/settings/")
    phone.page.get_by_role("button", name="Sign out on this phone").click()
    expect(phone.page.get_by_role("dialog")).to_contain_text("1 entry is only on this phone")
    phone.page.get_by_role("button", name="keep them").click()
    phone.page.wait_for_url("**/account/login/**")
    assert (
        phone.page.evaluate("caches.keys().then((all) => all.filter((one) => one.startsWith('pages-')))")
        == []
    )
    network.fault = lambda path: ""
    phone.sign_in(phone_of(session.client))
    phone.page.goto("/train/")
    phone.settled()
    assert stored(session) == [(1, 9, 60_000)]


def test_many_sets_over_every_fault_are_each_stored_exactly_once(
    phone: Phone, session: Session, network: BadNetwork, james: Client
) -> None:
    chance = random.Random(int(os.environ.get("RESERVE_PHONE_SEED", "7")))
    weather = ["", "", "", "500", "503", "429", "401", "403", "409", "drop", "lose"]
    network.fault = lambda path: chance.choice(weather) if "/sets/" in path else ""
    phone.open(f"/train/{session.uuid}/")
    page = phone.page
    for number in range(1, SETS + 1):
        step = chance.random()
        if step < 0.08:
            phone.off()
        elif step < 0.2:
            phone.on()
        elif step < 0.26:
            page.reload()
        elif step < 0.29:
            phone.killed() if chance.random() < 0.5 else phone.again()
            phone.context.set_offline(network.dead)
            page = phone.page
            page.goto(f"/train/{session.uuid}/")
        if not page.locator(
            "#set-form"
        ).count():  # a 401 before: what was kept is gone, what was logged is not
            phone.on()
            page.goto(f"/train/{session.uuid}/")
        if page.locator(".entry:not([open])").count():
            page.locator(".entry > summary").click()
        load = f"{40 + number / 100:g}"  # a load of its own, none far above the usual
        page.locator("#set-form input[name=weight]").fill(load)
        phone.log(rir="2", reps="5")
        expect(page.locator("#sets")).to_contain_text(f"{load} kg × 5")
    network.fault = lambda path: ""
    phone.on()
    page.goto("/train/")
    page.evaluate(
        "async () => { for (const row of await reserve.all()) if (row.state === 'refused') await reserve.retry(row.seq); }"
    )
    phone.settled()
    assert sorted(weight or 0 for _, _, weight in stored(session)) == [
        40_000 + 10 * number for number in range(1, SETS + 1)
    ]
    assert SetLog.objects.filter(session=session).count() == SETS
