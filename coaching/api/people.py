"""Clients, and the exercises that a practice knows."""

from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from coaching.api import shapes
from coaching.api.describe import a_page_of, says
from coaching.api.queries import Listed, asked
from coaching.api.resource import Resource, page
from coaching.api.rows import client_row, exercise_row
from programs import choosing
from programs.models import Exercise

CLIENTS = a_page_of(shapes.ClientOut, "Clients")
EXERCISES = a_page_of(shapes.ExerciseOut, "Exercises")


class ExercisesAsked(Listed):
    q = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=200,
        help_text="What somebody typed; errors are forgiven.",
    )
    own = serializers.BooleanField(
        required=False,
        allow_null=True,
        default=None,
        help_text="The practice's own only, or the library's only.",
    )


class ClientsAsked(Listed):
    q = serializers.CharField(required=False, max_length=200, help_text="A part of the name.")
    ref = serializers.CharField(
        required=False, max_length=200, help_text="The stable name of the bundle, whole."
    )
    archived = serializers.BooleanField(required=False, allow_null=True, default=None)


class Clients(Resource):
    @says("Clients that the token may see, newest first.", CLIENTS, name="clients", parameters=[ClientsAsked])
    def get(self, request: Request) -> Response:
        said, rows = asked(ClientsAsked, request), self.viewer.clients()
        if "q" in said:
            rows = rows.filter(name__icontains=said["q"])
        if "ref" in said:
            rows = rows.filter(ref=said["ref"])
        if said["archived"] is not None:
            rows = rows.filter(archived_at__isnull=not said["archived"])
        return page(request, rows, client_row, said=said)


class OneClient(Resource):
    @says("One client.", shapes.ClientOut, name="client", one=True)
    def get(self, request: Request, client: UUID) -> Response:
        return self.one(client_row(self.client_of(client)))


class Exercises(Resource):
    @says(
        "Exercises that the practice knows, newest first; with `q` the hundred nearest to it, most likely first.",
        EXERCISES, name="exercises", parameters=[ExercisesAsked],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        said, practice = asked(ExercisesAsked, request), self.viewer.practice_id
        if said.get("q", "").strip():
            found = choosing.nearest(choosing.known(practice), said["q"])
            meant = [row for row in found if said["own"] in (None, row.practice_id is not None)]
            return Response({"next": None, "results": [exercise_row(row) for row in meant[: said["limit"]]]})
        rows = Exercise.objects.known_to(practice)
        if said["own"] is not None:
            rows = rows.filter(practice__isnull=not said["own"])
        return page(request, rows, exercise_row, said=said)
