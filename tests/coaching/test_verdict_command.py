"""`manage.py verdict`: the answer for one set, in words and as JSON."""

import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from clients.models import Client, Coach
from programs.models import Exercise, Phase
from tests.factories import a_checkin, a_session, a_set, make_client

AT = "2026-06-18T18:00"  # a Thursday, London
NOW = datetime(2026, 6, 18, 17, 0, tzinfo=UTC)


def ask(*args: str, exercise: str = "Triceps pushdown", at: str = AT, coach: str = "dana@example.com") -> Any:
    out = StringIO()
    call_command(
        "verdict", "--coach", coach, "--client", "james", "--exercise", exercise, "--at", at, *args, "--json",
        stdout=out,
    )  # fmt: skip
    return json.loads(out.getvalue())


@pytest.fixture
def ready(james: Client) -> Client:
    """James, with everything in favour of failure but a plateau: eight weeks, three sessions of ten sets."""
    Client.objects.filter(pk=james.pk).update(training_since=date(2018, 1, 1))
    curl, press = Exercise.objects.get(name="Dumbbell curl"), Exercise.objects.get(name="Leg press")
    for week in range(1, 9):
        for day in range(3):
            session = a_session(james, at=NOW - timedelta(days=7 * week + day - 4, hours=4))
            for exercise in (curl, press):
                for _ in range(5):
                    a_set(session, exercise, rir=2, ended="target")
    for back in range(14):
        a_checkin(james, date(2026, 6, 18) - timedelta(days=back), sleep_hours=7.6, stress=4)
    Phase.objects.create(
        client=james, kind="hypertrophy", starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 28)
    )
    return james


def test_a_safe_last_set_of_a_ready_client_may_go_to_failure(ready: Client) -> None:
    assert ask() == {"verdict": "yes", "codes": [], "says": [], "opens_at": None}


def test_it_tells_when_72_hours_are_over_in_the_clients_time(ready: Client) -> None:
    a_set(
        a_session(ready, at=NOW - timedelta(hours=41)), Exercise.objects.get(name="Triceps pushdown"), rir=0
    )
    answer = ask()
    assert (answer["verdict"], answer["codes"]) == ("no", ["F3"])
    assert answer["opens_at"] == "2026-06-20T01:00:00+01:00"
    assert ask(at="2026-06-20T00:59")["codes"] == ["F3"]
    assert ask(at="2026-06-20T00:00:00Z")["verdict"] == "yes"


def test_every_rule_at_the_level_is_named_in_the_order_of_precedence(ready: Client) -> None:
    Phase.objects.update(kind="deload")
    a_set(a_session(ready, at=NOW - timedelta(hours=1)), Exercise.objects.get(name="Leg press"), rir=0)
    answer = ask("--set", "1/3", exercise="Bench Press (Barbell)")
    assert answer["codes"] == ["F5", "F4", "F3", "F6"]
    assert len(answer["says"]) == 4
    assert answer["opens_at"] is None


@pytest.mark.parametrize(
    ("ago", "closed"), [(timedelta(hours=2, minutes=59), True), (timedelta(hours=3), False)]
)
def test_a_session_begun_in_the_three_hours_before_is_the_current_one(
    ready: Client, ago: timedelta, closed: bool
) -> None:
    a_set(a_session(ready, at=NOW - ago), Exercise.objects.get(name="Dumbbell curl"), rir=0)
    assert ("F6" in ask()["codes"]) is closed


@pytest.mark.parametrize(("reps", "codes"), [("4", ["F5"]), ("5", []), ("15", []), ("16", ["F5"])])
def test_outside_5_to_15_reps_it_cautions(ready: Client, reps: str, codes: list[str]) -> None:
    assert ask("--reps", reps)["codes"] == codes


def test_a_client_of_whom_nothing_is_known_is_a_caution(james: Client) -> None:
    answer = ask()
    assert (answer["verdict"], answer["codes"]) == ("caution", ["F7", "F2"])
    assert answer["says"][0].startswith("We do not know enough yet")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"coach": "nobody@example.com"}, "no coach"),
        ({"exercise": "Underwater basket press"}, "No exercise is known as"),
        ({"at": "yesterday"}, "is no time"),
        ({"at": "0001-01-01T00:00"}, "no year"),
    ],
)
def test_a_wrong_call_ends_with_2(james: Client, changes: dict[str, str], says: str) -> None:
    with pytest.raises(CommandError, match=says) as caught:
        ask(**changes)
    assert caught.value.returncode == 2


@pytest.mark.parametrize(
    "args", [["--set", "4/3"], ["--set", "0/3"], ["--set", "x"], ["--reps", "0"], ["--reps", "-1"]]
)
def test_a_set_that_cannot_be_is_refused(james: Client, args: list[str]) -> None:
    with pytest.raises(CommandError):
        ask(*args)


def test_another_coachs_client_is_unknown(james: Client, eli: Coach) -> None:
    with pytest.raises(CommandError, match="no client") as caught:
        ask(coach="eli@example.com")
    assert caught.value.returncode == 2


def test_the_same_ref_in_two_practices_is_two_people(ready: Client, eli: Coach) -> None:
    make_client(eli, "James Brown", ref="james")
    assert ask()["verdict"] == "yes"
    assert ask(coach="eli@example.com")["verdict"] == "caution"


def test_in_words_it_says_when_it_opens(ready: Client) -> None:
    a_set(
        a_session(ready, at=NOW - timedelta(hours=41)), Exercise.objects.get(name="Triceps pushdown"), rir=0
    )
    out = StringIO()
    call_command(
        "verdict", "--coach", "dana@example.com", "--client", "james", "--exercise", "tricep pushdown", "--at", AT,
        stdout=out,
    )  # fmt: skip
    assert out.getvalue().startswith("No: hold back.\n  F3  41 hours since")
    assert out.getvalue().endswith("Opens Saturday 01:00.\n")
