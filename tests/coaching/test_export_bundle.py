"""A bundle goes out, and comes in again as the same."""

import os
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.forms import model_to_dict

from clients.models import Client, Coach
from coaching.exchange.files import FILES
from programs import own_exercises
from programs.models import Exercise, Session, SetLog
from tests.coaching.bundles import Said, call, rich, take_in, write
from tests.factories import a_session, a_set, an_exercise, make_client, make_coach


@pytest.fixture(autouse=True)
def _var(settings: object, tmp_path: Path, dana: Coach) -> None:
    settings.VAR_DIR = tmp_path / "var"  # type: ignore[attr-defined]


def give_out(path: Path, **options: object) -> Said:
    return call("export_bundle", path, **options)


def files(path: Path) -> dict[str, bytes]:
    return {entry.name: entry.read_bytes() for entry in sorted(path.iterdir())}


def elsewhere() -> str:
    """Another installation, as far as bundles know: a practice without a client."""
    return make_coach("elsewhere@example.com", timezone="Asia/Kathmandu").user.email or ""


def test_what_goes_out_comes_in_again_and_goes_out_the_same(tmp_path: Path) -> None:
    take_in(rich(tmp_path / "b"))
    assert give_out(tmp_path / "out").code == 0
    coach = elsewhere()
    said = take_in(tmp_path / "out", coach=coach)
    assert said.code == 0, said.err
    give_out(tmp_path / "again", coach=coach)
    assert files(tmp_path / "again") == files(tmp_path / "out")
    assert set(files(tmp_path / "out")) == {file.name for file in FILES}


def test_what_went_out_changes_nothing_where_it_came_from(tmp_path: Path) -> None:
    take_in(rich(tmp_path / "b"))
    give_out(tmp_path / "out")
    said = take_in(tmp_path / "out")
    assert not any(count["created"] or count["updated"] for count in said.counts.values())
    assert said.counts["sets.csv"]["unchanged"] == 8


def test_every_cell_of_the_rich_bundle_goes_out_as_it_came(tmp_path: Path) -> None:
    take_in(rich(tmp_path / "b"))
    give_out(tmp_path / "out")
    out = {name: data.decode() for name, data in files(tmp_path / "out").items()}
    assert (
        'j1,james,2026-06-01T18:00:00+01:00,62.5,7.5,Push A,"=SUM(A1:A9), ""quoted""\r\nsecond line"'
        in out["sessions.csv"]
    )
    assert "j1,2,Leg press,120.25,8,2,target,0,2026-06-01T17:10:30+00:00,strong," in out["sets.csv"]
    assert "j1,3,Leg press,120.25,8,,muscular_failure,0,,strong,@last one" in out["sets.csv"]
    assert "j2,2,Ring dip,-12.5,8,1,target,0,,," in out["sets.csv"]
    assert out["checkins.csv"].endswith(
        "james,2026-06-01,7.25,4,3,4,3,3,5,lower_back:2;knee:3,-fine\r\njames,2026-06-02,,,2,,,,,,\r\n"
    )
    assert "My own machine,,,,,,,,,,,,\r\n" in out["exercises.csv"]


def test_what_was_logged_on_a_phone_goes_out_too(tmp_path: Path, dana: Coach, now: datetime) -> None:
    james = make_client(dana, "James Okafor", timezone="America/St_Johns")
    session = a_session(james, at=now + timedelta(microseconds=250_000))
    a_set(session, an_exercise("Leg press"), kg=102.058, done_at=now + timedelta(seconds=90, microseconds=7))
    give_out(tmp_path / "out")
    coach = elsewhere()
    assert take_in(tmp_path / "out", coach=coach).code == 0
    give_out(tmp_path / "again", coach=coach)
    assert files(tmp_path / "again") == files(tmp_path / "out")
    assert b",102.058," in files(tmp_path / "out")["sets.csv"]
    assert b"-02:30" in files(tmp_path / "out")["sessions.csv"]


def test_an_exercise_that_stands_over_the_librarys_stays_the_practices(
    tmp_path: Path, dana: Coach, now: datetime
) -> None:
    library = an_exercise("Leg press")
    a_set(a_session(make_client(dana, "James"), at=now), library)
    own_exercises.keep(
        exercise=library,
        facts={
            **model_to_dict(library, fields=own_exercises.FACTS),
            "failure_class": "avoid",
            "reason": "a worn cable",
        },
        by=dana,
        at=now,
    )
    give_out(tmp_path / "out")
    coach = elsewhere()
    assert take_in(tmp_path / "out", coach=coach).code == 0
    copied = SetLog.objects.get(client__coach__user__email=coach).exercise
    assert copied.practice_id not in (None, dana.practice_id)
    assert (copied.reason, copied.equipment) == ("a worn cable", library.equipment)
    give_out(tmp_path / "again", coach=coach)
    assert files(tmp_path / "again") == files(tmp_path / "out")


def test_what_a_practice_leaves_open_the_library_answers(tmp_path: Path, dana: Coach, now: datetime) -> None:
    library = an_exercise("Leg press")
    bare = Exercise.objects.create(practice=dana.practice, name=library.name, to_complete=True)
    a_set(a_session(make_client(dana, "James"), at=now), bare)
    give_out(tmp_path / "out")
    coach = elsewhere()
    assert take_in(tmp_path / "out", coach=coach).code == 0
    assert SetLog.objects.get(client__coach__user__email=coach).exercise == library
    give_out(tmp_path / "again", coach=coach)
    assert files(tmp_path / "again") == files(tmp_path / "out")


