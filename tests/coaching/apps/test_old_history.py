"""Old history opens no flag whose evidence ended over 14 days ago; replay looks back all the same."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from clients.models import Client, Flag
from coaching.replay import replay
from coaching.scan import scan
from programs.models import Import, SetLog
from tests.coaching.apps.exports import strong, take_in

LIFTS = ("Bench Press (Barbell)", "Squat (Barbell)", "Lat Pulldown (Cable)", "Leg Press")


def a_decline(last: datetime) -> str:
    """Half a year at 100 kg, the last three weeks 12 % weaker."""
    rows = []
    for back in range(60, -1, -1):
        on = last - timedelta(days=3 * back)
        kg = 88 if back < 7 else 100 + back % 2
        rows += [f"{on:%Y-%m-%d} 18:30:05,Day,58m,{lift},1,{kg},5,0,0,,,8" for lift in LIFTS]
    return strong(*rows)


@pytest.fixture(autouse=True)
def _var(settings: object, tmp_path: Path, james: Client) -> None:
    settings.VAR_DIR = tmp_path / "var"  # type: ignore[attr-defined]


def brought(tmp_path: Path, *, ended: int) -> datetime:
    """A log that ended so many days ago; and tomorrow, when it is scanned."""
    now = timezone.now()
    assert take_in(tmp_path, a_decline(now - timedelta(days=ended))).code == 0
    return now + timedelta(days=1)


def test_a_decline_of_this_week_is_warned_of(tmp_path: Path, james: Client) -> None:
    scan([james.pk], now=brought(tmp_path, ended=2))
    assert Flag.objects.open().get().sign == "strength_decline"


def test_one_that_ended_weeks_ago_is_not_but_replay_shows_it(tmp_path: Path, james: Client) -> None:
    now = brought(tmp_path, ended=25)
    scan([james.pk], now=now)
    scan([james.pk], now=now, full=True)
    assert not Flag.objects.exists()
    said = list(replay([james.pk], first=now.date() - timedelta(days=60), last=now.date()))
    assert any(state.level == "act" for state in said)


def test_what_was_logged_here_is_warned_of_whenever_a_file_comes_in(tmp_path: Path, james: Client) -> None:
    now = brought(tmp_path, ended=25)
    SetLog.objects.update(source="reserve")
    scan([james.pk], now=now)
    assert Flag.objects.exists()


def test_a_file_of_next_month_takes_no_flag_back(tmp_path: Path, james: Client) -> None:
    now = brought(tmp_path, ended=2)
    scan([james.pk], now=now)
    Import.objects.update(done_at=now - timedelta(days=61))
    again = strong(f"{now - timedelta(days=1):%Y-%m-%d} 18:30:05,Day,58m,Leg Press,1,88,5,0,0,,,8")
    assert take_in(tmp_path, again).code == 0
    scan([james.pk], now=now, full=True)
    assert Flag.objects.get().resolution != "withdrawn"
