"""Sessions and their sets, through the verbs that the phone's page calls; and what the rules say before a set."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from clients.models import Client
from clients.problems import Conflict, Refused
from coaching.api import shapes
from coaching.api.describe import CURSOR, a_page_of, says
from coaching.api.resource import Resource, checked, instant, page
from coaching.api.rows import Row, session_row, set_row
from programs import sessions
from programs.exercises import find
from programs.models import Exercise, Session, SetLog
from programs.verdicts import verdict_for

SESSIONS = a_page_of(shapes.SessionOut, "Sessions")
SETS = a_page_of(shapes.SetOut, "Sets")


def known_exercise(client: Client, name: str) -> Exercise:
    if found := find(client.practice_id, name):
        return found
    raise Refused("exercise", "No exercise has this name. A coach can add it to the practice's exercises.")


class Sessions(Resource):
    @says("Sessions of a client, newest first.", SESSIONS, name="sessions", parameters=[CURSOR])
    def get(self, request: Request, client: UUID) -> Response:
        rows = Session.objects.live().filter(client=self.client_of(client))
        return page(request, rows, session_row, by="local_day")


class OneSession(Resource):
    scopes: ClassVar[dict[str, str]] = {"GET": "read", "PUT": "log"}

    @says("One session.", shapes.SessionOut, name="session")
    def get(self, request: Request, client: UUID, session: UUID) -> Response:
        return Response(session_row(self._stored(self.client_of(client), session)))

    @says(
        "Start a session under an id of your own. Sent again it is the same session.",
        shapes.SessionOut, takes=shapes.SessionIn, name="session_put", scope="log",
    )  # fmt: skip
    def put(self, request: Request, client: UUID, session: UUID) -> Response:
        row, values = self.client_of(client, to_write=True), checked(shapes.SessionIn, request)
        stored = sessions.start(
            client=row, at=timezone.now(), id=session, started_at=values["started_at"], by=self.viewer.user
        )
        if stored.started_at != values["started_at"]:
            raise Conflict(stored)
        return Response(session_row(stored))

    def shown(self, row: Session) -> Row:
        return session_row(row)

    def _stored(self, client: Client, uuid: UUID) -> Session:
        return get_object_or_404(Session.objects.live(), client=client, uuid=uuid)


class SessionEnd(Resource):
    scopes: ClassVar[dict[str, str]] = {"PUT": "log"}

    @says(
        "End a session, or correct what was said at its end.",
        shapes.SessionOut, takes=shapes.EndIn, name="session_end_put", scope="log",
    )  # fmt: skip
    def put(self, request: Request, client: UUID, session: UUID) -> Response:
        row = self.client_of(client, to_write=True)
        stored = get_object_or_404(Session.objects.live(), client=row, uuid=session)
        values = checked(shapes.EndIn, request)
        ended = sessions.finish(session=stored, at=timezone.now(), by=self.viewer.user, **values)
        return Response(session_row(ended))


class Sets(Resource):
    @says("Sets of a client, newest first.", SETS, name="sets", parameters=[CURSOR])
    def get(self, request: Request, client: UUID) -> Response:
        return page(request, self._rows().live().filter(client=self.client_of(client)), set_row, by="day")

    def _rows(self) -> Any:
        return SetLog.objects.select_related("session", "exercise")


class OneSet(Resource):
    scopes: ClassVar[dict[str, str]] = {"GET": "read", "PUT": "log", "DELETE": "log"}

    @says("One set, by its id.", shapes.SetOut, name="set")
    def get(self, request: Request, client: UUID, set: UUID) -> Response:
        return Response(set_row(self._stored(self.client_of(client), set)))

    @says(
        "Log a set under an id of your own. The same again changes nothing; other content with the next version "
        "amends it.",
        shapes.SetOut, takes=shapes.SetIn, name="set_put", scope="log",
    )  # fmt: skip
    def put(self, request: Request, client: UUID, set: UUID) -> Response:
        row, values = self.client_of(client, to_write=True), checked(shapes.SetIn, request)
        session = get_object_or_404(Session.objects.live(), client=row, uuid=values.pop("session"))
        exercise = known_exercise(row, values.pop("exercise"))
        weight, rir = values.pop("weight_kg"), values.pop("rir")
        stored = sessions.log_set(
            id=set,
            session=session,
            exercise=exercise,
            weight_g=None if weight is None else int(weight * 1000),
            rir_halves=None if rir is None else int(rir * 2),
            by=self.viewer.user,
            at=timezone.now(),
            **values,
        )
        return Response(set_row(stored))

    @says("Take a set out of everything. Twice is once.", None, name="set_delete", scope="log")
    def delete(self, request: Request, client: UUID, set: UUID) -> Response:
        stored = self._stored(self.client_of(client, to_write=True), set)
        sessions.delete_set(set_log=stored, by=self.viewer.user, at=timezone.now())
        return Response(status=204)

    def shown(self, row: SetLog) -> Row:
        return set_row(row)

    def _stored(self, client: Client, uuid: UUID) -> SetLog:
        rows: QuerySet[SetLog] = SetLog.objects.select_related("session", "exercise")
        return get_object_or_404(rows, client=client, uuid=uuid)


class Verdict(Resource):
    scopes: ClassVar[dict[str, str]] = {"POST": "read"}

    @says(
        "May this set go to failure? Without a place in its series it is the last set.",
        shapes.VerdictOut, takes=shapes.VerdictIn, name="verdict",
    )  # fmt: skip
    def post(self, request: Request, client: UUID) -> Response:
        row, values = self.client_of(client), checked(shapes.VerdictIn, request)
        exercise = known_exercise(row, values.pop("exercise"))
        found = verdict_for(row, exercise, **{"at": timezone.now(), **values})
        return Response(
            {
                "verdict": str(found.answer),
                "codes": list(found.codes),
                "says": list(found.says),
                "opens_at": instant(found.opens_at),
            }
        )
