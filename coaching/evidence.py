"""A flag as it is said aloud: sentence, picture, four numbers, what was missing, what would make it go away."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from coaching import charts
from coaching.wording import counted, day_said

SCALE = "1 to 5, 5 is good"  # the detectors' unit of a check-in's items


@dataclass(frozen=True, kw_only=True)
class Evidence:
    picture: str  # SVG; empty: no series was kept
    caption: str
    numbers: tuple[tuple[str, str], ...]
    details: tuple[str, ...]
    missing: tuple[str, ...]
    around: tuple[str, ...]
    goes_away: str


def evidence_of(kept: Mapping[str, Any], *, word: str, since: date, today: date) -> Evidence:
    """Whatever the row holds: an older row may lack a part, and then that part is not shown."""
    unit = str(kept.get("unit") or "")
    item = str(kept.get("item") or word).replace("_", " ")
    points = series_of(kept)
    drawn, caption = "", ""
    if points:
        caption = f"{item.capitalize()}{f' ({unit})' if unit else ''} since {_day(points[0][0], today)}"
        drawn = charts.series(points, band=band_of(kept), since=since.toordinal(), title=caption)
        caption = f"{caption}; the usual range shaded, the line marks {day_said(since, today)}."
    return Evidence(
        picture=drawn,
        caption=caption,
        numbers=_four(kept, unit.startswith("%"), since, today),
        details=_details(kept.get("details"), unit.startswith("%")),
        missing=_sentences(kept.get("missing")),
        around=_sentences(kept.get("around")),
        goes_away=str(kept.get("goes_away") or ""),
    )


def _four(kept: Mapping[str, Any], percent: bool, since: date, today: date) -> tuple[tuple[str, str], ...]:
    change = _said(kept.get("change"), percent, signed=True)
    low, high = _said(kept.get("low"), percent, signed=True), _said(kept.get("high"), percent, signed=True)
    seen = finite(kept.get("observations"))
    found = [
        ("usual", _said(kept.get("usual"), percent)),
        ("now", _said(kept.get("now"), percent)),
        ("change", f"{change} ({low} to {high})" if change and low and high else change),
        ("seen", f"{counted(round(seen), 'time')} since about {day_said(since, today)}" if seen else ""),
    ]
    return tuple((name, value) for name, value in found if value)


def _details(value: Any, percent: bool) -> tuple[str, ...]:
    """The items, lifts or regions behind the sign, a line each."""
    lines = []
    for row in value if isinstance(value, list) else []:
        if not isinstance(row, dict) or not row.get("name"):
            continue
        name = str(row["name"]).replace("_", " ")
        now, usual = _said(row.get("now"), percent), _said(row.get("usual"), percent)
        change = _said(row.get("change"), percent, signed=True)
        said = f"{now}, usually {usual}" if now and usual else now or change
        if said:
            lines.append(f"{name} {said}")
    return tuple(lines)


def _said(value: Any, percent: bool, *, signed: bool = False) -> str:
    number = finite(value)
    if number is None:
        return ""
    digits = 0 if percent or isinstance(value, int) else 1
    number = round(number, digits) + 0.0  # no minus before a zero
    said = f"{number:+.{digits}f}" if signed and number else f"{number:.{digits}f}"
    return f"{said}{' %' if percent else ''}".replace("-", "−")


def _day(ordinal: int, today: date) -> str:
    return day_said(date.fromordinal(ordinal), today)


def finite(value: Any) -> float | None:
    fit = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if fit else None


def band_of(kept: Mapping[str, Any]) -> tuple[float | None, float | None] | None:
    """What is usual, from and to."""
    value = kept.get("band")
    if isinstance(value, Sequence) and not isinstance(value, str) and len(value) == 2:
        return finite(value[0]), finite(value[1])
    return None


def series_of(kept: Mapping[str, Any]) -> list[tuple[int, float | None]]:
    """The picture's days, as ordinals, and their values."""
    points, value = [], kept.get("series")
    for row in value if isinstance(value, list) else []:
        if isinstance(row, list | tuple) and len(row) == 2 and isinstance(row[0], str):
            try:
                points.append((date.fromisoformat(row[0]).toordinal(), finite(row[1])))
            except ValueError:
                continue
    return sorted(points, key=lambda point: point[0])


def _sentences(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(str(one) for one in value if one) if isinstance(value, list) else ()
