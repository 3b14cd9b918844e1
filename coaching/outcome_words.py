"""What may be said of an outcome: numbers with their intervals, never a cause (SCIENCE 7). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from coaching.contrast import Pooled
from coaching.measures import Measure, Spans

ANYWAY = "Actions follow bad spells: part of any rebound would have come anyway."
TOO_LITTLE = "Too little was logged before or after to say what came of it."
NAMES = {
    "strength": "strength", "energy": "energy", "mood": "mood", "anticipation": "looking forward to training",
    "sleep_quality": "sleep quality", "sleep_hours": "sleep", "soreness": "freshness", "stress": "calm",
    "aches": "aches", "failure_share": "failure share",
}  # fmt: skip
ACTIONS = {"scale_back": ("scale back", "scale backs"), "deload": ("deload", "deloads")}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One measure of an outcome, as it is kept. Shares in percent, strength in percent of itself."""

    what: str
    before: float
    after: float
    change: float
    low: float
    high: float
    se: float
    n_before: int
    n_after: int
    usual: float | None
    off: float | None
    back: bool | None


def row_of(measure: Measure) -> Row:
    found, scale = measure.contrast, 100.0 if measure.what == "failure_share" else 1.0
    return Row(
        what=measure.what, before=round(scale * found.before, 3), after=round(scale * found.after, 3),
        change=round(scale * found.change, 3), low=round(scale * found.low, 3),
        high=round(scale * found.high, 3), se=round(scale * found.se, 4),
        n_before=found.n_before, n_after=found.n_after,
        usual=None if measure.usual is None else round(measure.usual, 3),
        off=None if measure.off is None else round(measure.off, 3), back=measure.back,
    )  # fmt: skip


def says(name: str, rows: Sequence[Row], spans: Spans) -> list[str]:
    if not rows:
        return [TOO_LITTLE]
    weeks = round((spans.after[1] - spans.before[1]) / 7)
    return [*(sentence(name, row, when=f"In the {weeks} weeks after") for row in rows), ANYWAY]


def says_of_all(kind: str, what: str, whole: Pooled) -> str:
    one, many = ACTIONS.get(kind, (kind.replace("_", " "), f"{kind.replace('_', ' ')}s"))
    unit = {"strength": " %", "failure_share": " points", "sleep_hours": " hours"}.get(what, "")
    change = _change(whole.mean, whole.low, whole.high, unit, whole_numbers=False)
    counted = f"{whole.k} {one if whole.k == 1 else many}"
    return f"After {counted} {NAMES[what]} was {change}; part of that would have come anyway."


def sentence(name: str, row: Row, *, when: str) -> str:
    """One measure, with its change and what that may be; `when` names the days after, `In the 4 weeks after`."""
    if row.what == "strength":
        change = _change(row.change, row.low, row.high, " %", whole_numbers=True)
        return f"{when}, {name}’s lifts were {change} than in the 4 before{_strength_usual(row)}."
    if row.what == "failure_share":
        return (
            f"{row.after:.0f} % of rated sets went to failure, {row.before:.0f} % before "
            f"({_signed(row.low, 0)} to {_signed(row.high, 0)} points)."
        )
    if row.what == "sleep_hours":
        change = _change(
            row.change, row.low, row.high, " hours", whole_numbers=False, more="more", less="less"
        )
        return f"{name} slept {row.after:.1f} hours a night, {change} than before{_usual(row)}."
    if row.what == "aches":
        change = _change(row.change, row.low, row.high, "", whole_numbers=False, more="more", less="less")
        return f"Aches came to {row.after:.1f} a check-in, {change} than before{_usual(row)}."
    change = _change(row.change, row.low, row.high, "", whole_numbers=False)
    return f"{name}’s {NAMES[row.what]} averaged {row.after:.1f}, {change} than before{_usual(row)}."


def _change(
    change: float, low: float, high: float, unit: str, *,
    whole_numbers: bool, more: str = "higher", less: str = "lower",
) -> str:  # fmt: skip
    """ "2 % higher (0 to 5)": the size, its direction, and in brackets what it may be, counted the same way."""
    digits = 0 if whole_numbers else 1
    up = change >= 0
    ends = (low, high) if up else (-high, -low)
    word = more if up else less
    return f"{abs(change):.{digits}f}{unit} {word} ({_signed(ends[0], digits)} to {_signed(ends[1], digits)})"


def _usual(row: Row) -> str:
    if row.usual is None:
        return ""
    return f"; back at the usual {row.usual:.1f}" if row.back else f"; the usual is {row.usual:.1f}"


def _strength_usual(row: Row) -> str:
    if row.off is None:
        return ""
    if row.back:
        return "; they are back at their usual"
    return f"; they are still about {abs(row.off):.0f} % below their usual"


def _signed(value: float, digits: int) -> str:
    text = f"{value:.{digits}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return text.replace("-", "−")
