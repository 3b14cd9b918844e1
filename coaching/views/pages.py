"""Pages that belong to nobody in particular."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from clients.access import client_of, to_sign_in
from clients.models import Coach


def home(request: HttpRequest) -> HttpResponse:
    """Where a sign-in leads: a coach to the board, a client to today."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    if Coach.objects.filter(user=request.user).exists():
        return redirect("board")
    if client_of(request):
        return redirect("today")
    return render(request, "pages/nobody.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was older than the sign-in: say so, keep the page."""
    return render(request, "403_csrf.html", status=403)
