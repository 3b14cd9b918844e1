"""A client's programme: programmes and their phases. One form stands open at a time; saving shows the plan again."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_POST

from clients.access import CoachRequest, coach_required
from clients.days import local_day
from clients.models import Change, Client
from clients.problems import Refused
from programs import plans, programmes
from programs.models import Exercise, Phase, Program
from programs.plan_forms import AssignForm, DeloadForm, PhaseForm, ProgramForm
from programs.plan_page import OpenForm, programme_of
from programs.policy.kinds import PhaseKind

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def show(
    request: CoachRequest, client: Client, *,
    form: OpenForm | None = None, undo: Change | None = None, problem: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The whole page, or for HTMX the plan within it."""
    context = {
        "client": client,
        "programs": programme_of(client, at=timezone.now()),
        "open": form,
        "undo": undo,
        "problem": problem,
    }
    template = "plan/_plan.html" if request.htmx else "plan/show.html"
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def saved(
    request: CoachRequest, client: Client, *, undo: Change | None = None, form: OpenForm | None = None
) -> HttpResponse:
    """What stands there after a change: HTMX sees the plan, everybody else comes back to the page."""
    if request.htmx:
        return show(request, client, undo=undo, form=form)
    query = {"undo": undo.pk} if undo else {}
    back = form.action if form else reverse("programme", args=[client.pk])
    return redirect(f"{back}?{urlencode(query)}" if query else back)


def edit(
    request: CoachRequest, client: Client, form: OpenForm, save: Callable[[Any], object],
    then: Callable[[], OpenForm] | None = None,
) -> HttpResponse:  # fmt: skip
    """Show a form, or take it: what is wrong stands at the field, and what was typed stays."""
    if request.method != "POST":
        return show(request, client, form=form)
    if form.form.is_valid():
        try:
            save(form.form)
        except Refused as refused:
            form.form.add_error(
                refused.field if refused.field in form.form.fields else None, refused.sentence
            )
        else:
            return saved(request, client, form=then() if then else None)
    return show(request, client, form=form, status=422)


def bound(request: CoachRequest) -> Any:
    return request.POST if request.method == "POST" else None


def client_seen_by(request: CoachRequest, pk: int) -> Client:
    return get_object_or_404(Client.objects.visible_to(request.coach), pk=pk)


def phase_seen_by(request: CoachRequest, pk: int) -> Phase:
    phases = Phase.objects.filter(client__in=Client.objects.visible_to(request.coach))
    return get_object_or_404(phases.select_related("client", "continues"), pk=pk)


def exercise_names(client: Client) -> list[str]:
    names = Exercise.objects.known_to(client.practice_id).values_list("name", flat=True)
    return sorted(set(names), key=str.casefold)


@get_or_post
@coach_required
def programme(request: CoachRequest, pk: int) -> HttpResponse:
    client = client_seen_by(request, pk)
    if request.method == "POST":
        form = OpenForm(
            key="program-add", form=ProgramForm(request.POST), action=reverse("programme", args=[pk]),
            legend="New programme", submit="Write programme",
        )  # fmt: skip
        return edit(request, client, form, lambda f: _write(request, client, f))
    key = request.GET.get("undo", "")
    removals = Change.objects.filter(client=client, kind__in=programmes.UNDOABLE)
    undo = removals.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None
    return show(request, client, undo=undo)


def _write(request: CoachRequest, client: Client, form: ProgramForm) -> Program:
    return programmes.write(
        client=client, name=form.cleaned_data["name"], by=request.coach, at=timezone.now()
    )


@get_or_post
@coach_required
def program(request: CoachRequest, pk: int) -> HttpResponse:
    row = _program_seen_by(request, pk)
    form = OpenForm(
        key=f"program:{pk}", form=ProgramForm.of(row, bound(request)), action=reverse("program", args=[pk]),
        legend="Rename", submit="Save",
    )  # fmt: skip
    return edit(
        request, row.client, form,
        lambda f: programmes.rename(program=row, name=f.cleaned_data["name"], by=request.coach, at=timezone.now()),
    )  # fmt: skip


