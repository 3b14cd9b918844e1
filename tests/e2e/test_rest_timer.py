"""The rest between two sets: counted from a time, signalled where the phone allows it, with the screen kept on."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from programs.models import Exercise, Session
from tests.e2e.a_phone import Phone
from tests.factories import a_set

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What a phone does is written down instead of done, for as long as the page lives.
ASKED = """
const asked = window.asked = [];
if (PHONE.shakes) navigator.vibrate = (pattern) => { asked.push("shake"); return true; };
else delete Navigator.prototype.vibrate;
if (PHONE.sounds) {
    class Node { gain = {}; connect(other) { return other; } start() { asked.push("beep"); } stop() {} }
    window.AudioContext = class {
        constructor() { asked.push("open sound"); }
        currentTime = 0;
        resume() {}
        createOscillator() { return new Node(); }
        createGain() { return new Node(); }
    };
} else delete window.AudioContext;
Object.defineProperty(navigator, "wakeLock", {
    value: { request: async (kind) => { asked.push(`awake: ${kind}`); if (!PHONE.wakes) throw new Error("low battery"); } },
});
Object.defineProperty(navigator, "userActivation", { value: { hasBeenActive: Boolean(PHONE.tapped) } });
let hidden = false;
Object.defineProperty(document, "hidden", { get: () => hidden });
window.lock = (state) => { hidden = state; document.dispatchEvent(new Event("visibilitychange")); };
"""


def watched(
    phone: Phone, *, shakes: bool = True, sounds: bool = True, wakes: bool = True, tapped: bool = True
) -> None:
    """A script of Playwright counts as a tap, so whether there was one is told, too."""
    told = f"{{shakes: {int(shakes)}, sounds: {int(sounds)}, wakes: {int(wakes)}, tapped: {int(tapped)}}}"
    phone.page.add_init_script(f"(() => {{ const PHONE = {told}; {ASKED} }})();")
    phone.page.clock.install()


def asked(phone: Phone, what: str) -> int:
    return int(phone.page.evaluate("what => asked.filter((one) => one.startsWith(what)).length", what))


def rested(phone: Phone) -> int:
    """The seconds that the page shows."""
    minutes, seconds = phone.page.locator(".rest time").inner_text().split(":")
    return int(minutes) * 60 + int(seconds)


def passed(session: Session, *, seconds: int) -> None:
    """So long ago was the last set, for the server too."""
    session.sets.update(done_at=timezone.now() - timedelta(seconds=seconds))


def test_the_rest_counts_from_the_set_over_a_reload_and_a_frozen_page(phone: Phone, session: Session) -> None:
    watched(phone)
    phone.open(f"/train/{session.uuid}/")
    phone.log(rir="3")
    phone.settled()
    phone.page.clock.fast_forward(40_000)  # its timers fire once, as on a phone that was locked
    assert 40 <= rested(phone) < 60
    phone.page.evaluate("lock(true)")
    phone.page.clock.fast_forward(60_000)
    phone.page.evaluate("lock(false)")
    assert 100 <= rested(phone) < 140
    passed(session, seconds=200)
    phone.page.reload()
    assert 200 <= rested(phone) < 240


@pytest.mark.parametrize("wrong", [timedelta(days=1), timedelta(days=-1)])
def test_the_rest_is_right_on_a_phone_whose_clock_is_wrong_by_a_day(
    phone: Phone, session: Session, wrong: timedelta
) -> None:
    phone.page.clock.install(time=timezone.now() + wrong)
    phone.open(f"/train/{session.uuid}/")
    phone.log(rir="3")
    assert 0 <= rested(phone) < 30
    phone.settled()
    passed(session, seconds=100)
    phone.page.reload()
    assert 100 <= rested(phone) < 140
    phone.off()
    phone.page.reload()
    expect(phone.page.locator("#as-of")).to_be_visible()
    assert 100 <= rested(phone) < 160


def test_the_rest_is_right_on_a_phone_of_yesterday_that_may_note_nothing(
    phone: Phone, session: Session
) -> None:
    phone.context.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('no room', 'QuotaExceededError'); };"
    )
    phone.page.clock.install(time=timezone.now() - timedelta(days=1))
    phone.open(f"/train/{session.uuid}/")
    phone.log(rir="3")
    assert 0 <= rested(phone) < 30
    phone.settled()
    passed(session, seconds=100)
    phone.page.reload()
    assert 100 <= rested(phone) < 140


def test_the_rest_of_a_set_that_is_only_on_the_phone_outlives_a_reload(
    phone: Phone, session: Session
) -> None:
    watched(phone)
    phone.open(f"/train/{session.uuid}/")
    phone.off()
    phone.log(rir="3")
    expect(phone.page.locator(".set.kept")).to_have_count(1)
    phone.page.clock.fast_forward(40_000)
    phone.page.reload()
    expect(phone.page.locator(".set.kept")).to_have_count(1)
    phone.until("!document.querySelector('.rest').hidden")
    assert 40 <= rested(phone) < 70
    other = session.prescribed[1]["exercise_id"]
    phone.page.goto(f"/train/{session.uuid}/?lift={other}")
    phone.until("!document.querySelector('.rest').hidden")
    assert 40 <= rested(phone) < 80  # and goes on at the next exercise


def test_when_the_rest_is_over_the_phone_shakes_and_beeps_once_for_who_wants_it(
    phone: Phone, session: Session
) -> None:
    watched(phone)
    phone.open(f"/train/{session.uuid}/")
    phone.log(rir="3")
    phone.settled()
    phone.page.get_by_label("Beep when the rest is over").check()  # with the rest under way
    length = int(phone.page.locator(".rest meter").get_attribute("max") or 0)
    phone.page.clock.fast_forward((length - 30) * 1000)
    assert asked(phone, "shake") == asked(phone, "beep") == 0
    phone.page.clock.fast_forward(60_000)  # half a minute late
    phone.page.clock.fast_forward(5_000)
    assert asked(phone, "shake") == asked(phone, "beep") == asked(phone, "open sound") == 1
    passed(session, seconds=length + 35)
    phone.page.reload()
    phone.page.clock.fast_forward(2_000)
    assert length < rested(phone)
    assert asked(phone, "shake") == asked(phone, "beep") == 0  # it was told already
    expect(phone.page.get_by_label("Beep when the rest is over")).to_be_checked()
    phone.page.clock.fast_forward(900_000)
    expect(phone.page.locator(".rest")).to_be_hidden()


def test_a_rest_that_ended_long_ago_in_a_pocket_stays_silent(phone: Phone, session: Session) -> None:
    watched(phone)
    phone.open(f"/train/{session.uuid}/")
    phone.log(rir="3")
    phone.settled()
    phone.page.clock.fast_forward(600_000)
    assert rested(phone) >= 600
    assert asked(phone, "shake") == 0


def test_no_sound_is_opened_for_who_did_not_ask_for_it(phone: Phone, session: Session) -> None:
    watched(phone)
    phone.open(f"/train/{session.uuid}/")
    phone.log(rir="3")
    phone.settled()
    length = int(phone.page.locator(".rest meter").get_attribute("max") or 0)
    phone.page.clock.fast_forward((length + 1) * 1000)
    assert asked(phone, "shake") == 1
    assert asked(phone, "open sound") == asked(phone, "beep") == 0


def test_before_a_tap_a_browser_forbids_to_shake_and_is_not_asked(
    phone: Phone, session: Session, press: Exercise
) -> None:
    a_set(session, press, kg=60, reps=9, rir=3, ended="target", done_at=timezone.now())  # on another phone
    watched(phone, tapped=False)
    phone.open(f"/train/{session.uuid}/")
    phone.page.clock.fast_forward(2_000)
    length = int(phone.page.locator(".rest meter").get_attribute("max") or 0)
    phone.page.clock.fast_forward((length + 1) * 1000)
    assert rested(phone) > length
    assert asked(phone, "shake") == asked(phone, "beep") == 0


def test_a_phone_that_can_do_none_of_it_counts_all_the_same(phone: Phone, session: Session) -> None:
    errors: list[str] = []
    phone.page.on("pageerror", lambda error: errors.append(str(error)))
    watched(phone, shakes=False, sounds=False, wakes=False)
    phone.open(f"/train/{session.uuid}/")
    phone.page.get_by_label("Beep when the rest is over").check()
    phone.log(rir="3")
    phone.settled()
    length = int(phone.page.locator(".rest meter").get_attribute("max") or 0)
    phone.page.clock.fast_forward((length + 1) * 1000)
    assert rested(phone) > length
    assert errors == []


def test_the_screen_stays_on_while_a_session_runs_and_again_after_a_locked_screen(
    phone: Phone, session: Session
) -> None:
    watched(phone)
    phone.open(f"/train/{session.uuid}/")
    assert asked(phone, "awake: screen") == 1
    phone.page.evaluate("lock(true)")
    assert asked(phone, "awake: screen") == 1
    phone.page.evaluate("lock(false)")
    assert asked(phone, "awake: screen") == 2
    phone.page.goto("/train/")
    phone.page.evaluate("lock(false)")
    assert asked(phone, "awake") == 0  # no session, no lock
