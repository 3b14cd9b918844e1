"""Every example in docs/api.md is sent as it stands there, and answered as it says."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from clients.models import Client, Coach, Flag
from coaching.api.urls import urlpatterns
from tests.coaching.api import coach_api
from tests.factories import an_exercise

pytestmark = pytest.mark.django_db
TEXT = (Path(__file__).resolve().parents[2] / "docs/api.md").read_text()
EXAMPLE = re.compile(r"^> (GET|PUT|POST|DELETE) (\S+)(?: (\{.*\}))?\n(\d{3}) (\{.*\})$", re.M)
ANY = "…"


def test_every_example_is_answered_as_the_page_says(dana: Coach, james: Client) -> None:
    an_exercise("Leg press")
    today = timezone.now().date()
    flag = Flag.objects.create(
        client=james, sign="dread", level="act", opened_on=today, since_on=today, level_on=today, score=9,
        says="James looks forward to training less.", recorded_at=timezone.now(),
    )  # fmt: skip
    api, found = coach_api(dana), 0
    for method, path, sent, status, said in EXAMPLE.findall(TEXT):
        path, sent, said = (_named(part, james, flag) for part in (path, sent, said))
        answer = api.send(method.lower(), path, sent or None)
        assert (path, answer.status_code) == (path, int(status)), answer.content
        _like(answer.json(), json.loads(_readable(said)), f"{method} {path}")
        found += 1
    assert found == len(re.findall(r"^> ", TEXT, re.M)) > 10


def test_every_address_stands_on_the_page() -> None:
    told = TEXT.replace("{uuid}", "*").replace("{id}", "*").replace("{date}", "*").replace("{key}", "*")
    for pattern in urlpatterns:
        if pattern.name != "api-schema":
            address = re.sub(r"<[^>]+>", "*", str(pattern.pattern))
            tail = "/".join(address.rstrip("/").split("/")[2:]) + "/"
            assert address in told or f"…/{tail}" in told, address


def _named(text: str, james: Client, flag: Flag) -> str:
    return text.replace("{james}", str(james.uuid)).replace("{flag}", str(flag.pk))


def _readable(said: str) -> str:
    """JSON again: `…` for a value, for the rest of an object, and for a list."""
    said = said.replace(f", {ANY}}}", "}").replace(f"[{ANY}]", f'"{ANY}"')
    return re.sub(rf"(?<!\"){ANY}(?!\")", f'"{ANY}"', said)


def _like(got: Any, said: Any, where: str) -> None:
    if said == ANY:
        return
    if isinstance(said, dict):
        for name, value in said.items():
            assert name in got, f"{where}: no {name} in {got}"
            _like(got[name], value, f"{where}: {name}")
    elif isinstance(said, list):
        assert len(got) == len(said), f"{where}: {got}"
        for one, other in zip(got, said, strict=True):
            _like(one, other, where)
    else:
        assert got == said, where
