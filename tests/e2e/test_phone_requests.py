"""What a visit costs on a bad line: few requests the first time, one round trip from then on."""

import pytest
from playwright.sync_api import expect

from programs.models import Session
from tests.e2e.a_phone import Phone
from tests.e2e.bad_network import BadNetwork

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIRST_VISIT = 8  # until the page can be used; what is kept for later comes after


def test_a_first_visit_takes_eight_requests_and_asks_no_other_host(phone: Phone, session: Session) -> None:
    asked: list[str] = []
    phone.page.on("request", lambda request: asked.append(request.url))
    until = phone.page.expect_event("load")
    with until:
        phone.page.goto(f"/train/{session.uuid}/", wait_until="commit")
    loaded = [url for url in asked if "/sw.js" not in url and not url.endswith(".webmanifest")]
    assert len(loaded) <= FIRST_VISIT, loaded
    assert all(url.startswith(phone.network.url) for url in asked)


def test_a_later_visit_is_usable_after_one_round_trip(
    phone: Phone, session: Session, network: BadNetwork
) -> None:
    path = f"/train/{session.uuid}/"
    phone.open(path)
    phone.page.goto("/train/checkin/")
    phone.page.wait_for_load_state("networkidle")
    network.reads.clear()
    phone.page.goto(path)
    expect(phone.page.locator("#ended-target")).to_be_enabled()
    phone.page.get_by_role("button", name="More weight").click()
    expect(phone.page.locator("#set-form input[name=weight]")).to_have_value(
        "62.5"
    )  # its scripts are at work
    assert [one for one in network.reads if not one.endswith("sw.js")] == [path]


def test_a_line_that_does_not_answer_shows_the_kept_page_after_four_seconds(
    phone: Phone, session: Session, network: BadNetwork
) -> None:
    phone.open(f"/train/{session.uuid}/")
    phone.page.goto("/train/checkin/")
    network.reads.clear()
    network.stuck.set()
    phone.page.goto(f"/train/{session.uuid}/", timeout=12000)
    expect(phone.page.locator("#ended-target")).to_be_enabled()
    network.stuck.clear()
