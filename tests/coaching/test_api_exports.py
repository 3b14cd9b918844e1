"""Bundles over the API: asked for, written once, fetched by who asked, forgotten after a day."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from clients.models import Client, Coach, Export, Injury
from coaching import exports, tasks
from coaching.exchange.exporting import export_bundle
from tests.coaching.api import Api, client_api, coach_api
from tests.conftest import NOW
from tests.factories import a_session, a_set, an_exercise, make_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(dana: Coach, james: Client, settings: Any) -> Api:
    settings.REDIS_URL = ""
    a_set(a_session(james, at=NOW), an_exercise("Zz press"))
    return coach_api(dana, "read")


def fetched(api: Api, row: dict[str, Any]) -> bytes:
    answer = api.get(row["file"].partition("/api/v1/")[2])
    assert answer["Content-Disposition"] == 'attachment; filename="reserve.zip"'
    return b"".join(answer)


def test_the_bundle_of_a_coach_is_what_the_command_writes(api: Api, dana: Coach, tmp_path: Any) -> None:
    row = api.post("exports/", {}).json()
    assert (row["state"], row["client"], row["counts"]["sets.csv"]) == ("ready", None, 1)
    assert row == api.get(f"exports/{row['id']}/").json()
    export_bundle(tmp_path / "own.zip", coach=dana)
    assert fetched(api, row) == (tmp_path / "own.zip").read_bytes()


def test_the_bundle_of_one_client_holds_nobody_else(api: Api, dana: Coach, james: Client) -> None:
    make_client(dana, "Other One", ref="other")
    row = api.post("exports/", {"client": str(james.uuid)}).json()
    with zipfile.ZipFile(io.BytesIO(fetched(api, row))) as bundle:
        text = "".join(bundle.read(name).decode() for name in bundle.namelist())
    assert james.name in text
    assert "Other One" not in text


def test_a_client_gets_their_own_without_what_is_for_coaches(api: Api, dana: Coach) -> None:
    client = make_client(dana, "Own Olga", ref="olga", signed_in=True)
    Injury.objects.create(client=client, region="knee", onset=NOW.date(), note="ZZ-SECRET")
    own = client_api(client, "read")
    row = own.post("exports/", {}).json()
    with zipfile.ZipFile(io.BytesIO(fetched(own, row))) as bundle:
        assert "ZZ-SECRET" not in bundle.read("injuries.csv").decode()
    assert api.get(f"exports/{row['id']}/").status_code == 404


def test_with_a_worker_it_is_written_in_the_background_and_once(
    api: Api, settings: Any, django_capture_on_commit_callbacks: Any, monkeypatch: Any
) -> None:
    settings.REDIS_URL = "redis://localhost/0"
    sent: list[int] = []
    monkeypatch.setattr(tasks.write_export, "delay", sent.append)
    with django_capture_on_commit_callbacks(execute=True):
        rows = [api.post("exports/", {}).json() for _ in range(2)]
    assert rows[0] == rows[1]
    assert (rows[0]["state"], rows[0]["file"]) == ("waiting", None)
    assert api.get(f"exports/{rows[0]['id']}/file/").status_code == 404
    for pk in sent:
        tasks.write_export(pk)
    assert api.get(f"exports/{rows[0]['id']}/").json()["state"] == "ready"
    assert Export.objects.get().tries == 1


def test_what_a_dead_worker_had_begun_is_taken_up_again_and_given_up_in_the_end(
    api: Api, dana: Coach
) -> None:
    now = timezone.now()
    one = dana.exports.create(asked_at=now, state="writing", claimed_at=now, tries=1)
    assert exports.unwritten(now + timedelta(minutes=14)) == []
    later = now + timedelta(minutes=16)
    assert exports.unwritten(later) == [one.pk]
    exports.write(one.pk, at=later)
    one.refresh_from_db()
    assert one.state == "ready"
    Export.objects.update(state="writing", claimed_at=now, tries=3)
    exports.write(one.pk, at=later)
    one.refresh_from_db()
    assert one.state == "failed"


def test_a_day_later_it_is_gone_with_its_file(api: Api) -> None:
    row = api.post("exports/", {}).json()
    path = exports.path_of(Export.objects.get())
    assert path.exists()
    exports.sweep(timezone.now() + timedelta(hours=25))
    assert not path.exists()
    assert api.get(f"exports/{row['id']}/").status_code == 404


def test_too_many_wait(api: Api) -> None:
    codes = [api.post("exports/", {}).status_code for _ in range(11)]
    assert codes == [200] * 10 + [429]
