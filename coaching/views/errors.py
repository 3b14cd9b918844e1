"""The page for what went wrong on our side. A database that is away is not a fault of the request: come back soon."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from coaching.middleware import is_away, unavailable_page


def server_error(request: HttpRequest) -> HttpResponse:
    error = sys.exc_info()[1]
    # Sessions are read and written outside of any view: there the middleware of views does not see the error.
    if error is not None and is_away(error):
        return unavailable_page(request)
    return render(request, "500.html", status=500)
