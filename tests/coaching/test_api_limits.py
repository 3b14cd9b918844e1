"""600 requests a minute and token; where the counter is away, the gate stands open."""

import time
from typing import Any

import pytest
from django.core.cache import caches

from clients.models import Coach
from coaching.api import tokens
from tests.coaching.api import coach_api

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_counters(settings: Any) -> None:
    """A counter of this test's own, whatever the machine has."""
    settings.CACHES = {
        **settings.CACHES,
        "counters": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "limits"},
    }
    caches["counters"].clear()


def test_one_too_many_a_minute_waits_and_other_tokens_do_not(dana: Coach, monkeypatch: Any) -> None:
    monkeypatch.setattr(tokens, "A_MINUTE", 3)
    monkeypatch.setattr(time, "time", lambda: 1_000_000.0)
    api, other = coach_api(dana), coach_api(dana)
    assert [api.get("clients/").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = api.get("clients/")
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert refused["Content-Type"] == "application/problem+json"
    assert other.get("clients/").status_code == 200
    monkeypatch.setattr(time, "time", lambda: 1_000_060.0)
    assert api.get("clients/").status_code == 200


def test_the_published_limit_is_600() -> None:
    assert tokens.A_MINUTE == 600


def test_without_a_counter_the_gate_stands_open(dana: Coach, settings: Any) -> None:
    settings.CACHES = {
        **settings.CACHES,
        "counters": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "unix:///nowhere.sock",
        },
    }
    assert coach_api(dana).get("clients/").status_code == 200
