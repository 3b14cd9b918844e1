"""What may be asked of a list: a page of it, its size, and filters. An odd value is refused, not passed over."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from clients.problems import Refused

PAGE = 100


class Listed(serializers.Serializer[Any]):
    cursor = serializers.CharField(
        required=False, allow_blank=True, help_text="From `next` of the page before."
    )
    limit = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=PAGE,
        default=PAGE,
        help_text=f"Rows of a page, {PAGE} at most.",
    )


class Spanned(Listed):
    """Of some days only."""

    since = serializers.DateField(required=False, help_text="First day, included.")
    until = serializers.DateField(required=False, help_text="Last day, included.")


def asked(shape: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    form = shape(data=request.query_params.dict())
    form.is_valid(raise_exception=True)
    values: dict[str, Any] = form.validated_data
    return values


def within(values: dict[str, Any], column: str) -> dict[str, Any]:
    """The days asked for, as a filter of a column."""
    since, until = values.get("since"), values.get("until")
    if since and until and until < since:
        raise Refused("until", "The last day lies before the first.")
    bounds = {f"{column}__gte": since, f"{column}__lte": until}
    return {name: day for name, day in bounds.items() if day}
