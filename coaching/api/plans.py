"""What a client is to train: programmes as whole documents, phases, deloads. Clients read their own."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from clients.models import Client
from clients.problems import Refused
from coaching.api import etags
from coaching.api.describe import a_page_of, says
from coaching.api.plan_rows import dates_of, phase_row, phases_from, programme_document, programme_row, whole
from coaching.api.queries import Listed, Spanned, asked, within
from coaching.api.resource import Resource, checked, page
from coaching.api.shapes import plans as shapes
from programs import deload, programmes
from programs.models import Phase, Program
from programs.plan_forms import FIRST, LAST
from programs.policy.kinds import PhaseKind
from programs.replacing import replace

PROGRAMMES = a_page_of(shapes.ProgrammeOut, "Programmes")
PHASES = a_page_of(shapes.PhaseOut, "Phases")


class Programmes(Resource):
    @says("Programmes of a client, newest first.", PROGRAMMES, name="programmes", parameters=[Listed])
    def get(self, request: Request, client: UUID) -> Response:
        rows = Program.objects.filter(client=self.client_of(client))
        return page(request, rows, programme_row, said=asked(Listed, request))


class OneProgramme(Resource):
    scopes: ClassVar[dict[str, str]] = {"GET": "read", "PUT": "write"}

    @says(
        "A programme with its phases, workouts and lines.",
        shapes.ProgrammeDetailOut,
        name="programme",
        one=True,
    )
    def get(self, request: Request, client: UUID, programme: UUID) -> Response:
        rows = whole(Program.objects.filter(client=self.client_of(client), uuid=programme))
        return self.one(programme_document(get_object_or_404(rows)))

    @says(
        "Write a programme under an id of your own, or replace it: afterwards it says this and nothing else. Phases "
        "are known by their id or first day, workouts by id or name; sessions done under them keep them.",
        shapes.ProgrammeDetailOut, takes=shapes.ProgrammeIn, name="programme_put", scope="write", one=True,
    )  # fmt: skip
    def put(self, request: Request, client: UUID, programme: UUID) -> Response:
        row = self.client_of(client, to_write=True)
        coach, values = self.coach, checked(shapes.ProgrammeIn, request)
        if Program.objects.filter(uuid=programme).exclude(client=row).exists():
            raise Http404
        stored = whole(Program.objects.filter(client=row, uuid=programme))
        phases = phases_from(row, values["phases"])

        def write() -> Program | None:
            replace(client=row, id=programme, name=values["name"], phases=phases, by=coach, at=timezone.now())
            return stored.first()

        return etags.keep(
            request, under=self.queue_of(row), stored=stored.first, show=programme_document, do=write
        )


class Assignments(Resource):
    scopes: ClassVar[dict[str, str]] = {"POST": "write"}

    @says(
        "Give a programme to a client: written anew, every date moved along. The same again is the one that is there.",
        shapes.ProgrammeDetailOut, takes=shapes.AssignmentIn, name="programme_assign", scope="write",
    )  # fmt: skip
    def post(self, request: Request, client: UUID, programme: UUID) -> Response:
        given = get_object_or_404(Program, client=self.client_of(client), uuid=programme)
        coach, values = self.coach, checked(shapes.AssignmentIn, request)
        target = self.client_of(values["client"], to_write=True)
        copy = programmes.assign(
            program=given, client=target, starts_on=values["starts_on"], by=coach, at=timezone.now()
        )
        return self.one(programme_document(whole(Program.objects.filter(pk=copy.pk)).get()))


class PhaseResource(Resource):
    def phases(self, client: Client) -> "QuerySet[Phase, Phase]":
        return Phase.objects.filter(client=client).select_related("program", "continues")


class Phases(PhaseResource):
    @says(
        "Phases of a client, the last to start first; `since` and `until` are of their first day.",
        PHASES, name="phases", parameters=[Spanned],
    )  # fmt: skip
    def get(self, request: Request, client: UUID) -> Response:
        rows, said = self.phases(self.client_of(client)), asked(Spanned, request)
        return page(request, rows.filter(**within(said, "starts_on")), phase_row, said=said, by="starts_on")


class OnePhase(PhaseResource):
    scopes: ClassVar[dict[str, str]] = {"GET": "read", "PUT": "write", "DELETE": "write"}

    @says("One phase.", shapes.PhaseOut, name="phase", one=True)
    def get(self, request: Request, client: UUID, phase: UUID) -> Response:
        return self.one(phase_row(get_object_or_404(self.phases(self.client_of(client)), uuid=phase)))

    @says(
        "Put a phase into the calendar under an id of your own, or change it. Phases of a client never overlap.",
        shapes.PhaseOut, takes=shapes.PhaseIn, name="phase_put", scope="write", one=True,
    )  # fmt: skip
    def put(self, request: Request, client: UUID, phase: UUID) -> Response:
        row = self.client_of(client, to_write=True)
        coach, values = self.coach, checked(shapes.PhaseIn, request)
        if Phase.objects.filter(uuid=phase).exclude(client=row).exists():
            raise Http404
        wanted, known = values["programme"], self.phases(row).filter(uuid=phase)
        program = get_object_or_404(Program, client=row, uuid=wanted) if wanted else None

        def write() -> Phase | None:
            now, dates = timezone.now(), dates_of(values)
            if stored := known.first():
                if program and program.pk != stored.program_id:
                    raise Refused("programme", "A phase stays in its programme.")
                programmes.edit_phase(phase=stored, dates=dates, by=coach, at=now)
                return known.first()
            made = programmes.add_phase(client=row, program=program, dates=dates, by=coach, at=now, id=phase)
            return self.phases(row).get(pk=made.pk)

        return etags.keep(request, under=self.queue_of(row), stored=known.first, show=phase_row, do=write)

    @says(
        "Take a phase out: its days become base, its workouts go with it. Twice is once.",
        None, name="phase_delete", scope="write", one=True,
    )  # fmt: skip
    def delete(self, request: Request, client: UUID, phase: UUID) -> Response:
        row = self.client_of(client, to_write=True)
        coach, known = self.coach, self.phases(row).filter(uuid=phase)
        return etags.take_out(
            request, under=self.queue_of(row), stored=known.first, show=phase_row,
            do=lambda one: programmes.remove_phase(phase=one, by=coach, at=timezone.now()) and None,
        )  # fmt: skip


class Deload(PhaseResource):
    scopes: ClassVar[dict[str, str]] = {"PUT": "write", "DELETE": "write"}

    @says(
        "Put a deload into the plan from this day on: the phase of these days is split around it, and keeps its end.",
        shapes.PhaseOut, takes=shapes.DeloadIn, name="deload_put", scope="write",
    )  # fmt: skip
    def put(self, request: Request, client: UUID, day: date) -> Response:
        row = self.client_of(client, to_write=True)
        coach, values = self.coach, checked(shapes.DeloadIn, request)
        if not FIRST <= day <= LAST:
            raise Refused("day", "Choose a day between 1970 and 2100.")
        made = deload.insert_deload(client=row, starts_on=day, by=coach, at=timezone.now(), **values)
        return self.one(phase_row(self.phases(row).get(pk=made.pk)))

    @says(
        "Take the deload that starts on this day out again: the parts around it are one. Twice is once.",
        None, name="deload_delete", scope="write", one=True,
    )  # fmt: skip
    def delete(self, request: Request, client: UUID, day: date) -> Response:
        row = self.client_of(client, to_write=True)
        coach, known = self.coach, self.phases(row).filter(starts_on=day, kind=PhaseKind.DELOAD)
        return etags.take_out(
            request, under=self.queue_of(row), stored=known.first, show=phase_row,
            do=lambda one: deload.remove_deload(phase=one, by=coach, at=timezone.now()),
        )  # fmt: skip
