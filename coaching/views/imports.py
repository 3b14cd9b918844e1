"""Importing another app's export: choose a file, look at what it says, import it, and undo it."""

from typing import Any
from zoneinfo import available_timezones

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST
from kombu.exceptions import OperationalError

from clients.access import ClientRequest, CoachRequest, HtmxRequest, client_required, coach_required
from clients.models import Client
from clients.problems import Refused
from coaching import imports
from coaching.exchange.apps import matching
from coaching.exchange.apps.undoing import undo
from coaching.http import UNPROCESSABLE
from coaching.import_form import FileForm, OptionsForm
from coaching.imports_page import Desk, exercise_names, listing, may_undo
from coaching.tasks import LOST_AFTER_S, read_import, run_import
from coaching.wording import counted
from programs.models import Import

TOO_MANY = 429
State = Import.State


@require_http_methods(["GET", "HEAD", "POST"])
@coach_required
def client_imports(request: CoachRequest, pk: int) -> HttpResponse:
    return _files(request, _coachs(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@coach_required
def client_import(request: CoachRequest, pk: int, import_pk: int) -> HttpResponse:
    return _preview(request, _coachs(request, pk), import_pk)


@require_POST
@coach_required
def client_import_run(request: CoachRequest, pk: int, import_pk: int) -> HttpResponse:
    return _run(request, _coachs(request, pk), import_pk)


@require_POST
@coach_required
def client_import_undo(request: CoachRequest, pk: int, import_pk: int) -> HttpResponse:
    return _undo(request, _coachs(request, pk), import_pk)


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def own_imports(request: ClientRequest) -> HttpResponse:
    return _files(request, _own(request))


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def own_import(request: ClientRequest, import_pk: int) -> HttpResponse:
    return _preview(request, _own(request), import_pk)


@require_POST
@client_required
def own_import_run(request: ClientRequest, import_pk: int) -> HttpResponse:
    return _run(request, _own(request), import_pk)


@require_POST
@client_required
def own_import_undo(request: ClientRequest, import_pk: int) -> HttpResponse:
    return _undo(request, _own(request), import_pk)


def _coachs(request: CoachRequest, pk: int) -> Desk:
    mine = Client.objects.visible_to(request.coach).select_related("coach__user", "practice")
    return Desk(client=get_object_or_404(mine, pk=pk), by=request.user, coach=True)


def _own(request: ClientRequest) -> Desk:
    return Desk(client=request.client, by=request.user, coach=False)


def _files(request: HtmxRequest, desk: Desk) -> HttpResponse:
    form, status = FileForm(), 200
    if request.method == "POST":
        form = FileForm(request.POST, request.FILES)
        if request.META.get("reserve.too_large"):
            form.errors["file"] = form.error_class(
                ["This file is larger than 50 MB: no one person’s log is."]
            )
        if form.is_valid():
            try:
                received = imports.receive(
                    client=desk.client, file=form.cleaned_data["file"], by=desk.by, at=timezone.now()
                )
            except imports.TooMany:
                form.add_error("file", f"{imports.MOST_AN_HOUR} files an hour are enough. Try again later.")
                return _page(request, desk, "index", {"form": form}, TOO_MANY, {"Retry-After": "3600"})
            _read(received)
            return redirect(desk.address(imported=received))
        status = UNPROCESSABLE
    return _page(request, desk, "index", {"form": form}, status)


def _preview(request: HtmxRequest, desk: Desk, import_pk: int) -> HttpResponse:
    imported = _one(desk, import_pk)
    if request.method != "POST":
        return _shown(request, desk, imported, OptionsForm(None, imported, maps=desk.coach))
    form = OptionsForm(request.POST, imported, maps=desk.coach)
    mapping = form.mapping(desk.client) if form.is_valid() else {}
    if not form.is_valid():
        return _shown(request, desk, imported, form, UNPROCESSABLE)
    try:
        imports.choose(imported, form.options())
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect(desk.address(imported=imported))
    matching.keep(desk.client, mapping, by=desk.by, at=timezone.now())
    _read(imported)
    return redirect(desk.address(imported=imported))


def _run(request: HtmxRequest, desk: Desk, import_pk: int) -> HttpResponse:
    imported = _one(desk, import_pk)
    if imports.begin(imported, at=timezone.now()) and not _handed_over(imported, run_import):
        imports.run(imported.pk, at=timezone.now())
    return redirect(desk.address(imported=imported))


def _undo(request: HtmxRequest, desk: Desk, import_pk: int) -> HttpResponse:
    imported, now = _one(desk, import_pk), timezone.now()
    try:
        if imported.state != State.UNDONE and not may_undo(desk, imported, now):
            raise Refused("", "This import cannot be undone here any more.")
        done = undo(imported, by=desk.by, at=now)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect(desk.address(imported=imported))
    said = f"Undone: {counted(done.removed, 'session')} removed, {done.restored} as before."
    left = f" {counted(done.left, 'session')} edited here since stay as they are." if done.left else ""
    messages.success(request, said + left)
    return redirect(desk.address())


def _read(imported: Import) -> None:
    if not _handed_over(imported, read_import):
        imports.prepare(imported.pk, at=timezone.now())


def _handed_over(imported: Import, task: Any) -> bool:
    """A long file is the worker's; where the broker is away it is done here, at once."""
    if not imports.is_long(imported):
        return False
    try:
        task.apply_async((imported.pk,), expires=LOST_AFTER_S, retry=False)
    except OperationalError:
        return False
    return True


def _one(desk: Desk, import_pk: int) -> Import:
    return get_object_or_404(Import.objects.filter(client=desk.client), pk=import_pk)


def _shown(
    request: HtmxRequest, desk: Desk, imported: Import, form: OptionsForm, status: int = 200
) -> HttpResponse:
    now, waits = timezone.now(), imported.state in (State.READING, State.RUNNING)
    stuck = waits and (imported.claimed_at or imported.made_at) < now - imports.LEASE
    context = {
        "imported": imported, "preview": imported.preview, "form": form, "waits": waits,
        "stuck": stuck,
        "here": desk.address(imported=imported), "run": desk.address("run", imported), "files": desk.address(),
        "undo": desk.address("undo", imported) if may_undo(desk, imported, now) else "",
        "zones": sorted(available_timezones()), "exercises": exercise_names(desk.client) if desk.coach else [],
    }  # fmt: skip
    if request.htmx and waits:
        return render(request, "imports/_waiting.html", context)
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": context["here"]})
    return _page(request, desk, "show", context, status)


def _page(
    request: HtmxRequest, desk: Desk, page: str, context: dict[str, Any], status: int = 200,
    headers: dict[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    if page == "index":
        context["past"] = listing(desk, timezone.now())
    shared = {"shell": desk.shell, "client": desk.client, "is_coach": desk.coach, "tab": "settings"}
    response = render(request, f"imports/{page}.html", {**shared, **context}, status=status)
    for name, value in (headers or {}).items():
        response[name] = value
    return response
