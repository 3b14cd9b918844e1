"""A replay says what the scan would have said, day by day, and writes nothing."""

import json
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from clients.models import Change, Checkin, Client, Flag, ScanRun
from coaching.replay import State, replay
from coaching.scan import scan
from tests.coaching import stories
from tests.conftest import NOW

FROM, TO = date(2026, 4, 3), stories.LAST


@pytest.fixture
def spring(james: Client, sarah: Client) -> list[int]:
    stories.checkins(james, low_days=25)
    stories.checkins(sarah, seed=2)
    Checkin.objects.filter(client=sarah, day__range=("2026-04-01", "2026-04-25")).update(energy=1, mood=1)
    stories.training(sarah, stories.lifts(), weak_days=24)
    return [james.pk, sarah.pk]


def test_a_replay_is_what_the_scans_say_day_by_day(spring: list[int]) -> None:
    told = {
        (state.day, state.client_ref, state.sign): state.level
        for state in replay(spring, first=FROM, last=TO)
    }
    scan(spring, now=NOW, as_of=FROM - timedelta(days=1))
    said: dict[tuple[date, str, str], str] = {}
    for number in range((TO - FROM).days + 1):
        for line in scan(spring, now=NOW, as_of=FROM + timedelta(days=number)):
            said[line.day, line.client_ref, line.sign] = line.level
    assert said == told
    assert set(told.values()) >= {"none", "act"}


@pytest.mark.parametrize("cut", [20, 41, 60])
def test_cutting_the_future_changes_nothing(spring: list[int], cut: int) -> None:
    until = TO - timedelta(days=cut)
    whole = [state for state in replay(spring, first=FROM, last=TO, daily=True) if state.day <= until]
    assert list(replay(spring, first=FROM, last=until, daily=True)) == whole


def test_every_client_sign_and_day_has_its_line_with_daily(spring: list[int]) -> None:
    states = list(replay(spring, first=TO - timedelta(days=9), last=TO, daily=True))
    assert len({(state.day, state.client_ref, state.sign) for state in states}) == len(states) == 2 * 5 * 10
    assert all(
        state.score == 0
        for state in states
        if state.client_ref == "james" and state.sign == "strength_decline"
    )
    last = next(s for s in states if s.client_ref == "james" and s.sign == "fatigue_mood" and s.day == TO)
    assert last.level in {"watch", "act"}
    assert last.score > 0


def test_a_replay_writes_nothing(spring: list[int]) -> None:
    before = list(Client.objects.values().order_by("pk"))
    list(replay(spring, first=FROM, last=TO))
    assert list(Client.objects.values().order_by("pk")) == before
    assert not any(model.objects.exists() for model in (Flag, Change, ScanRun))


def test_days_before_the_history_are_quiet(spring: list[int]) -> None:
    states = replay(spring, first=date(2020, 1, 1), last=date(2020, 1, 3), daily=True)
    assert {(state.level, state.score) for state in states} == {("none", 0.0)}


def test_the_command_prints_one_object_a_line(spring: list[int]) -> None:
    lines = [json.loads(line) for line in run("--json", "--client", "james").splitlines()]
    assert {line["client_ref"] for line in lines} == {"james"}
    assert set(lines[0]) == {"date", "client_ref", "sign", "level", "score"}


@pytest.mark.parametrize(
    "wrong",
    [
        ("--client", "nobody"),
        ("--coach", "nobody@example.com"),
        ("--to", "2020-01-01"),
        ("--from", "2026-13-01"),
    ],
)
def test_a_call_that_makes_no_sense_ends_with_2(spring: list[int], wrong: tuple[str, str]) -> None:
    with pytest.raises(CommandError) as refused:
        run(*wrong)
    assert refused.value.returncode in (1, 2)


def run(*arguments: str, **options: Any) -> str:
    out = StringIO()
    call_command(
        "replay", "--from", FROM.isoformat(), "--to", TO.isoformat(), *arguments, stdout=out, **options
    )
    return out.getvalue()


def test_a_state_reads_as_a_line_of_its_own() -> None:
    state = State(day=TO, client_ref="james", sign="dread", level="act", score=9.1)
    assert state.as_json() == {
        "date": "2026-06-14", "client_ref": "james", "sign": "dread", "level": "act", "score": 9.1,
    }  # fmt: skip
