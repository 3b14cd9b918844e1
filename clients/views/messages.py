"""What the coach wrote, on the client's phone. Opening the page is reading it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clients import messages
from clients.access import ClientRequest, client_required
from clients.models import Message

SHOWN = 50


@require_safe
@client_required
def inbox(request: ClientRequest) -> HttpResponse:
    rows = Message.objects.standing().filter(client=request.client).select_related("action__by__user")
    found = list(rows.order_by("-at", "-pk")[:SHOWN])
    if any(message.read_at is None for message in found):
        messages.read(request.client, at=timezone.now())
    return render(request, "train/messages.html", {"letters": found, "tab": "today"})
