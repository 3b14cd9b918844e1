"""Injuries as a coach notes them, with the client's agreement only."""

from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients import consent, injuries
from clients.models import Client, Injury
from clients.problems import Refused
from coaching.api import etags
from coaching.api.describe import a_page_of, says
from coaching.api.queries import Spanned, asked, within
from coaching.api.resource import Resource, checked, page
from coaching.api.rows import Row, injury_row
from coaching.api.shapes import people as shapes

INJURIES = a_page_of(shapes.InjuryOut, "Injuries")


class InjuriesAsked(Spanned):
    """`since` and `until` are of the day on which it began."""

    open = serializers.BooleanField(
        required=False,
        allow_null=True,
        default=None,
        help_text="Without a day of healing only, or with one only.",
    )


class Hurt(Resource):
    def usable(self, client: Client) -> "QuerySet[Injury, Injury]":
        rows = Injury.objects.filter(client=client)
        return rows if consent.in_force(client) else rows.none()

    def row(self, injury: Injury) -> Row:
        return injury_row(injury, for_coach=self.viewer.coach is not None)


class Injuries(Hurt):
    @says("Injuries of a client, newest first.", INJURIES, name="injuries", parameters=[InjuriesAsked])
    def get(self, request: Request, client: UUID) -> Response:
        said = asked(InjuriesAsked, request)
        rows = self.usable(self.client_of(client)).filter(**within(said, "onset"))
        if said["open"] is not None:
            rows = rows.filter(resolved__isnull=said["open"])
        return page(request, rows, self.row, said=said, by="onset")


class OneInjury(Hurt):
    scopes: ClassVar[dict[str, str]] = {"GET": "read", "PUT": "write", "DELETE": "write"}

    @says("One injury.", shapes.InjuryOut, name="injury", one=True)
    def get(self, request: Request, client: UUID, injury: UUID) -> Response:
        return self.one(self.row(get_object_or_404(self.usable(self.client_of(client)), uuid=injury)))

    @says(
        "Note an injury under an id of your own, or change it; with `resolved` it has healed.",
        shapes.InjuryOut, takes=shapes.InjuryIn, name="injury_put", scope="write", one=True,
    )  # fmt: skip
    def put(self, request: Request, client: UUID, injury: UUID) -> Response:
        row = self.client_of(client, to_write=True)
        coach, known = self.coach, self.usable(row).filter(uuid=injury)
        said = {name: "" if value is None and name != "resolved" else value
                for name, value in checked(shapes.InjuryIn, request).items()}  # fmt: skip
        if Injury.objects.filter(uuid=injury).exclude(client=row).exists():
            raise Http404

        def write() -> Injury:
            now = timezone.now()
            if stored := known.first():
                return injuries.amend(injury=stored, by=coach, at=now, **said)
            return injuries.note(client=row, by=coach, at=now, id=injury, **said)

        return etags.keep(request, under=self.queue_of(row), stored=known.first, show=self.row, do=write)

    @says("It was noted by mistake. Twice is once.", None, name="injury_delete", scope="write", one=True)
    def delete(self, request: Request, client: UUID, injury: UUID) -> Response:
        row = self.client_of(client, to_write=True)
        coach, known = self.coach, self.usable(row).filter(uuid=injury)
        if not consent.in_force(row):
            raise Refused(
                "client", f"{row.first_name} has not agreed to health data: nothing is shown or changed."
            )
        return etags.take_out(
            request, under=self.queue_of(row), stored=known.first, show=self.row,
            do=lambda one: injuries.remove(injury=one, by=coach, at=timezone.now()),
        )  # fmt: skip
