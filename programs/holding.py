"""Prescribed lines held back: the sets stay, their target becomes further from failure. Pure."""

from enum import StrEnum
from typing import Any

Line = dict[str, Any]


class Hold(StrEnum):
    """Why every set stops short."""

    SCALE_BACK = "scale_back"
    MONTH = "month"


LEAST_RIR_HALVES = {Hold.SCALE_BACK: 4, Hold.MONTH: 2}
SHORT = {Hold.SCALE_BACK: "2–3", Hold.MONTH: "1–3"}
MOST_RIR_HALVES = 6  # who is to stop further short than 3 keeps that target


def held(line: Line, why: Hold) -> Line:
    """The line with its target held; sets, reps, weight and rest as planned."""
    return {
        **line,
        "rir_halves": max(line["rir_halves"], LEAST_RIR_HALVES[why]),
        "failure_on_last": False,
        "held": why.value,
    }


def short_words(line: Line) -> str:
    """How far short of failure, where a hold says so: `2–3`; empty where the line's own target says it."""
    why = line.get("held")
    return SHORT[Hold(why)] if why and line["rir_halves"] <= MOST_RIR_HALVES else ""
