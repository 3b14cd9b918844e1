"""What the phone pages weigh on their first visit, compressed: every file counts, and a new one cannot hide."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

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
    return Path(str(finders.find(name))).read_bytes()


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
