"""A wrong bundle: every problem with its file, line and column, and nothing written."""

from datetime import datetime
from pathlib import Path

import pytest

from clients.models import Change, Checkin, Client, Coach, Consent, Injury
from programs.models import Exercise, Phase, Session, SetLog
from tests.coaching.bundles import RICH, rich, take_in, write
from tests.factories import make_client, make_coach

CLIENTS = RICH["clients.csv"]
SESSION = "session_ref,client_ref,started_at\nj1,james,2026-06-01T18:00:00+01:00\n"


@pytest.fixture(autouse=True)
def _var(settings: object, tmp_path: Path, dana: Coach) -> None:
    settings.VAR_DIR = tmp_path / "var"  # type: ignore[attr-defined]


def nothing_is_written() -> bool:
    own = Exercise.objects.exclude(practice=None)
    rows = (
        Client.objects,
        Session.objects,
        SetLog.objects,
        Checkin.objects,
        Injury.objects,
        Phase.objects,
        own,
    )
    return (
        not any(table.exists() for table in rows)
        and not Change.objects.exists()
        and not Consent.objects.exists()
    )


def problems(tmp_path: Path, **files: str | bytes) -> list[str]:
    said = take_in(write(tmp_path / "wrong", {f"{name}.csv": text for name, text in files.items()}))
    assert said.code == 1, said
    assert not said.out
    assert nothing_is_written()
    return said.problems


def a_set(cells: str) -> dict[str, str]:
    """A bundle of one set, whose cells are `weight_kg,reps,rir,ended`."""
    text = f"session_ref,set_no,exercise,weight_kg,reps,rir,ended\nj1,1,Leg press,{cells}\n"
    return {"clients": CLIENTS, "sessions": SESSION, "sets": text}


@pytest.mark.parametrize(
    ("cells", "column", "why"),
    [
        ("-5,8,,", "weight_kg", "help"),
        ("10000,8,,", "weight_kg", "between"),
        ("heavy,8,,", "weight_kg", "not a number"),
        ('"62,5",8,,', "weight_kg", "point"),
        ("1e3,8,,", "weight_kg", "not a number"),
        ("nan,8,,", "weight_kg", "not a number"),
        ("60,-1,,", "reps", "between"),
        ("60,101,,", "reps", "between"),
        ("60,500,,", "reps", "between"),
        ("60,7.5,,", "reps", "whole"),
        ("60,0,,", "reps", "0 only fits"),
        ("60,0,,target", "reps", "0 only fits"),
        ("60,8,11,", "rir", "between 0 and 10"),
        ("60,8,-1,", "rir", "between"),
        ("60,8,1.3,", "rir", "multiple of 0.5"),
        ("60,8,,failure", "ended", "nearest is muscular_failure"),
        ("60,8,,Target", "ended", "nearest is target"),
    ],
)
def test_a_set_that_cannot_be_is_told_at_its_cell(tmp_path: Path, cells: str, column: str, why: str) -> None:
    (problem,) = problems(tmp_path, **a_set(cells))
    assert problem.startswith(f"sets.csv:2: {column}: ")
    assert why in problem


@pytest.mark.parametrize(
    "cells",
    ["60,0,,muscular_failure", "60,0,,technical_failure", "60,0,,stopped", "0,100,10,", "60,8.0,0.5,"],
)
def test_a_set_at_the_edge_of_what_can_be_is_kept(tmp_path: Path, cells: str) -> None:
    files = {f"{name}.csv": text for name, text in a_set(cells).items()}
    assert take_in(write(tmp_path / "b", files)).code == 0
    assert SetLog.objects.count() == 1


