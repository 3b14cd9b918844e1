"""A file that was damaged on its way is taken in whole or not at all, whatever is wrong with it."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clients.models import Client
from programs import rollups
from programs.models import Exercise, Import, LiftDay, Session, SetLog
from tests.coaching.apps.exports import take_in
from tests.coaching.apps.test_any_export import SEEDS

EXAMPLES = int(
    os.environ.get("RESERVE_MUTATIONS", "300")
)  # files, half of them exports, half of them bundles
MODELS = (Session, SetLog, LiftDay, Exercise, Import)


@pytest.mark.django_db
@settings(max_examples=EXAMPLES // 2, deadline=None, suppress_health_check=[*HealthCheck])
@given(
    seed=st.sampled_from(SEEDS),
    cuts=st.lists(st.tuples(st.integers(100, 500), st.integers(0, 5), st.sampled_from([b"", b",", b"x", b"7", b'"', b"\n", b"\xff"])), max_size=3),
)  # fmt: skip
def test_all_or_nothing(tmp_path: Path, james: Client, seed: str, cuts: list[tuple[int, int, bytes]]) -> None:
    data = seed.encode()
    for at, gone, new in cuts:
        data = data[:at] + new + data[at + gone :]
    before = [model._default_manager.count() for model in MODELS]
    answer = take_in(tmp_path, data, dates="dmy")
    assert answer.code in (0, 1), answer
    if answer.code:
        assert [model._default_manager.count() for model in MODELS] == before
        assert answer.problems
    stored = set(LiftDay.objects.values_list("client_id", "exercise_id", "day"))
    assert stored == {key for key, values in rollups.compute(rollups.known_keys(james.pk)) if values}
