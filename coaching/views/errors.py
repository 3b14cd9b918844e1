"""The pages for what is not there, and for what went wrong on our side: a database that is away comes back soon."""

import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.defaults import page_not_found

from coaching.middleware import is_away, unavailable_page


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Other software reads its errors in one form, also at an address that the API does not have."""
    if request.path.startswith("/api/"):
        body = {"type": "about:blank", "title": "There is nothing here.", "status": 404}
        return JsonResponse(body, status=404, content_type="application/problem+json")
    return page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    error = sys.exc_info()[1]
    # Sessions are read and written outside of any view: there the middleware of views does not see the error.
    if error is not None and is_away(error):
        return unavailable_page(request)
    return render(request, "500.html", status=500)
