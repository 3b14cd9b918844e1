"""The practice's coaches, for its head: who has whom, who joins, who leaves, and handing clients over."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from clients import coaches, desks
from clients.access import CoachRequest, coach_required
from clients.digits import whole
from clients.models import Client, Coach
from clients.problems import Refused


class ColleagueForm(forms.Form):
    name = forms.CharField(max_length=200, error_messages={"required": "A coach needs a name."})
    email = forms.EmailField(
        label="E-mail", max_length=254, error_messages={"required": "They sign in with it."}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@coach_required
def practice_coaches(request: CoachRequest) -> HttpResponse:
    _only_heads(request)
    form = ColleagueForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    try:
        joined = desks.join(head=request.coach, **form.cleaned_data, at=timezone.now())
    except Refused as refused:
        form.add_error(refused.field, refused.sentence)
        return _page(request, form)
    return _page(request, ColleagueForm(), joined=joined, link=coaches.password_link(joined))


@require_POST
@coach_required
def coach_clients(request: CoachRequest, pk: int) -> HttpResponse:
    """All clients of one coach to another."""
    coach, to = _colleague(request, pk), _chosen(request)
    try:
        if to is None:
            raise Refused("to", "Choose who takes them.")
        mine = list(Client.objects.filter(coach=coach))
        moved = desks.hand_over(clients=mine, to=to, by=request.coach, at=timezone.now())
    except Refused as refused:
        return _page(request, ColleagueForm(), problem=refused.sentence, problem_of=coach.pk)
    who = "1 client is" if len(moved) == 1 else f"{len(moved)} clients are"
    messages.success(request, f"{who} with {desks.named(to)} now.")
    return redirect("coaches")


@require_POST
@coach_required
def coach_access(request: CoachRequest, pk: int) -> HttpResponse:
    """Switch a colleague's sign-in off, or on again."""
    coach = _colleague(request, pk)
    verb = desks.open_again if request.POST.get("do") == "open" else desks.close
    try:
        verb(coach=coach, by=request.coach, at=timezone.now())
    except Refused as refused:
        return _page(request, ColleagueForm(), problem=refused.sentence, problem_of=coach.pk)
    return redirect("coaches")


@require_POST
@coach_required
def client_coach(request: CoachRequest, pk: int) -> HttpResponse:
    """One client to another coach."""
    _only_heads(request)
    client = get_object_or_404(Client.objects.visible_to(request.coach), pk=pk)
    to = _chosen(request)
    try:
        if to is None:
            raise Refused("to", "Choose who takes them.")
        desks.hand_over(clients=[client], to=to, by=request.coach, at=timezone.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, f"{client.first_name} is with {desks.named(to)} now.")
    return redirect("client-edit", pk=pk)


def _page(request: CoachRequest, form: ColleagueForm, **more: Any) -> HttpResponse:
    rows = Coach.objects.filter(practice=request.coach.practice_id).select_related("user")
    counted = rows.annotate(
        now=Count("clients", filter=Q(clients__archived_at=None)), all=Count("clients")
    ).order_by("-user__is_active", "user__name", "pk")
    context = {"form": form, "coaches": list(counted), **more}
    status = 422 if form.errors or more.get("problem") else 200
    return render(request, "roster/coaches.html", context, status=status)


def _only_heads(request: CoachRequest) -> None:
    if not request.coach.is_head:
        raise Http404


def _colleague(request: CoachRequest, pk: int) -> Coach:
    _only_heads(request)
    mine = Coach.objects.filter(practice=request.coach.practice_id)
    return get_object_or_404(mine.select_related("user"), pk=pk)


def _chosen(request: CoachRequest) -> Coach | None:
    key = whole(request.POST.get("to"))
    if key is None:
        return None
    mine = Coach.objects.filter(practice=request.coach.practice_id)
    return mine.select_related("user").filter(pk=key).first()
