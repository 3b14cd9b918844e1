"""The exercises that a practice knows: what each is, and why it may or may not go to failure."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_safe

from clients.access import CoachRequest, coach_required
from clients.body import word
from clients.problems import Refused
from programs import choosing, own_exercises
from programs.exercise_forms import KNOWN, ExerciseForm
from programs.exercises import class_of
from programs.merging import target_of
from programs.models import Exercise
from programs.names import tidy
from programs.policy.suitability import ExerciseFacts, exercise_class

SHOWN = 400


@dataclass(frozen=True, kw_only=True)
class Row:
    pk: int
    name: str
    own: bool
    to_complete: bool
    what: str
    suitability: str
    overridden: bool
    reason: str


@require_safe
@coach_required
def exercises(request: CoachRequest) -> HttpResponse:
    q = request.GET.get("q", "").replace("\x00", "")[:200]
    rows = _rows(request, q)
    context = {
        "rows": rows[:SHOWN],
        "more": max(len(rows) - SHOWN, 0),
        "q": q,
        "unfinished": sum(row.to_complete for row in rows),
    }
    template = "exercise/_list.html" if request.htmx else "exercise/index.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@coach_required
def exercise_add(request: CoachRequest) -> HttpResponse:
    name = tidy(request.GET.get("name", ""))[:200]
    form = ExerciseForm.named(name, request.POST if request.method == "POST" else None)
    return _edit(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@coach_required
def exercise(request: CoachRequest, pk: int) -> HttpResponse:
    """A library row that the practice has a twin of leads to the twin."""
    row = exercise_seen_by(request, pk)
    return _edit(request, ExerciseForm.of(row, request.POST if request.method == "POST" else None), row)


def exercise_seen_by(request: CoachRequest, pk: int) -> Exercise:
    """A library row that the practice has a twin of is the twin; one that was merged is where it went."""
    row = get_object_or_404(Exercise.objects.of(request.coach.practice_id), pk=pk)
    if row.practice_id is None:
        row = (
            Exercise.objects.filter(practice=request.coach.practice_id, name__iexact=row.name).first() or row
        )
    return target_of(row)


@require_safe
@coach_required
def exercise_suitability(request: CoachRequest) -> HttpResponse:
    """The class that follows from what the form says so far."""
    said = request.GET
    facts = ExerciseFacts(
        equipment=said.get("equipment", ""), mechanic=said.get("mechanic", ""), pattern=said.get("pattern", ""),
        primary_muscle=said.get("primary_muscle", ""),
        overhead=KNOWN.get(said.get("overhead", "")),
        coordination=KNOWN.get(said.get("coordination", "")),
        can_trap=KNOWN.get(said.get("can_trap", "")),
    )  # fmt: skip
    suitability, reason = exercise_class(facts)
    return render(request, "exercise/_suitability.html", {"suitability": suitability.value, "reason": reason})


def _edit(request: CoachRequest, form: ExerciseForm, row: Exercise | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            own_exercises.keep(exercise=row, facts=form.facts(), by=request.coach, at=timezone.now())
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            return redirect(reverse("exercises"))
    status = 422 if request.method == "POST" else 200
    return render(request, "exercise/form.html", _form_context(form, row), status=status)


def _form_context(form: ExerciseForm, row: Exercise | None) -> dict[str, Any]:
    suitability, reason = class_of(row) if row else exercise_class(ExerciseFacts())
    return {
        "form": form,
        "guessed": form.guessed_class(),
        "exercise": row,
        "suitability": suitability.value,
        "reason": reason,
        "action": reverse("exercise", args=[row.pk]) if row else reverse("exercise-add"),
    }


def _rows(request: CoachRequest, q: str) -> list[Row]:
    """What was typed, most likely first; without it, what is to be completed, then all by name."""
    rows = choosing.known(request.coach.practice_id)
    if q.strip():
        return [_row(row) for row in choosing.nearest(rows, q)]
    return [_row(row) for row in sorted(rows, key=lambda row: not row.to_complete)]


def _row(row: Exercise) -> Row:
    suitability, reason = class_of(row)
    facts = [row.equipment, row.mechanic, row.primary_muscle]
    return Row(
        pk=row.pk,
        name=row.name,
        own=row.practice_id is not None,
        to_complete=row.to_complete,
        what=", ".join(word(fact) for fact in facts if fact),
        suitability=suitability.value,
        overridden=bool(row.failure_class),
        reason=reason,
    )
