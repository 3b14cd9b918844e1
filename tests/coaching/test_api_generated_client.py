"""A client that a generator writes from the published schema works as it comes: nothing in it is edited."""

import importlib
import os
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from clients.ids import new_id
from clients.models import Client, Coach
from tests.coaching.api import token_of
from tests.factories import an_exercise

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "written_by_a_machine"


@pytest.fixture
def made(tmp_path: Path, monkeypatch: Any) -> Iterator[Any]:
    schema, tools = tmp_path / "schema.json", str(Path(sys.executable).parent)
    call_command("spectacular", "--format", "openapi-json", "--file", str(schema))
    said = subprocess.run(
        [f"{tools}/openapi-python-client", "generate", "--path", str(schema), "--meta", "none",
         "--output-path", str(tmp_path / NAME), "--fail-on-warning"],
        env={**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stdout + said.stderr
    monkeypatch.syspath_prepend(str(tmp_path))
    yield importlib.import_module(NAME)
    for name in [name for name in sys.modules if name.partition(".")[0] == NAME]:
        del sys.modules[name]


@contextmanager
def signed_in(made: Any, url: str, key: str) -> Iterator[Any]:
    with made.AuthenticatedClient(base_url=url, token=key, prefix="Token") as api:
        yield api


def call(path: str) -> Any:
    return importlib.import_module(f"{NAME}.api.{path}")


def test_it_logs_a_session_and_reads_it_back(made: Any, live_server: Any, dana: Coach, james: Client) -> None:
    an_exercise("Zz press")
    models, key = importlib.import_module(f"{NAME}.models"), token_of(dana.user, "log")
    session, one, begun = new_id(), new_id(), timezone.now() - timedelta(minutes=20)
    sent = models.SetIn(session=session, exercise="Zz press", weight_kg=62.5, reps=8, rir=1.5, ended="target")
    with signed_in(made, live_server.url, key) as api:
        [client] = call("clients.clients").sync(client=api).results
        assert (client.id, client.name) == (james.uuid, james.name)
        call("clients.session_put").sync(client.id, session, client=api, body=models.SessionIn(begun))
        stored = call("clients.set_put").sync(client.id, one, client=api, body=sent)
        assert (stored.id, stored.weight_kg, stored.rir, stored.version) == (one, 62.5, 1.5, 1)
        [read] = call("clients.sets").sync(client.id, client=api).results
        assert read == stored
        said = models.EndIn(session_rpe=7)
        ended = call("clients.session_end_put").sync(client.id, session, client=api, body=said)
    assert ended.ended_at.astimezone(UTC) > begun


def test_it_reads_a_refusal_as_a_problem_with_field_and_reason(
    made: Any, live_server: Any, dana: Coach, james: Client
) -> None:
    models = importlib.import_module(f"{NAME}.models")
    sent = models.SetIn(session=new_id(), exercise="Zz press", reps=900)
    with signed_in(made, live_server.url, token_of(dana.user)) as api:
        refused = call("clients.set_put").sync_detailed(james.uuid, new_id(), client=api, body=sent)
    assert refused.status_code == 422
    assert isinstance(refused.parsed, models.Problem)
    assert refused.parsed.errors[0].field == "reps"


def test_every_module_of_it_can_be_loaded(made: Any) -> None:
    names = [found.name for found in pkgutil.walk_packages(made.__path__, f"{NAME}.")]
    assert len(names) > 40
    for name in names:
        importlib.import_module(name)
