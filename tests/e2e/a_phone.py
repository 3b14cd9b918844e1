"""One phone in a real browser, on a bad network: what the tests of logging without a connection share."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Web
from playwright.sync_api import BrowserContext, BrowserType, Error, Page

from programs.models import Session, SetLog
from tests.e2e.bad_network import BadNetwork

ALL_KEPT = """async () => {
    const links = [...document.querySelectorAll("a[data-keep]")].map((one) => one.href);
    for (const link of links) if (!(await caches.match(link, { ignoreVary: true }))) return false;
    return true;
}"""
NOTHING_WAITS = """async () => {
    dispatchEvent(new Event("online"));
    return !(await reserve.all()).some((row) => row.state === "waiting");
}"""

ON_THE_WAY = ("context was destroyed", "reserve is not defined")


class Phone:
    """One phone: a browser with a disk of its own, which outlives its process."""

    def __init__(self, kind: BrowserType, options: dict[str, Any], folder: Path, network: BadNetwork) -> None:
        self.kind, self.options, self.folder, self.network = kind, options, folder, network
        self.failed: list[str] = []  # errors of scripts that nobody caught
        self.excused: set[str] = set()
        self.context: BrowserContext = self._start()
        self.page: Page = self.context.pages[0]

    def _start(self) -> BrowserContext:
        context = self.kind.launch_persistent_context(
            self.folder, base_url=self.network.url, viewport={"width": 360, "height": 740}, **self.options
        )
        context.on("weberror", lambda error: self.failed.append(error.error.message))
        return context

    def sign_in(self, web: Web) -> None:
        self.web = web
        self.context.add_cookies(
            [
                {"name": "session", "value": web.cookies["session"].value, "url": self.network.url, "expires": 2_000_000_000}
            ]
        )  # fmt: skip

    def killed(self) -> None:
        """The process dies at once, with whatever it was doing. A sign-in of more than half a minute ago outlives it."""
        session = self.context.new_cdp_session(self.page)
        with pytest.raises(Error, match="closed"):  # the connection dies with it
            session.send("Browser.crash")
        self.again()
        self.sign_in(self.web)

    def again(self) -> None:
        self.context.close()
        self.context = self._start()
        self.page = self.context.pages[0]

    def until(self, script: str) -> None:
        """The page's own policy forbids to wait inside it. One that is being left, or has yet to load, is asked again."""
        for _ in range(200):
            try:
                if self.page.evaluate(script):
                    return
            except Error as error:
                if not any(sign in str(error) for sign in ON_THE_WAY):
                    raise
            self.page.wait_for_timeout(100)
        raise AssertionError(f"never true: {script}")

    def open(self, path: str) -> None:
        """With everything kept that opens without a network."""
        self.page.goto(path)
        self.until("Boolean(navigator.serviceWorker.controller)")
        self.page.reload()
        self.until(ALL_KEPT)

    def off(self) -> None:
        self.network.dead = True
        self.context.set_offline(True)

    def on(self) -> None:
        self.network.dead = False
        self.context.set_offline(False)

    def log(self, rir: str | None = None, **fields: str) -> None:
        for name, value in fields.items():
            self.page.locator(f"#set-form input[name={name}]").fill(value)
        if rir:
            self.page.locator("#set-form .pick", has_text=rir).first.click()
        self.page.locator("#ended-target").click()

    def settled(self) -> None:
        """Until nothing waits."""
        self.until(NOTHING_WAITS)


def stored(session: Session) -> list[tuple[int, int | None, int | None]]:
    rows = SetLog.objects.live().filter(session=session).order_by("set_no")
    return list(rows.values_list("set_no", "reps", "weight_g"))
