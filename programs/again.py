"""A session like an earlier one: its exercises and loads as the plan of a new one, to stop short of failure."""

from statistics import median_low
from typing import Any

from programs.logbook import USUAL_REST_S
from programs.models import Exercise, Session, SetLog

LEAST_RIR_HALVES, USUAL_RIR_HALVES = 2, 4  # failure is not copied: each day has its own verdict
MOST_SETS = 20


def lines_like(session: Session) -> list[dict[str, Any]]:
    done: dict[Exercise, list[SetLog]] = {}
    for row in SetLog.objects.working().filter(session=session).select_related("exercise").order_by("set_no"):
        done.setdefault(row.exercise, []).append(row)
    before = {line["exercise_id"]: line for line in session.prescribed}
    return [_line(exercise, rows, before.get(exercise.pk, {})) for exercise, rows in done.items()]


def _line(exercise: Exercise, rows: list[SetLog], before: dict[str, Any]) -> dict[str, Any]:
    reps = [row.reps for row in rows if row.reps]
    left = [row.rir_halves for row in rows if row.rir_halves]
    return {
        "exercise_id": exercise.pk,
        "exercise": exercise.name,
        "sets": min(len(rows), MOST_SETS),
        "reps_min": min(reps, default=8),
        "reps_max": max(reps, default=10),
        "rir_halves": max(median_low(left), LEAST_RIR_HALVES) if left else USUAL_RIR_HALVES,
        "rest_s": before.get("rest_s", USUAL_REST_S),
        "failure_on_last": False,
        "weight_g": rows[-1].weight_g,
        "note": "",
        "with_next": before.get("with_next", False),
    }
