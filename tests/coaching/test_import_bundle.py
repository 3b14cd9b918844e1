"""A bundle comes in: what it says is kept, once, and nothing that it does not say."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Model

from clients.models import Change, Checkin, Client, Coach, Consent, Injury
from programs.models import Exercise, LiftDay, Phase, Session, SetLog
from tests.coaching.bundles import RICH, rich, take_in, write
from tests.factories import make_coach

TABLES: tuple[type[Model], ...] = (
    Client,
    Session,
    SetLog,
    Checkin,
    Injury,
    Phase,
    Exercise,
    LiftDay,
    Consent,
    Change,
)


@pytest.fixture(autouse=True)
def _var(settings: object, tmp_path: Path, dana: Coach) -> None:
    settings.VAR_DIR = tmp_path / "var"  # type: ignore[attr-defined]


def everything() -> list[list[dict[str, object]]]:
    return [list(model._default_manager.order_by("pk").values()) for model in TABLES]


def test_every_file_and_column_is_kept(tmp_path: Path) -> None:
    said = take_in(rich(tmp_path / "b"))
    assert said.code == 0, said.err
    assert {file: count["created"] for file, count in said.counts.items()} == {
        "clients.csv": 2, "sessions.csv": 3, "sets.csv": 8, "checkins.csv": 2, "injuries.csv": 2, "phases.csv": 2,
        "exercises.csv": 1,
    }  # fmt: skip
    james = Client.objects.get(ref="james")
    assert (james.name, james.email, james.timezone, james.units) == (
        "James Okafor", "james@example.com", "Europe/London", "kg",
    )  # fmt: skip
    assert (james.training_since, james.born_on) == (date(2021, 3, 1), date(1983, 5, 20))
    session = Session.objects.get(ref="j1")
    assert session.started_at == datetime(2026, 6, 1, 17, 0, tzinfo=UTC)
    assert (session.utc_offset_min, session.local_day) == (60, date(2026, 6, 1))
    assert (session.duration_min, session.session_rpe) == (Decimal("62.5"), Decimal("7.5"))
    assert (session.workout_name, session.note) == ("Push A", '=SUM(A1:A9), "quoted"\r\nsecond line')
    one = SetLog.objects.get(session=session, set_no=2)
    assert (one.weight_g, one.reps, one.rir_halves, one.ended) == (120_250, 8, 4, "target")
    assert one.done_at == datetime(2026, 6, 1, 17, 10, 30, tzinfo=UTC)
    assert (one.source, one.client_id, one.day) == ("strong", james.pk, date(2026, 6, 1))
    checkin = Checkin.objects.get(client=james, day=date(2026, 6, 1))
    assert (checkin.sleep_hours, checkin.aches, checkin.anticipation) == (
        Decimal("7.25"),
        {"knee": 3, "lower_back": 2},
        5,
    )
    assert Injury.objects.get(client__ref="sarah").muscle == "shoulders"
    assert list(Phase.objects.filter(client=james).values_list("kind", "ends_on")) == [
        ("strength", date(2026, 5, 31)), ("hypertrophy", None),
    ]  # fmt: skip
    dip = Exercise.objects.get(name="Ring dip", practice=james.practice)
    assert (dip.secondary_muscles, dip.aliases, dip.overhead, dip.coordination) == (
        ["chest", "shoulders"], ["Dip on rings", "RD"], False, True,
    )  # fmt: skip
    assert (dip.failure_class, dip.reason, dip.body_mass_percent) == ("caution", "the rings move", 100)


def test_what_is_empty_stays_unknown(tmp_path: Path) -> None:
    take_in(rich(tmp_path / "b"))
    session = Session.objects.get(ref="j2")
    assert (session.duration_min, session.session_rpe, session.local_day) == (None, None, date(2026, 6, 4))
    missed = SetLog.objects.get(session=session, set_no=1)
    assert (missed.reps, missed.rir_halves, missed.done_at, missed.source) == (0, None, None, "")
    assert SetLog.objects.get(session__ref="s1", set_no=1).weight_g is None
    checkin = Checkin.objects.get(day=date(2026, 6, 2))
    assert (checkin.energy, checkin.mood, checkin.sleep_hours, checkin.aches) == (2, None, None, {})


def test_the_same_bundle_twice_changes_nothing(tmp_path: Path) -> None:
    path = rich(tmp_path / "b")
    take_in(path)
    before = everything()
    said = take_in(path)
    assert said.code == 0
    assert not any(count["created"] or count["updated"] for count in said.counts.values())
    assert said.counts["sets.csv"]["unchanged"] == 8
    assert everything() == before


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    path = rich(tmp_path / "b")
    before = everything()
    said = take_in(path, dry_run=True)
    assert everything() == before
    assert take_in(path).counts == said.counts


def test_a_later_bundle_updates_what_it_names_and_deletes_nothing(tmp_path: Path) -> None:
    take_in(rich(tmp_path / "b"))
    later = write(tmp_path / "later", {
        "clients.csv": "client_ref,units\njames,lb\n",
        "sets.csv": "rir,set_no,session_ref,note\n1,2,j1,\n,3,j1,now I know\n",
        "checkins.csv": "client_ref,date,mood\njames,2026-06-02,5\njames,2026-06-03,4\n",
    })  # fmt: skip
    said = take_in(later)
    assert said.code == 0, said.err
    assert said.counts["clients.csv"] == {"created": 0, "updated": 1, "unchanged": 0}
    assert said.counts["sets.csv"] == {"created": 0, "updated": 2, "unchanged": 0}
    assert said.counts["checkins.csv"] == {"created": 1, "updated": 1, "unchanged": 0}
    james = Client.objects.get(ref="james")
    assert (james.units, james.name, james.timezone) == ("lb", "James Okafor", "Europe/London")
    two, three = SetLog.objects.filter(session__ref="j1", set_no__in=[2, 3]).order_by("set_no")
    assert (two.rir_halves, two.weight_g, two.note, two.version) == (2, 120_250, "", 2)
    assert (three.rir_halves, three.note, three.version) == (None, "now I know", 2)
    assert Checkin.objects.get(day=date(2026, 6, 2)).energy == 2
    assert SetLog.objects.count() == 8


def test_days_and_lifts_are_rolled_up_with_the_rows(tmp_path: Path) -> None:
    take_in(rich(tmp_path / "b"))
    before = list(LiftDay.objects.order_by("pk").values())
    assert len(before) == 6
    call_command("rebuild_rollups", verbosity=0)
    assert list(LiftDay.objects.order_by("pk").values()) == before


def test_a_set_that_changes_its_exercise_leaves_one_lift_and_joins_another(tmp_path: Path) -> None:
    take_in(rich(tmp_path / "b"))
    take_in(write(tmp_path / "later", {"sets.csv": "session_ref,set_no,exercise\nj1,4,Leg press\n"}))
    assert not LiftDay.objects.filter(exercise__name="My own machine").exists()
    assert (
        LiftDay.objects.get(
            exercise__name__iexact="Leg press", day=date(2026, 6, 1), client__ref="james"
        ).working
        == 3
    )


def test_a_session_that_moves_takes_its_sets_along(tmp_path: Path) -> None:
    take_in(rich(tmp_path / "b"))
    moved = "session_ref,started_at\nj1,2026-05-30T18:00:00+01:00\n"
    take_in(write(tmp_path / "later", {"sessions.csv": moved}))
    assert set(SetLog.objects.filter(session__ref="j1").values_list("day", flat=True)) == {date(2026, 5, 30)}
    assert not LiftDay.objects.filter(client__ref="james", day=date(2026, 6, 1)).exists()
    assert LiftDay.objects.filter(client__ref="james", day=date(2026, 5, 30)).count() == 2


def test_who_is_touched_is_looked_at_by_the_scan_and_nobody_else(tmp_path: Path) -> None:
    take_in(rich(tmp_path / "b"))
    Client.objects.update(history_version=1, scanned_version=1)
    take_in(rich(tmp_path / "c", checkins=RICH["checkins.csv"] + "james,2026-06-05,8,,,,,,,,\n"))
    assert dict(Client.objects.values_list("ref", "history_version")) == {"james": 2, "sarah": 1}


def test_a_new_client_without_name_or_zone_has_the_ref_and_the_coachs_zone(tmp_path: Path) -> None:
    take_in(write(tmp_path / "b", {"clients.csv": "client_ref\nc-17\n"}))
    client = Client.objects.get()
    assert (client.name, client.timezone, client.units) == ("c-17", "Europe/London", "kg")


def test_an_unknown_column_is_reported_and_not_fatal(tmp_path: Path) -> None:
    said = take_in(
        write(tmp_path / "b", {"clients.csv": "client_ref,shoe_size\njames,46\n", "readme.txt": "hello"})
    )
    assert said.code == 0
    assert "'shoe_size'" in said.err
    assert "readme.txt" in said.err


def test_a_mark_of_byte_order_blank_lines_and_crlf_are_nothing(tmp_path: Path) -> None:
    text = "\ufeffclient_ref,name\r\n\r\njames,James\r\n\r\n"
    assert take_in(write(tmp_path / "b", {"clients.csv": text})).counts["clients.csv"]["created"] == 1


def test_an_import_leaves_one_entry_of_who_did_it(tmp_path: Path, dana: Coach) -> None:
    take_in(rich(tmp_path / "b"))
    take_in(rich(tmp_path / "b"))
    change = Change.objects.get(kind="bundle imported")
    assert change.actor == dana.user
    assert change.after is not None
    assert change.after["sets.csv"]["created"] == 8


def test_a_session_from_elsewhere_is_over(tmp_path: Path) -> None:
    take_in(rich(tmp_path / "b"))
    ended = dict(Session.objects.values_list("ref", "ended_at"))
    assert ended["j1"] == datetime(2026, 6, 1, 18, 2, 30, tzinfo=UTC)
    assert ended["j2"] == datetime(2026, 6, 4, 22, 30, tzinfo=UTC)


def test_a_time_that_names_no_clock_is_of_the_clients_own_day(tmp_path: Path) -> None:
    clients = "client_ref,timezone\nwest,America/Los_Angeles\neast,Pacific/Auckland\nhome,\n"
    sessions = (
        "session_ref,client_ref,started_at\n"
        "w,west,2026-06-02T02:00:00Z\ne,east,2026-06-01T12:30:00Z\nh,home,2026-06-01T23:30:00Z\n"
        "own,east,2026-06-01T12:30:00+00:00\n"
    )
    files = {"clients.csv": clients, "sessions.csv": sessions}
    take_in(write(tmp_path / "b", files))
    assert {ref: (str(day), offset) for ref, day, offset in Session.objects.values_list("ref", "local_day", "utc_offset_min")} == {
        "w": ("2026-06-01", -420), "e": ("2026-06-02", 720), "h": ("2026-06-02", 60), "own": ("2026-06-01", 0),
    }  # fmt: skip
    moved = clients.replace("Pacific/Auckland", "Asia/Tokyo")
    said = take_in(write(tmp_path / "later", {**files, "clients.csv": moved}))
    assert said.counts["sessions.csv"] == {"created": 0, "updated": 0, "unchanged": 4}


def test_a_session_that_is_corrected_ends_later_too(tmp_path: Path) -> None:
    take_in(rich(tmp_path / "b"))
    later = "session_ref,started_at,duration_min\nj1,2026-06-01T20:00:00+01:00,\nj2,2026-06-05T23:30:00+01:00,\ns1,,90\n"
    take_in(write(tmp_path / "later", {"sessions.csv": later}))
    assert dict(Session.objects.values_list("ref", "ended_at")) == {
        "j1": datetime(2026, 6, 1, 20, 2, 30, tzinfo=UTC), "j2": datetime(2026, 6, 5, 22, 30, tzinfo=UTC),
        "s1": datetime(2026, 6, 2, 6, 30, tzinfo=UTC),
    }  # fmt: skip


def test_a_session_under_way_goes_on_when_its_start_is_corrected(tmp_path: Path) -> None:
    take_in(rich(tmp_path / "b"))
    Session.objects.filter(ref="j1").update(ended_at=None)
    later = "session_ref,started_at\nj1,2026-06-01T17:55:00+01:00\n"
    take_in(write(tmp_path / "later", {"sessions.csv": later}))
    assert Session.objects.get(ref="j1").ended_at is None


def test_what_was_deleted_here_stays_deleted(tmp_path: Path, now: datetime) -> None:
    path = rich(tmp_path / "b")
    take_in(path)
    SetLog.objects.filter(session__ref="j1", set_no=4).update(deleted_at=now)
    Session.objects.filter(ref="s1").update(deleted_at=now)
    Checkin.objects.filter(day=date(2026, 6, 2)).update(deleted_at=now)
    before = everything()
    assert take_in(path).code == 0
    assert everything() == before


@pytest.mark.parametrize(
    ("path", "coach"),
    [("nowhere", "dana@example.com"), ("b", "nobody@example.com"), ("b/sets.csv", "dana@example.com")],
)
def test_a_wrong_call_is_exit_2(tmp_path: Path, path: str, coach: str) -> None:
    rich(tmp_path / "b")
    assert take_in(tmp_path / path, coach=coach).code == 2
    assert not Client.objects.exists()


def test_the_coachs_e_mail_may_be_written_in_capitals(tmp_path: Path) -> None:
    assert take_in(rich(tmp_path / "b"), coach="Dana@Example.com").code == 0


def test_two_practices_may_use_the_same_refs(tmp_path: Path) -> None:
    make_coach("other@example.com")
    assert take_in(rich(tmp_path / "b")).code == 0
    assert take_in(rich(tmp_path / "b"), coach="other@example.com").code == 0
    assert Client.objects.filter(ref="james").count() == 2