def test_library_exercises_are_not_doubled(tmp_path: Path) -> None:
    take_in(rich(tmp_path / "b"))
    give_out(tmp_path / "out")
    coach = elsewhere()
    take_in(tmp_path / "out", coach=coach)
    own = Exercise.objects.filter(practice__coaches__user__email=coach)
    assert set(own.values_list("name", flat=True)) == {"Ring dip", "My own machine"}


def test_deleted_rows_stay_at_home_and_archived_clients_do_not(tmp_path: Path, now: datetime) -> None:
    take_in(rich(tmp_path / "b"))
    Client.objects.filter(ref="sarah").update(archived_at=now)
    Session.objects.filter(ref="j2").update(deleted_at=now)
    SetLog.objects.filter(session__ref="j1", set_no=1).update(deleted_at=now)
    give_out(tmp_path / "out")
    out = files(tmp_path / "out")
    assert b"sarah," in out["clients.csv"]
    assert b"j2" not in out["sessions.csv"] + out["sets.csv"]
    assert b"j1,1," not in out["sets.csv"]


def test_one_client_goes_out_alone(tmp_path: Path) -> None:
    take_in(rich(tmp_path / "b"))
    give_out(tmp_path / "out", client="sarah")
    out = files(tmp_path / "out")
    assert b"james" not in b"".join(out.values())
    assert out["sets.csv"].count(b"s1,") == 2
    assert b"My own machine" not in out["exercises.csv"]


def test_another_coachs_clients_do_not_go_out(tmp_path: Path, dana: Coach) -> None:
    take_in(rich(tmp_path / "b"))
    make_client(make_coach("eva@example.com", practice=dana.practice, head=False), "Not Danas", ref="theirs")
    give_out(tmp_path / "out")
    assert b"theirs" not in files(tmp_path / "out")["clients.csv"]


def test_a_zip_of_the_same_facts_is_the_same_zip(tmp_path: Path) -> None:
    take_in(rich(tmp_path / "b"))
    for name in ("one.zip", "two.zip"):
        assert give_out(tmp_path / name).code == 0
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    give_out(tmp_path / "out")
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files(tmp_path / "out")
    assert take_in(tmp_path / "one.zip").counts["sets.csv"]["unchanged"] == 8


def test_order_of_writing_does_not_show(tmp_path: Path) -> None:
    take_in(rich(tmp_path / "b"))
    give_out(tmp_path / "out")
    backwards = {}
    for name, data in files(tmp_path / "out").items():
        if name != "sessions.csv":  # has a record of two lines
            header, *lines = data.decode().splitlines(keepends=True)
            backwards[name] = "".join([header, *reversed(lines)])
        else:
            backwards[name] = data.decode()
    coach = elsewhere()
    assert take_in(write(tmp_path / "backwards", backwards), coach=coach).code == 0
    give_out(tmp_path / "again", coach=coach)
    assert files(tmp_path / "again") == files(tmp_path / "out")


def test_nothing_half_written_is_left_and_other_files_stay(tmp_path: Path) -> None:
    take_in(rich(tmp_path / "b"))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    give_out(tmp_path / "out")
    assert sorted(os.listdir(tmp_path / "out")) == sorted([*(file.name for file in FILES), "mine.txt"])


@pytest.mark.parametrize(
    "wrong", [{"coach": "nobody@example.com"}, {"client": "nobody"}, {"path": "no/such/folder/out.zip"}]
)
def test_a_wrong_call_is_exit_2(tmp_path: Path, wrong: dict[str, str]) -> None:
    assert give_out(tmp_path / wrong.pop("path", "out"), **wrong).code == 2


@pytest.mark.django_db(transaction=True)
def test_the_export_is_of_one_moment_and_takes_no_write_lock(tmp_path: Path) -> None:
    take_in(rich(tmp_path / "b"))
    assert give_out(tmp_path / "out").code == 0
    assert files(tmp_path / "out")["sets.csv"].count(b"\r\n") == 9


def test_what_a_page_took_a_bundle_takes_too(tmp_path: Path, dana: Coach, now: datetime) -> None:
    for n, address in enumerate(("tom@localhost", '"tom.w"@example.com', "tom@[10.0.0.1]")):
        make_client(dana, f"Tom {n}", ref=f"tom-{n}", email=address)
    facts = dict.fromkeys(own_exercises.FACTS, "") | {
        "name": " Zz  odd\u200b name ", "aliases": ["Odd", "Odd"], "secondary_muscles": [], "loaded_regions": [],
        "overhead": None, "coordination": None, "can_trap": None, "body_mass_percent": 0,
    }  # fmt: skip
    own_exercises.keep(exercise=None, facts=facts, by=dana, at=now)
    give_out(tmp_path / "out")
    coach = elsewhere()
    assert take_in(tmp_path / "out", coach=coach).code == 0
    give_out(tmp_path / "again", coach=coach)
    assert files(tmp_path / "again") == files(tmp_path / "out")
