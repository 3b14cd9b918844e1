"""What the phone pages weigh on their first visit, compressed: every file counts, and a new one cannot hide.

Scripts are weighed as a server ships them (`coaching/static_files.py`).
"""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client as Browser
from playwright.sync_api import Page
from rjsmin import jsmin

from clients.models import Client
from programs.views.shell import SHELL, WORKER
from tests.factories import an_exercise
from tests.programs.phones import a_workout, phone_of, started

FIRST_LOAD = 60_000
OWN_SCRIPTS = 15_000
OWN_STYLES = 15_000


def weight(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def content(name: str) -> bytes:
    source = Path(str(finders.find(name))).read_bytes()
    return bytes(jsmin(source)) if name.startswith("js/") else source


@pytest.mark.django_db
def test_the_first_load_of_a_session_is_light(james: Client) -> None:
    names = ("Chest press", "Cable curl", "Lat pulldown", "Leg press", "Lateral raise", "Pushdown")
    session = started(james, a_workout(james, *map(an_exercise, names)))
    page = phone_of(james).get(f"/train/{session.uuid}/").content
    linked = set(re.findall(rf'(?:src|href)="{settings.STATIC_URL}([^"]+)"', page.decode()))
    assert linked <= {*SHELL, "img/icon-180.png"}, "a file of the page that the phone does not keep"
    assert weight(page) + sum(weight(content(name)) for name in {*linked, *SHELL, WORKER}) <= FIRST_LOAD


def test_our_own_scripts_and_styles_are_small() -> None:
    scripts = [name for name in (*SHELL, WORKER) if name.startswith("js/")]
    styles = [name for name in SHELL if name.endswith(".css")]
    assert sum(weight(content(name)) for name in scripts) <= OWN_SCRIPTS
    assert sum(weight(content(name)) for name in styles) <= OWN_STYLES


def test_a_server_collects_scripts_as_they_were_weighed(settings: Any, tmp_path: Path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "coaching.static_files.LeanStaticFiles",
            "OPTIONS": {"location": tmp_path},
        },
    }
    call_command("collectstatic", "--no-input", verbosity=0)
    for name in (*SHELL, WORKER):
        if name.startswith("js/"):
            (hashed,) = (tmp_path / "js").glob(f"{Path(name).stem}.????????????.js")
            assert hashed.read_bytes() == content(name)
    settings.HASHED_STATIC, settings.STATIC_ROOT = True, tmp_path
    assert Browser().get("/train/sw.js").content.endswith(content(WORKER))


@pytest.mark.browser
def test_a_browser_reads_every_collected_script(page: Page) -> None:
    for path in Path(settings.BASE_DIR, "static/js").glob("*.js"):
        page.evaluate("(script) => { new Function(script); }", bytes(jsmin(path.read_bytes())).decode())
