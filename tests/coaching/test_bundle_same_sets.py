"""Most sessions of a later bundle are here already, set by set. What differs in one of them is found all the same."""

from datetime import datetime
from pathlib import Path

import pytest

from clients.models import Coach
from programs.models import Session, SetLog
from tests.coaching.bundles import RICH, rich, take_in

SET = "j1,2,Leg press,120.25,8,2,target,0,2026-06-01T18:10:30+01:00,strong,"


@pytest.fixture(autouse=True)
def _here(settings: object, tmp_path: Path, dana: Coach) -> None:
    settings.VAR_DIR = tmp_path / "var"  # type: ignore[attr-defined]
    assert take_in(rich(tmp_path / "b")).code == 0


def again(folder: Path, sets: str) -> dict[str, int]:
    said = take_in(rich(folder / "c", sets=sets))
    assert said.code == 0, said.err
    return said.counts["sets.csv"]


@pytest.mark.parametrize(
    "cells",
    [
        "j1,2,Ring dip,120.25,8,2,target,0,2026-06-01T18:10:30+01:00,strong,",
        "j1,2,Leg press,120.5,8,2,target,0,2026-06-01T18:10:30+01:00,strong,",
        "j1,2,Leg press,120.25,9,2,target,0,2026-06-01T18:10:30+01:00,strong,",
        "j1,2,Leg press,120.25,8,2.5,target,0,2026-06-01T18:10:30+01:00,strong,",
        "j1,2,Leg press,120.25,8,2,stopped,0,2026-06-01T18:10:30+01:00,strong,",
        "j1,2,Leg press,120.25,8,2,target,1,2026-06-01T18:10:30+01:00,strong,",
        "j1,2,Leg press,120.25,8,2,target,0,2026-06-01T18:10:31+01:00,strong,",
        "j1,2,Leg press,120.25,8,2,target,0,2026-06-01T18:10:30+01:00,hevy,",
        "j1,2,Leg press,120.25,8,2,target,0,2026-06-01T18:10:30+01:00,strong,slow",
    ],
)
def test_one_cell_that_differs_changes_one_set(tmp_path: Path, cells: str) -> None:
    sets = RICH["sets.csv"].replace(SET, cells)
    assert sets != RICH["sets.csv"]
    assert again(tmp_path, sets) == {"created": 0, "updated": 1, "unchanged": 7}
    assert SetLog.objects.filter(version=2).count() == 1
    assert again(tmp_path, sets) == {"created": 0, "updated": 0, "unchanged": 8}


def test_cells_that_say_nothing_leave_what_is_there(tmp_path: Path) -> None:
    empty = RICH["sets.csv"].replace(SET, "j1,2,Leg press,,,,,,,,")
    assert again(tmp_path, empty) == {"created": 0, "updated": 0, "unchanged": 8}


def test_a_set_more_is_new_and_a_set_less_stays(tmp_path: Path) -> None:
    more = RICH["sets.csv"] + "j1,5,Leg press,100,12,3,target,0,,,\n"
    assert again(tmp_path, more) == {"created": 1, "updated": 0, "unchanged": 8}
    assert again(tmp_path, RICH["sets.csv"]) == {"created": 0, "updated": 0, "unchanged": 8}
    assert Session.objects.get(ref="j1").sets.live().count() == 5


def test_rows_of_a_session_may_stand_anywhere(tmp_path: Path) -> None:
    head, *lines = RICH["sets.csv"].splitlines(keepends=True)
    scattered = "".join([head, *lines[::2], *lines[1::2]])
    assert again(tmp_path, scattered) == {"created": 0, "updated": 0, "unchanged": 8}


def test_a_set_that_was_deleted_here_stays_deleted(tmp_path: Path, now: datetime) -> None:
    SetLog.objects.filter(session__ref="j1", set_no=2).update(deleted_at=now)
    assert again(tmp_path, RICH["sets.csv"]) == {"created": 0, "updated": 0, "unchanged": 8}
    assert Session.objects.get(ref="j1").sets.live().count() == 3


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (SET, "sets.csv:10: set_no: 'j1 2' stands in line 3 already"),
        ("j1,5,,100,12,3,target,0,,,", "sets.csv:10: exercise: is empty, but a new row needs it"),
        ("j9,1,Leg press,100,12,3,target,0,,,", "sets.csv:10: session_ref: there is no session 'j9'"),
    ],
)
def test_what_is_wrong_is_told_though_all_else_is_the_same(tmp_path: Path, row: str, says: str) -> None:
    said = take_in(rich(tmp_path / "c", sets=f"{RICH['sets.csv']}{row}\n"))
    assert said.code == 1
    assert [line.startswith(says) for line in said.problems] == [True], said.err
