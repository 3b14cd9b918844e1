"""The way out of the daily reminder."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from clients.reminders import arrange
from coaching import reminders


@csrf_exempt  # RFC 8058: the mail provider posts here, without a session; the link is signed
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """One click in the mail program posts; a person who follows the link is asked first. GET changes nothing."""
    client = reminders.client_of(token)
    if client is None:
        raise Http404
    if request.method == "POST":
        arrange(client=client, hour=None, by=None, at=timezone.now())
        client.reminder_hour = None
    return render(request, "reminder/stop.html", {"stopped": client.reminder_hour is None})
