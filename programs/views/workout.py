"""The workouts of a phase and their lines."""

from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from clients.access import CoachRequest, coach_required
from clients.models import Client
from clients.problems import Refused
from programs import workouts
from programs.models import Prescription, Workout
from programs.phases import source_of
from programs.plan_forms import LineForm, WorkoutForm
from programs.plan_page import OpenForm
from programs.positions import next_position
from programs.views.plan import bound, edit, exercise_names, get_or_post, phase_seen_by, saved, show


@get_or_post
@coach_required
def workout_add(request: CoachRequest, pk: int) -> HttpResponse:
    phase = phase_seen_by(request, pk)
    source = source_of(phase)
    first = {"position": next_position(Workout.objects.filter(phase=source))}
    form = OpenForm(
        key=f"workout-add:{pk}", form=WorkoutForm(bound(request), initial=first),
        action=reverse("workout-add", args=[pk]), legend="New workout", submit="Add workout",
    )  # fmt: skip
    return edit(
        request, phase.client, form,
        lambda f: workouts.add_workout(phase=phase, **f.cleaned_data, by=request.coach, at=timezone.now()),
    )  # fmt: skip


@get_or_post
@coach_required
def workout(request: CoachRequest, pk: int) -> HttpResponse:
    row = _workout_seen_by(request, pk)
    form = OpenForm(
        key=f"workout:{pk}", form=WorkoutForm.of(row, bound(request)), action=reverse("workout", args=[pk]),
        legend="Change workout", submit="Save",
    )  # fmt: skip
    return edit(
        request, row.phase.client, form,
        lambda f: workouts.edit_workout(
            workout=row, name=f.cleaned_data["name"], weekday=f.cleaned_data["weekday"],
            by=request.coach, at=timezone.now(),
        ),
    )  # fmt: skip


@require_POST
@coach_required
def workout_move(request: CoachRequest, pk: int) -> HttpResponse:
    row, direction = _workout_seen_by(request, pk), request.POST.get("direction")
    if direction not in ("up", "down"):
        return HttpResponseBadRequest("direction is up or down")
    workouts.move_workout(
        workout=row, direction="up" if direction == "up" else "down", by=request.coach, at=timezone.now()
    )
    return saved(request, row.phase.client)


@require_POST
@coach_required
def workout_copy(request: CoachRequest, pk: int) -> HttpResponse:
    row = _workout_seen_by(request, pk)
    position = request.POST.get("position", "")
    place = int(position) if position.isdecimal() and len(position) < 5 else None
    try:
        workouts.copy_workout(workout=row, position=place, by=request.coach, at=timezone.now())
    except Refused as refused:
        return show(request, row.phase.client, problem=refused.sentence, status=422)
    return saved(request, row.phase.client)


@require_POST
@coach_required
def workout_remove(request: CoachRequest, pk: int) -> HttpResponse:
    row = _workout_seen_by(request, pk)
    undo = workouts.remove_workout(workout=row, by=request.coach, at=timezone.now())
    return saved(request, row.phase.client, undo=undo)


@get_or_post
@coach_required
def line_add(request: CoachRequest, pk: int) -> HttpResponse:
    row = _workout_seen_by(request, pk)
    return edit(
        request, row.phase.client, _line_form(request, row, bound(request)),
        lambda f: workouts.add_line(
            workout=row, line=f.line(), position=f.cleaned_data["position"], by=request.coach, at=timezone.now()
        ),
        then=lambda: _line_form(request, row, None),
    )  # fmt: skip


@get_or_post
@coach_required
def prescription(request: CoachRequest, pk: int) -> HttpResponse:
    row = _line_seen_by(request, pk)
    client = row.workout.phase.client
    form = OpenForm(
        key=f"line:{pk}", form=LineForm.of(row, client, bound(request)), action=reverse("prescription", args=[pk]),
        legend="Change exercise", submit="Save", exercises=exercise_names(client),
    )  # fmt: skip
    return edit(
        request, client, form,
        lambda f: workouts.edit_line(prescription=row, line=f.line(), by=request.coach, at=timezone.now()),
    )  # fmt: skip


@require_POST
@coach_required
def prescription_move(request: CoachRequest, pk: int) -> HttpResponse:
    row, direction = _line_seen_by(request, pk), request.POST.get("direction")
    if direction not in ("up", "down"):
        return HttpResponseBadRequest("direction is up or down")
    workouts.move_line(
        prescription=row, direction="up" if direction == "up" else "down", by=request.coach, at=timezone.now()
    )
    return saved(request, row.workout.phase.client)


@require_POST
@coach_required
def prescription_remove(request: CoachRequest, pk: int) -> HttpResponse:
    row = _line_seen_by(request, pk)
    undo = workouts.remove_line(prescription=row, by=request.coach, at=timezone.now())
    return saved(request, row.workout.phase.client, undo=undo)


def _line_form(request: CoachRequest, row: Workout, data: object) -> OpenForm:
    """Stays open after adding: a workout is written line by line."""
    client = row.phase.client
    first = {"position": next_position(Prescription.objects.filter(workout=row))}
    return OpenForm(
        key=f"line-add:{row.pk}", form=LineForm(client, data, initial=first),
        action=reverse("workout-line-add", args=[row.pk]), legend="Add an exercise", submit="Add",
        exercises=exercise_names(client),
    )  # fmt: skip


def _workout_seen_by(request: CoachRequest, pk: int) -> Workout:
    mine = Workout.objects.filter(phase__client__in=Client.objects.visible_to(request.coach))
    return get_object_or_404(mine.select_related("phase__client"), pk=pk)


def _line_seen_by(request: CoachRequest, pk: int) -> Prescription:
    mine = Prescription.objects.filter(workout__phase__client__in=Client.objects.visible_to(request.coach))
    return get_object_or_404(mine.select_related("workout__phase__client", "exercise"), pk=pk)
