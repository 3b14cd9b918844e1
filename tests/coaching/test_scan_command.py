"""`manage.py scan`: the same functions as the background job, by hand."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from clients.models import Client, Coach, Flag, ScanRun
from tests import factories
from tests.coaching import stories


@pytest.fixture
def tired(james: Client) -> Client:
    """Tired until yesterday, by the real clock: the command asks no other."""
    stories.checkins(james, low_days=25, last=timezone.now().date() - timedelta(days=2))
    return james


def run(*arguments: str) -> list[dict[str, str]]:
    out, err = StringIO(), StringIO()
    call_command("scan", "--json", *arguments, stdout=out, stderr=err)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_what_changed_is_one_object_a_line(tired: Client) -> None:
    first = next(line for line in run() if line["sign"] == "fatigue_mood")
    assert set(first) == {"date", "client_ref", "sign", "event", "level", "since", "says"}
    assert (first["client_ref"], first["event"]) == ("james", "opened")
    assert first["date"] == Flag.objects.get(sign="fatigue_mood").opened_on.isoformat()
    assert run() == []


def test_without_json_it_reads_as_sentences(tired: Client) -> None:
    out = StringIO()
    call_command("scan", stdout=out)
    assert "james: fatigue mood opened, " in out.getvalue()


def test_it_can_be_kept_to_a_coach_or_a_client(tired: Client, eli: Coach) -> None:
    assert run("--coach", "eli@example.com") == []
    factories.make_client(eli, "James Other", ref="james-2")
    assert run("--client", "james-2") == []
    assert run("--coach", "DANA@example.com", "--client", "james")


def test_a_past_day_and_then_the_days_after_it(tired: Client) -> None:
    last = timezone.now().date() - timedelta(days=2)
    assert run("--as-of", (last - timedelta(days=30)).isoformat()) == []
    lines = run("--as-of", last.isoformat())
    assert [line["event"] for line in lines if line["sign"] == "fatigue_mood"][0] == "opened"
    assert all(last - timedelta(days=30) < date.fromisoformat(line["date"]) <= last for line in lines)


def test_full_looks_at_everybody_and_finds_nothing_new(tired: Client) -> None:
    run()
    assert run("--full") == []
    assert ScanRun.objects.order_by("-pk")[0].clients == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--coach", "nobody@example.com"), "no coach"),
        (("--client", "nobody"), "no client"),
        (("--as-of", "2020-01-01"), "before the last scan"),
        (("--loop", "--as-of", "2020-01-01"), "--loop"),
    ],
)
def test_a_call_that_cannot_be_carried_out_ends_with_2(
    tired: Client, arguments: tuple[str, ...], says: str
) -> None:
    run()
    with pytest.raises(CommandError, match=says) as refused:
        run(*arguments)
    assert refused.value.returncode == 2


def test_a_date_that_is_none_is_said(db: None) -> None:
    with pytest.raises(CommandError, match="is no date"):
        run("--as-of", "yesterday")


@pytest.mark.django_db(transaction=True)
def test_the_loop_scans_and_ends_when_told_to(tired: Client) -> None:
    process = subprocess.Popen([sys.executable, "manage.py", "scan", "--loop"], env=environment())
    try:
        wait_for(lambda: Client.objects.get().scanned_on is not None)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
    finally:
        process.kill()
        process.wait()
    assert Flag.objects.filter(sign="fatigue_mood").exists()


def environment() -> dict[str, str]:
    """What another process needs to open the database of this test."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        url = f"sqlite:///{name}"
    else:
        base = os.environ["DATABASE_URL"]
        url = f"{base.rsplit('/', 1)[0]}/{name}"
    return {**os.environ, "DATABASE_URL": url}


def wait_for(condition: object, seconds: float = 30) -> None:
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)
