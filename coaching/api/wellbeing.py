"""Check-ins, one a day, with the client's agreement only."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from clients import checkins, consent
from clients.models import Checkin, Client
from coaching.api import shapes
from coaching.api.describe import CURSOR, a_page_of, says
from coaching.api.resource import Resource, checked, page
from coaching.api.rows import Row, checkin_row

CHECKINS = a_page_of(shapes.CheckinOut, "Checkins")


def usable(client: Client) -> Any:
    """What is there of a client who agrees; of one who does not, nothing is shown."""
    rows = Checkin.objects.live().filter(client=client)
    return rows if consent.in_force(client) else rows.none()


class Checkins(Resource):
    @says("Check-ins of a client, newest first.", CHECKINS, name="checkins", parameters=[CURSOR])
    def get(self, request: Request, client: UUID) -> Response:
        return page(request, usable(self.client_of(client)), checkin_row, by="day")


class OneCheckin(Resource):
    scopes: ClassVar[dict[str, str]] = {"GET": "read", "PUT": "log", "DELETE": "log"}

    @says("The check-in of a day.", shapes.CheckinOut, name="checkin")
    def get(self, request: Request, client: UUID, day: date) -> Response:
        return Response(checkin_row(get_object_or_404(usable(self.client_of(client)), day=day)))

    @says(
        "Keep the answers of a day. The same again changes nothing, other answers replace them.",
        shapes.CheckinOut, takes=shapes.CheckinIn, name="checkin_put", scope="log",
    )  # fmt: skip
    def put(self, request: Request, client: UUID, day: date) -> Response:
        row, items = self.client_of(client, to_write=True), checked(shapes.CheckinIn, request)
        version = items.pop("version", None)
        stored = checkins.record(
            client=row, day=day, items=items, by=self.viewer.user, at=timezone.now(), version=version
        )
        return Response(checkin_row(stored))

    @says("Take a check-in out of everything. Twice is once.", None, name="checkin_delete", scope="log")
    def delete(self, request: Request, client: UUID, day: date) -> Response:
        row = self.client_of(client, to_write=True)
        if stored := Checkin.objects.live().filter(client=row, day=day).first():
            checkins.remove(checkin=stored, by=self.viewer.user, at=timezone.now())
        return Response(status=204)

    def shown(self, row: Checkin) -> Row:
        return checkin_row(row)
