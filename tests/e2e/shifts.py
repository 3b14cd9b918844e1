"""What jumps on a page while it loads, as the browser itself counts it (layout shifts)."""

from playwright.sync_api import Page

_WATCH = """
window.shifts = [];
const name = (node) => (node?.outerHTML || node?.textContent || "something").slice(0, 80);
const said = ({ node, previousRect: was, currentRect: is }) =>
  `${name(node)} from ${was.y}, ${was.height} high, to ${is.y}, ${is.height} high`;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  if (!entry.hadRecentInput) window.shifts.push(...entry.sources.map(said));
})).observe({ type: "layout-shift", buffered: true });
"""


def watch(page: Page) -> None:
    """Of every page that is opened from here on."""
    page.add_init_script(_WATCH)


def shifted(page: Page) -> list[str]:
    """What moved, and from where to where."""
    found: list[str] = page.evaluate("window.shifts")
    return found
