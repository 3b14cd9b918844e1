"""`import_export`: an app's export becomes sessions and sets, once, and a newer one replaces what changed."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from clients.models import Change, Client, Coach, Consent
from programs.models import Exercise, Import, LiftDay, Session, SetLog
from tests.coaching.apps.exports import PULL, fitnotes, hevy, said, strong, take_in

FAILED = f'{PULL},"Lat Pulldown (Cable)",F,65.0,9,0,0,"slow","tired",'
CHIN = f"{PULL},Chin Up,1,,8,0,0,,,8.5"


@pytest.fixture(autouse=True)
def _var(settings: object, tmp_path: Path, james: Client) -> None:
    settings.VAR_DIR = tmp_path / "var"  # type: ignore[attr-defined]


def rows(*fields: str) -> list[tuple[object, ...]]:
    return list(SetLog.objects.live().order_by("session__started_at", "set_no").values_list(*fields))


def everything() -> list[object]:
    return [
        list(model._default_manager.order_by("pk").values())
        for model in (Session, SetLog, LiftDay, Exercise, Import, Client, Change)
    ]


def test_a_file_becomes_sessions_and_sets(tmp_path: Path, james: Client) -> None:
    found = said(take_in(tmp_path, strong(FAILED, CHIN)))
    assert (found["sessions"], found["sets"], found["failure_marks"]) == (1, 2, 1)
    session = Session.objects.get()
    assert session.ref == "strong:james:2024-03-04T18:30:05"
    assert session.started_at == datetime(2024, 3, 4, 18, 30, 5, tzinfo=UTC)
    assert (session.workout_name, session.note, session.duration_min) == ("Pull", "tired", Decimal(58))
    assert session.session_rpe is None
    assert rows("set_no", "weight_g", "reps", "rir_halves", "ended", "source", "note") == [
        (1, 65_000, 9, None, "muscular_failure", "strong", "marked failure in Strong; slow"),
        (2, 0, 8, 3, "", "strong", ""),
    ]
    assert {name for (name,) in rows("exercise__name")} >= {"Chin-up"}


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    text = strong(FAILED, CHIN, f"{PULL},Nobody Knows This,1,50,5,0,0,,,")
    take_in(tmp_path, text)
    before = everything()
    again = said(take_in(tmp_path, text))
    assert again["changes"] == {"new": 0, "changed": 0, "same": 1, "edited": 0}
    assert not again["written"]
    assert everything() == before


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    before = everything()
    found = said(take_in(tmp_path, strong(FAILED), dry_run=True))
    assert found["changes"]["new"] == 1
    assert everything() == before


def test_a_newer_export_replaces_the_changed_session_and_deletes_none(tmp_path: Path) -> None:
    other = CHIN.replace("2024-03-04", "2024-03-06")
    take_in(tmp_path, strong(FAILED, CHIN, other))
    newer = CHIN.replace("8.5", "")
    found = said(take_in(tmp_path, strong(newer)))
    assert found["changes"] == {"new": 0, "changed": 1, "same": 0, "edited": 0}
    assert found["sets.csv"] == {"created": 0, "updated": 1, "unchanged": 0, "removed": 1}
    assert rows("set_no", "exercise__name", "rir_halves", "ended", "note") == [
        (1, "Chin-up", None, "", ""), (1, "Chin-up", 3, "", ""),
    ]  # fmt: skip
    assert not LiftDay.objects.filter(exercise__name__startswith="Lat").exists()
    assert Session.objects.live().count() == 2
    take_in(tmp_path, strong(FAILED, CHIN))
    assert len(rows("pk")) == 3, "and back again"


def test_a_session_edited_here_since_is_left_alone_and_listed(tmp_path: Path, now: datetime) -> None:
    from programs import sessions

    take_in(tmp_path, strong(FAILED, CHIN))
    sessions.amend_set(set_log=SetLog.objects.get(set_no=2), version=2, by=None, at=now, reps=7)
    before = everything()
    found = said(take_in(tmp_path, strong(CHIN)))
    assert found["changes"]["edited"] == 1
    assert found["edited_here"] == ["strong:james:2024-03-04T18:30:05"]
    assert everything() == before


def test_a_set_deleted_here_is_an_edit_too(tmp_path: Path, now: datetime) -> None:
    from programs import sessions

    take_in(tmp_path, strong(FAILED, CHIN))
    sessions.delete_set(set_log=SetLog.objects.get(set_no=2), by=None, at=now)
    assert said(take_in(tmp_path, strong(FAILED, CHIN)))["changes"]["edited"] == 1
    assert len(rows("pk")) == 1


def test_another_zone_later_moves_the_sessions_and_doubles_none(tmp_path: Path) -> None:
    take_in(tmp_path, strong(CHIN))
    found = said(take_in(tmp_path, strong(CHIN), timezone="Asia/Tokyo"))
    assert found["changes"] == {"new": 0, "changed": 1, "same": 0, "edited": 0}
    session = Session.objects.get()
    assert session.started_at == datetime(2024, 3, 4, 9, 30, 5, tzinfo=UTC)
    assert session.utc_offset_min == 540


def test_two_clients_may_train_at_the_same_time(tmp_path: Path, sarah: Client) -> None:
    take_in(tmp_path, strong(CHIN))
    take_in(tmp_path, strong(CHIN), client="sarah")
    assert Session.objects.count() == 2


def test_sets_alone_need_no_word_about_health(tmp_path: Path, james: Client) -> None:
    Consent.objects.all().delete()
    take_in(tmp_path, strong(CHIN))
    assert not Consent.objects.exists()


def test_the_scan_looks_at_the_client_afterwards(tmp_path: Path, james: Client) -> None:
    take_in(tmp_path, strong(CHIN))
    james.refresh_from_db()
    assert james.history_version == 1


def test_help_is_below_zero_and_nothing_added_is_zero(tmp_path: Path) -> None:
    take_in(
        tmp_path,
        strong(
            f"{PULL},Pull Up (Assisted),1,20,8,0,0,,,", f"{PULL},Pull Up,1,-15,8,0,0,,,", f"{PULL},Pull Up,2,0,8,0,0,,,",
            f"{PULL},Bench Press (Barbell),1,0,8,0,0,,,", f"{PULL},Bench Press (Barbell),2,-5,8,0,0,,,",
        ),
    )  # fmt: skip
    assert rows("weight_g", "note") == [
        (-20_000, "assisted 20 kg"), (-15_000, "assisted 15 kg"), (0, ""), (None, ""), (None, "−5 kg as written"),
    ]  # fmt: skip


def test_an_exercise_that_nobody_knows_is_made_to_be_completed(tmp_path: Path, dana: Coach) -> None:
    take_in(
        tmp_path,
        strong(f"{PULL},Zorp Press (Machine),1,40,8,0,0,,,", f"{PULL},Zorp Hang (Assisted),1,12,8,0,0,,,"),
    )
    made = Exercise.objects.filter(practice=dana.practice).order_by("pk")
    assert [(row.name, row.equipment, row.to_complete) for row in made] == [
        ("Zorp Press (Machine)", "machine", True), ("Zorp Hang (Assisted)", "bodyweight", True),
    ]  # fmt: skip
    assert rows("weight_g") == [(40_000,), (-12_000,)]


def test_pounds_of_the_client_unless_said_otherwise(tmp_path: Path, james: Client) -> None:
    text = strong(f"{PULL},Bench Press (Barbell),1,100,8,0,0,,,")
    Client.objects.filter(pk=james.pk).update(units="lb")
    take_in(tmp_path, text)
    assert rows("weight_g") == [(45_360,)]
    take_in(tmp_path, text, units="kg")
    assert rows("weight_g") == [(100_000,)]


def test_an_old_day_of_fitnotes_is_one_session_at_noon(tmp_path: Path) -> None:
    take_in(tmp_path, fitnotes("2024-03-04,Curl (Each Side, Cable),Biceps,15.0,kgs,12,,,,last one slow"))
    session = Session.objects.get()
    assert (session.ref, session.started_at.hour) == ("fitnotes:james:2024-03-04", 12)
    assert Exercise.objects.get(name="Curl (Each Side, Cable)").primary_muscle == "biceps"


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        (
            "31 Mar 2024, 01:30",
            datetime(2024, 3, 31, 1, 30, tzinfo=UTC),
        ),  # 01:30 is left out: 02:30 summer time
        ("27 Oct 2024, 01:30", datetime(2024, 10, 27, 0, 30, tzinfo=UTC)),  # twice: the first
    ],
)
def test_an_hour_that_is_missing_or_comes_twice(tmp_path: Path, written: str, utc: datetime) -> None:
    take_in(tmp_path, hevy(f'Legs,"{written}",,,Leg Extension (Machine),,,0,normal,50,10,,,'))
    assert Session.objects.get().started_at == utc


def test_a_call_that_is_wrong_is_told_from_a_file_that_is(tmp_path: Path, eli: Coach) -> None:
    assert take_in(tmp_path, strong(CHIN), client="nobody").code == 2
    assert take_in(tmp_path, strong(CHIN), coach="eli@example.com").code == 2
    assert take_in(tmp_path, strong(CHIN), timezone="Mars/Olympus").code == 2
    wrong = take_in(tmp_path, strong(f"{PULL},Chin Up,1,ten,8,0,0,,,"))
    assert (wrong.code, wrong.problems) == (1, ['export.csv:2: Weight: "ten" is not a number'])
    assert not Session.objects.exists()
    assert not Import.objects.exists()


def test_what_a_coach_makes_of_an_exercise_later_is_no_change(
    tmp_path: Path, dana: Coach, now: datetime
) -> None:
    from programs import merging, own_exercises

    text = strong(CHIN, f"{PULL},Zorp press,1,40,8,0,0,,,", f"{PULL},Zorp row,1,40,8,0,0,,,")
    take_in(tmp_path, text)
    zorp = Exercise.objects.get(name="Zorp press")
    merging.merge(exercise=zorp, into=Exercise.objects.get(name="Leg press"), by=dana, at=now)
    row = Exercise.objects.get(name="Zorp row")
    facts = {name: getattr(row, name) for name in own_exercises.FACTS}
    own_exercises.keep(exercise=row, facts={**facts, "name": "Zeppelin row"}, by=dana, at=now)
    chin = Exercise.objects.get(name="Chin-up", practice=None)
    facts = {name: getattr(chin, name) for name in own_exercises.FACTS}
    own_exercises.keep(exercise=chin, facts={**facts, "can_trap": True}, by=dana, at=now)
    before = everything()
    assert said(take_in(tmp_path, text))["changes"] == {"new": 0, "changed": 0, "same": 1, "edited": 0}
    assert everything() == before
    newer = said(take_in(tmp_path, text.replace(",40,", ",45,")))
    assert newer["changes"]["changed"] == 1
    assert {name for (name,) in rows("exercise__name")} == {"Chin-up", "Leg press", "Zeppelin row"}


def test_sessions_that_came_by_a_bundle_are_the_same_sessions(tmp_path: Path) -> None:
    from programs.models import ImportedSession

    text = strong(FAILED, CHIN)
    take_in(tmp_path, text)
    ImportedSession.objects.all().delete()  # as in a database that was filled from a bundle
    Import.objects.all().delete()
    assert said(take_in(tmp_path, text))["changes"]["same"] == 1
    assert said(take_in(tmp_path, strong(CHIN)))["changes"]["changed"] == 1
