"""What a phone needs to begin a session, or an exercise that it never opened, without a connection.

One page is kept for that: an empty form for each kind of exercise, and the exercises with what was done of them
lately. The plan of the day goes with the button that starts it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from clients.models import Client
from programs import choosing, loads
from programs.forms import SetForm
from programs.logbook import USUAL_REST_S, Lift, Past, past_words, pasts
from programs.models import Exercise, Session
from programs.own_units import other, units_for
from programs.policy.kinds import Equipment
from programs.set_words import line_words

NOBODY = UUID(int=0)  # stands where the phone puts the session's own
KINDS = {
    "bar": Equipment.BARBELL, "hand": Equipment.DUMBBELL, "body": Equipment.BODYWEIGHT, "rest": Equipment.MACHINE,
}  # fmt: skip
KIND_OF = {
    Equipment.BARBELL: "bar", Equipment.DUMBBELL: "hand", Equipment.KETTLEBELL: "hand", Equipment.BODYWEIGHT: "body",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Blank:
    """The form of a set of any exercise of a kind."""

    key: str
    lift: Lift
    form: SetForm


def blanks(client: Client) -> list[Blank]:
    also = {other(client.units)} & {*client.units_of.values()}
    return [_blank(client, kind, units) for units in (client.units, *also) for kind in KINDS]


def known(client: Client, *, before: date) -> list[list[Any]]:
    """Exercise, name, form; of those done lately also load, reps, and the words of the last time. Lately done first."""
    chosen = choosing.choose(client, "", most=None)
    past = pasts(client, [row.pk for row in chosen.recent], before=before)
    lately = {row.pk for row in chosen.recent}
    return [
        *([*_item(row, client), *_before(past.get(row.pk), client)] for row in chosen.recent),
        *(_item(row, client) for row in chosen.found if row.pk not in lately),
    ]


def plan(prescribed: list[dict[str, Any]], past: dict[int, Past], client: Client) -> list[dict[str, Any]]:
    """The lines of the day as the phone shows them until the server has the session."""
    return [
        {
            "id": line["exercise_id"],
            "name": line["exercise"],
            "words": line_words(line),
            "note": line["note"],
            "of": line["sets"],
            "planned": line["rir_halves"] or "",
            "failure": line["failure_on_last"],
            "rest": line["rest_s"],
            "start": _start(line, past.get(line["exercise_id"]), client),
        }
        for line in prescribed
    ]


def _blank(client: Client, kind: str, units: str) -> Blank:
    exercise = Exercise(pk=0, name="Exercise", equipment=KINDS[kind])
    form = SetForm(
        initial={"version": 1, "planned": "", "set_no": ""}, client=client, exercise=exercise, units=units
    )
    nothing = Lift(
        session=Session(uuid=NOBODY), exercise=exercise, line=None, sets=[], working=0, next_no=1, planned_halves=None,
        initial={}, following=None, closed="", turns=[], verdict=None, week="", hold=None, rest_from=None,
        rest_s=USUAL_REST_S,
    )  # fmt: skip
    return Blank(key=f"{kind}-{units}", lift=nothing, form=form)


def _item(row: Exercise, client: Client) -> list[Any]:
    return [
        row.pk,
        row.name,
        f"{KIND_OF.get(Equipment(row.equipment or 'other'), 'rest')}-{units_for(client, row)}",
    ]


def _before(past: Past | None, client: Client) -> list[Any]:
    return [*_numbers(past, client), past_words(past, client)] if past and past.rows else []


def _start(line: dict[str, Any], past: Past | None, client: Client) -> list[Any]:
    if past and past.rows:
        return _before(past, client)
    return [loads.shown(line["weight_g"], units_for(client, line["exercise_id"])), line["reps_min"], ""]


def _numbers(past: Past, client: Client) -> list[Any]:
    first = past.rows[0]
    return [loads.shown(first.weight_g, units_for(client, first.exercise_id)), first.reps or ""]
