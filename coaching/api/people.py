"""Clients, and the exercises that a practice knows."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from coaching.api import shapes
from coaching.api.describe import CURSOR, a_page_of, says
from coaching.api.resource import PAGE, Resource, page
from coaching.api.rows import client_row, exercise_row
from programs import choosing
from programs.models import Exercise

CLIENTS = a_page_of(shapes.ClientOut, "Clients")
EXERCISES = a_page_of(shapes.ExerciseOut, "Exercises")
SAID = OpenApiParameter("q", str, description="What somebody typed; typing errors are forgiven.")


class Clients(Resource):
    @says("Clients that the token may see, newest first.", CLIENTS, name="clients", parameters=[CURSOR])
    def get(self, request: Request) -> Response:
        return page(request, self.viewer.clients(), client_row)


class OneClient(Resource):
    @says("One client.", shapes.ClientOut, name="client")
    def get(self, request: Request, client: UUID) -> Response:
        return Response(client_row(self.client_of(client)))


class Exercises(Resource):
    @says(
        "Exercises that the practice knows, newest first; with `q` the hundred nearest to it, most likely first.",
        EXERCISES, name="exercises", parameters=[CURSOR, SAID],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        said = request.query_params.get("q", "")[:200]
        if said.strip():
            found = choosing.nearest(choosing.known(self.viewer.practice_id), said)[:PAGE]
            return Response({"next": None, "results": [exercise_row(row) for row in found]})
        return page(request, Exercise.objects.known_to(self.viewer.practice_id), exercise_row)
