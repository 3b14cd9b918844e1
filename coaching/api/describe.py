"""How an operation reads in the OpenAPI document: its scope, its shapes, and every status that it may answer with."""

from collections.abc import Callable
from typing import Any, TypeVar

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers

View = TypeVar("View", bound=Callable[..., Any])


class Reason(serializers.Serializer[Any]):
    field = serializers.CharField()
    reason = serializers.CharField()


class Problem(serializers.Serializer[Any]):
    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(required=False)
    errors = Reason(many=True, required=False)  # type: ignore[assignment]
    stored = serializers.DictField(required=False)


WHY = {
    304: "What you have is what is stored.",
    400: "The body cannot be read.",
    401: "No token, or one that is not valid.",
    403: "The token has not the scope.",
    404: "Nothing that this token may see.",
    405: "Not here.",
    406: "The API answers in JSON.",
    409: "Changed elsewhere in the meantime; the stored row comes along.",
    412: "Not what it was when it was read; the stored row comes along.",
    413: "More than a million bytes.",
    415: "The API reads JSON.",
    422: "A value that cannot be taken, with a reason at each field.",
    428: "What is there already is changed only with `If-Match`; the stored row comes along.",
    429: "More than 600 requests a minute; `Retry-After` says when.",
    503: "The database is away; `Retry-After` says when.",
}
PROBLEM = "application/problem+json"
HEADER: Any = OpenApiParameter.HEADER
TAG = OpenApiParameter(
    "ETag", str, HEADER, response=[200, 412, 428], description="Names this content of the row."
)
READ_BEFORE = OpenApiParameter("If-None-Match", str, HEADER, description="The `ETag` of what you have.")
SEEN = OpenApiParameter("If-Match", str, HEADER, description="The `ETag` of what you have read, or `*`.")
NEW = OpenApiParameter("If-None-Match", str, HEADER, description="`*`: only if nothing is there yet.")
ALWAYS = (401, 403, 404, 406, 422, 429, 503)
WITH_BODY = (*ALWAYS, 400, 413, 415)


def says(
    summary: str,
    out: Any,
    *,
    takes: Any = None,
    name: str,
    scope: str = "read",
    parameters: Any = (),
    one: bool = False,
) -> Callable[[View], View]:
    """Document one operation. `takes` is the shape of its body, `out` of its answer; None answers 204.

    `one`: it is about a row that has a tag.
    """
    problems, headers = [*(WITH_BODY if takes else ALWAYS)], []
    if scope != "read":
        problems += [409]
    if one and scope == "read":
        headers = [TAG, READ_BEFORE]
    elif one:
        headers = [SEEN, NEW, TAG] if takes else [SEEN]
        problems += [412, 428]
    done: dict[Any, Any] = {204: OpenApiResponse(description="Done.")} if out is None else {200: out}
    if isinstance(out, dict):
        done = {**out}
    if READ_BEFORE in headers:
        done[304] = OpenApiResponse(description=WHY[304])
    refused = {
        (status, PROBLEM): OpenApiResponse(Problem, description=WHY[status]) for status in sorted({*problems})
    }
    decorate: Callable[[View], View] = extend_schema(
        operation_id=name,
        summary=summary,
        description=f"{summary} Scope: `{scope}`.",
        request=takes,
        responses={**done, **refused},
        parameters=[*parameters, *headers],
    )
    return decorate


def a_page_of(shape: type[serializers.Serializer[Any]], name: str) -> type[serializers.Serializer[Any]]:
    """The envelope of a list: up to 100 results, and the address of the next page."""
    fields = {
        "next": serializers.URLField(allow_null=True),
        "results": shape(many=True),
    }
    return type(f"{name}Page", (serializers.Serializer,), fields)


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "coaching.api.tokens.TokenAuth"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey", "in": "header", "name": "Authorization",
            "description": "`Authorization: Token …`, made in the settings; scopes `read`, `log`, `write`.",
        }  # fmt: skip
