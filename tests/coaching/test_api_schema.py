"""Every operation of the published schema, asked by a machine: no fault, no answer that the schema does not know, and
nobody else's data. `API_EXAMPLES` says how often each operation is asked."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from clients.models import Client, Coach
from coaching.api import tokens
from coaching.wsgi import application
from tests.coaching.api import client_api, coach_api, keys_of, one_of_each
from tests.test_tenants import rows_of_everything

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("API_EXAMPLES", "8"))
CANARY = "Zzyzx Canary"
CHECKS: list[Any] = [
    status_code_conformance, content_type_conformance, response_schema_conformance, response_headers_conformance,
]  # fmt: skip
SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", application)
EVERY: list[Any] = [found.ok() for found in SCHEMA.get_all_operations()]  # type: ignore[union-attr]
OPERATIONS = [operation for operation in EVERY if "/schema/" not in operation.label]


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """As Django's own test client has it: a request does not close the connection that the test looks through."""
    signals.request_started.disconnect(close_old_connections)
    signals.request_finished.disconnect(close_old_connections)
    yield
    signals.request_started.connect(close_old_connections)
    signals.request_finished.connect(close_old_connections)


@pytest.fixture
def world(_one_connection: None, dana: Coach, eli: Coach, monkeypatch: Any) -> dict[str, Any]:
    """Dana's client and token, the client's own token, and Eli's client, whom neither may see."""
    monkeypatch.setattr(tokens, "A_MINUTE", 10**9)
    mine, foreign = one_of_each(dana, "Mine"), one_of_each(eli, CANARY)
    client = mine["client"]
    return {
        "mine": keys_of(mine),
        "foreign": keys_of(foreign),
        "keys": {"coach": coach_api(dana).headers, "client": client_api(client, "write").headers},
    }


@pytest.mark.parametrize("whose", ["coach", "client"])
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_is_asked_the_answer_is_one_that_the_schema_knows(
    operation: Any, whose: str, world: dict[str, Any], data: Any
) -> None:
    mode = data.draw(
        st.sampled_from([GenerationMode.POSITIVE, GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
    )
    case = data.draw(operation.as_strategy(mode))
    rows = world[data.draw(st.sampled_from(["mine", "mine", "mine", "foreign"]))]
    for name in case.path_parameters or {}:
        if name in rows and data.draw(st.sampled_from([True, True, True, False])):
            case.path_parameters[name] = str(rows[name])
    if data.draw(st.sampled_from([True, True, True, False])):
        case.body = _that_exist(case.body, rows)
    if operation.method in ("put", "delete") and data.draw(st.booleans()):
        case.headers["If-Match"] = "*"
    with transaction.atomic():
        reads = operation.method.lower() == "get"
        before = [] if reads else _foreign_rows()
        answer = case.call(headers={**world["keys"][whose]})
        assert answer.status_code < 500
        case.validate_response(answer, checks=CHECKS)
        assert CANARY not in answer.text
        assert reads or _foreign_rows() == before
        transaction.set_rollback(True)


def _that_exist(body: Any, rows: dict[str, Any]) -> Any:
    """What a body names, made into something that is there: else most of them end at the first name."""
    if isinstance(body, list):
        return [_that_exist(inner, rows) for inner in body]
    if not isinstance(body, dict):
        return body
    names = {"client": str(rows["client"]), "session": str(rows["session"]), "exercise": "Zz press"}
    return {name: names.get(name) or _that_exist(inner, rows) for name, inner in body.items()}


def _foreign_rows() -> list[str]:
    """What is written of the other coach's client."""
    foreign = Client.objects.get(name=CANARY)
    return [
        row
        for rows in rows_of_everything().values()
        for row in rows
        if CANARY in row or str(foreign.uuid) in row
    ]
