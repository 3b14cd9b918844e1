"""`manage.py client_status`: where a client stands, at any time."""

import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from clients.models import Action, Client, Flag
from programs.models import Phase
from tests.factories import a_checkin, a_session, a_set, an_exercise

NOW = datetime(2026, 6, 18, 17, 0, tzinfo=UTC)  # a Thursday


def status(*args: str, as_of: str = "2026-06-18T18:00") -> Any:
    out = StringIO()
    call_command(
        "client_status",
        "--coach",
        "dana@example.com",
        "--client",
        "james",
        "--as-of",
        as_of,
        *args,
        stdout=out,
    )
    return json.loads(out.getvalue()) if "--json" in args else out.getvalue()


def test_a_new_client_is_unknown_in_everything_and_selective(james: Client) -> None:
    assert status("--json") == {
        "phase": {"kind": "base", "week": None},
        "readiness": dict.fromkeys(["experience", "form", "recovery", "injury", "plateau"], "unknown"),
        "decision": "selective",
        "failure_share": {
            "week": {"failure": 0, "rated": 0, "share": None},
            "days_28": {"failure": 0, "rated": 0, "share": None},
        },
        "budget": {"planned": None, "allowed": None, "used": 0, "left": None},
        "flags": [],
        "scale_back_until": None,
    }


def test_shares_and_budget_follow_the_clients_own_week(james: Client) -> None:
    press = an_exercise()
    for days, failures in ((3, 1), (4, 2), (11, 0), (27, 1), (28, 4)):  # Monday is 3 days ago, Sunday 4
        session = a_session(james, at=NOW - timedelta(days=days))
        for number in range(10):
            a_set(session, press, rir=0 if number < failures else 2)
    found = status("--json")
    assert found["failure_share"]["week"] == {"failure": 1, "rated": 10, "share": 0.1}
    assert found["failure_share"]["days_28"] == {"failure": 4, "rated": 40, "share": 0.1}
    assert found["budget"] == {"planned": 10, "allowed": 2, "used": 1, "left": 1}


def test_a_scale_back_and_a_deload_leave_no_budget(james: Client) -> None:
    press = an_exercise()
    for days in (7, 14):
        for _ in range(10):
            a_set(a_session(james, at=NOW - timedelta(days=days), ref=f"{days}-{_}"), press)
    assert status("--json")["budget"] == {"planned": 10, "allowed": 2, "used": 0, "left": 2}
    Phase.objects.create(client=james, kind="deload", starts_on=date(2026, 6, 15), ends_on=date(2026, 6, 21))
    found = status("--json")
    assert found["phase"] == {"kind": "deload", "week": 1}
    assert found["budget"] == {"planned": 10, "allowed": 0, "used": 0, "left": 0}
    Phase.objects.all().delete()
    Action.objects.create(
        client=james, kind="scale_back", by=james.coach, at=NOW - timedelta(days=1), on=date(2026, 6, 17),
        until=date(2026, 6, 30),
    )  # fmt: skip
    found = status("--json")
    assert found["budget"]["left"] == 0
    assert (found["decision"], found["scale_back_until"]) == ("closed", "2026-06-30")
    assert status("--json", as_of="2026-06-17T17:59")["scale_back_until"] is None
    assert status("--json", as_of="2026-07-01T00:00")["scale_back_until"] is None


def test_flags_are_listed_as_they_were(james: Client) -> None:
    Flag.objects.create(
        client=james, sign="dread", level="act", opened_on=date(2026, 6, 10), since_on=date(2026, 6, 1),
        level_on=date(2026, 6, 14), score=9, says="", recorded_at=NOW,
    )  # fmt: skip
    assert status("--json")["flags"] == [{"sign": "dread", "level": "act", "since": "2026-06-01"}]
    assert status("--json", as_of="2026-06-12T09:00")["flags"][0]["level"] == "watch"
    assert status("--json", as_of="2026-06-09T09:00")["flags"] == []


def test_in_words_every_indicator_has_its_sentence(james: Client) -> None:
    for back in range(9):
        a_checkin(james, date(2026, 6, 18) - timedelta(days=back), sleep_hours=6.2, stress=3)
    text = status()
    assert "Decision   closed" in text
    assert "not met  recovery: 6.2 h of sleep over 9 nights; 7 h are needed." in text


def test_a_time_that_is_none_ends_with_2(james: Client) -> None:
    with pytest.raises(CommandError, match="--as-of") as caught:
        status(as_of="soon")
    assert caught.value.returncode == 2
