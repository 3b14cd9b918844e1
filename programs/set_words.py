"""Sets and prescriptions as a client reads them."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from programs import loads
from programs.holding import short_words
from programs.models import Exercise, SetLog
from programs.policy.kinds import EndedBy, Equipment
from programs.verdict_words import rir_words

HOW = {
    EndedBy.MUSCULAR_FAILURE: "couldn’t finish a rep",
    EndedBy.TECHNICAL_FAILURE: "form broke",
    EndedBy.STOPPED: "stopped",
}


def load_words(weight_g: int | None, exercise: Exercise, units: str) -> str:
    """`26 kg`; on a bodyweight lift `bodyweight`, `+10 kg`, `20 kg help`."""
    if weight_g is None:
        return ""
    text = f"{loads.shown(abs(weight_g), units)} {units}"
    if exercise.equipment != Equipment.BODYWEIGHT:
        return text
    return "bodyweight" if weight_g == 0 else f"+{text}" if weight_g > 0 else f"{text} help"


def done_words(row: SetLog, exercise: Exercise, units: str) -> str:
    reps = "?" if row.reps is None else str(row.reps)
    load = load_words(row.weight_g, exercise, units)
    return f"{load} × {reps}" if load else f"{reps} rep{'' if reps == '1' else 's'}"


def how_words(row: SetLog) -> str:
    """How it ended, in one or two words; the reserve where that is what was said."""
    parts = ["warm-up"] if row.warm_up else []
    if row.ended in HOW:
        parts.append(HOW[EndedBy(row.ended)])
    elif row.rir_halves is not None:
        parts.append("none left" if row.rir_halves == 0 else f"{row.rir_halves / 2:g} left")
    return ", ".join(parts)


def last_time_words(rows: Iterable[SetLog], exercise: Exercise, units: str) -> str:
    """`26 kg × 9, 9, 8`."""
    groups = groupby(rows, key=lambda row: load_words(row.weight_g, exercise, units))
    parts = []
    for load, same in groups:
        reps = ", ".join("?" if row.reps is None else str(row.reps) for row in same)
        parts.append(f"{load} × {reps}" if load else f"{reps} reps")
    return "; ".join(parts)


def line_words(line: dict[str, Any]) -> str:
    """`3 × 8–10 · stop 2 short · last set to failure`."""
    low, high = line["reps_min"], line["reps_max"]
    reps = str(low) if low == high else f"{low}–{high}"
    short = short_words(line) or rir_words(line["rir_halves"])
    stop = "to failure" if line["rir_halves"] == 0 else f"stop {short} short"
    last = " · last set to failure" if line["failure_on_last"] and line["rir_halves"] else ""
    return f"{line['sets']} × {reps} · {stop}{last}"
