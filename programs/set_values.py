"""What a set may say. Each bound has the sentence that a person reads who crossed it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from clients.problems import Refused, plain_text
from programs.models import Exercise
from programs.policy.kinds import EndedBy, Equipment

FIRST_INSTANT = datetime(1970, 1, 1, tzinfo=UTC)
CLOCK_SKEW = timedelta(minutes=5)  # a phone's clock may be a little ahead of ours
MOST_G = 2_000_000  # more than anybody has moved on any machine
MOST_HELP_G = 500_000
MOST_REPS = 100
MOST_SET_NO = 1000
MOST_RIR_HALVES = 20
ENDINGS = frozenset({"", *(ending.value for ending in EndedBy)})
CONTENT = ("weight_g", "reps", "rir_halves", "ended", "warm_up", "done_at", "note", "exercise")


def checked(exercise: Exercise, values: dict[str, Any], *, at: datetime) -> dict[str, Any]:
    """The values as they are stored, or `Refused` at the first that cannot be."""
    weight(exercise, values["weight_g"])
    values["ended"] = _ended(values["ended"])
    _rir(values["rir_halves"])
    _reps(values["reps"], values["ended"])
    if values["done_at"] is not None:
        instant("done_at", values["done_at"], at=at)
    values["note"] = plain_text("note", values["note"])
    return values


def weight(exercise: Exercise, weight_g: int | None) -> None:
    if weight_g is None:
        return
    if weight_g > MOST_G:
        raise Refused(
            "weight", f"That is heavier than anything Reserve keeps: at most {MOST_G // 1000:,} kg."
        )
    if weight_g < 0 and exercise.equipment != Equipment.BODYWEIGHT:
        raise Refused(
            "weight",
            "Weight cannot be below 0 here. Only help on a bodyweight exercise is entered as negative.",
        )
    if weight_g < -MOST_HELP_G:
        raise Refused("weight", f"Help can be at most {MOST_HELP_G // 1000} kg.")


def instant(field: str, when: datetime, *, at: datetime) -> None:
    if when > at + CLOCK_SKEW:
        raise Refused(field, "This time has not come yet. Check the clock of the phone.")
    if when < FIRST_INSTANT:
        raise Refused(field, "This time is too long ago.")


def set_number(set_no: int | None) -> None:
    if set_no is not None and not 1 <= set_no <= MOST_SET_NO:
        raise Refused("set_no", f"Sets of a session are numbered from 1 to {MOST_SET_NO}.")


def _ended(ended: str) -> str:
    if ended not in ENDINGS:
        raise Refused(
            "ended", "Say how the set ended: as planned, couldn't finish a rep, form broke, or stopped."
        )
    return str(ended)


def _rir(rir_halves: int | None) -> None:
    if rir_halves is not None and not 0 <= rir_halves <= MOST_RIR_HALVES:
        raise Refused("rir", "Reps left are a number from 0 to 10.")


def _reps(reps: int | None, ended: str) -> None:
    if reps is None:
        return
    if not 0 <= reps <= MOST_REPS:
        raise Refused("reps", f"Reps are a number from 0 to {MOST_REPS}.")
    if reps == 0 and ended in ("", EndedBy.TARGET):
        raise Refused(
            "reps", "0 reps only fits a set that failed or was stopped. Otherwise enter at least 1."
        )
