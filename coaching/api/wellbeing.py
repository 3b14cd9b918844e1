"""Check-ins, one a day, with the client's agreement only."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from clients import checkins, consent
from clients.models import Checkin, Client
from coaching.api import etags
from coaching.api.describe import a_page_of, says
from coaching.api.queries import Spanned, asked, within
from coaching.api.resource import Resource, checked, page
from coaching.api.rows import Row, checkin_row
from coaching.api.shapes import training as shapes

CHECKINS = a_page_of(shapes.CheckinOut, "Checkins")


def usable(client: Client) -> Any:
    """What is there of a client who agrees; of one who does not, nothing is shown."""
    rows = Checkin.objects.live().filter(client=client)
    return rows if consent.in_force(client) else rows.none()


class Checkins(Resource):
    @says("Check-ins of a client, newest first.", CHECKINS, name="checkins", parameters=[Spanned])
    def get(self, request: Request, client: UUID) -> Response:
        rows, said = usable(self.client_of(client)), asked(Spanned, request)
        return page(request, rows.filter(**within(said, "day")), checkin_row, said=said, by="day")


class OneCheckin(Resource):
    scopes: ClassVar[dict[str, str]] = {"GET": "read", "PUT": "log", "DELETE": "log"}

    @says("The check-in of a day.", shapes.CheckinOut, name="checkin", one=True)
    def get(self, request: Request, client: UUID, day: date) -> Response:
        return self.one(checkin_row(get_object_or_404(usable(self.client_of(client)), day=day)))

    @says(
        "Keep the answers of a day. The same again changes nothing, other answers replace them.",
        shapes.CheckinOut, takes=shapes.CheckinIn, name="checkin_put", scope="log", one=True,
    )  # fmt: skip
    def put(self, request: Request, client: UUID, day: date) -> Response:
        row, items = self.client_of(client, to_write=True), checked(shapes.CheckinIn, request)
        version, user = items.pop("version", None), self.viewer.user
        return etags.keep(
            request, under=self.queue_of(row), stored=self._rows(row, day).first, show=checkin_row, strict=False,
            do=lambda: checkins.record(client=row, day=day, items=items, by=user, at=timezone.now(), version=version),
        )  # fmt: skip

    @says(
        "Take a check-in out of everything. Twice is once.",
        None,
        name="checkin_delete",
        scope="log",
        one=True,
    )
    def delete(self, request: Request, client: UUID, day: date) -> Response:
        row = self.client_of(client, to_write=True)
        return etags.take_out(
            request, under=self.queue_of(row), stored=self._rows(row, day).first, show=checkin_row, strict=False,
            do=lambda one: checkins.remove(checkin=one, by=self.viewer.user, at=timezone.now()),
        )  # fmt: skip

    def _rows(self, client: Client, day: date) -> "QuerySet[Checkin, Checkin]":
        return Checkin.objects.live().filter(client=client, day=day)

    def shown(self, row: Checkin) -> Row:
        return checkin_row(row)
