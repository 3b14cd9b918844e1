"""Flags and the coach's answers to them. A client's own token sees none of this."""

from typing import ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.body import choices
from clients.models import Action, Flag
from clients.signs.kinds import Level, Sign
from coaching import respond
from coaching.api.describe import a_page_of, says
from coaching.api.queries import Spanned, asked, within
from coaching.api.resource import ForCoaches, checked, page
from coaching.api.rows import action_row, flag_row
from coaching.api.shapes import flags as shapes

FLAGS = a_page_of(shapes.FlagOut, "Flags")
LEVELS = [(level.value, level.value) for level in (Level.WATCH, Level.ACT)]


class FlagsAsked(Spanned):
    """`since` and `until` are of the day on which a flag opened."""

    client = serializers.UUIDField(required=False)
    open = serializers.BooleanField(
        required=False, allow_null=True, default=None, help_text="Open flags only, or closed ones only."
    )
    sign = serializers.ChoiceField(choices=choices(Sign), required=False)
    level = serializers.ChoiceField(choices=LEVELS, required=False)


class FlagResource(ForCoaches):
    def flag(self, pk: int) -> Flag:
        return get_object_or_404(self.flags(), pk=pk)

    def flags(self) -> QuerySet[Flag]:
        return Flag.objects.filter(client__in=self.viewer.clients()).select_related("client")


class Flags(FlagResource):
    @says("Flags of the coach's clients, newest first.", FLAGS, name="flags", parameters=[FlagsAsked])
    def get(self, request: Request) -> Response:
        said = asked(FlagsAsked, request)
        rows = self.flags().filter(**within(said, "opened_on"))
        if said["open"] is not None:
            rows = rows.filter(closed_on__isnull=said["open"])
        if "client" in said:
            rows = rows.filter(client__uuid=said["client"])
        rows = rows.filter(**{name: said[name] for name in ("sign", "level") if name in said})
        return page(request, rows, flag_row, said=said)


class OneFlag(FlagResource):
    @says("A flag with its evidence and what was done about it.", shapes.FlagDetailOut, name="flag", one=True)
    def get(self, request: Request, flag: int) -> Response:
        row = self.flag(flag)
        actions = [action_row(action) for action in row.actions.order_by("-at", "-pk")]
        return self.one({**flag_row(row), "evidence": row.evidence, "actions": actions})


class FlagActions(FlagResource):
    scopes: ClassVar[dict[str, str]] = {"POST": "write"}

    @says(
        "Answer a flag. A scale back and a deload take `days` or `until`; `whole` answers the client's other open "
        "flags with it. The same answer on the same day is one.",
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
