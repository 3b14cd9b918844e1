"""Everything of a coach goes out, and comes in again as the same, byte for byte."""

import csv
import io
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

from clients.models import Change, Client, Coach, Flag
from coaching.demo import fill as demo
from coaching.exchange.apps import matching
from coaching.exchange.apps.undoing import undo
from coaching.exchange.exporting import export_bundle
from coaching.exchange.files import FILES
from coaching.exchange.layout_more import MORE
from coaching.exchange.left_out import LEFT_OUT
from coaching.exchange.things import FIELDS
from coaching.scan import scan
from programs.models import Import, ImportedSession, Session, SetLog
from tests.coaching.apps import exports
from tests.coaching.bundles import take_in
from tests.coaching.everything import AT, everything
from tests.coaching.test_export_bundle import elsewhere, files, give_out
from tests.conftest import NOW
from tests.factories import an_exercise


@pytest.fixture(autouse=True)
def _var(settings: object, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path / "var"  # type: ignore[attr-defined]


def table(path: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((path / name).read_bytes().decode(), newline="")))


def test_a_row_of_everything_goes_out_comes_in_and_goes_out_the_same(tmp_path: Path, dana: Coach) -> None:
    everything(dana)
    assert give_out(tmp_path / "out").code == 0
    coach = elsewhere()
    said = take_in(tmp_path / "out", coach=coach)
    assert said.code == 0, said.err
    give_out(tmp_path / "again", coach=coach)
    assert files(tmp_path / "again") == files(tmp_path / "out")


def test_every_column_was_filled_by_that(tmp_path: Path, dana: Coach) -> None:
    """Else the round trip would say nothing of it."""
    everything(dana)
    give_out(tmp_path / "out")
    for file in MORE:
        rows = table(tmp_path / "out", file.name)
        empty = [name for name in file.names if not any(row[name] for row in rows)]
        assert not empty, f"{file.name} has nothing in {empty}"


def test_coming_in_again_changes_nothing(tmp_path: Path, dana: Coach) -> None:
    everything(dana)
    give_out(tmp_path / "out")
    coach = elsewhere()
    take_in(tmp_path / "out", coach=coach)
    for whose in ("dana@example.com", coach):
        said = take_in(tmp_path / "out", coach=whose)
        changed = {file: n for file, n in said.counts.items() if n["created"] or n["updated"]}
        assert not changed, said.err


def test_one_client_goes_out_and_comes_in_alone(tmp_path: Path, dana: Coach) -> None:
    everything(dana)
    give_out(tmp_path / "out", client="james")
    coach = elsewhere()
    said = take_in(tmp_path / "out", coach=coach)
    assert said.code == 0, said.err
    give_out(tmp_path / "again", coach=coach, client="james")
    assert files(tmp_path / "again") == files(tmp_path / "out")
    assert not table(tmp_path / "out", "coach.csv")
    assert {row["client_ref"] for row in table(tmp_path / "out", "policies.csv")} == {"james"}


def test_the_demo_coach_round_trips_and_the_next_scan_changes_nothing(tmp_path: Path, db: None) -> None:
    demo.fill(count=4, seed=1, now=NOW)
    give_out(tmp_path / "out")
    coach = elsewhere()
    said = take_in(tmp_path / "out", coach=coach)
    assert said.code == 0, said.err
    give_out(tmp_path / "again", coach=coach)
    assert files(tmp_path / "again") == files(tmp_path / "out")
    assert len(table(tmp_path / "out", "flags.csv")) > 2
    ids = Client.objects.filter(coach__user__email=coach).values_list("pk", flat=True)
    assert scan(ids, now=NOW, as_of=NOW.date() - timedelta(days=1)) == []
    give_out(tmp_path / "scanned", coach=coach)
    assert files(tmp_path / "scanned") == files(tmp_path / "out")
    call_command("doctor", stdout=io.StringIO())


def test_what_a_client_takes_along_has_nothing_that_was_written_for_coaches(
    tmp_path: Path, dana: Coach
) -> None:
    james = everything(dana)
    export_bundle(tmp_path / "own", coach=dana, client=james, for_client=True)
    own = files(tmp_path / "own")
    assert {"prescriptions.csv", "consents.csv", "session_details.csv"} <= set(own)
    for theirs in (b"slept", b"seen it", b"careful", b"strength_decline"):
        assert theirs not in b"".join(own.values())


def test_flags_have_their_life_on_record_where_they_came_in(tmp_path: Path, dana: Coach) -> None:
    everything(dana)
    give_out(tmp_path / "out")
    coach = elsewhere()
    take_in(tmp_path / "out", coach=coach)
    flag = Flag.objects.get(client__coach__user__email=coach, sign="strength_decline")
    said = Change.objects.filter(subject=f"flag:{flag.pk}").order_by("pk").values_list("kind", flat=True)
    assert list(said) == ["flag opened", "flag changed", "flag resolved"]


def test_a_client_whom_a_scan_here_has_judged_keeps_the_flags_of_that_scan(
    tmp_path: Path, dana: Coach
) -> None:
    james = everything(dana)
    give_out(tmp_path / "out")
    flag = Flag.objects.get(client=james, sign="dread")
    Flag.objects.filter(pk=flag.pk).update(level="act", says="Said by the scan here.")
    Flag.objects.filter(client=james, sign="strength_decline").delete()
    said = take_in(tmp_path / "out")
    assert said.code == 0
    assert "a scan here has judged their clients" in said.err
    assert Flag.objects.get(client=james).says == "Said by the scan here."


