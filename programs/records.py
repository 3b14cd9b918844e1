"""What a session was the best at so far: estimated strength, and reps at a weight.

Measured against earlier days only, so that an old session keeps the records that it was.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max

from clients.models import Client
from programs import loads
from programs.models import Exercise, LiftDay, Session, SetLog
from programs.own_units import units_for
from programs.policy.kinds import EndedBy, Equipment
from programs.set_words import load_words
from programs.strength import e1rm

LEAST_MORE = 1.005  # half a percent: less is rounding, not strength


@dataclass(frozen=True, kw_only=True)
class Record:
    exercise: str
    says: str


def records_of(session: Session, client: Client) -> list[Record]:
    """Strongest first of each exercise, in the order they were done. A first time is no record."""
    rows = SetLog.objects.working().filter(session=session).exclude(ended=EndedBy.TECHNICAL_FAILURE)
    done: dict[Exercise, list[SetLog]] = {}
    for row in rows.select_related("exercise").order_by("set_no"):
        done.setdefault(row.exercise, []).append(row)
    if not done:
        return []
    strength = _strength(session, done)
    reps = _most_reps(session, done)
    found = []
    for exercise, mine in done.items():
        units = units_for(client, exercise)
        says = [*_stronger(exercise, strength.get(exercise.pk, {}), session, units)]
        says += _more_reps(exercise, mine, reps, units)
        found += [Record(exercise=exercise.name, says=sentence) for sentence in says]
    return found


def _strength(session: Session, exercises: Iterable[Exercise]) -> dict[int, dict[bool, float]]:
    """Exercise → best estimate in grams, of this day (True) and of all days before (False)."""
    days = LiftDay.objects.filter(
        client=session.client_id, exercise__in=list(exercises), day__lte=session.local_day
    )
    best: dict[int, dict[bool, float]] = {}
    for key, day, load, reps2 in days.values_list("exercise_id", "day", "best_load_g", "best_reps2"):
        if load is None or reps2 is None:
            continue
        now = best.setdefault(key, {})
        now[day == session.local_day] = max(now.get(day == session.local_day, 0), e1rm(load, reps2 / 2) or 0)
    return best


def _stronger(exercise: Exercise, best: dict[bool, float], session: Session, units: str) -> list[str]:
    now, before = best.get(True, 0), best.get(False, 0)
    if exercise.equipment == Equipment.BODYWEIGHT or not before or now < before * LEAST_MORE:
        return []
    one, old = (f"{loads.value(round(grams), units):.0f} {units}" for grams in (now, before))
    return [f"Strongest so far: about {one} for a single rep, before {old}."]


def _most_reps(session: Session, exercises: Iterable[Exercise]) -> dict[tuple[int, int | None], int]:
    before = SetLog.objects.working().filter(
        client=session.client_id, exercise__in=list(exercises), day__lt=session.local_day
    )
    rows = before.exclude(ended=EndedBy.TECHNICAL_FAILURE).order_by().values_list("exercise_id", "weight_g")
    return {(key, weight): most or 0 for key, weight, most in rows.annotate(most=Max("reps"))}


def _more_reps(
    exercise: Exercise, mine: list[SetLog], before: dict[tuple[int, int | None], int], units: str
) -> list[str]:
    best: dict[int, int] = {}
    for row in mine:
        if row.weight_g is not None:
            best[row.weight_g] = max(best.get(row.weight_g, 0), row.reps or 0)
    return [
        f"{reps} reps with {load_words(weight, exercise, units)}, before {before[exercise.pk, weight]}."
        for weight, reps in best.items()
        if reps > before.get((exercise.pk, weight), reps)
    ]
