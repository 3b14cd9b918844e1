"""The site as the web benchmark serves it: the product's own URLs, and the yardstick beside them."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coaching.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import include, path

from clients.access import CoachRequest, coach_required


@coach_required
def empty(request: CoachRequest) -> HttpResponse:
    """Yardstick E: a signed-in coach, all middleware, session and database, and two bytes."""
    return HttpResponse("ok")


urlpatterns = [path("bench/empty/", empty), path("", include("coaching.urls"))]


def application_of_the_benchmark() -> object:
    settings.ROOT_URLCONF = __name__
    return get_wsgi_application()


application = application_of_the_benchmark()
