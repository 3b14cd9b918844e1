"""Every list of the API reads along an index: no walk through a table, no sort of it."""

from typing import Any

import pytest
from django.db import connection
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from clients.models import Checkin, Client, Coach, Flag
from coaching.api import resource
from programs.models import Session, SetLog

pytestmark = pytest.mark.django_db


def plan_of_page(rows: Any, by: str | None, monkeypatch: Any) -> str:
    """The plan of the second page's query."""
    seen: list[str] = []

    original = type(rows).__getitem__

    def explained(self: Any, key: Any) -> Any:
        seen.append(self.explain())
        return original(self, key)

    monkeypatch.setattr(type(rows), "__getitem__", explained)
    cursor = "MjAyNi0wNi0xNSw5OTk" if by else "OTk5"
    request = Request(APIRequestFactory().get("/"))
    resource.page(request, rows, lambda row: row, said={"cursor": cursor, "limit": 100}, by=by)
    return seen[0]


def test_lists_of_a_client_follow_an_index(james: Client, monkeypatch: Any) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # a table of no rows is always walked
    for rows, by in (
        (SetLog.objects.live().filter(client=james), "day"),
        (Session.objects.live().filter(client=james), "local_day"),
        (Checkin.objects.live().filter(client=james), "day"),
    ):
        with monkeypatch.context() as patch:
            plan = plan_of_page(rows, by, patch)
        assert "Seq Scan" not in plan
        assert "SCAN" not in plan
        assert "index" in plan.lower()
        assert "USE TEMP B-TREE FOR ORDER BY" not in plan


def test_lists_of_a_coach_follow_an_index(dana: Coach, monkeypatch: Any) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    mine = Client.objects.visible_to(dana)
    for rows in (mine, Flag.objects.filter(client__in=mine)):
        with monkeypatch.context() as patch:
            plan = plan_of_page(rows, None, patch)
        assert "Seq Scan" not in plan
        assert "SCAN" not in plan
