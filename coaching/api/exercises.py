"""The exercises that a practice knows, and what it says of them itself."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.models import Practice
from clients.problems import Conflict, Refused
from coaching.api import etags
from coaching.api.describe import a_page_of, says
from coaching.api.queries import Listed, asked
from coaching.api.resource import Resource, checked, page
from coaching.api.rows import Row, exercise_row
from coaching.api.shapes import people as shapes
from programs import choosing, own_exercises
from programs.models import Exercise
from programs.names import tidy

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


class Library(Resource):
    def known(self) -> "QuerySet[Exercise, Exercise]":
        return Exercise.objects.known_to(self.viewer.practice_id)

    def one_of(self, pk: int) -> Exercise:
        """Where the practice has its own of a name, it stands in for the library's."""
        row = get_object_or_404(self.known(), pk=pk)
        return self.known().filter(practice=self.viewer.practice_id, name__iexact=row.name).first() or row

    def row(self, exercise: Exercise) -> Row:
        return exercise_row(exercise, for_coach=self.viewer.coach is not None)

    def shown(self, row: Exercise) -> Row:
        return self.row(row)


class Exercises(Library):
    scopes: ClassVar[dict[str, str]] = {"GET": "read", "POST": "write"}

    @says(
        "Exercises that the practice knows, newest first; with `q` the hundred nearest to it, most likely first.",
        EXERCISES, name="exercises", parameters=[ExercisesAsked],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        said, practice = asked(ExercisesAsked, request), self.viewer.practice_id
        if said.get("q", "").strip():
            found = choosing.nearest(choosing.known(practice), said["q"])
            meant = [row for row in found if said["own"] in (None, row.practice_id is not None)]
            return Response({"next": None, "results": [self.row(row) for row in meant[: said["limit"]]]})
        rows = self.known()
        if said["own"] is not None:
            rows = rows.filter(practice__isnull=not said["own"])
        return page(request, rows, self.row, said=said)

    @says(
        "Add an exercise of the practice's own. The same again is the one that is there; other facts under its name "
        "are a conflict.",
        shapes.ExerciseOut, takes=shapes.ExerciseIn, name="exercise_add", scope="write",
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        coach, facts = self.coach, checked(shapes.ExerciseIn, request)
        mine = Exercise.objects.filter(practice=coach.practice_id, merged_into=None)
        same = mine.filter(name__iexact=tidy(facts["name"])).first()
        if same is None:
            same = own_exercises.keep(exercise=None, facts=facts, by=coach, at=timezone.now())
        elif _said(same) != _said(Exercise(**{**facts, "name": same.name})):
            raise Conflict(same)
        return self.one(self.row(same))


class OneExercise(Library):
    scopes: ClassVar[dict[str, str]] = {"GET": "read", "PUT": "write"}

    @says("One exercise.", shapes.ExerciseOut, name="exercise", one=True)
    def get(self, request: Request, exercise: int) -> Response:
        return self.one(self.row(self.one_of(exercise)))

    @says(
        "Say what the practice knows of an exercise. One of the library stays as it is: the answer is the practice's "
        "own of that name, with an id of its own, which takes over what was logged.",
        shapes.ExerciseOut, takes=shapes.ExerciseIn, name="exercise_put", scope="write", one=True,
    )  # fmt: skip
    def put(self, request: Request, exercise: int) -> Response:
        row, coach = self.one_of(exercise), self.coach
        facts, under = checked(shapes.ExerciseIn, request), Practice.objects.filter(pk=coach.practice_id)
        if row.practice_id is None and tidy(facts["name"]).casefold() != row.name.casefold():
            raise Refused("name", "An exercise of the library keeps its name. Add one of your own instead.")
        return etags.keep(
            request, under=under, stored=lambda: self.one_of(exercise), show=self.row,
            do=lambda: own_exercises.keep(exercise=self.one_of(exercise), facts=facts, by=coach, at=timezone.now()),
        )  # fmt: skip


def _said(exercise: Exercise) -> dict[str, Any]:
    return {name: getattr(exercise, name) for name in own_exercises.FACTS}