@pytest.mark.parametrize(
    ("file", "row", "column", "why"),
    [
        ("clients", "x,X,no-mail,,,,", "email", "e-mail"),
        ("clients", "x,X,,Europe/Londn,,,", "timezone", "nearest is Europe/London"),
        ("clients", "x,X,,localtime,,,", "timezone", "not known"),
        ("clients", "x,X,,,stone,,", "units", "nearest is"),
        ("clients", "x,X,,,,2021-02-30,", "training_since", "not a date"),
        ("clients", "x,X,,,,,20.5.1983", "born_on", "not a date"),
        ("clients", ",X,,,,,", "client_ref", "is empty"),
        ("clients", "x" * 201 + ",X,,,,,", "client_ref", "longer than 200"),
        ("clients", "james,Again,,,,,", "client_ref", "line 2 already"),
        ("sessions", "x,james,2026-06-01T18:00:00,,,,", "started_at", "no offset"),
        ("sessions", "x,james,yesterday,,,,", "started_at", "not a time"),
        ("sessions", "x,james,1969-12-31T23:00:00Z,,,,", "started_at", "1970"),
        ("sessions", "x,james,2026-06-01T25:00:00Z,,,,", "started_at", "not a time"),
        ("sessions", "x,james,2026-06-01T18:00:00+23:59,,,,", "started_at", "no clock"),
        ("sessions", "x,james,,,,,", "started_at", "is empty"),
        ("sessions", "x,,2026-06-01T18:00:00Z,,,,", "client_ref", "is empty"),
        ("sessions", "x,nobody,2026-06-01T18:00:00Z,,,,", "client_ref", "'nobody'"),
        ("sessions", "x,james,2026-06-01T18:00:00Z,-1,,,", "duration_min", "between"),
        ("sessions", "x,james,2026-06-01T18:00:00Z,,10.5,,", "session_rpe", "between 0 and 10"),
        ("sessions", "j1,james,2026-06-01T18:00:00Z,,,,", "session_ref", "line 2 already"),
        ("sets", "nowhere,1,Leg press,,,,,,,,", "session_ref", "'nowhere'"),
        ("sets", "j1,x,Leg press,,,,,,,,", "set_no", "whole number"),
        ("sets", "j1,2,Leg press,,,,,,,,", "set_no", "line 3 already"),
        ("sets", "j1,9,,,,,,,,,", "exercise", "is empty"),
        ("sets", "j1,9,Leg press,,,,,yes,,,", "warm_up", "neither 0 nor 1"),
        ("sets", "j1,9,Leg press,,,,,,18:30,,", "done_at", "not a time"),
        ("sets", "j1,9,Leg press,,,,,,,a source of many words,", "source", "longer than 20"),
        ("checkins", "james,2026-06-09,25,,,,,,,,", "sleep_hours", "between 0 and 24"),
        ("checkins", "james,2026-06-09,,6,,,,,,,", "sleep_quality", "between 1 and 5"),
        ("checkins", "james,2026-06-09,,,0,,,,,,", "energy", "between 1 and 5"),
        ("checkins", "james,2026-06-09,,,,,,,,kneee:3,", "aches", "nearest is knee"),
        ("checkins", "james,2026-06-09,,,,,,,,lower back:3,", "aches", "nearest is lower_back"),
        ("checkins", "james,2026-06-09,,,,,,,,knee:11,", "aches", "between 0 and 10"),
        ("checkins", "james,2026-06-09,,,,,,,,knee,", "aches", "region:severity"),
        ("checkins", "james,2026-06-09,,,,,,,,knee:1;knee:2,", "aches", "twice"),
        ("checkins", "james,2026-06-01,,,,,,,,,", "date", "line 2 already"),
        ("checkins", "james,09/06/2026,,,,,,,,,", "date", "not a date"),
        ("checkins", "nobody,2026-06-09,,,,,,,,,", "client_ref", "'nobody'"),
        ("injuries", "james,arm,2026-05-01,,,,", "region", "not known"),
        ("injuries", "james,knee,2026-05-01,2026-04-01,,,", "resolved", "before"),
        ("injuries", "james,knee,2026-05-01,,bad,,", "severity", "nearest is"),
        ("injuries", "james,knee,2026-05-01,,,biceps femoris,", "muscle", "nearest is biceps"),
        ("injuries", "james,knee,,,,,", "onset", "is empty"),
        ("phases", "james,2026-05-20,,strength,", "starts_on", "2026-05-31"),
        ("phases", "james,2026-07-01,2026-06-30,strength,", "ends_on", "before"),
        ("phases", "james,2026-07-01,,power,", "kind", "not known"),
        ("phases", "james,2026-07-01,,,", "kind", "is empty"),
        ("exercises", "My lift,barbel,,,,,,,,,,,", "equipment", "nearest is barbell"),
        ("exercises", "My lift,,,,,chest;lat,,,,,,,", "secondary_muscles", "nearest is lats"),
        ("exercises", "My lift,,,,,,,,2,,,,", "overhead", "neither 0 nor 1"),
        ("exercises", "My lift,,,,,,,,,,,avoid,", "reason", "needs a reason"),
        ("exercises", "ring DIP,,,,,,,,,,,,", "name", "line 2 already"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_told_by_line_and_column(
    tmp_path: Path, file: str, row: str, column: str, why: str
) -> None:
    text = RICH[f"{file}.csv"]
    line = len(text.splitlines()) + 1  # a record of two lines counts as two
    said = take_in(rich(tmp_path / "b", **{file: text + row + "\n"}))
    assert said.code == 1
    (problem,) = said.problems
    assert problem.startswith(f"{file}.csv:{line}: {column}: "), problem
    assert why in problem
    assert nothing_is_written()


def test_the_line_is_the_one_on_which_the_record_begins(tmp_path: Path) -> None:
    text = 'client_ref,name\na,"Two\nlines"\nb,"x\n\n\ny"\n,Nobody\n'
    assert problems(tmp_path, clients=text)[0].startswith("clients.csv:8: client_ref: ")


def test_every_problem_is_told_in_the_order_of_the_files(tmp_path: Path) -> None:
    said = take_in(
        rich(
            tmp_path / "b",
            clients=CLIENTS + ",Nobody,x,,,,\n",
            sets=RICH["sets.csv"] + "nowhere,1,Leg press,,500,11,,,,,\n",
            phases=RICH["phases.csv"] + "james,2026-05-05,,none,\n",
        )
    )
    assert [problem.split(": ")[0:2] for problem in said.problems] == [
        ["clients.csv:4", "client_ref"], ["clients.csv:4", "email"],
        ["sets.csv:10", "session_ref"], ["sets.csv:10", "reps"], ["sets.csv:10", "rir"],
        ["phases.csv:4", "starts_on"], ["phases.csv:4", "kind"],
    ]  # fmt: skip


def test_the_first_200_problems_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    text = "client_ref,units\n" + "".join(f"c{n},stone\n" for n in range(1_500))
    said = take_in(write(tmp_path / "b", {"clients.csv": text}))
    assert [problem.split(":")[1] for problem in said.problems] == [str(n) for n in range(2, 202)]
    assert "and 1300 more: 1500 in all" in said.err


def test_the_folder_one_stands_in_has_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    assert take_in(Path()).problems[0].startswith("empty:1: file: none of clients.csv")


def test_what_follows_from_a_problem_is_not_counted_again(tmp_path: Path) -> None:
    rows = "".join(f"s{n},c,noon\n" for n in range(12_000))
    sessions = f"session_ref,client_ref,started_at\n{rows}"
    said = take_in(write(tmp_path / "b", {"clients.csv": "client_ref\nc\n", "sessions.csv": sessions}))
    assert "and 11800 more: 12000 in all" in said.err


@pytest.mark.parametrize(
    ("header", "column", "why"),
    [
        ("name,email", "client_ref", "missing"),
        ("client_ref,name,name", "name", "twice"),
        ("client_ref,shoe,shoe", "shoe", "twice"),
    ],
)
def test_a_header_that_cannot_be_read_is_told_once(
    tmp_path: Path, header: str, column: str, why: str
) -> None:
    (problem,) = problems(tmp_path, clients=f"{header}\na,b,c\n", sessions=SESSION.replace("james", "a"))
    assert problem.startswith(f"clients.csv:1: {column}: ")
    assert why in problem


def test_a_ref_of_another_coachs_client_is_refused(tmp_path: Path, dana: Coach) -> None:
    eva = make_coach("eva@example.com", practice=dana.practice, head=False)
    assert take_in(rich(tmp_path / "b"), coach="eva@example.com").code == 0
    counts = [model._default_manager.count() for model in (Client, Session, SetLog, Checkin)]
    said = take_in(rich(tmp_path / "b"))  # Dana is the head of the same practice
    assert said.code == 1
    assert "clients.csv:2: client_ref: 'james' belongs to a client of another coach" in said.err
    assert {problem.split(":")[0] for problem in said.problems} >= {
        "sessions.csv",
        "sets.csv",
        "checkins.csv",
    }
    assert [model._default_manager.count() for model in (Client, Session, SetLog, Checkin)] == counts
    assert set(Client.objects.values_list("coach", flat=True)) == {eva.pk}


def test_a_session_ref_of_another_coachs_client_is_refused(tmp_path: Path, dana: Coach) -> None:
    make_coach("eva@example.com", practice=dana.practice, head=False)
    take_in(rich(tmp_path / "b"), coach="eva@example.com")
    sets = "session_ref,set_no,exercise\nj1,9,Leg press\n"
    said = take_in(write(tmp_path / "c", {"sets.csv": sets}))
    assert said.code == 1
    assert "sets.csv:2: session_ref: 'j1' belongs to a client of another coach" in said.err


def test_a_session_cannot_change_its_client(tmp_path: Path) -> None:
    take_in(rich(tmp_path / "b"))
    said = take_in(write(tmp_path / "c", {"sessions.csv": "session_ref,client_ref\nj1,sarah\n"}))
    assert said.code == 1
    assert "sessions.csv:2: session_ref: 'j1' is a session of client 'james'" in said.err


def test_a_later_phase_may_not_reach_into_a_stored_one(tmp_path: Path) -> None:
    take_in(rich(tmp_path / "b"))
    later = "client_ref,starts_on,ends_on,kind\njames,2026-04-01,2026-05-04,base\n"
    said = take_in(write(tmp_path / "c", {"phases.csv": later}))
    assert said.code == 1
    assert "phases.csv:2: ends_on: 2026-05-04 reaches into the phase from 2026-05-04" in said.err
    assert take_in(write(tmp_path / "d", {"phases.csv": later.replace("05-04", "05-03")})).code == 0


def test_a_client_of_this_coach_may_be_named_without_clients_csv(tmp_path: Path, dana: Coach) -> None:
    make_client(dana, "James Okafor")
    assert take_in(write(tmp_path / "b", {"sessions.csv": SESSION})).code == 0
    assert Session.objects.get().client.ref == "james"


def test_the_limits_of_a_set_hold_after_an_update_too(tmp_path: Path, now: datetime) -> None:
    take_in(rich(tmp_path / "b"))
    said = take_in(write(tmp_path / "c", {"sets.csv": "session_ref,set_no,reps\nj1,2,0\n"}))
    assert said.code == 1
    assert "sets.csv:2: reps: 0 only fits" in said.err
