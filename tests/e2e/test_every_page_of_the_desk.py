"""Every page of a coach, taken from the site map so that none is forgotten: axe finds nothing, nothing
scrolls sideways, nothing jumps."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import BrowserContext, Page

from clients.models import Coach
from tests import test_tenants as tenants
from tests.e2e.shifts import shifted, watch
from tests.factories import make_coach

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

everything = tenants.everything
# Pieces of a page, files, and mails: looked at where they stand.
NO_PAGE = {"digest-mail", "digest-preview", "mailbox-mail", "flag-would", "exercise-choices"}


@pytest.fixture
def dana(transactional_db: None) -> Coach:
    return make_coach("dana@example.com", name="Dana Reyes")


@pytest.fixture
def page(context: BrowserContext, live_server: Any, dana: Coach) -> Iterator[Page]:
    make_coach("mate@example.com", name="Mate", practice=dana.practice, head=False)
    session = SessionStore()
    session[SESSION_KEY] = str(dana.user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = dana.user.get_session_auth_hash()
    session.save()
    key = str(session.session_key)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
    page = context.new_page()
    yield page
    page.close()


def pages(everything: dict[str, Any]) -> list[str]:
    routes = [route for route in tenants.GUARDED if getattr(route.view, "audience", "") == "coach"]
    return [tenants.address(route, everything) for route in routes if route.name not in NO_PAGE]


@pytest.mark.parametrize(("width", "theme"), [(360, "light"), (360, "dark"), (1440, "light"), (1440, "dark")])
def test_axe_finds_nothing_on_any_page_none_scrolls_sideways_and_none_jumps(
    page: Page, live_server: Any, everything: dict[str, Any], width: int, theme: Any
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)
    watch(page)
    seen, wrong = 0, []
    for path in pages(everything):
        answer = page.request.get(live_server.url + path, max_redirects=0)
        if answer.status != 200 or not answer.text().lstrip().startswith("<!doctype html>"):
            continue  # a form is sent there, or a piece of a page is fetched
        page.goto(live_server.url + path)
        seen += 1
        found = Axe().run(page).response["violations"]
        wrong += [(path, one["id"], one["nodes"][0]["html"][:120]) for one in found]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append((path, "scrolls sideways", ""))
        wrong += [(path, "jumps while it loads", moved) for moved in shifted(page)]
    assert wrong == []
    assert seen >= 20
