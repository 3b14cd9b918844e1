"""Clients as records, and the links by which they come in."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients import invitations, roster
from clients.invitation_mail import link_of, mail
from clients.models import Client, Coach
from clients.problems import Refused
from clients.roster_form import ClientForm
from coaching.api import etags
from coaching.api.describe import a_page_of, says
from coaching.api.queries import Listed, asked
from coaching.api.resource import ForCoaches, Resource, by_form, checked, page
from coaching.api.rows import Row, client_row, invitation_row
from coaching.api.shapes import people as shapes

CLIENTS = a_page_of(shapes.ClientOut, "Clients")
INVITATIONS = a_page_of(shapes.InvitationOut, "Invitations")


class ClientsAsked(Listed):
    q = serializers.CharField(required=False, max_length=200, help_text="A part of the name.")
    ref = serializers.CharField(
        required=False, max_length=200, help_text="The stable name of the bundle, whole."
    )
    archived = serializers.BooleanField(required=False, allow_null=True, default=None)


class People(Resource):
    def row(self, client: Client) -> Row:
        return client_row(client, for_coach=self.viewer.coach is not None)


class Clients(People):
    @says("Clients that the token may see, newest first.", CLIENTS, name="clients", parameters=[ClientsAsked])
    def get(self, request: Request) -> Response:
        said, rows = asked(ClientsAsked, request), self.viewer.clients()
        if "q" in said:
            rows = rows.filter(name__icontains=said["q"])
        if "ref" in said:
            rows = rows.filter(ref=said["ref"])
        if said["archived"] is not None:
            rows = rows.filter(archived_at__isnull=not said["archived"])
        return page(request, rows, self.row, said=said)


class OneClient(People):
    scopes: ClassVar[dict[str, str]] = {"GET": "read", "PUT": "write"}

    @says("One client.", shapes.ClientOut, name="client", one=True)
    def get(self, request: Request, client: UUID) -> Response:
        return self.one(self.row(self.client_of(client)))

    @says(
        "Add a client under an id of your own, or change one.",
        shapes.ClientOut, takes=shapes.ClientIn, name="client_put", scope="write", one=True,
    )  # fmt: skip
    def put(self, request: Request, client: UUID) -> Response:
        mine = self.viewer.clients().filter(uuid=client)
        if not mine.exists() and Client.objects.filter(uuid=client).exists():
            raise Http404
        coach, sent = self.coach, checked(shapes.ClientIn, request)
        under: QuerySet[Any] = mine if mine.exists() else Coach.objects.filter(pk=coach.pk)
        return etags.keep(
            request, under=under, stored=mine.first, show=self.row,
            do=lambda: _written(coach, client, mine.first(), sent),
        )  # fmt: skip


class Archival(People):
    scopes: ClassVar[dict[str, str]] = {"PUT": "write", "DELETE": "write"}

    @says(
        "Archive a client: nothing is erased, nothing is written any more.",
        shapes.ClientOut, name="client_archive", scope="write",
    )  # fmt: skip
    def put(self, request: Request, client: UUID) -> Response:
        row = self.client_of(client)
        roster.archive(client=row, by=self.coach.user, at=timezone.now())
        return self.one(self.row(self.client_of(client)))

    @says("Bring an archived client back.", None, name="client_bring_back", scope="write")
    def delete(self, request: Request, client: UUID) -> Response:
        row = self.client_of(client)
        roster.bring_back(client=row, by=self.coach.user, at=timezone.now())
        return Response(status=204)


class Invitations(ForCoaches):
    scopes: ClassVar[dict[str, str]] = {"GET": "read", "POST": "write"}

    @says("A client's invitations, newest first.", INVITATIONS, name="invitations", parameters=[Listed])
    def get(self, request: Request, client: UUID) -> Response:
        rows = self.client_of(client).invitations.all()
        return page(request, rows, invitation_row, said=asked(Listed, request))

    @says(
        "A new link for a client: taken once, for seven days. Earlier links end with it.",
        shapes.InvitationMade, takes=shapes.InvitationIn, name="invite", scope="write",
    )  # fmt: skip
    def post(self, request: Request, client: UUID) -> Response:
        row, wanted = self.client_of(client, to_write=True), checked(shapes.InvitationIn, request)["mail"]
        if wanted and not row.email:
            raise Refused("mail", "This client has no e-mail address: pass the link on yourself.")
        try:
            made, token = invitations.invite(client=row, by=self.coach, at=timezone.now())
        except invitations.TooMany as error:
            raise exceptions.Throttled(
                wait=3600, detail="Enough links for this client within an hour. The newest is still good."
            ) from error
        link = link_of(token)
        mailed = mail(row, made, link) if wanted else None
        return Response({**invitation_row(made), "link": link, "mailed": mailed})


def _written(coach: Coach, uuid: UUID, known: Client | None, sent: dict[str, Any]) -> Client:
    """Through the form of the page: a client is the same wherever they are typed in."""
    if known and known.archived_at:
        raise Refused("client", "This client is archived. Bring them back before anything new is kept.")
    ref, now = sent.pop("ref", ""), timezone.now()
    if known and ref not in ("", known.ref):
        raise Refused("ref", "A client's ref stays what it is.")
    usual = {"timezone": coach.timezone, "units": "kg"}
    facts = by_form(ClientForm(_typed({**(roster.facts(known) if known else usual), **sent})))
    if known is None:
        return roster.add(coach=coach, by=coach.user, at=now, id=uuid, ref=ref, **facts)
    return roster.change(client=known, by=coach.user, at=now, **facts)


def _typed(values: dict[str, Any]) -> dict[str, str]:
    return {
        name: value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
        for name, value in values.items()
    }
