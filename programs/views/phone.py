"""What the training views share: finding a client's own rows, and the page of one exercise."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import BigIntegerField, UUIDField
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from clients.access import ClientRequest
from clients.digits import whole
from clients.fields import Instant
from clients.ids import new_id
from clients.prepared import Given, PreparedObjects
from programs.done_sets import CLIENT
from programs.forms import SetForm, WhyForm
from programs.logbook import lift, past_words, pasts, stops, usual_g
from programs.merging import target_of
from programs.models import Exercise, Session, SetLog
from programs.own_units import other
from programs.set_values import FIRST_INSTANT

# Stands where the phone puts a set's own id, to ask why it was stopped before the server knows it.
NOBODY_SET = SetLog(uuid=UUID(int=1))


def key_of(text: str) -> int:
    """A primary key as an address or a form names it; anything else is nobody's."""
    key = whole(text)
    if key is None:
        raise Http404
    return key


def uuid_of(text: str | None) -> UUID:
    """The id that a form carries; a form without one gets one, at the price of being sent once only."""
    try:
        return UUID(text or "")
    except ValueError:
        return new_id()


def moment_of(text: str | None) -> datetime | None:
    """When something was done on a phone that could not send it; what cannot be is as if it were now."""
    try:
        when = Instant(required=False).clean(text or "")
    except ValidationError:
        return None
    return when if when is not None and FIRST_INSTANT <= when <= timezone.now() else None


def session_of(request: ClientRequest, session_uuid: UUID) -> Session:
    found = _SESSION.run(client=request.client.pk, session=session_uuid)
    if not found:
        raise Http404
    return found[0]


_SESSION = PreparedObjects(
    lambda: Session.objects.live().filter(client=CLIENT, uuid=Given("session", UUIDField()))
)


def set_of(request: ClientRequest, session: Session, set_uuid: UUID) -> SetLog:
    """A set of this session, deleted or not: Undo needs the deleted."""
    rows = SetLog.objects.select_related("exercise")
    return get_object_or_404(rows, client=request.client, session=session, uuid=set_uuid)


def exercise_of(request: ClientRequest, text: str) -> Exercise:
    """One that was merged meanwhile, while the phone was away, is the one that it was merged into."""
    found = _EXERCISE.run(practice=request.client.practice_id, exercise=key_of(text))
    if not found:
        raise Http404
    return target_of(found[0])


_EXERCISE = PreparedObjects(
    lambda: Exercise.objects.of(Given("practice", BigIntegerField())).filter(
        pk=Given("exercise", BigIntegerField())
    )
)


def lift_page(
    request: ClientRequest,
    session: Session,
    exercise: Exercise,
    *,
    form: SetForm | None = None,
    why: SetLog | None = None,
    why_form: WhyForm | None = None,
    usual: int | None = None,
    status: int = 200,
    **told: Any,
) -> HttpResponse:
    """The piece that changes, or the whole page around it where nobody asked for a piece."""
    client, now = request.client, timezone.now()
    past = None if request.htmx else pasts(client, [exercise.pk], before=session.local_day).get(exercise.pk)
    shown = lift(session, exercise, client, at=now, past=past)
    if form is None:
        start = {**shown.initial, "planned": shown.planned_halves, "set_no": shown.next_no, "version": 1}
        start["shown"] = shown.verdict.kept if shown.verdict else ""
        start["usual"] = usual or usual_g(client, exercise)
        form = SetForm(initial=start, client=client, exercise=exercise)
    context = {"tab": "today", "lift": shown, "form": form, "why": why, **told}
    context["other_units"] = other(form.units)
    if why:
        context["why_form"] = why_form or WhyForm()
    if request.htmx:
        return render(request, "train/_lift.html", context, status=status)
    context |= {"nobody": NOBODY_SET, "blank_why": WhyForm()}
    context["stops"] = stops(session, shown.hold)
    context["past"] = past_words(past, client)
    return render(request, "train/session.html", context, status=status)


def ended_page(request: ClientRequest, session: Session) -> HttpResponse:
    """Finished elsewhere: say so, and offer a new one."""
    context = {"tab": "today", "session": session, "new_id": new_id()}
    template = "train/_ended.html" if request.htmx else "train/ended.html"
    return render(request, template, context, status=409)
