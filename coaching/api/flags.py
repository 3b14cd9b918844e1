"""Flags and the coach's answers to them. A client's own token sees none of this."""

from typing import ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from clients.models import Action, Flag
from coaching import respond
from coaching.api import shapes
from coaching.api.describe import CURSOR, a_page_of, says
from coaching.api.resource import ForCoaches, checked, page
from coaching.api.rows import action_row, flag_row

FLAGS = a_page_of(shapes.FlagOut, "Flags")
OPEN = OpenApiParameter("open", bool, description="Open flags only, or closed ones only.")


class FlagResource(ForCoaches):
    def flag(self, pk: int) -> Flag:
        return get_object_or_404(self.flags(), pk=pk)

    def flags(self) -> QuerySet[Flag]:
        return Flag.objects.filter(client__in=self.viewer.clients()).select_related("client")


class Flags(FlagResource):
    @says("Flags of the coach's clients, newest first.", FLAGS, name="flags", parameters=[CURSOR, OPEN])
    def get(self, request: Request) -> Response:
        rows = self.flags()
        if (said := request.query_params.get("open", "").lower()) in ("true", "false", "1", "0"):
            rows = rows.filter(closed_on__isnull=said in ("true", "1"))
        return page(request, rows, flag_row)


class OneFlag(FlagResource):
    @says("A flag with its evidence and what was done about it.", shapes.FlagDetailOut, name="flag")
    def get(self, request: Request, flag: int) -> Response:
        row = self.flag(flag)
        actions = [action_row(action) for action in row.actions.order_by("-at", "-pk")]
        return Response({**flag_row(row), "evidence": row.evidence, "actions": actions})


class FlagActions(FlagResource):
    scopes: ClassVar[dict[str, str]] = {"POST": "write"}

    @says(
        "Answer a flag. A scale back and a deload take `days` or `until`; the same answer on the same day is one.",
        shapes.ActionOut, takes=shapes.ActionIn, name="flag_act", scope="write",
    )  # fmt: skip
    def post(self, request: Request, flag: int) -> Response:
        row, values = self.flag(flag), checked(shapes.ActionIn, request)
        assert self.viewer.coach is not None
        action = respond.respond(flag=row, by=self.viewer.coach, at=timezone.now(), **values)
        return Response(action_row(action))


class OneAction(FlagResource):
    scopes: ClassVar[dict[str, str]] = {"DELETE": "write"}

    @says("Take an answer back. Twice is once.", shapes.ActionOut, name="flag_act_undo", scope="write")
    def delete(self, request: Request, flag: int, action: int) -> Response:
        row = get_object_or_404(Action, flag=self.flag(flag), pk=action)
        assert self.viewer.coach is not None
        undone = respond.undo(action=row, by=self.viewer.coach, at=timezone.now())
        return Response(action_row(undone))
