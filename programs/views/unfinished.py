"""Exercises that nobody knew: confirm what their names tell, say what they are, or merge them into known ones."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients.access import CoachRequest, coach_required
from clients.body import word
from clients.digits import whole
from clients.problems import Refused
from programs import choosing
from programs.exercise_forms import ExerciseForm
from programs.exercises import class_of
from programs.merging import merge
from programs.models import Exercise
from programs.unfinished import complete, confirm, guessed, unfinished

OFFERED, NEAR = 30, 3
SHOWN = 200
TOLD = ("equipment", "mechanic", "pattern", "primary_muscle")
MARKS = (("overhead", "ends overhead"), ("coordination", "complex"), ("can_trap", "can trap"))


@dataclass(frozen=True, kw_only=True)
class Unfinished:
    pk: int
    name: str
    told: str  # the guess in words; empty where the name tells nothing
    suitability: str  # the class that follows from it
    whole: bool  # it can be confirmed as it stands
    near: list[Exercise]  # what it may be another name of


@require_safe
@coach_required
def to_complete(request: CoachRequest) -> HttpResponse:
    rows = list(unfinished(request.coach.practice_id))
    known = [row for row in choosing.known(request.coach.practice_id) if not row.to_complete]
    shown = [_told(row, known) for row in rows[:SHOWN]]
    return render(request, "exercise/to_complete.html", {"rows": shown, "more": max(len(rows) - SHOWN, 0)})


@require_POST
@coach_required
def confirm_guess(request: CoachRequest, pk: int) -> HttpResponse:
    """A second press finds it finished, and changes nothing."""
    row = _own(request, pk)
    if row.to_complete:
        try:
            confirm(exercise=row, by=request.coach, at=timezone.now())
        except Refused:
            return redirect("exercise", pk=row.pk)
    return redirect("exercises-to-complete")


@require_http_methods(["GET", "HEAD", "POST"])
@coach_required
def merge_into(request: CoachRequest, pk: int) -> HttpResponse:
    """Choose what it is another name of. Works as plain pages: search, then choose."""
    row = _own(request, pk)
    if request.method != "POST":
        return _merge_page(request, row)
    chosen = request.POST.get("into", "")
    key = whole(chosen)
    rows = Exercise.objects.known_to(request.coach.practice_id)
    into = None if key is None else rows.filter(pk=key).first()
    try:
        if into is None:
            raise Refused("into", "Choose the exercise that it is another name of.")
        merge(exercise=row, into=into, by=request.coach, at=timezone.now())
    except Refused as refused:
        return _merge_page(request, row, chosen=chosen, error=refused.sentence, status=422)
    return redirect("exercises")


def _own(request: CoachRequest, pk: int) -> Exercise:
    return get_object_or_404(Exercise, practice=request.coach.practice_id, merged_into=None, pk=pk)


def _told(row: Exercise, known: list[Exercise]) -> Unfinished:
    told = guessed(row)
    facts: dict[str, Any] = {name: getattr(row, name) or told.get(name, "") for name in TOLD}
    marks = [said for name, said in MARKS if getattr(row, name) or told.get(name)]
    return Unfinished(
        pk=row.pk,
        name=row.name,
        told=", ".join([*(word(fact) for fact in facts.values() if fact), *marks]) if told else "",
        suitability=ExerciseForm.of(row).guessed_class() or class_of(row)[0].value,
        whole=complete(row),
        near=choosing.nearest(known, row.name)[:NEAR],
    )


def _merge_page(
    request: CoachRequest, row: Exercise, *, chosen: str = "", error: str = "", status: int = 200
) -> HttpResponse:
    q = request.GET.get("q", "").replace("\x00", "")[:200]
    others = [one for one in choosing.known(request.coach.practice_id) if one.pk != row.pk]
    found = choosing.nearest(others, q or row.name) or ([] if q else others)
    context = {"exercise": row, "q": q, "found": found[:OFFERED], "chosen": chosen, "error": error}
    return render(request, "exercise/merge.html", context, status=status)
