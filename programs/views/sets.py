"""Sets on the phone: logged, corrected, taken back, and why one was stopped."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from clients import checkins, consent
from clients.access import ClientRequest, client_required
from clients.days import local_day
from clients.digits import whole
from clients.problems import Conflict, Refused
from programs import sessions
from programs.forms import SetForm, WhyForm, refuse, values_of
from programs.logbook import usual_g
from programs.models import Session, SetLog
from programs.policy.kinds import EndedBy
from programs.views.phone import ended_page, exercise_of, lift_page, moment_of, session_of, set_of

ENDINGS = (
    (EndedBy.TARGET.value, "as planned"),
    (EndedBy.MUSCULAR_FAILURE.value, "couldn’t finish a rep"),
    (EndedBy.TECHNICAL_FAILURE.value, "form broke"),
    (EndedBy.STOPPED.value, "stopped"),
)

NONE_LEFT = "none_left"  # the ending won over a reserve typed beside it


@require_POST
@client_required
def log(request: ClientRequest, session_uuid: UUID) -> HttpResponse:
    session = session_of(request, session_uuid)
    exercise = exercise_of(request, request.POST.get("exercise", ""))
    form = SetForm(request.POST, client=request.client, exercise=exercise)
    if form.is_valid():
        now = timezone.now()
        try:
            made = sessions.log_set(
                session=session, exercise=exercise, by=request.user, at=now, **form.logged(at=now)
            )
        except sessions.Ended:
            return ended_page(request, session)
        except Refused as refused:
            refuse(form, refused)
        except Conflict as conflict:
            return lift_page(request, session, exercise, status=409, conflict=conflict.stored)
        else:
            told = NONE_LEFT if form.ending_won else ""
            return _logged(request, session, made, form, told=told)
    return lift_page(request, session, exercise, form=form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def one(request: ClientRequest, session_uuid: UUID, set_uuid: UUID) -> HttpResponse:
    """Correct a set."""
    session = session_of(request, session_uuid)
    row = set_of(request, session, set_uuid)
    if request.method != "POST" or row.deleted_at:
        initial = values_of(row, request.client) | {"usual": usual_g(request.client, row.exercise)}
        return _edit_page(
            request, row, SetForm(initial=initial, client=request.client, exercise=row.exercise)
        )
    form = SetForm(request.POST, client=request.client, exercise=row.exercise)
    if form.is_valid():
        now, version = timezone.now(), form.cleaned_data["version"] or 0
        try:
            sessions.amend_set(set_log=row, version=version, by=request.user, at=now, **form.content())
        except Refused as refused:
            refuse(form, refused)
        except Conflict as conflict:
            return _changed_page(request, conflict.stored)
        else:
            return (
                redirect(f"{_address(session, row)}&told={NONE_LEFT}")
                if form.ending_won
                else _back(session, row)
            )
    return _edit_page(request, row, form, status=422)


@require_POST
@client_required
def delete(request: ClientRequest, session_uuid: UUID, set_uuid: UUID) -> HttpResponse:
    session = session_of(request, session_uuid)
    row = set_of(request, session, set_uuid)
    version = whole(request.POST.get("version"), digits=9)
    try:
        sessions.delete_set(set_log=row, by=request.user, at=timezone.now(), version=version)
    except Conflict as conflict:
        return _changed_page(request, conflict.stored)
    if request.htmx:
        return lift_page(request, session, row.exercise, deleted=row)
    return redirect(f"{_address(session, row)}&deleted={row.uuid}")


@require_POST
@client_required
def restore(request: ClientRequest, session_uuid: UUID, set_uuid: UUID) -> HttpResponse:
    session = session_of(request, session_uuid)
    row = set_of(request, session, set_uuid)
    sessions.restore_set(set_log=row, by=request.user, at=timezone.now())
    return lift_page(request, session, row.exercise) if request.htmx else _back(session, row)


@require_POST
@client_required
def why(request: ClientRequest, session_uuid: UUID, set_uuid: UUID) -> HttpResponse:
    """Why it was stopped. A pain joins the day's check-in, if health data may be kept; else it is not kept at all."""
    session = session_of(request, session_uuid)
    row = set_of(request, session, set_uuid)
    form = WhyForm(request.POST)
    if not form.is_valid():
        return lift_page(request, session, row.exercise, why=row, why_form=form, status=422)
    told = _keep_reason(request, row, form)
    if request.htmx:
        return lift_page(request, session, row.exercise, told=told)
    return redirect(f"{_address(session, row)}&told={told}")


def _logged(request: ClientRequest, session: Session, made: SetLog, form: SetForm, told: str) -> HttpResponse:
    wanted, usual = form.cleaned_data["set_no"], form.cleaned_data["usual"]  # as the form before was told
    why = made if made.ended == EndedBy.STOPPED else None
    moved = wanted is not None and made.set_no != wanted and made.version == 1
    if request.htmx:
        return lift_page(
            request, session, made.exercise, why=why, moved=moved, fresh=made.pk, told=told, usual=usual
        )
    address = _address(session, made)
    address = f"{address}&told={told}" if told else address
    return redirect(f"{address}&why={made.uuid}" if why else f"{address}&moved=1" if moved else address)


def _keep_reason(request: ClientRequest, row: SetLog, form: WhyForm) -> str:
    """Which sentence to show for it."""
    data, now = form.cleaned_data, timezone.now()
    stopped_at = moment_of(request.POST.get("done_at")) or now
    pain = data["reason"] == "pain"
    agreed = bool(pain and consent.in_force(request.client))
    if agreed:
        checkins.add_ache(
            client=request.client, day=local_day(stopped_at, request.client.zone), region=data["region"],
            severity=data["severity"], by=request.user, at=now,
        )  # fmt: skip
    if (agreed or not pain) and not row.note and not row.deleted_at:
        words = dict(WhyForm.REASONS)[data["reason"]]
        sessions.amend_set(
            set_log=row, version=row.version + 1, by=request.user, at=now, note=f"Stopped: {words.lower()}."
        )
    return "ache" if agreed else "unkept" if pain else "noted"


def _changed_page(request: ClientRequest, stored: SetLog) -> HttpResponse:
    initial = values_of(stored, request.client)
    form = SetForm(initial=initial, client=request.client, exercise=stored.exercise)
    return _edit_page(request, stored, form, status=409)


def _edit_page(request: ClientRequest, row: SetLog, form: SetForm, status: int = 200) -> HttpResponse:
    context = {
        "tab": "today",
        "row": row,
        "form": form,
        "status": status,
        "endings": ENDINGS,
        "chosen_ending": form["ended"].value() or EndedBy.TARGET.value,
    }
    return render(request, "train/set.html", context, status=status)


def _address(session: Session, row: SetLog) -> str:
    return f"{reverse('session', kwargs={'session_uuid': session.uuid})}?lift={row.exercise_id}"


def _back(session: Session, row: SetLog) -> HttpResponse:
    return redirect(_address(session, row))
