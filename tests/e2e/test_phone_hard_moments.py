"""What happens to phones in gyms: full, cleared, abroad, signed out, tapped twice, and the plan changes meanwhile."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.sessions.models import Session as SignIn
from django.utils import timezone
from playwright.sync_api import expect

from clients.models import Checkin, Client
from programs.models import Exercise, Prescription, Session, SetLog
from programs.policy.kinds import EndedBy
from tests.e2e.a_phone import Phone, stored
from tests.programs.phones import filled, phone_of, set_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FULL = """
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...told) {
        if (window.full) throw new DOMException("no room", "QuotaExceededError");
        return put.apply(this, told);
    };
    window.full = true;
"""
OF_LAST_WEEK = """async (day) => {
    for (const name of await caches.keys()) {
        const cache = await caches.open(name), hit = await cache.match("/train/checkin/", { ignoreVary: true });
        if (!hit) continue;
        const html = (await hit.text()).replace(/(name="day" value=")[^"]*/, `$1${day}`);
        await cache.put("/train/checkin/", new Response(html, { headers: hit.headers }));
    }
}"""


def filled_up(phone: Phone) -> None:
    phone.context.add_init_script(FULL)
    phone.excused.add("no room")


def test_on_a_full_phone_a_set_is_sent_without_being_kept_and_says_so(phone: Phone, session: Session) -> None:
    filled_up(phone)
    phone.open(f"/train/{session.uuid}/")
    phone.log(reps="9")
    expect(phone.page.locator("#sets [data-set]")).to_contain_text("60 kg × 9")
    assert stored(session) == [(1, 9, 60_000)]


def test_on_a_full_phone_without_a_connection_nothing_is_shown_as_saved(
    phone: Phone, session: Session
) -> None:
    filled_up(phone)
    phone.open(f"/train/{session.uuid}/")
    phone.off()
    phone.log(reps="7")
    expect(phone.page.get_by_role("status").last).to_contain_text("No connection")
    expect(phone.page.locator("#sets .kept")).to_have_count(0)
    expect(phone.page.locator("#set-form input[name=reps]")).to_have_value("7")
    phone.on()
    phone.page.evaluate("window.full = false")
    phone.log(reps="7")
    phone.settled()
    assert stored(session) == [(1, 7, 60_000)]


@pytest.mark.parametrize("knows", [True, False])
def test_what_needs_a_connection_says_that_it_was_not_done(
    phone: Phone, session: Session, knows: bool
) -> None:
    """A phone in a basement often believes that it is connected."""
    phone.open(f"/train/{session.uuid}/")
    phone.network.dead = True
    phone.context.set_offline(knows)
    phone.page.get_by_role("button", name="Skip Chest press, try-out today").click()
    if knows:
        expect(phone.page.get_by_role("status").last).to_contain_text("This needs a connection.")
    else:
        expect(phone.page.get_by_role("heading", level=1)).to_have_text("Not done: no connection")
        phone.page.go_back()
    expect(phone.page.get_by_role("heading", name="Chest press, try-out")).to_be_visible()
    phone.on()
    phone.log(reps="9")
    phone.settled()
    assert stored(session) == [(1, 9, 60_000)]


def test_a_phone_whose_storage_was_cleared_goes_on(phone: Phone, session: Session) -> None:
    phone.open(f"/train/{session.uuid}/")
    phone.log(reps="9")
    phone.settled()
    expect(phone.page.locator("#sets [data-set]")).to_have_count(1)
    cdp = phone.context.new_cdp_session(phone.page)
    cdp.send(
        "Storage.clearDataForOrigin", {"origin": phone.network.url, "storageTypes": "indexeddb,cache_storage"}
    )
    phone.log(reps="8")
    expect(phone.page.locator("#sets [data-set]")).to_have_count(2)
    phone.page.reload()
    phone.log(reps="7")
    phone.settled()
    assert [reps for _, reps, _ in stored(session)] == [9, 8, 7]


def test_thirty_sets_wait_for_the_next_sign_in(phone: Phone, session: Session) -> None:
    phone.open(f"/train/{session.uuid}/")
    phone.off()
    for number in range(30):
        if phone.page.locator(".entry:not([open])").count():
            phone.page.locator(".entry > summary").click()
        phone.log(reps=str(number + 1), rir="3")
        expect(phone.page.locator("#sets .kept")).to_have_count(number + 1)
    SignIn.objects.all().delete()
    phone.on()
    expect(phone.page.locator("#kept summary")).to_contain_text(
        "30 on the phone: sign in to send", timeout=15000
    )
    assert stored(session) == []
    phone.sign_in(phone_of(session.client))
    phone.page.goto("/train/")
    phone.settled()
    assert [reps for _, reps, _ in stored(session)] == list(range(1, 31))


def test_a_plan_that_is_changed_during_the_session_takes_nothing_away(
    phone: Phone, session: Session, press: Exercise
) -> None:
    phone.open(f"/train/{session.uuid}/")
    phone.off()
    phone.log(reps="9")
    Prescription.objects.filter(exercise=press).delete()
    phone.log(reps="8")
    phone.on()
    phone.settled()
    assert [reps for _, reps, _ in stored(session)] == [9, 8]
    phone.page.reload()
    expect(phone.page.locator(".which")).to_have_text("Set 3 of 4")  # as the session began


def test_the_plan_may_go_while_a_session_waits_to_be_begun(phone: Phone, planned: Client) -> None:
    phone.open("/train/")
    phone.until("async () => Boolean(await caches.match('/train/away/', { ignoreVary: true }))")
    phone.off()
    phone.page.get_by_role("button", name="Start Push day").click()
    expect(phone.page.get_by_role("heading", name="Chest press, try-out")).to_be_visible()
    phone.log(reps="9")
    planned.phases.get().delete()
    phone.on()
    phone.settled()
    begun = SetLog.objects.get(client=planned, session__ended_at=None).session
    assert stored(begun) == [(1, 9, 60_000)]
    assert begun.prescribed == []


def test_back_and_forth_logs_nothing_twice(phone: Phone, session: Session) -> None:
    page = phone.page
    phone.open(f"/train/{session.uuid}/")
    phone.log(reps="9")
    expect(page.locator("#sets [data-set]")).to_have_count(1)
    page.get_by_role("link", name="Change set 1").click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#sets [data-set]")).to_have_count(1)
    for _ in range(2):
        page.go_back()
    page.go_forward()
    phone.settled()
    page.goto(f"/train/{session.uuid}/")
    expect(page.locator("#sets [data-set]")).to_have_count(1)
    assert stored(session) == [(1, 9, 60_000)]


def test_a_lost_decimal_mark_is_asked_about_once(phone: Phone, session: Session) -> None:
    phone.open(f"/train/{session.uuid}/")
    phone.off()
    phone.log(weight="1025")
    expect(phone.page.get_by_role("status").last).to_contain_text("1025 kg? You usually take 60 here.")
    expect(phone.page.locator("#sets .kept")).to_have_count(0)
    phone.log(weight="102,5")
    expect(phone.page.locator("#sets .kept")).to_have_count(1)
    phone.on()
    phone.settled()
    assert stored(session) == [(1, 9, 102_500)]
    assert SetLog.objects.get(session=session).ended == EndedBy.TARGET


def test_two_phones_on_one_number_keep_both_sets(
    phone: Phone, session: Session, james: Client, press: Exercise
) -> None:
    phone.open(f"/train/{session.uuid}/")
    phone.off()
    phone.log(reps="9")
    other = phone_of(james)
    assert 'name="set_no" value="1"' in other.get(f"/train/{session.uuid}/").content.decode()
    other.post(set_url(session), filled(press, set_no=1, weight="50", reps=5))
    phone.on()
    phone.settled()
    assert stored(session) == [(1, 5, 50_000), (2, 9, 60_000)]


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "Pacific/Honolulu"])
def test_a_phone_abroad_checks_in_for_the_day_at_home(phone: Phone, planned: Client, zone: str) -> None:
    phone.open("/train/")
    phone.until("async () => Boolean(await caches.match('/train/checkin/', { ignoreVary: true }))")
    phone.page.evaluate(OF_LAST_WEEK, "2026-01-01")
    phone.off()
    cdp = phone.context.new_cdp_session(phone.page)
    cdp.send("Emulation.setTimezoneOverride", {"timezoneId": zone})
    phone.page.get_by_role("link", name="Check-in", exact=True).click()
    phone.page.get_by_role("group", name="Energy").locator(".pick", has_text="4").click()
    phone.page.get_by_role("button", name="Save check-in").click()
    expect(phone.page.locator("#kept summary")).to_contain_text("1 on the phone")
    phone.on()
    phone.settled()
    at_home = timezone.now().astimezone(ZoneInfo(planned.timezone)).date()
    assert Checkin.objects.get(client=planned).day in (at_home, at_home - timedelta(days=1))
