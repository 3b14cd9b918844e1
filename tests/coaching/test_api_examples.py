"""The sample clients in `examples/` do what they say, against a running server; each fits on a page."""

import csv
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from clients.models import Client, Coach, Flag
from programs.models import Session, SetLog
from tests.coaching.api import token_of
from tests.factories import an_exercise, make_client

pytestmark = pytest.mark.django_db(transaction=True)
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def run(script: str, *arguments: str, url: str, key: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, str(EXAMPLES / script), *arguments], text=True, capture_output=True, timeout=60, check=False,
        env={**os.environ, "RESERVE_URL": url, "RESERVE_TOKEN": key},
    )  # fmt: skip


def test_a_session_is_logged_once_however_often_the_script_runs(
    live_server: Any, dana: Coach, james: Client
) -> None:
    an_exercise("Zz press")
    key = token_of(dana.user, "log")
    for _ in range(2):
        done = run(
            "log_session.py", "okafor", "zz press", "100x5@2", "97.5x6@1.5", url=live_server.url, key=key
        )
        assert done.returncode == 0, done.stderr
        assert len(done.stdout.splitlines()) == 2
    assert Session.objects.get().client == james
    sets = SetLog.objects.order_by("set_no").values_list("weight_g", "reps", "rir_halves", "ended")
    assert list(sets) == [(100_000, 5, 4, "target"), (97_500, 6, 3, "target")]


def test_what_the_script_cannot_log_it_says(live_server: Any, dana: Coach, james: Client) -> None:
    key = token_of(dana.user, "log")
    done = run("log_session.py", "okafor", "unheard-of", "100x5@2", url=live_server.url, key=key)
    assert done.returncode == 1
    assert "No exercise has this name" in done.stderr
    assert (
        "0 clients are called nobody"
        in run("log_session.py", "nobody", "x", url=live_server.url, key=key).stderr
    )


def test_open_flags_come_into_a_sheet_and_formulas_as_text(live_server: Any, dana: Coach) -> None:
    today = timezone.now().date()
    evil = '=HYPERLINK("https://evil.example","click")'
    for number in range(103):
        client = make_client(dana, evil if number == 0 else f"Client {number}", ref=f"c{number}")
        Flag.objects.create(
            client=client, sign="dread", level="act", opened_on=today, since_on=today, level_on=today, score=9,
            says="+1 to dread", recorded_at=timezone.now(),
        )  # fmt: skip
    done = run("flags_to_sheet.py", url=live_server.url, key=token_of(dana.user, "read"))
    assert done.returncode == 0, done.stderr
    sheet = list(csv.DictReader(done.stdout.splitlines()))
    assert len(sheet) == 103
    assert sheet[-1]["client"] == f"'{evil}"
    assert {row["says"] for row in sheet} == {"'+1 to dread"}
    assert not any(cell[:1] in ("=", "+", "-", "@") for row in sheet for cell in row.values())


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.name)
def test_an_example_fits_on_a_page(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 40
