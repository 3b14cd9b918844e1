"""The client's training pages: today, a session, its sets."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients.access import ClientRequest, client_required
from clients.ids import new_id
from clients.problems import Refused
from programs import own_units, sessions
from programs.alike import alike
from programs.arranging import arrange
from programs.choosing import choose
from programs.forms import FinishForm, refuse
from programs.limits_of import limits_of
from programs.logbook import stops
from programs.models import Exercise, Session, Workout
from programs.own_units import units_for
from programs.records import records_of
from programs.set_words import done_words, how_words
from programs.skipping import skip, skipped_names
from programs.today import judged, today
from programs.views.phone import exercise_of, key_of, lift_page, moment_of, session_of, uuid_of
from programs.week_share import week_share


@require_safe
@client_required
def day(request: ClientRequest) -> HttpResponse:
    """Today: what is planned, what is under way, the check-in."""
    now = timezone.now()
    context: dict[str, Any] = {
        "tab": "today",
        "today": today(request.client, at=now),
        "new_id": new_id(),
        "new_free_id": new_id(),
    }
    if "verdicts" in request.GET:  # without a script the verdicts come with a reload
        context["judged"] = judged(request.client, at=now)
    return render(request, "train/today.html", context)


@require_safe
@client_required
def verdicts(request: ClientRequest) -> HttpResponse:
    """Which of today's sets may go to failure: fetched once the plan itself is on the screen."""
    if not request.htmx:
        return redirect(f"{reverse('today')}?verdicts=1")
    return render(request, "train/_judged.html", {"judged": judged(request.client, at=timezone.now())})


@require_POST
@client_required
def session_start(request: ClientRequest) -> HttpResponse:
    workout = None
    if request.POST.get("workout"):
        workout = Workout.objects.filter(
            phase__client=request.client, pk=key_of(request.POST["workout"])
        ).first()
    like = uuid_of(request.POST["like"]) if request.POST.get("like") else None
    session = sessions.start(
        client=request.client,
        id=uuid_of(request.POST.get("id")),
        workout=workout,
        like=Session.objects.live().filter(client=request.client, uuid=like).first() if like else None,
        started_at=moment_of(request.POST.get("done_at")),
        at=timezone.now(),
        by=request.user,
    )
    return redirect("session", session_uuid=session.uuid)


@require_safe
@client_required
def session(request: ClientRequest, session_uuid: UUID) -> HttpResponse:
    """One exercise at a time; an ended session is its summary."""
    found = session_of(request, session_uuid)
    if found.ended_at:
        return _summary(request, found)
    listed = stops(found)
    if "lift" in request.GET:
        exercise = exercise_of(request, request.GET["lift"])
    else:
        undone = next((stop for stop in listed if stop.undone), None)
        done = [stop for stop in listed if not stop.skipped] or listed
        stop = undone or (done[-1] if done else None)
        if stop is None:
            return redirect("session-exercises", session_uuid=found.uuid)
        exercise = exercise_of(request, str(stop.exercise_id))
    return lift_page(request, found, exercise, **_told(request, found))