def test_a_session_that_an_import_left_untouched_is_known_as_such_again(tmp_path: Path, dana: Coach) -> None:
    everything(dana)
    give_out(tmp_path / "out")
    coach = elsewhere()
    take_in(tmp_path / "out", coach=coach)
    rows = ImportedSession.objects.filter(made_by__client__coach__user__email=coach).order_by("pk")
    assert [row.stamp == "edited since" for row in rows] == [False, True]
    before = rows[1].before
    assert before is not None
    assert before["sets"][0]["exercise_id"] in SetLog.objects.values_list("exercise_id", flat=True)


def test_an_import_that_came_in_by_a_bundle_can_be_undone(tmp_path: Path, dana: Coach) -> None:
    james = everything(dana)
    imports = ImportedSession.objects.filter(made_by__client=james).order_by("pk")
    changed = imports[1]
    imports.filter(pk=changed.pk).update(stamp=imports[0].stamp)
    Import.objects.filter(pk=changed.made_by_id).update(state="done", undone_at=None)
    give_out(tmp_path / "out")
    coach = elsewhere()
    assert take_in(tmp_path / "out", coach=coach).code == 0
    there = Import.objects.get(client__coach__user__email=coach, file_name="newer.csv")
    done = undo(there, by=None, at=AT)
    assert (done.removed, done.restored, done.left) == (0, 1, 0)
    session = Session.objects.get(client=there.client, ref__startswith="strong:")
    assert (session.workout_name, session.duration_min) == ("Pull", Decimal("45.50"))
    assert [one.exercise.name for one in session.sets.live()] == ["My own dip"]


def test_an_apps_export_makes_no_doubles_after_the_move(
    tmp_path: Path, dana: Coach, james: Client, now: datetime
) -> None:
    row = "2024-03-{:02} 18:30:05,Pull,58m,{},1,40,{},0,0,,,8.5"
    old = [row.format(day, "Zorp press", 8) for day in (4, 5, 6)]
    matching.keep(james, {"Zorp press": an_exercise("Leg press")}, by=dana.user, at=now)
    assert exports.said(exports.take_in(tmp_path, exports.strong(*old)))["changes"]["new"] == 3
    gone, edited, _ = Session.objects.order_by("started_at")
    Session.objects.filter(pk=gone.pk).update(deleted_at=now)
    SetLog.objects.filter(session=edited).update(reps=9, version=2)
    give_out(tmp_path / "out")
    coach = elsewhere()
    assert take_in(tmp_path / "out", coach=coach).code == 0
    newer = [row.format(day, "Zorp press", 10) for day in (4, 5, 6, 7)]
    said = exports.said(exports.take_in(tmp_path, exports.strong(*newer), coach=coach))
    assert said["changes"] == {"new": 1, "changed": 1, "same": 0, "edited": 2}
    sets = SetLog.objects.live().filter(client__coach__user__email=coach, session__deleted_at=None)
    assert sorted(sets.values_list("reps", "exercise__name")) == [(9, "Leg press"), *[(10, "Leg press")] * 2]


def test_a_colleague_who_is_no_coach_here_is_told_and_written_as_ones_own(
    tmp_path: Path, dana: Coach
) -> None:
    everything(dana)
    give_out(tmp_path / "out")
    path = tmp_path / "out" / "overrules.csv"
    path.write_bytes(path.read_bytes().replace(b",me,", b",Eva@example.com,"))
    coach = elsewhere()
    said = take_in(tmp_path / "out", coach=coach)
    assert said.code == 0
    assert "eva@example.com is no coach of this practice" in said.err


def test_formulas_are_kept_to_the_letter(tmp_path: Path, dana: Coach) -> None:
    """A bundle is for this program and others; the files for spreadsheets are made harmless elsewhere."""
    everything(dana)
    give_out(tmp_path / "out")
    assert {"=Block 2", "Block"} == {row["name"] for row in table(tmp_path / "out", "programs.csv")}
    assert table(tmp_path / "out", "prescriptions.csv")[0]["note"] == "slow\r\nand =clean"


def test_every_field_of_every_model_is_in_the_bundle_or_left_out_for_a_reason() -> None:
    models = [model for app in ("clients", "programs") for model in apps.get_app_config(app).get_models()]
    unsaid = [
        f"{model.__name__}.{field.name}"
        for model in models
        for field in model._meta.concrete_fields
        if not field.primary_key
        and model.__name__ not in LEFT_OUT
        and f"{model.__name__}.{field.name}" not in LEFT_OUT
        and field.name not in FIELDS.get(model.__name__, ())
    ]
    assert not unsaid, "say in files or in LEFT_OUT what becomes of these"


def test_nothing_is_left_out_that_is_in_the_bundle_or_does_not_exist() -> None:
    known = {
        name
        for app in ("clients", "programs")
        for model in apps.get_app_config(app).get_models()
        for name in (
            model.__name__,
            *(f"{model.__name__}.{field.name}" for field in model._meta.concrete_fields),
        )
    }
    assert not set(LEFT_OUT) - known
    assert not {f"{model}.{name}" for model, names in FIELDS.items() for name in names} & set(LEFT_OUT)
    assert all(len(why) > 10 for why in LEFT_OUT.values())
    assert len({file.table for file in FILES}) == len(FILES)
    assert not {"line", "id", "state", "gone"} & {name for file in FILES for name in file.names}
