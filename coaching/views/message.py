"""Writing to a client: three drafts that quote the evidence, edited in place, sent by one press."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from clients import answers, messages
from clients.access import CoachRequest, coach_required
from clients.digits import whole
from clients.models import Client, Flag
from clients.problems import Refused
from coaching.answer_form import Sent
from coaching.filters import Filters
from coaching.http import UNPROCESSABLE
from coaching.letter_to_client import drafts_for
from coaching.views.answered import answered, from_client_page, query_of


@require_http_methods(["GET", "HEAD", "POST"])
@coach_required
def client_message(request: CoachRequest, pk: int) -> HttpResponse:
    client = get_object_or_404(Client.objects.visible_to(request.coach).select_related("user"), pk=pk)
    flag, now = _flag(request, client), timezone.now()
    if request.method != "POST":
        return _form(request, client, flag, now)
    text = request.POST.get("text", "")
    try:
        action = messages.send(client=client, flag=flag, text=text, by=request.coach, at=now)
    except Refused as refused:
        return _form(request, client, flag, now, text=text, problem=refused.sentence)
    return answered(request, client, now, action=action)


@require_POST
@coach_required
def client_notes(request: CoachRequest, pk: int) -> HttpResponse:
    """A note about the client, whatever their signs are. Never shown to them."""
    client = get_object_or_404(Client.objects.visible_to(request.coach), pk=pk)
    now = timezone.now()
    try:
        action = answers.note(client=client, text=request.POST.get("text", ""), by=request.coach, at=now)
    except Refused as refused:
        return answered(request, client, now, refused=refused, sent=Sent.of(request.POST))
    return answered(request, client, now, action=action)


def _form(
    request: CoachRequest, client: Client, flag: Flag | None, now: datetime, *, text: str = "", problem: str = ""
) -> HttpResponse:  # fmt: skip
    found = drafts_for(client, flag, coach=request.coach, now=now)
    chosen = next((draft for draft in found if draft.key == request.GET.get("text")), found[0])
    context: dict[str, Any] = {
        "client": client,
        "drafts": found,
        "chosen": "" if problem else chosen.key,
        "text": text if problem else chosen.text,
        "problem": problem,
        "to": messages.address_of(client),
        **_where(request, client, flag),
    }
    status = UNPROCESSABLE if problem else 200
    if not request.htmx:
        return render(request, "message/show.html", context, status=status)
    response = render(request, "message/_form.html", context, status=status)
    if problem:
        response["HX-Retarget"], response["HX-Reswap"] = f"#message-{client.pk}", "outerHTML"
    return response


def _where(request: CoachRequest, client: Client, flag: Flag | None) -> dict[str, str]:
    """The form's own address, where Cancel leads, and which piece of the page an answer replaces."""
    about = urlencode({"flag": flag.pk}) if flag else ""
    mine = reverse("client-message", args=[client.pk])
    if from_client_page(request):
        page = reverse("client", args=[client.pk])
        return {"here": f"{mine}?on=client&{about}", "back": page, "target": "#client"}
    board = Filters.read(query_of(request)).address()
    return {"here": f"{mine}{board}&{about}", "back": reverse("board") + board, "target": f"#row-{client.pk}"}


def _flag(request: CoachRequest, client: Client) -> Flag | None:
    """The flag that is written about: the one named, else the worst that is open."""
    named = whole(request.GET.get("flag"))
    mine = Flag.objects.filter(client=client)
    if named is not None:
        return mine.filter(pk=named).first()
    return mine.open().order_by("level", "-score", "pk").first()
