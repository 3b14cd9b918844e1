"""Sessions and their sets, through the verbs that the phone's page calls; and what the rules say before a set."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.models import Client
from clients.problems import Conflict, Refused
from coaching.api import etags
from coaching.api.describe import a_page_of, says
from coaching.api.queries import Spanned, asked, within
from coaching.api.resource import Resource, checked, page
from coaching.api.rows import Row, session_row, set_row
from coaching.api.shapes import training as shapes
from programs import sessions
from programs.exercises import find
from programs.models import Exercise, Session, SetLog

SESSIONS = a_page_of(shapes.SessionOut, "Sessions")
SETS = a_page_of(shapes.SetOut, "Sets")


def known_exercise(client: Client, name: str) -> Exercise:
    if found := find(client.practice_id, name):
        return found
    raise Refused("exercise", "No exercise has this name. A coach can add it to the practice's exercises.")


class SetsAsked(Spanned):
    exercise = serializers.CharField(required=False, max_length=200, help_text="By any of its names.")
    session = serializers.UUIDField(required=False)


class Sessions(Resource):
    @says("Sessions of a client, newest first.", SESSIONS, name="sessions", parameters=[Spanned])
    def get(self, request: Request, client: UUID) -> Response:
        rows, said = Session.objects.live().filter(client=self.client_of(client)), asked(Spanned, request)
        return page(request, rows.filter(**within(said, "local_day")), session_row, said=said, by="local_day")


class OneSession(Resource):
    scopes: ClassVar[dict[str, str]] = {"GET": "read", "PUT": "log"}

    @says("One session.", shapes.SessionOut, name="session", one=True)
    def get(self, request: Request, client: UUID, session: UUID) -> Response:
        return self.one(session_row(self._stored(self.client_of(client), session)))

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
        return self.one(session_row(stored))

    def shown(self, row: Session) -> Row:
        return session_row(row)

    def _stored(self, client: Client, uuid: UUID) -> Session:
        return get_object_or_404(Session.objects.live(), client=client, uuid=uuid)


class SessionEnd(Resource):
    scopes: ClassVar[dict[str, str]] = {"PUT": "log", "DELETE": "log"}

    @says(
        "End a session, or correct what was said at its end.",
        shapes.SessionOut, takes=shapes.EndIn, name="session_end_put", scope="log", one=True,
    )  # fmt: skip
    def put(self, request: Request, client: UUID, session: UUID) -> Response:
        row = self.client_of(client, to_write=True)
        known, values = self._session(row, session), checked(shapes.EndIn, request)
        return etags.keep(
            request, under=self.queue_of(row), stored=lambda: self._session(row, session), show=session_row,
            strict=False,
            do=lambda: sessions.finish(session=known, at=timezone.now(), by=self.viewer.user, **values),
        )  # fmt: skip

    @says(
        "Open a session again that was ended too early.",
        None,
        name="session_end_delete",
        scope="log",
        one=True,
    )
    def delete(self, request: Request, client: UUID, session: UUID) -> Response:
        row = self.client_of(client, to_write=True)
        return etags.take_out(
            request, under=self.queue_of(row), stored=lambda: self._session(row, session), show=session_row,
            strict=False,
            do=lambda known: sessions.reopen(session=known, at=timezone.now(), by=self.viewer.user),
        )  # fmt: skip

    def _session(self, client: Client, uuid: UUID) -> Session:
        return get_object_or_404(Session.objects.live(), client=client, uuid=uuid)


class Sets(Resource):
    @says("Sets of a client, newest first.", SETS, name="sets", parameters=[SetsAsked])
    def get(self, request: Request, client: UUID) -> Response:
        row, said = self.client_of(client), asked(SetsAsked, request)
        rows = SetLog.objects.select_related("session", "exercise").live().filter(client=row)
        rows = rows.filter(**within(said, "day"))
        if "session" in said:
            rows = rows.filter(session__uuid=said["session"])
        if "exercise" in said:
            rows = rows.filter(exercise=known_exercise(row, said["exercise"]))
        return page(request, rows, set_row, said=said, by="day")


class OneSet(Resource):
    scopes: ClassVar[dict[str, str]] = {"GET": "read", "PUT": "log", "DELETE": "log"}

    @says("One set, by its id.", shapes.SetOut, name="set", one=True)
    def get(self, request: Request, client: UUID, set: UUID) -> Response:
        return self.one(set_row(get_object_or_404(self._rows(self.client_of(client), set))))

    @says(
        "Log a set under an id of your own. The same again changes nothing; other content amends it, with the next "
        "version or with If-Match.",
        shapes.SetOut, takes=shapes.SetIn, name="set_put", scope="log", one=True,
    )  # fmt: skip
    def put(self, request: Request, client: UUID, set: UUID) -> Response:
        row, values = self.client_of(client, to_write=True), checked(shapes.SetIn, request)
        session = get_object_or_404(Session.objects.live(), client=row, uuid=values.pop("session"))
        values["exercise"] = known_exercise(row, values["exercise"])
        return etags.keep(
            request, under=self.queue_of(row), stored=self._rows(row, set).first, show=set_row, strict=False,
            do=lambda: self._log(set, session, values),
        )  # fmt: skip

    @says("Take a set out of everything. Twice is once.", None, name="set_delete", scope="log", one=True)
    def delete(self, request: Request, client: UUID, set: UUID) -> Response:
        row = self.client_of(client, to_write=True)
        rows = self._rows(row, set)
        get_object_or_404(rows)
        return etags.take_out(
            request, under=self.queue_of(row), stored=rows.first, show=set_row, strict=False,
            do=lambda one: sessions.delete_set(set_log=one, by=self.viewer.user, at=timezone.now()),
        )  # fmt: skip

    def shown(self, row: SetLog) -> Row:
        return set_row(row)

    def _log(self, uuid: UUID, session: Session, values: dict[str, Any]) -> SetLog:
        weight, rir = values.pop("weight_kg"), values.pop("rir")
        version = values.pop("version", None)
        if version is None and etags.has_seen(self.request):
            seen = SetLog.objects.filter(client=session.client_id, uuid=uuid).first()
            version = seen.version + 1 if seen else 1
        return sessions.log_set(
            id=uuid,
            session=session,
            weight_g=None if weight is None else int(weight * 1000),
            rir_halves=None if rir is None else int(rir * 2),
            by=self.viewer.user,
            at=timezone.now(),
            version=version or 1,
            **values,
        )

    def _rows(self, client: Client, uuid: UUID) -> "QuerySet[SetLog, SetLog]":
        return SetLog.objects.select_related("session", "exercise").filter(client=client, uuid=uuid)