@require_safe
@client_required
def exercises(request: ClientRequest, session_uuid: UUID) -> HttpResponse:
    """Choose an exercise: what is like the one to be swapped, lately done, or by name."""
    found = session_of(request, session_uuid)
    words = request.GET.get("q", "").replace("\x00", "")[:100]
    context = {"tab": "today", "session": found, "q": words, "choice": choose(request.client, words)}
    if "instead" in request.GET:
        taken = exercise_of(request, request.GET["instead"])
        context |= {"taken": taken, "alike": alike(request.client, taken)}
    template = "train/_choice.html" if request.htmx else "train/exercises.html"
    return render(request, template, context)


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def finish(request: ClientRequest, session_uuid: UUID) -> HttpResponse:
    """End the session: how hard, how long, a word to the coach. All of it may stay empty."""
    found, now = session_of(request, session_uuid), timezone.now()
    if request.method != "POST":
        return _finish_page(request, found, FinishForm(initial=_known_of(found, now)))
    form = FinishForm(request.POST)
    if form.is_valid():
        try:
            sessions.finish(session=found, at=now, by=request.user, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            return redirect("session", session_uuid=found.uuid)
    return _finish_page(request, found, form, status=422)


@require_POST
@client_required
def reopen(request: ClientRequest, session_uuid: UUID) -> HttpResponse:
    found = session_of(request, session_uuid)
    sessions.reopen(session=found, by=request.user, at=timezone.now())
    return redirect("session", session_uuid=found.uuid)


@require_POST
@client_required
def units(request: ClientRequest, session_uuid: UUID) -> HttpResponse:
    """Kilograms or pounds for one exercise."""
    found, exercise = (
        session_of(request, session_uuid),
        exercise_of(request, request.POST.get("exercise", "")),
    )
    try:
        own_units.choose(
            client=request.client, exercise=exercise, units=request.POST.get("units", ""), by=request.user,
            at=timezone.now(),
        )  # fmt: skip
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect(f"{reverse('session', args=[found.uuid])}?lift={exercise.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def order(request: ClientRequest, session_uuid: UUID) -> HttpResponse:
    """The order of today: the machine is taken, so something else comes first."""
    found = session_of(request, session_uuid)
    if request.method == "POST":
        arrange(
            session=found, exercise_id=key_of(request.POST.get("exercise", "")),
            earlier=request.POST.get("direction") == "earlier", by=request.user, at=timezone.now(),
        )  # fmt: skip
        return redirect("session-order", session_uuid=found.uuid)
    listed = [stop for stop in stops(found) if stop.of is not None]
    return render(request, "train/order.html", {"tab": "today", "session": found, "stops": listed})


@require_POST
@client_required
def leave_out(request: ClientRequest, session_uuid: UUID) -> HttpResponse:
    """Skip an exercise of today and go on with the next; or take it back in."""
    found, skipped = session_of(request, session_uuid), request.POST.get("skipped") == "1"
    key = key_of(request.POST.get("exercise", ""))
    found = skip(session=found, exercise_id=key, skipped=skipped, by=request.user, at=timezone.now())
    there = reverse("session", args=[found.uuid])
    return redirect(there if skipped else f"{there}?lift={key}")


def _told(request: ClientRequest, session: Session) -> dict[str, Any]:
    """What a plain form's redirect has to say of the set before: HTMX gets it in the answer itself."""
    rows = {str(row.uuid): row for row in session.sets.all()} if {"why", "deleted"} & set(request.GET) else {}
    return {
        "why": rows.get(request.GET.get("why", "")),
        "deleted": rows.get(request.GET.get("deleted", "")),
        "moved": "moved" in request.GET,
        "told": request.GET.get("told", ""),
    }


def _finish_page(
    request: ClientRequest, session: Session, form: FinishForm, status: int = 200
) -> HttpResponse:
    context = {"tab": "today", "session": session, "form": form, "stops": stops(session)}
    return render(request, "train/finish.html", context, status=status)


def _known_of(session: Session, now: Any) -> dict[str, Any]:
    """What is known already; minutes only where the clock can still tell them."""
    minutes = round((now - session.started_at).total_seconds() / 60)
    known: Any = session.duration_min
    if known is None and session.ended_at is None and 0 < minutes <= 240:
        known = minutes
    shown = (
        ""
        if known is None
        else f"{known:f}".rstrip("0").rstrip(".")
        if known != int(known)
        else str(int(known))
    )
    return {"session_rpe": session.session_rpe, "duration_min": shown, "note": session.note}


def _summary(request: ClientRequest, session: Session) -> HttpResponse:
    rows = list(session.sets.live().select_related("exercise").order_by("set_no"))
    lifts: dict[Exercise, list[tuple[Any, str, str]]] = {}
    for row in rows:
        line = (row, done_words(row, row.exercise, units_for(request.client, row.exercise)), how_words(row))
        lifts.setdefault(row.exercise, []).append(line)
    limit = limits_of(request.client, at=timezone.now()).failure_share
    context = {
        "tab": "today",
        "session": session,
        "lifts": list(lifts.items()),
        "records": records_of(session, request.client),
        "skipped": skipped_names(session),
        "week": week_share(request.client, day=session.local_day, limit=limit),
        "new_id": new_id(),
        "again_id": new_id(),
    }
    return render(request, "train/summary.html", context)
