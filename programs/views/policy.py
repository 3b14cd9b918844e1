"""Own limits: a coach's, and a client's. Plain forms; what is refused stands at its field as it was typed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from clients.access import CoachRequest, coach_required
from clients.fields import Number
from clients.models import Client, Coach
from clients.problems import Refused
from programs import policies
from programs.policy_page import Typed, policy_page


@require_safe
@coach_required
def policy(request: CoachRequest) -> HttpResponse:
    return _show(request, request.coach, None)


@require_safe
@coach_required
def coach_policy(request: CoachRequest, coach_pk: int) -> HttpResponse:
    return _show(request, _coach_seen_by(request, coach_pk), None)


@require_POST
@coach_required
def coach_limits(request: CoachRequest, coach_pk: int) -> HttpResponse:
    return _take(request, _coach_seen_by(request, coach_pk), None)


@require_safe
@coach_required
def client_policy(request: CoachRequest, pk: int) -> HttpResponse:
    client = _client_seen_by(request, pk)
    return _show(request, client.coach, client)


@require_POST
@coach_required
def client_limits(request: CoachRequest, pk: int) -> HttpResponse:
    client = _client_seen_by(request, pk)
    return _take(request, client.coach, client)


def _coach_seen_by(request: CoachRequest, coach_pk: int) -> Coach:
    """One's own; a head coach's are all of the practice, whose clients they see anyway."""
    coaches = Coach.objects.select_related("user").filter(practice=request.coach.practice_id)
    if not request.coach.is_head:
        coaches = coaches.filter(pk=request.coach.pk)
    return get_object_or_404(coaches, pk=coach_pk)


def _client_seen_by(request: CoachRequest, pk: int) -> Client:
    clients = Client.objects.visible_to(request.coach).select_related("coach__user")
    return get_object_or_404(clients, pk=pk)


def _take(request: CoachRequest, coach: Coach, client: Client | None) -> HttpResponse:
    key, text = request.POST.get("key", "")[:40], request.POST.get("value", "")[:40]
    try:
        value = _value(request.POST)
        changed = policies.set_limit(
            coach=coach, client=client, key=key, value=value, by=request.coach, at=timezone.now()
        )
    except Refused as refused:
        return _show(
            request, coach, client, typed=Typed(key=key, text=text, problem=refused.sentence), status=422
        )
    says = policies.BY_KEY[key].says
    now = "back to the default" if value is None else f"now {value:g} {policies.BY_KEY[key].unit}"
    messages.success(request, f"{says}: {now}." if changed else f"{says}: nothing to change.")
    if client:
        return redirect("client-policy", pk=client.pk)
    return redirect("policy") if coach == request.coach else redirect("coach-policy", coach_pk=coach.pk)


def _value(post: QueryDict) -> float | None:
    """What was typed; an empty field, like the button, goes back to the default."""
    if "default" in post:
        return None
    try:
        number = Number(sentence="Give a number, like 72.").clean(post.get("value", ""))
    except ValidationError as error:
        raise Refused("value", error.messages[0]) from error
    return None if number is None else float(number)


def _show(
    request: CoachRequest,
    coach: Coach,
    client: Client | None,
    *,
    typed: Typed | None = None,
    status: int = 200,
) -> HttpResponse:
    others = Coach.objects.select_related("user").filter(practice=request.coach.practice_id)
    context = {
        "page": policy_page(coach, client, at=timezone.now(), viewer=request.coach, typed=typed),
        "coach": coach,
        "client": client,
        "coaches": others.order_by("user__name", "pk") if request.coach.is_head and client is None else (),
    }
    return render(request, "policy/show.html", context, status=status)
