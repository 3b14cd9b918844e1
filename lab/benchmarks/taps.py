"""A phone page in a browser whose processor is four times slower and whose network takes 400 ms for a round trip.

The first visit and a later one: largest paint, longest task. Then taps: from the finger to the set on the screen, and
the longest task of it. The median of a few tries counts; the worst is printed beside it.
"""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, sync_playwright

from lab.benchmarks.measure import say
from lab.benchmarks.web import ROOT, database, server

SLOWER, ROUND_TRIP_MS, TRIES = 4, 400, 7
MOST_PAINT_MS, MOST_TASK_MS, MOST_TAP_MS = 2500, 50, 100
WATCH = """
    window.tasks = []; window.paint = 0;
    const watch = (type, note) =>
        new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
    watch("longtask", (one) => tasks.push(one.duration));
    watch("largest-contentful-paint", (one) => { paint = one.startTime; });
    let look;
    addEventListener("pointerdown", () => {
        const tapped = performance.now();
        window.shown = 0; tasks.length = 0;
        look?.disconnect(); // that of the tap before
        look = new MutationObserver(() => {
            if (!document.querySelector("#sets .kept")) return;
            look.disconnect();
            requestAnimationFrame(() => { shown ||= performance.now() - tapped; });
        });
        look.observe(document.body, { childList: true, subtree: true });
    }, true);
"""


def slow(context: BrowserContext) -> Page:
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": ROUND_TRIP_MS,
            "downloadThroughput": 200_000,
            "uploadThroughput": 90_000,
        },
    )
    return page


def visit(page: Page, url: str) -> dict[str, float]:
    page.goto(url)
    page.wait_for_load_state("load")
    page.wait_for_timeout(1500)
    told: dict[str, float] = page.evaluate("({ paint, task: Math.max(0, ...tasks) })")
    return told


def tap(page: Page) -> dict[str, float]:
    page.locator("#ended-target").tap()
    page.wait_for_timeout(1500)
    told: dict[str, float] = page.evaluate("({ shown, task: Math.max(0, ...tasks) })")
    return told


def measure(browser: Any, base: str, told: dict[str, str]) -> dict[str, float]:
    context = browser.new_context(base_url=base, viewport={"width": 360, "height": 740}, has_touch=True)
    context.add_cookies([{"name": "session", "value": told["key"], "url": base}])
    context.add_init_script(WATCH)
    page, url = slow(context), f"{told['page']}?lift={told['exercise']}"
    first = visit(page, url)
    later = visit(page, url)
    page.locator("#set-form .pick", has_text="2").tap()
    tapped = tap(page)
    context.close()
    return {
        "first visit, paint": first["paint"], "first visit, task": first["task"], "later visit, paint": later["paint"],
        "later visit, task": later["task"], "tap, shown": tapped["shown"],
        "tap, task": tapped["task"],
    }  # fmt: skip


def main() -> int:
    most = {"paint": MOST_PAINT_MS, "task": MOST_TASK_MS, "shown": MOST_TAP_MS}
    with tempfile.TemporaryDirectory() as folder, database(folder) as environment:
        seed = [sys.executable, "-m", "lab.benchmarks.phones_data", str(TRIES), str(Path(folder, "bundle"))]
        ran = subprocess.run(seed, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
        people = json.loads(ran.stdout)["phones"]
        with server(environment) as port, sync_playwright() as playwright:
            chromium = shutil.which("chromium") or shutil.which("google-chrome")
            browser = playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
            )
            tries = [measure(browser, f"http://localhost:{port}", one) for one in people]
            browser.close()
    over = False
    for name in tries[0]:
        found = [one[name] for one in tries]
        beside = f"  worst of {TRIES}: {max(found):.0f}"
        over |= say(
            name, TRIES, statistics.median(found), "ms", most=most[name.split(", ")[1]], beside=beside
        )
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
