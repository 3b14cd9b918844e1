"""Clients, and the exercises that a practice knows."""

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from coaching.api import shapes
from coaching.api.describe import CURSOR, a_page_of, says
from coaching.api.resource import Resource, page
from coaching.api.rows import client_row, exercise_row
from programs.models import Exercise

CLIENTS = a_page_of(shapes.ClientOut, "Clients")
EXERCISES = a_page_of(shapes.ExerciseOut, "Exercises")


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
        "Exercises that the practice knows, newest first.", EXERCISES, name="exercises", parameters=[CURSOR]
    )
    def get(self, request: Request) -> Response:
        return page(request, Exercise.objects.known_to(self.viewer.practice_id), exercise_row)
