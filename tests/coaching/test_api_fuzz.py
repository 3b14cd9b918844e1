"""Whatever is sent, the API answers: never with a fault, always with a problem that says what was wrong."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clients.models import Client, Coach, Flag
from tests.coaching.api import Api, coach_api
from tests.conftest import NOW
from tests.factories import a_session, an_exercise

pytestmark = pytest.mark.django_db
UUID = "0197a000-0000-7000-8000-000000000001"
FIELDS = {
    "sets/" + UUID + "/": ["session", "exercise", "weight_kg", "reps", "rir", "ended", "warm_up", "done_at", "set_no", "note", "source", "version"],
    "sessions/" + UUID + "/": ["started_at"],
    "checkins/2026-06-14/": ["sleep_hours", "energy", "aches", "note", "version"],
    "verdicts": ["exercise", "line", "at", "reps", "set_no", "of"],
    "flags": ["kind", "until", "days", "text"],
    "end": ["session_rpe", "duration_min", "note"],
}  # fmt: skip
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([2**63, -(2**63) - 1, 10**400, 1e308, -0.0, 0.1 + 0.2, 7, 1.5]),
    st.text(max_size=20),
    st.sampled_from(["\x00", "\ud800", "", "nan", "Infinity", "1e999", "9" * 300, "2026-02-30", "0001-01-01T00:00:00+14:00",
                     "9999-12-31T23:59:59-12:00", "2026-06-15T10:00:00Z", "24:00", "target", "Zz press", "scale_back", "note"]),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=5) | st.sampled_from(["knee", "\ud800"]), st.integers() | st.text(max_size=3), max_size=3),
)  # fmt: skip


@pytest.fixture
def paths(dana: Coach, james: Client) -> tuple[Api, dict[str, tuple[str, str]], str]:
    an_exercise("Zz press")
    session = a_session(james, at=NOW)
    flag = Flag.objects.create(
        client=james, sign="dread", level="act", opened_on=NOW.date(), since_on=NOW.date(), level_on=NOW.date(), score=9,
        says="", recorded_at=NOW,
    )  # fmt: skip
    base = f"clients/{james.uuid}/"
    table = {key: ("put", base + key) for key in FIELDS}
    table["verdicts"] = ("post", "verdicts/")
    table["flags"] = ("post", f"flags/{flag.pk}/actions/")
    table["end"] = ("put", f"{base}sessions/{session.uuid}/end/")
    return coach_api(dana), table, str(session.uuid)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_odd_values_in_known_fields_are_taken_or_refused(
    paths: tuple[Api, dict[str, tuple[str, str]], str], data: Any
) -> None:
    api, table, session = paths
    key = data.draw(st.sampled_from(sorted(FIELDS)))
    body = data.draw(st.dictionaries(st.sampled_from(FIELDS[key]), ODD, max_size=6))
    if key.startswith("sets"):
        body = {"session": session, "exercise": "Zz press", "reps": 5, **body}
    method, path = table[key]
    answer = api.send(method, path, json.dumps(body))
    assert answer.status_code in (200, 404, 409, 422), (path, body, answer.content)
    if answer.status_code != 200:
        assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"", 422),
        (b"{", 400),
        (b"[]", 400),
        (b"null", 400),
        (b'"x"', 400),
        (b"\xff\xfe", 400),
        (b'{"reps": NaN}', 400),
        (b'{"reps": ' + b"9" * 5000 + b"}", 400),
        (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, 400),
        (b" " * 1_000_001, 413),
    ],
)
def test_a_body_that_is_no_json_object_is_refused(
    paths: tuple[Api, dict[str, tuple[str, str]], str], sent: bytes, status: int
) -> None:
    api, table, _ = paths
    answer = api.send("put", table["sets/" + UUID + "/"][1], sent)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


def test_another_kind_of_body_and_another_kind_of_answer_are_refused(
    paths: tuple[Api, dict[str, tuple[str, str]], str],
) -> None:
    api, table, _ = paths
    path = table["checkins/2026-06-14/"][1]
    assert api.send("put", path, "<a/>", content_type="text/xml").status_code == 415
    assert api.send("get", "clients/", HTTP_ACCEPT="text/html").status_code in (200, 406)
    assert api.send("post", path, "{}").status_code == 405
    assert api.send("patch", path, "{}").status_code == 405


@pytest.mark.parametrize("path", ["", "nowhere/", "clients/x/", f"clients/{UUID}/checkins/2026-02-30/"])
def test_an_address_that_is_none_is_a_problem_like_any_other(dana: Coach, path: str) -> None:
    answer = coach_api(dana).get(path)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["status"] == 404
