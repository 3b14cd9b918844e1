"""A bundle that was damaged on its way is taken in whole or not at all: never a traceback, never a part of it."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clients.models import Coach
from coaching.exchange.files import FILES
from tests.coaching.bundles import RICH, take_in, write
from tests.coaching.everything import everything
from tests.coaching.test_export_bundle import elsewhere, files, give_out

EXAMPLES = int(
    os.environ.get("RESERVE_MUTATIONS", "300")
)  # files, half of them exports, half of them bundles
NEW = [
    b"", b",", b"x", b"7", b"-1", b'"', b"\n", b"\xff", b"\0", b"james", b"nobody", b"me", b"2026-06-11", b"[]", b"{}",
    b"null", b"9" * 400, b"1e308", b"=1+1", b"\xf0\x9f\x8f\x8b", b'""', b";", b"true", b"[[[[", b"\\ud800", b"\\u0000",
]  # fmt: skip
MODELS = [model for app in ("clients", "programs") for model in apps.get_app_config(app).get_models()]


def counts() -> list[int]:
    return [model._default_manager.count() for model in MODELS]


@pytest.fixture
def sound(tmp_path: Path, dana: Coach, settings: Any) -> dict[str, bytes]:
    settings.VAR_DIR = tmp_path / "var"
    everything(dana)
    give_out(tmp_path / "sound")
    with_the_seven = {name: text.encode() for name, text in RICH.items()}
    return {
        name: data if data.count(b"\n") > 1 else with_the_seven[name]
        for name, data in files(tmp_path / "sound").items()
    }


cut = st.tuples(st.floats(0, 1), st.integers(0, 12), st.sampled_from(NEW))
damage = st.dictionaries(
    st.sampled_from([file.name for file in FILES]),
    st.lists(cut, min_size=1, max_size=3),
    min_size=1,
    max_size=3,
)
lost = st.sets(st.sampled_from([file.name for file in FILES]), max_size=4)


@settings(max_examples=EXAMPLES // 2, deadline=None, suppress_health_check=[*HealthCheck])
@given(damage=damage, lost=lost)
def test_all_or_nothing(
    tmp_path: Path, sound: dict[str, bytes], damage: dict[str, list[tuple[float, int, bytes]]], lost: set[str]
) -> None:
    damaged = {name: data for name, data in sound.items() if name not in lost}
    for name in damage.keys() & damaged.keys():
        for where, gone, new in damage[name]:
            data = damaged[name]
            at = int(where * len(data))
            damaged[name] = data[:at] + new + data[at + gone :]
    folder = tmp_path / "damaged"
    for old in folder.glob("*.csv"):
        old.unlink()
    with transaction.atomic():
        coach = elsewhere()
        before = counts()
        said = take_in(write(folder, damaged), coach=coach)
        assert said.code in (0, 1), said
        if said.code:
            assert said.problems
            assert counts() == before
        else:
            connection.check_constraints()
            assert give_out(tmp_path / "again", coach=coach).code == 0
        transaction.set_rollback(True)
