"""Everything of a coach, or of one client, as a bundle: asked for, looked after, fetched."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse
from rest_framework import exceptions, serializers
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from clients.models import Export
from coaching import exports, tasks
from coaching.api.describe import a_page_of, says
from coaching.api.queries import Listed, asked
from coaching.api.resource import Resource, checked, instant, page
from coaching.api.rows import Row

ZIP = "application/octet-stream"


class ExportIn(serializers.Serializer[Any]):
    client = serializers.UUIDField(
        allow_null=True,
        default=None,
        help_text="One client; null: all of the coach's. A client's own token: theirs.",
    )


class ExportOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    client = serializers.UUIDField(allow_null=True)
    state = serializers.ChoiceField(choices=Export.State.choices)
    asked_at = serializers.DateTimeField()
    done_at = serializers.DateTimeField(allow_null=True)
    counts = serializers.DictField(child=serializers.IntegerField(), help_text="Rows of each file.")
    file = serializers.URLField(allow_null=True, help_text="Where the bundle is fetched, once it is ready.")


EXPORTS = a_page_of(ExportOut, "Exports")
FILE = {(200, ZIP): OpenApiResponse(OpenApiTypes.BINARY, description="The bundle, a zip.")}


class Bundle(BaseRenderer):
    """Lets a bundle be asked for as what it is; a problem is JSON all the same."""

    media_type, format = ZIP, "zip"

    def render(self, data: Any, media_type: Any = None, context: Any = None) -> Any:
        return JSONRenderer().render(data)


class Exporting(Resource):
    def mine(self) -> "QuerySet[Export, Export]":
        viewer = self.viewer
        whose: dict[str, Any] = {"client": viewer.client, "for_client": True} if viewer.client else {
            "coach": viewer.coach, "for_client": False,
        }  # fmt: skip
        return Export.objects.filter(**whose).select_related("client")

    def row(self, export: Export) -> Row:
        ready = export.state == Export.State.READY
        where = {"export": export.uuid}
        return {
            "id": str(export.uuid),
            "client": str(export.client.uuid) if export.client else None,
            "state": export.state,
            "asked_at": instant(export.asked_at),
            "done_at": instant(export.done_at),
            "counts": export.counts,
            "file": reverse("api-export-file", kwargs=where, request=self.request) if ready else None,
        }


class Exports(Exporting):
    scopes: ClassVar[dict[str, str]] = {"GET": "read", "POST": "read"}

    @says(
        "Bundles that were asked for within a day, newest first.",
        EXPORTS,
        name="exports",
        parameters=[Listed],
    )
    def get(self, request: Request) -> Response:
        return page(request, self.mine(), self.row, said=asked(Listed, request))

    @says(
        "Ask for a bundle. It is written in the background: look at it again until it is ready, then fetch its file.",
        ExportOut, takes=ExportIn, name="export_start",
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        wanted, own = checked(ExportIn, request)["client"], self.viewer.client
        client = self.client_of(wanted) if wanted else own
        coach = client.coach if client else self.viewer.coach
        assert coach is not None
        if own is None and self.viewer.coach is not None:
            coach = self.viewer.coach
        try:
            export = exports.ask(coach=coach, client=client, for_client=own is not None, at=timezone.now())
        except exports.TooMany as error:
            raise exceptions.Throttled(wait=3600, detail="Enough bundles for an hour.") from error
        if settings.REDIS_URL:
            transaction.on_commit(lambda: tasks.write_export.delay(export.pk))
        else:
            exports.write(export.pk, at=timezone.now())
            export.refresh_from_db()
        return Response(self.row(export))


class OneExport(Exporting):
    @says("How far a bundle is.", ExportOut, name="export")
    def get(self, request: Request, export: UUID) -> Response:
        return Response(self.row(get_object_or_404(self.mine(), uuid=export)))


class ExportFile(Exporting):
    renderer_classes = (JSONRenderer, Bundle)

    @says("Fetch a bundle that is ready; it is kept for a day.", FILE, name="export_file")
    def get(self, request: Request, export: UUID) -> Any:
        row = get_object_or_404(self.mine(), uuid=export, state=Export.State.READY)
        path = exports.path_of(row)
        if not path.exists():
            raise exceptions.NotFound
        headers = {
            "Content-Disposition": 'attachment; filename="reserve.zip"',
            "Content-Length": str(path.stat().st_size),
        }
        return StreamingHttpResponse(_pieces(path), content_type=ZIP, headers=headers)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(65_536):
            yield piece
