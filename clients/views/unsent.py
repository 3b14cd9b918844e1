"""A coach does not want to send any more what the end of a sign-in had held up."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from clients import unsent
from clients.access import CoachRequest, coach_required, place_of


@require_POST
@coach_required
def unsent_drop(request: CoachRequest) -> HttpResponse:
    unsent.drop(request.session)
    return redirect(place_of(request))
