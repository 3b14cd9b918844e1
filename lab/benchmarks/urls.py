"""The product's own URLs, and the yardstick beside them."""

from django.http import HttpResponse
from django.urls import include, path

from clients.access import CoachRequest, coach_required


@coach_required
def empty(request: CoachRequest) -> HttpResponse:
    """Yardstick E: a signed-in coach, all middleware, session and database, and two bytes."""
    return HttpResponse("ok")


urlpatterns = [path("bench/empty/", empty), path("", include("coaching.urls"))]
