"""A client's sessions, and sets that the coach logs for them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from clients.access import CoachRequest, coach_required
from clients.digits import whole
from clients.models import Client
from clients.problems import Conflict, Refused
from coaching.http import UNPROCESSABLE
from coaching.sessions_page import logged_said, sessions_page, trained_lately
from coaching.views.client import day_of
from programs import for_client, sessions
from programs.for_client_form import LogForm
from programs.forms import refuse
from programs.models import SetLog


@require_GET
@coach_required
def client_sessions(request: CoachRequest, pk: int) -> HttpResponse:
    client = get_object_or_404(Client.objects.visible_to(request.coach), pk=pk)
    return _page(request, client, LogForm(client=client, now=timezone.now()))


@require_POST
@coach_required
def client_log(request: CoachRequest, pk: int) -> HttpResponse:
    """Like sets of one exercise into a day of the client."""
    client = get_object_or_404(Client.objects.visible_to(request.coach).active(), pk=pk)
    now = timezone.now()
    form = LogForm(request.POST, client=client, now=now)
    if form.is_valid():
        try:
            made = for_client.log_sets(client=client, by=request.coach, at=now, **form.logged())
        except Refused as refused:
            refuse(form, refused)
        except Conflict:
            form.add_error(None, "These sets were changed meanwhile. Load the page again.")
        else:
            return redirect(f"{reverse('client-sessions', args=[pk])}?logged={made[0].uuid}&sets={len(made)}")
    return _page(request, client, form, status=UNPROCESSABLE)


@require_POST
@coach_required
def client_log_undo(request: CoachRequest, pk: int) -> HttpResponse:
    """Take back what was just logged; twice is once."""
    client = get_object_or_404(Client.objects.visible_to(request.coach), pk=pk)
    keys = [key for key in map(_uuid, request.POST.getlist("set")[: for_client.MOST_AT_ONCE]) if key]
    for one in SetLog.objects.filter(client=client, uuid__in=keys, source=for_client.COACH):
        sessions.delete_set(set_log=one, by=request.coach.user, at=timezone.now())
    messages.success(request, "Undone. The sets are out of everything again.")
    return redirect("client-sessions", pk=pk)


def _page(request: CoachRequest, client: Client, form: LogForm, status: int = 200) -> HttpResponse:
    page = sessions_page(client, now=timezone.now(), before=day_of(request.GET.get("before", "")))
    logged = _logged(request, client) if status == 200 else []
    context = {
        "page": page,
        "client": client,
        "form": form,
        "known": trained_lately(client),
        "logged": logged,
        "logged_said": logged_said(logged),
    }
    return render(request, "client/sessions.html", context, status=status)


def _logged(request: CoachRequest, client: Client) -> list[SetLog]:
    """The sets that this coach has just logged, to be undone while the page shows them."""
    key = _uuid(request.GET.get("logged", ""))
    first = (
        SetLog.objects.live().filter(client=client, uuid=key, source=for_client.COACH).first()
        if key
        else None
    )
    if first is None:
        return []
    rows = SetLog.objects.live().filter(
        session=first.session_id, source=for_client.COACH, set_no__gte=first.set_no
    )
    count = whole(request.GET.get("sets"), digits=3)
    most = 1 if count is None else count
    return list(rows.select_related("exercise").order_by("set_no")[:most])


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text[:40])
    except ValueError:
        return None
