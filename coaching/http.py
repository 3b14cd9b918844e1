"""One page, two ways to ask for it: whole, or the piece that HTMX swaps."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from clients.access import HtmxRequest

UNPROCESSABLE = 422


def fragment_or(
    request: HtmxRequest, *, page: str, fragment: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The server chooses: the fragment for HTMX, the page for everybody else."""
    response = render(request, fragment if request.htmx else page, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
