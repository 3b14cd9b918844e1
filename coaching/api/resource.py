"""What every address of the API has in common: JSON in and out, a token, a page at a time."""

import base64
import binascii
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import IO, Any, ClassVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.forms import Form
from django.shortcuts import get_object_or_404
from django.utils.dateparse import parse_date, parse_datetime
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import exceptions, serializers
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from clients.models import Client, Coach
from clients.problems import Refused
from coaching.api import etags, problems
from coaching.api.tokens import MayUse, PerToken, TokenAuth, Viewer

LARGEST = 1_000_000  # bytes of a body
FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


class TooLarge(exceptions.APIException):
    status_code = 413
    default_detail = "At most a million bytes."


class Json(BaseParser):
    """Strict and bounded: no NaN, no endless nesting, one object."""

    media_type = "application/json"

    def parse(self, stream: IO[bytes], media_type: Any = None, parser_context: Any = None) -> dict[str, Any]:
        body = stream.read(LARGEST + 1)
        if len(body) > LARGEST:
            raise TooLarge
        try:
            data = json.loads(body or b"{}", parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            raise exceptions.ParseError("The body is not valid JSON.") from error
        if not isinstance(data, dict):
            raise exceptions.ParseError("The body is a JSON object.")
        return data


def _no_constant(name: str) -> Any:
    raise ValueError(name)


@extend_schema_field(OpenApiTypes.DATETIME)
class Instant(serializers.Field[datetime, str, str, Any]):
    """A time with an offset; without one nobody knows when it was."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": "A time is written like 2026-06-15T10:00:00+01:00, with its offset."
    }

    def to_internal_value(self, data: Any) -> datetime:
        try:
            when = parse_datetime(data) if isinstance(data, str) else None
            if when is None or when.tzinfo is None or not FIRST <= when <= LAST:
                self.fail("invalid")
            return when.astimezone(UTC)
        except (ValueError, OverflowError):
            self.fail("invalid")

    def to_representation(self, value: datetime) -> str:
        return instant(value) or ""


class Resource(APIView):
    authentication_classes = (TokenAuth,)
    permission_classes = (MayUse,)
    throttle_classes = (PerToken,)
    parser_classes = (Json,)
    renderer_classes: tuple[type[BaseRenderer], ...] = (JSONRenderer,)
    http_method_names = ["get", "head", "post", "put", "delete"]
    scopes: ClassVar[dict[str, str]] = {"GET": "read"}

    def get_exception_handler(self) -> Callable[..., Response | None]:
        return problems.answer

    def shown(self, row: Any) -> Any:
        """A stored row as this address shows it, for the answer to a conflict."""
        raise NotImplementedError

    @property
    def viewer(self) -> Viewer:
        found: Viewer = self.request.viewer  # type: ignore[attr-defined]
        return found

    @property
    def coach(self) -> Coach:
        """Who writes what is a coach's to write. Ask after `client_of`: what is not visible is not there."""
        if self.viewer.coach is None:
            raise exceptions.PermissionDenied("It takes a coach's token.")
        return self.viewer.coach

    def one(self, shown: dict[str, Any]) -> Response:
        return etags.tagged(self.request, shown)

    def client_of(self, uuid: UUID, *, to_write: bool = False) -> Client:
        client = get_object_or_404(self.viewer.clients(), uuid=uuid)
        if to_write and client.archived_at:
            raise Refused("client", "This client is archived. Bring them back before anything new is kept.")
        return client

    def queue_of(self, client: Client) -> QuerySet[Client]:
        """Writers of a client's rows come one after the other."""
        return Client.objects.filter(pk=client.pk)


class ForCoaches(Resource):
    """What a client's own token does not see at all."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.viewer.coach is None:
            raise exceptions.NotFound


def by_form(form: Form) -> dict[str, Any]:
    """What a page asks is asked here, too: its words at its fields."""
    if not form.is_valid():
        raise serializers.ValidationError(
            {name: [str(one) for one in said] for name, said in form.errors.items()}
        )
    return form.cleaned_data


def instant(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None


def checked(kind: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    form = kind(data=request.data)
    form.is_valid(raise_exception=True)
    values: dict[str, Any] = form.validated_data
    return values


def page(
    request: Request,
    rows: "QuerySet[Any, Any]",
    show: Callable[[Any], Any],
    *,
    said: dict[str, Any],
    by: str | None = None,
) -> Response:
    """The newest first, so many at a time. The cursor names the last row that was shown, so no page costs more
    than the first; `by` is a date column with an index on (client, by)."""
    size: int = said["limit"]
    if raw := said.get("cursor"):
        rows = rows.filter(_after(raw, by))
    order = [f"-{by}", "-pk"] if by else ["-pk"]
    found = list(rows.order_by(*order)[: size + 1])
    following = None
    if len(found) > size:
        found = found[:size]
        query = request.query_params.copy()
        query["cursor"] = _cursor(found[-1], by)
        following = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
    return Response({"next": following, "results": [show(row) for row in found]})


def _cursor(row: Any, by: str | None) -> str:
    text = f"{getattr(row, by)},{row.pk}" if by else str(row.pk)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _after(raw: str, by: str | None) -> Q:
    try:
        text = base64.urlsafe_b64decode(raw.encode() + b"=" * (-len(raw) % 4)).decode()
        day, _, key = text.rpartition(",")
        pk = int(key)
        if not 0 <= pk < 2**63:
            raise ValueError(key)
        if by is None:
            return Q(pk__lt=pk)
        seen = parse_date(day)
        if seen is None:
            raise ValueError(day)
    except (ValueError, binascii.Error) as error:
        raise Refused("cursor", "This is not a cursor that we gave. Start without one.") from error
    return Q(**{f"{by}__lte": seen}) & (Q(**{f"{by}__lt": seen}) | Q(pk__lt=pk))
