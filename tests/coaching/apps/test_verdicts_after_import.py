"""What the rules make of sets that another app kept: failures count, form and hours stay unknown."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from clients.models import Client
from programs import verdicts
from programs.facts import read_recent
from programs.models import Exercise
from programs.person import read_person
from tests.coaching.apps.exports import IOS_HEADER, fitnotes, strong, take_in


@pytest.fixture(autouse=True)
def _var(settings: object, tmp_path: Path, james: Client) -> None:
    settings.VAR_DIR = tmp_path / "var"  # type: ignore[attr-defined]


def yesterday() -> datetime:
    return timezone.now() - timedelta(days=1)


def test_a_failure_that_an_app_marked_counts_but_proves_no_clean_form(tmp_path: Path, james: Client) -> None:
    row = f"{yesterday():%Y-%m-%d} 12:00:00,Legs,58m,Leg Press,{{}},100,8,0,0,,,{{}}"
    take_in(tmp_path, strong(row.format("F", ""), row.format("F", 9)))
    now = timezone.now()
    (bout,) = read_recent(james, at=now).bouts
    assert (bout.costs, bout.rated, bout.hard, bout.form_breaks) == (2, 2, 0, 0)
    assert read_person(james, at=now).hard_sets == 0
    assert "F3" in verdicts.verdict_for(james, Exercise.objects.get(name="Leg press"), at=now).codes
    take_in(tmp_path, strong(row.format("F", ""), row.format("1", 8)))
    (bout,) = read_recent(james, at=now).bouts
    assert bout.hard == 1, "a set held back says that the form held"


def test_a_verdict_says_when_it_counts_from_noon(tmp_path: Path, james: Client) -> None:
    day = f"{yesterday():%Y-%m-%d}"
    press = Exercise.objects.get(name="Leg press")
    row = f"Legs,{day}T12:00:00Z,,80,Leg Press,Machine,8,100,,,Failed,false,,,Legs,"
    take_in(tmp_path, fitnotes(row, header=IOS_HEADER))
    exact = verdicts.verdict_for(james, press, at=timezone.now())
    assert "F3" in exact.codes
    assert "noon" not in " ".join(exact.says)
    james.sessions.update(ref=f"fitnotes:james:{day}")
    assert "Its hour is not known: counted from noon." in " ".join(
        verdicts.verdict_for(james, press, at=timezone.now()).says
    )


def test_a_failure_before_its_drop_sets_is_the_one_failure_of_the_last_set(
    tmp_path: Path, james: Client
) -> None:
    """F6 allows the last set: that is the one before its drops, which are work, not failures more."""
    begun = timezone.now() - timedelta(hours=1)
    start = begun.astimezone(james.zone)
    row = f"{start:%Y-%m-%d %H:%M:%S},Legs,40m,Leg Press,{{}},{{}},8,0,0,,,"
    take_in(
        tmp_path,
        strong(*(row.format(*one) for one in (("1", 100), ("2", 100), ("F", 100), ("D", 80), ("D", 60)))),
    )
    now = timezone.now()
    (bout,) = read_recent(james, at=now).bouts
    assert (bout.working, bout.costs) == (5, 1)
    verdict = verdicts.verdict_for(james, Exercise.objects.get(name="Leg press"), at=now)
    assert "Leg press has had its one failure set in this session." in " ".join(verdict.says)
    week_later = verdicts.verdict_for(
        james, Exercise.objects.get(name="Leg press"), at=now + timedelta(days=8)
    )
    assert "F6" not in week_later.codes