@get_or_post
@coach_required
def program_assign(request: CoachRequest, pk: int) -> HttpResponse:
    row = _program_seen_by(request, pk)
    form = OpenForm(
        key=f"assign:{pk}", form=AssignForm(request.coach, bound(request), initial={"starts_on": _today(row.client)}),
        action=reverse("program-assign", args=[pk]), legend="Give to another client, as a copy", submit="Give",
    )  # fmt: skip
    return edit(
        request, row.client, form,
        lambda f: programmes.assign(program=row, **f.cleaned_data, by=request.coach, at=timezone.now()),
    )  # fmt: skip


@get_or_post
@coach_required
def phase_add(request: CoachRequest, pk: int) -> HttpResponse:
    client = client_seen_by(request, pk)
    key = request.GET.get("program", "")
    row = get_object_or_404(Program, pk=key, client=client) if key.isdecimal() and len(key) < 19 else None
    form = OpenForm(
        key=f"phase-add:{row.pk if row else None}",
        form=PhaseForm(bound(request), initial={"kind": PhaseKind.HYPERTROPHY, "starts_on": _today(client)}),
        action=reverse("phase-add", args=[pk]) + (f"?program={row.pk}" if row else ""),
        legend="New phase", submit="Add phase",
    )  # fmt: skip
    return edit(
        request, client, form,
        lambda f: programmes.add_phase(
            client=client, program=row, dates=f.dates(), by=request.coach, at=timezone.now()
        ),
    )  # fmt: skip


@get_or_post
@coach_required
def phase(request: CoachRequest, pk: int) -> HttpResponse:
    row = phase_seen_by(request, pk)
    form = OpenForm(
        key=f"phase:{pk}", form=PhaseForm.of(row, bound(request)), action=reverse("phase", args=[pk]),
        legend="Change phase", submit="Save",
    )  # fmt: skip
    return edit(
        request, row.client, form,
        lambda f: programmes.edit_phase(phase=row, dates=f.dates(), by=request.coach, at=timezone.now()),
    )  # fmt: skip


@require_POST
@coach_required
def phase_remove(request: CoachRequest, pk: int) -> HttpResponse:
    """A deload closes again behind itself; any other phase leaves its days empty."""
    row = phase_seen_by(request, pk)
    undo = None
    try:
        if row.kind == PhaseKind.DELOAD and row.continues_id:
            plans.remove_deload(phase=row, by=request.coach, at=timezone.now())
        else:
            undo = programmes.remove_phase(phase=row, by=request.coach, at=timezone.now())
    except Refused as refused:
        return show(request, row.client, problem=refused.sentence, status=422)
    return saved(request, row.client, undo=undo)


@get_or_post
@coach_required
def deload_add(request: CoachRequest, pk: int) -> HttpResponse:
    client = client_seen_by(request, pk)
    form = OpenForm(
        key="deload", form=DeloadForm(bound(request), initial={"starts_on": _today(client), "days": 7}),
        action=reverse("deload-add", args=[pk]), legend="Deload week: half the sets, 4 short, no failure",
        submit="Insert deload",
    )  # fmt: skip
    return edit(
        request, client, form,
        lambda f: plans.insert_deload(client=client, **f.cleaned_data, by=request.coach, at=timezone.now()),
    )  # fmt: skip


@require_POST
@coach_required
def plan_undo(request: CoachRequest, pk: int) -> HttpResponse:
    clients = Client.objects.visible_to(request.coach)
    changes = Change.objects.filter(kind__in=programmes.UNDOABLE, client__in=clients)
    change = get_object_or_404(changes.select_related("client"), pk=pk)
    client = change.client
    assert client is not None
    try:
        programmes.undo_removal(change=change, by=request.coach, at=timezone.now())
    except Refused as refused:
        return show(request, client, problem=refused.sentence, status=422)
    return saved(request, client)


def _program_seen_by(request: CoachRequest, pk: int) -> Program:
    mine = Program.objects.filter(client__in=Client.objects.visible_to(request.coach))
    return get_object_or_404(mine.select_related("client"), pk=pk)


def _today(client: Client) -> Any:
    return local_day(timezone.now(), client.zone)
