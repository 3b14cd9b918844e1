"""The pictures of the README, from a demo of their own: `python -m lab.screenshots [FOLDER]`.

Every page at 360 and 1440 px, light and dark.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PORT = 8431
SIZES = {"desk": (1440, 900), "phone": (360, 780)}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as var, sync_playwright() as playwright:
        demo = subprocess.Popen(
            [sys.executable, "demo.py", str(PORT)], cwd=ROOT, env={"PATH": "/usr/bin:/bin", "RESERVE_VAR": var},
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            coach, client = sign_ins(demo)
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            for size in SIZES:
                for scheme in ("light", "dark"):
                    picture_all(browser, folder, size, scheme, coach, client)
        finally:
            demo.terminate()
            demo.wait(timeout=30)


def sign_ins(demo: "subprocess.Popen[str]") -> tuple[tuple[str, str], tuple[str, str]]:
    said = ""
    for line in demo.stdout or ():
        said += line
        if "Ctrl-C" in line:
            break
    found = re.findall(r"(\S+@\S+)\s+password: (.+)", said)
    return found[0], found[1]


def picture_all(
    browser: Browser, folder: Path, size: str, scheme: str, coach: tuple[str, str], client: tuple[str, str]
) -> None:
    width, height = SIZES[size]

    def page_of(person: tuple[str, str]) -> Page:
        page = browser.new_page(
            viewport={"width": width, "height": height}, color_scheme="dark" if scheme == "dark" else "light"
        )
        page.goto(f"http://localhost:{PORT}/home/")
        page.locator("input[name=login]").fill(person[0])
        page.locator("input[name=password]").fill(person[1])
        page.locator("main button[type=submit]").first.click()
        page.wait_for_load_state("networkidle")
        return page

    def keep(page: Page, name: str) -> None:
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        print(f"{name}-{size}-{scheme}{'  SIDEWAYS SCROLL' if wide else ''}", flush=True)
        page.screenshot(path=folder / f"{name}-{size}-{scheme}.png", full_page=True)

    desk = page_of(coach)
    keep(desk, "board")
    desk.locator("li.row h3 a").first.click()
    desk.wait_for_load_state("networkidle")
    keep(desk, "client")
    for name, path in (("digest", "digests/next/"), ("exercises", "exercises/"), ("method", "method/")):
        desk.goto(f"http://localhost:{PORT}/{path}")
        keep(desk, name)
    desk.close()
    phone = page_of(client)
    keep(phone, "today")
    phone.goto(f"http://localhost:{PORT}/train/checkin/")
    keep(phone, "checkin")
    phone.goto(f"http://localhost:{PORT}/train/")
    words = re.compile("^(start|go on)", re.IGNORECASE)
    phone.get_by_role("link", name=words).or_(phone.get_by_role("button", name=words)).first.click()
    phone.wait_for_load_state("networkidle")
    keep(phone, "session")
    phone.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs/images")
