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
    400: "The body cannot be read.",
    401: "No token, or one that is not valid.",
    403: "The token has not the scope.",
    404: "Nothing that this token may see.",
    405: "Not here.",
    406: "The API answers in JSON.",
    409: "Changed elsewhere in the meantime; the stored row comes along.",
    413: "More than a million bytes.",
    415: "The API reads JSON.",
    422: "A value that cannot be taken, with a reason at each field.",
    429: "More than 600 requests a minute; `Retry-After` says when.",
    503: "The database is away; `Retry-After` says when.",
}
PROBLEM = "application/problem+json"
CURSOR = OpenApiParameter("cursor", str, description="From `next` of the page before.")
ALWAYS = (401, 403, 404, 406, 422, 429, 503)
WITH_BODY = (*ALWAYS, 400, 409, 413, 415)


def says(
    summary: str, out: Any, *, takes: Any = None, name: str, scope: str = "read", parameters: Any = ()
) -> Callable[[View], View]:
    """Document one operation. `takes` is the shape of its body, `out` of its answer; None answers 204."""
    problems = {
        (status, PROBLEM): OpenApiResponse(Problem, description=WHY[status])
        for status in (WITH_BODY if takes else (*ALWAYS, 409))
    }
    done: dict[Any, Any] = {204: OpenApiResponse(description="Done.")} if out is None else {200: out}
    decorate: Callable[[View], View] = extend_schema(
        operation_id=name,
        summary=summary,
        description=f"{summary} Scope: `{scope}`.",
        request=takes,
        responses={**done, **problems},
        parameters=[*parameters],
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
